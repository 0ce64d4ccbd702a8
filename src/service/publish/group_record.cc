#include "service/publish/group_record.h"

#include <string>

#include "formats/ckan_json.h"
#include "formats/group_document.h"
#include "formats/json.h"

namespace minato::service {

std::string_view kind_word(core::GroupKind kind) {
  return kind == core::GroupKind::kOrganization ? "organization" : "group";
}

AuditSubject group_subject(std::string_view verb, const core::Group* before,
                           const core::Group* after) {
  const core::Group& group = after == nullptr ? *before : *after;
  const std::string word(kind_word(group.kind));
  AuditSubject subject;
  subject.action = word + "." + std::string(verb);
  subject.kind = word;
  subject.id = group.id;
  subject.name = group.name;
  if (group.kind == core::GroupKind::kOrganization) subject.organization_id = group.id;
  if (before != nullptr) subject.before = formats::write_group_document(*before);
  if (after != nullptr) subject.after = formats::write_group_document(*after);
  return subject;
}

storage::Activity group_activity(std::string_view verb, const core::Group& group,
                                 const core::Caller& caller) {
  storage::Activity activity;
  activity.object_id = group.id;
  activity.type = std::string(verb) + " " + std::string(kind_word(group.kind));
  formats::CkanGroupOptions options;
  options.include_groups = options.include_users = options.include_followers = false;
  formats::JsonWriter json(activity.data);
  json.begin_object();
  json.key("group");
  formats::write_ckan_group(json, group, options, {});
  json.field("actor", caller.user_name);
  json.end_object();
  return activity;
}

}  // namespace minato::service
