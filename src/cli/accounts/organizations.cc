#include "cli/accounts/organizations.h"

#include <optional>
#include <utility>

#include "cli/harvest/words.h"
#include "cli/text_table.h"
#include "formats/json.h"
#include "service/not_found.h"

namespace minato::cli {

namespace {

using core::Group;
using core::GroupKind;
using core::Result;
using service::GroupEdit;

struct ListedOrganization {
  Group group;
  std::int64_t datasets = 0;
  std::size_t members = 0;
};

Result<std::vector<ListedOrganization>> listed_organizations(const AccountCommand& command) {
  auto reader = read_catalog(command);
  if (!reader) return tl::unexpected(std::move(reader).error());
  storage::GroupListRequest request;
  request.kind = GroupKind::kOrganization;
  auto groups = (*reader)->groups(request);
  if (!groups) return tl::unexpected(std::move(groups).error());
  auto counts = (*reader)->dataset_counts(GroupKind::kOrganization);
  if (!counts) return tl::unexpected(std::move(counts).error());
  std::vector<ListedOrganization> listed;
  for (Group& group : *groups) {
    auto members = (*reader)->accounts().memberships_of_group(group.id);
    if (!members) return tl::unexpected(std::move(members).error());
    const auto count = counts->find(group.id);
    listed.push_back(
        {std::move(group), count == counts->end() ? 0 : count->second, members->size()});
  }
  return listed;
}

void print_json(const std::vector<ListedOrganization>& organizations, std::ostream& out) {
  std::string text;
  formats::JsonWriter json(text);
  json.begin_array();
  for (const auto& [group, datasets, members] : organizations) {
    json.begin_object().field("id", group.id).field("name", group.name);
    json.field("title", group.title).field_or_null("title_en", group.title_en);
    json.key("datasets").integer(datasets);
    json.key("members").integer(static_cast<std::int64_t>(members)).end_object();
  }
  json.end_array();
  out << text << "\n";
}

void take(const std::optional<std::string>& wanted, std::string& value) {
  if (wanted) value = *wanted;
}

// The id of the parent that is wanted; empty: none.
Result<std::string> parent_id(const AccountCommand& command) {
  const auto& code = command.arguments.parent;
  if (!code || code->empty()) return std::string();
  auto reader = read_catalog(command);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto parent = (*reader)->group(GroupKind::kOrganization, *code);
  if (!parent) return tl::unexpected(std::move(parent).error());
  if (!*parent) return service::group_not_found(GroupKind::kOrganization);
  return std::move((*parent)->id);
}

void fill_in(const AccountArguments& given, const std::string& parent, Group& group) {
  take(given.title, group.title);
  take(given.title_kana, group.title_kana);
  take(given.title_en, group.title_en);
  take(given.description, group.description);
  take(given.homepage, group.homepage);
  if (given.parent) group.parent = parent;
}

Result<Group> change(const AccountCommand& command, const std::string& id_or_name) {
  const auto parent = parent_id(command);
  if (!parent) return tl::unexpected(parent.error());
  return command.groups.change(
      GroupKind::kOrganization, id_or_name,
      [&](GroupEdit& edit) -> Result<void> {
        fill_in(command.arguments, *parent, edit.group);
        return {};
      },
      command.context);
}

Result<Group> create(const AccountCommand& command) {
  const auto parent = parent_id(command);
  if (!parent) return tl::unexpected(parent.error());
  GroupEdit wanted;
  wanted.group.kind = GroupKind::kOrganization;
  wanted.group.name = command.arguments.name;
  wanted.group.title = command.arguments.name;
  fill_in(command.arguments, *parent, wanted.group);
  return command.groups.create(std::move(wanted), command.context);
}

void say(const AccountCommand& command, const Group& group, const core::LocalizedText& what) {
  command.out << group.name << " " << printable(group.title) << ": " << what.in(command.language)
              << "\n";
}

Result<bool> is_in_catalog(const AccountCommand& command) {
  auto reader = read_catalog(command);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto group = (*reader)->group(GroupKind::kOrganization, command.arguments.name);
  if (!group) return tl::unexpected(std::move(group).error());
  return group->has_value();
}

bool has_changes(const AccountArguments& given) {
  return given.title || given.title_kana || given.title_en || given.description || given.homepage ||
         given.parent;
}

}  // namespace

Result<int> list_organizations(const AccountCommand& command) {
  const auto organizations = listed_organizations(command);
  if (!organizations) return tl::unexpected(organizations.error());
  if (command.arguments.json) {
    print_json(*organizations, command.out);
    return 0;
  }
  const bool ja = command.language == core::Language::kJa;
  TextTable table;
  table.add(
      ja ? std::vector<std::string>{"コード", "名称", "公開データセット", "役割を持つ人", "ID"}
         : std::vector<std::string>{"code", "title", "public datasets", "members", "id"});
  for (const auto& [group, datasets, members] : *organizations) {
    table.add({group.name, printable(group.title), std::to_string(datasets),
               std::to_string(members), group.id});
  }
  table.print(command.out);
  return 0;
}

Result<int> add_organization(const AccountCommand& command) {
  const std::string& code = command.arguments.name;
  const auto there = is_in_catalog(command);
  if (!there) return tl::unexpected(there.error());
  Result<Group> made;
  if (!*there && is_known_code(code)) {
    made = ensure_organization(command, code);
    if (made && has_changes(command.arguments)) made = change(command, made->id);
  } else {
    made = create(command);
  }
  if (!made) return tl::unexpected(std::move(made).error());
  say(command, *made, {"加えました。", "added."});
  return 0;
}

Result<int> change_organization(const AccountCommand& command) {
  auto changed = change(command, command.arguments.name);
  if (!changed) return tl::unexpected(std::move(changed).error());
  say(command, *changed, {"変えました。", "changed."});
  return 0;
}

Result<int> remove_organization(const AccountCommand& command) {
  const std::string& code = command.arguments.name;
  auto removed = command.arguments.purge
                     ? command.groups.purge(GroupKind::kOrganization, code, command.context)
                     : command.groups.remove(GroupKind::kOrganization, code, command.context);
  if (!removed) return tl::unexpected(std::move(removed).error());
  const core::LocalizedText done{"削除しました。", "deleted."};
  command.out << code << ": " << done.in(command.language) << "\n";
  return 0;
}

}  // namespace minato::cli
