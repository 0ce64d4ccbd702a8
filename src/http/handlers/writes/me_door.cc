#include "http/handlers/writes/me_door.h"

#include <utility>

#include "auth/permissions.h"
#include "http/handlers/writes/write_replies.h"
#include "http/handlers/writes/write_request.h"

namespace minato::http::writes {
namespace {

using formats::JsonWriter;

void write_scopes(JsonWriter& json, const core::Caller& caller) {
  json.key("scopes").begin_array();
  if (caller.scopes.empty()) {
    for (const std::string_view scope : auth::scopes()) json.string(scope);
  }
  for (const std::string& scope : caller.scopes) json.string(scope);
  json.end_array();
}

void write_roles(JsonWriter& json, const core::Caller& caller,
                 const service::Directory& directory) {
  json.key("roles").begin_array();
  for (const auto& [id, role] : caller.roles) {
    const core::Group* group = directory.find(core::GroupKind::kOrganization, id);
    const bool is_organization = group != nullptr;
    if (group == nullptr) group = directory.find(core::GroupKind::kGroup, id);
    if (group == nullptr) continue;  // deleted
    json.begin_object().field("kind", is_organization ? "organization" : "group");
    json.field("id", group->id).field("name", group->name).field("title", group->title);
    json.field("role", core::role_name(role)).end_object();
  }
  json.end_array();
}

}  // namespace

core::Result<Response> show_me(const WriteSources& sources, const Request& request) {
  if (auto known = only_parameters(request); !known) return tl::unexpected(known.error());
  const core::Caller& caller = request.caller;
  const auto profile = sources.accounts.user(caller.user_id);
  if (!profile) return tl::unexpected(profile.error());
  const auto directory = sources.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  std::string data;
  JsonWriter json(data);
  json.begin_object().key("user").begin_object().field("id", profile->user.id);
  json.field("name", profile->user.name).field_or_null("full_name", profile->user.full_name);
  json.field_or_null("email", profile->user.email).end_object();
  json.key("sysadmin").boolean(caller.sysadmin);
  write_scopes(json, caller);
  write_roles(json, caller, **directory);
  json.end_object();
  return data_reply(200, data, sources.site_url() + "/api/v1/me");
}

}  // namespace minato::http::writes
