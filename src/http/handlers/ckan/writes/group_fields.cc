#include "http/handlers/ckan/writes/group_fields.h"

#include <utility>

#include "core/dataset_extras.h"
#include "formats/json.h"

namespace minato::http::ckan {
namespace {

using core::Group;

bool is_true(const rapidjson::Value* value) {
  return value != nullptr && value->IsBool() && value->GetBool();
}

void read_text(FieldReader& fields, std::string_view name, bool clear, std::string& field) {
  if (auto text = fields.text(name)) {
    field = std::move(*text);
  } else if (clear && !fields.has(name)) {
    field.clear();
  }
}

void read_state(FieldReader& fields, Group& group) {
  const auto state = fields.text("state");
  if (!state || state->empty()) return;
  if (*state == "active") {
    group.state = core::State::kActive;
  } else if (*state == "deleted") {
    group.state = core::State::kDeleted;
  } else {
    fields.fail("/state", {"active か deleted です。", "Value must be one of active, deleted"});
  }
}

void read_extra(FieldReader& fields, const rapidjson::Value& item, std::size_t index,
                Group& group) {
  const std::string pointer = formats::child_pointer("/extras", index);
  if (!item.IsObject()) {
    fields.fail("/extras", {"key と value を持つオブジェクトのリストです。",
                            "Must be a list of dictionaries with key and value"});
    return;
  }
  if (is_true(formats::find_member(item, "deleted"))) return;
  if (formats::string_member(item, "state") == "deleted") return;
  auto key = fields.member(item, "key", pointer);
  auto value = fields.member(item, "value", pointer);
  for (const char* name : {"key", "value"}) {
    if (formats::find_member(item, name) == nullptr) {
      fields.fail(pointer + "/" + name, {"値がありません。", "Missing value"});
    }
  }
  if (key) group.extras.push_back({std::move(*key), value.value_or("")});
}

// Minato's fields travel as extras, so a new list of extras is a new set of those, too.
void clear_extras(Group& group) {
  group.extras.clear();
  group.title_kana.clear();
  group.title_en.clear();
  group.homepage.clear();
  group.municipality_kind.clear();
  group.county.clear();
  group.latitude.reset();
  group.longitude.reset();
}

void read_extras(FieldReader& fields, bool clear_absent, Group& group) {
  const bool given = fields.has("extras");
  if (!given && !clear_absent) return;
  clear_extras(group);
  const auto* list = given ? fields.list("extras") : nullptr;
  if (list == nullptr) return;
  std::size_t index = 0;
  for (const auto& item : list->GetArray()) read_extra(fields, item, index++, group);
  core::take_fields_from_extras(group);
  for (const core::Extra& extra : group.extras) {
    if (extra.key == "latitude" || extra.key == "longitude") {
      fields.fail("/" + extra.key, {"数値ではありません。", "Must be a number"});
    }
  }
}

// CKAN shows, and takes, the organizations above this one as its groups.
void read_parent(FieldReader& fields, bool clear_absent, Group& group) {
  if (group.kind == core::GroupKind::kGroup) return;
  const bool given = fields.has("groups");
  if (!given && !clear_absent) return;
  group.parent.clear();
  const auto* list = given ? fields.list("groups") : nullptr;
  if (list == nullptr || list->Empty()) return;
  if (list->Size() > 1) {
    fields.fail("/parent", {"上位の組織は 1 つだけです。", "Only one parent organization"});
    return;
  }
  const auto& item = *list->Begin();
  auto name = fields.member(item, "name", "/parent");
  if (!name) name = fields.member(item, "id", "/parent");
  if (!name) fields.fail("/parent", {"名前がありません。", "Missing value"});
  group.parent = name.value_or("");
}

}  // namespace

void read_group_fields(FieldReader& fields, bool clear_absent, service::GroupEdit& edit) {
  Group& group = edit.group;
  read_text(fields, "name", false, group.name);
  read_text(fields, "title", clear_absent, group.title);
  read_text(fields, "description", clear_absent, group.description);
  read_text(fields, "image_url", clear_absent, group.image_url);
  read_state(fields, group);
  read_extras(fields, clear_absent, group);
  read_parent(fields, clear_absent, group);
}

void read_group_users(FieldReader& fields, service::GroupEdit& edit) {
  const auto* list = fields.list("users");
  if (list == nullptr) return;
  for (const auto& item : list->GetArray()) {
    auto name = fields.member(item, "name", "/users");
    if (!name || name->empty()) {
      fields.fail("/users", {"利用者の名前がありません。", "Missing value"});
      continue;
    }
    const std::string capacity = fields.member(item, "capacity", "/users").value_or("member");
    const auto role = core::role_of(capacity);
    if (!role) fields.fail("/users", {"その役割はありません。", "role does not exist."});
    edit.members.push_back({std::move(*name), role.value_or(core::Role::kMember)});
  }
}

}  // namespace minato::http::ckan
