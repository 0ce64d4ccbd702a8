#include "web/manage/form_fields.h"

#include <algorithm>
#include <utility>

namespace minato::web {
namespace {

View choice_view(const FormField& field, const FieldChoice& choice, std::size_t number) {
  View item = object();
  put(item, "value", choice.value);
  // An empty value stands for "none": the attribute is there all the same.
  put(item, "text", choice.text);
  put(item, "help", choice.help);
  put(item, "chosen", choice.chosen);
  put(item, "choice_id",
      number == 0 ? "field-" + field.name : "field-" + field.name + "-" + std::to_string(number));
  return item;
}

View groups_view(const FormField& field) {
  View groups = list();
  std::size_t number = 0;
  for (const ChoiceGroup& group : field.groups) {
    View item = object();
    put(item, "group_label", group.label);
    View choices = list();
    for (const FieldChoice& choice : group.choices) {
      choices.push_back(choice_view(field, choice, number++));
    }
    put(item, "choices", choices);
    groups.push_back(item);
  }
  return groups;
}

}  // namespace

View field_view(const FormField& field, const FormFaults& faults) {
  View item = object();
  put(item, "is_text", field.kind == FieldKind::kText);
  put(item, "is_area", field.kind == FieldKind::kArea);
  put(item, "is_select", field.kind == FieldKind::kSelect);
  put(item, "is_checks", field.kind == FieldKind::kChecks);
  put(item, "is_radios", field.kind == FieldKind::kRadios);
  put(item, "name", field.name);
  put(item, "label", field.label);
  put(item, "help", field.help);
  put(item, "value", field.value);
  put(item, "required", field.required);
  put(item, "type", field.type);
  put(item, "autocomplete", field.autocomplete);
  put(item, "groups", groups_view(field));
  const auto fault = std::find_if(faults.begin(), faults.end(),
                                  [&](const FormFault& f) { return f.field == field.name; });
  put(item, "wrong", fault == faults.end() ? std::string() : fault->message);
  put(item, "described", !field.help.empty() || fault != faults.end());
  return item;
}

void put_faults(const FormFaults& faults, View& view) {
  View items = list();
  for (const FormFault& fault : faults) {
    View item = object();
    put(item, "field", fault.field);
    put(item, "message", fault.message);
    items.push_back(item);
  }
  put(view, "has_faults", !faults.empty());
  put(view, "faults", items);
}

FormFaults faults_of(const core::Error& error, core::Language language, const Texts& texts) {
  FormFaults faults;
  if (error.code != core::ErrorCode::kInvalidArgument) return faults;
  for (const core::ErrorDetail& detail : error.details) {
    FormFault fault{field_of(detail.param), detail.message.in(language)};
    if (detail.param == "/license_id") fault.message = texts["manage_license_missing"];
    const bool is_said = std::any_of(faults.begin(), faults.end(), [&](const FormFault& said) {
      return said.field == fault.field && said.message == fault.message;
    });
    if (!is_said) faults.push_back(std::move(fault));
  }
  if (faults.empty()) faults.push_back({"", error.message.in(language)});
  return faults;
}

}  // namespace minato::web
