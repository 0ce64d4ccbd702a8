// From CKAN's dictionary of an organization or a group to the group: name, title, description,
// image_url, state, extras (with Minato's fields in them), groups (the organization above), users.
// Other keys have no effect.
#pragma once

#include "http/handlers/ckan/writes/field_reader.h"
#include "service/publish/group_writes.h"

namespace minato::http::ckan {

// What is absent stays; of `clear_absent` it becomes empty, but for the name and the state.
void read_group_fields(FieldReader& fields, bool clear_absent, service::GroupEdit& edit);

// users: [{"name": ..., "capacity": ...}], of a new group.
void read_group_users(FieldReader& fields, service::GroupEdit& edit);

}  // namespace minato::http::ckan
