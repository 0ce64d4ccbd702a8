#include "web/manage/kept_form.h"

#include <utility>

#include "web/manage/request_origin.h"

namespace minato::web {
namespace {

constexpr std::string_view kFormToken = "form_token";
constexpr std::string_view kAction = "kept_action";
constexpr std::string_view kPrefix = "kept:";  // of field names, as in the template

}  // namespace

KeptForm keep_form(const std::string& action, const FormBody& form) {
  KeptForm kept{action, {}};
  for (const auto& field : form.texts) {
    if (field.first != kFormToken) kept.fields.push_back(field);
  }
  return kept;
}

std::optional<KeptForm> carried_form(const FormBody& form, core::Language language) {
  if (!form.has(kAction)) return std::nullopt;
  KeptForm kept{safe_target(form.text(kAction), language), {}};
  for (const auto& [name, value] : form.texts) {
    if (name.starts_with(kPrefix)) kept.fields.emplace_back(name.substr(kPrefix.size()), value);
  }
  return kept;
}

void put_kept_form(const std::optional<KeptForm>& kept, View& view) {
  put(view, "kept_action", kept ? kept->action : std::string());
  View fields = list();
  if (kept) {
    for (const auto& [name, value] : kept->fields) {
      View field = object();
      put(field, "name", name);
      // Also an empty one is there.
      field.set("value", View(value));
      fields.push_back(field);
    }
  }
  put(view, "kept", fields);
}

Page resend_page(const Visit& visit, const KeptForm& kept, const std::string& form_token,
                 std::string_view lede) {
  Page page;
  page.content = "manage_resend";
  page.title = visit.texts["manage_resend_title"];
  page.path = "/manage";
  page.index = false;
  page.section = Section::kManage;
  page.site_search = false;
  page.styles = {"manage.css"};
  put_kept_form(kept, page.view);
  put(page.view, "form_token", form_token);
  put(page.view, "lede", visit.texts[lede]);
  put(page.view, "manage", visit.link("/manage"));
  return page;
}

}  // namespace minato::web
