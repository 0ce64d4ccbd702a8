// What a change of an organization or a group leaves in the history.
#pragma once

#include <string_view>

#include "core/caller.h"
#include "core/dataset.h"
#include "service/audited_store.h"
#include "storage/history.h"

namespace minato::service {

// "organization", "group": the word in actions, kinds and activities.
std::string_view kind_word(core::GroupKind kind);

// `verb`: "create", "update", "delete", "purge". One of the two may be null.
AuditSubject group_subject(std::string_view verb, const core::Group* before,
                           const core::Group* after);

// `verb`: CKAN's "new", "changed", "deleted".
storage::Activity group_activity(std::string_view verb, const core::Group& group,
                                 const core::Caller& caller);

}  // namespace minato::service
