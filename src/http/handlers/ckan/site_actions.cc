// site_read, status_show, help_show, license_list.
#include "core/licenses.h"
#include "formats/ckan_json.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {
namespace {

// The version whose behaviour clients may expect of us, not ours.
constexpr std::string_view kCkanVersion = "2.11.5";

Outcome site_read(ActionCall&, formats::JsonWriter& json) {
  json.boolean(true);
  return {};
}

Outcome status_show(ActionCall& call, formats::JsonWriter& json) {
  const auto& site = call.catalog.options();
  json.begin_object();
  json.field("site_title", site.site_title.ja);
  json.field("site_description", site.site_description.ja);
  json.field("site_url", site.site_url);
  json.key("error_emails_to").null();
  json.field("locale_default", "ja");
  // Clients look here for what they may use: of datastore, dcat and harvest all but dcat.
  json.key("extensions").begin_array().string("datastore").string("harvest").end_array();
  json.field("ckan_version", kCkanVersion);
  json.end_object();
  return {};
}

Outcome help_show(ActionCall& call, formats::JsonWriter& json) {
  Checks checks(call.arguments);
  const std::string name = checks.required("name");
  if (checks.failed()) return checks.failure();
  if (const Action* action = find_read_action(name)) {
    json.string(help_text(*action));
    return {};
  }
  if (const WriteAction* action = find_write_action(name)) {
    json.string(help_text(*action));
    return {};
  }
  return not_found("Action name not known: " + shortened(name));
}

Outcome license_list(ActionCall&, formats::JsonWriter& json) {
  json.begin_array();
  for (const auto& license : core::licenses()) formats::write_ckan_license(json, license);
  json.end_array();
  return {};
}

}  // namespace

std::vector<Action> site_actions() {
  return {
      {"site_read",
       site_read,
       {"サイトを読めるかどうかを答えます（疎通確認用）。",
        "Tells whether the site can be read (a ping)."},
       {},
       {"常に true", "always true"}},
      {"status_show",
       status_show,
       {"サイトの名前、URL、互換とする CKAN の版、使える拡張を返します。",
        "Name and URL of the site, the CKAN version it is compatible with, and its extensions."},
       {},
       {"site_title, site_description, site_url, error_emails_to, locale_default, extensions, "
        "ckan_version を持つ辞書",
        "a dictionary of site_title, site_description, site_url, error_emails_to, locale_default, "
        "extensions and ckan_version"}},
      {"help_show",
       help_show,
       {"アクションの説明を返します。", "The description of an action."},
       {{"name", {"アクションの名前（必須）", "name of the action (required)"}}},
       {"説明の文章。知らない名前は 404", "a text; 404 for a name that is not known"}},
      {"license_list",
       license_list,
       {"データセットに付けられるライセンスの一覧です。", "The licences that datasets may have."},
       {},
       {"ライセンスの辞書のリスト。真偽値は文字列 \"True\" か \"False\"",
        "a list of licence dictionaries; booleans are the texts \"True\" and \"False\""}},
  };
}

}  // namespace minato::http::ckan
