// Creating, changing and removing organizations, groups, vocabularies and their tags. Audited.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/dataset.h"
#include "core/error.h"
#include "core/names.h"
#include "service/audited_store.h"

namespace minato::service {

enum class OrganizationCreators { kSysadmins, kAdmins /* of any organization */, kUsers };

struct WantedMember {
  std::string user;  // id or name
  core::Role role = core::Role::kMember;
};

// A group while it is being changed. `parent` may be a name.
struct GroupEdit {
  core::Group group;
  core::ErrorDetails wrongs;               // param: JSON Pointer
  std::vector<WantedMember> members = {};  // of create(), beside its creator; else without effect
};

// Thread-safe.
class GroupWrites {
 public:
  GroupWrites(AuditedStore& store, OrganizationCreators creators);

  // The creator becomes its admin (sysadmins too). An id is taken from sysadmins only.
  // kInvalidArgument "group-invalid" with details; a name that another live group has is the detail
  // "/name".
  core::Result<core::Group> create(GroupEdit wanted, const WriteContext& context);
  // `edit` runs inside the transaction. A new name keeps the old one as a former name. Deleted ones
  // are found by sysadmins only, who bring them back by their state. Nothing changed: no activity,
  // no audit entry. To the state "deleted": as remove().
  using Edit = std::function<core::Result<void>(GroupEdit&)>;
  core::Result<core::Group> change(core::GroupKind kind, std::string_view id_or_name,
                                   const Edit& edit, const WriteContext& context);
  // Soft. kConflict "organization-has-datasets" while live datasets belong to it; datasets leave a
  // deleted group. Twice is kNotFound.
  core::Result<void> remove(core::GroupKind kind, std::string_view id_or_name,
                            const WriteContext& context);
  // For good, with its roles. Not while even a deleted dataset belongs to an organization.
  core::Result<void> purge(core::GroupKind kind, std::string_view id_or_name,
                           const WriteContext& context);

  // Into a group that is no organization, by its admins, who need no role on the dataset but have
  // to see it. Twice is no error. kNotFound "group-not-found", "dataset-not-found".
  core::Result<void> add_dataset(std::string_view group, std::string_view dataset,
                                 const WriteContext& context);
  // Not being in it is no error.
  core::Result<void> remove_dataset(std::string_view group, std::string_view dataset,
                                    const WriteContext& context);

  // New when `wanted.id` is empty, else that one (id or name; kNotFound "vocabulary-not-found"); an
  // empty name keeps the name. `tags`: all tags it shall have, those left out leave their datasets;
  // none given: they stay. kInvalidArgument "vocabulary-invalid"; tags as in core::check_tag_name.
  core::Result<core::Vocabulary> put_vocabulary(const core::Vocabulary& wanted,
                                                const std::optional<std::vector<std::string>>& tags,
                                                const WriteContext& context);
  // kConflict "vocabulary-has-tags" as CKAN.
  core::Result<void> remove_vocabulary(std::string_view id_or_name, const WriteContext& context);
  // `vocabulary`: id or name. kInvalidArgument "tag-invalid".
  core::Result<core::Tag> create_tag(std::string_view name, std::string_view vocabulary,
                                     const WriteContext& context);
  // From every dataset that has it. kNotFound "tag-not-found", "vocabulary-not-found".
  core::Result<void> remove_tag(std::string_view id_or_name, std::string_view vocabulary,
                                const WriteContext& context);

 private:
  core::Result<void> require_creation(core::GroupKind kind, const core::Caller& caller) const;
  core::Result<void> move_dataset(std::string_view group, std::string_view dataset, bool into,
                                  const WriteContext& context);

  AuditedStore& store_;
  OrganizationCreators creators_;
};

}  // namespace minato::service
