// A catalogue on disk with users, organizations and groups, for tests of GroupWrites.
#pragma once

#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "service/publish/group_writes.h"
#include "storage/sqlite/open_storage.h"
#include "support/sample_catalog.h"
#include "support/temp_dir.h"

namespace minato::service {

// The value, or the error as an exception.
template <typename T>
T valid(core::Result<T> result) {
  if (!result) {
    std::string what = result.error().id + ": " + result.error().message.en;
    for (const auto& detail : result.error().details) {
      what += "\n" + detail.param + ": " + detail.message.en;
    }
    throw std::runtime_error(what + result.error().internal);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// "/name: That name cannot be used" of each detail.
inline std::vector<std::string> wrongs_of(const core::Error& error) {
  std::vector<std::string> list;
  for (const auto& detail : error.details) list.push_back(detail.param + ": " + detail.message.en);
  return list;
}

// Users "root" (sysadmin), "mika" (admin of 141003 and of the group bosai), "ken" (editor of
// 141003), "aya" (no role); ids are "<name>-id". Organizations 140007 and 141003, group "bosai".
class GroupTest : public testing::Test {
 protected:
  GroupTest() {
    valid(store().write([this](storage::CatalogWriter& writer) -> core::Result<void> {
      for (const char* name : {"root", "mika", "ken", "aya"}) {
        storage::User user;
        user.id = std::string(name) + "-id";
        user.name = name;
        user.sysadmin = user.name == "root";
        user.created = clock_.now();
        valid(writer.accounts().put_user(user));
      }
      valid(writer.put_group(group(core::GroupKind::kOrganization, "140007", "神奈川県")));
      valid(writer.put_group(group(core::GroupKind::kOrganization, "141003", "横浜市")));
      valid(writer.put_group(group(core::GroupKind::kGroup, "bosai", "防災")));
      const auto member = [&](const char* in, const char* who, core::Role role) {
        valid(writer.accounts().put_membership({in, who, role, clock_.now()}));
      };
      member("141003-id", "mika-id", core::Role::kAdmin);
      member("bosai-id", "mika-id", core::Role::kAdmin);
      member("141003-id", "ken-id", core::Role::kEditor);
      return {};
    }));
  }

  static core::Group group(core::GroupKind kind, const std::string& name,
                           const std::string& title) {
    core::Group made;
    made.id = name + "-id";
    made.kind = kind;
    made.name = name;
    made.title = title;
    made.created = support::at("2023-04-01T00:00:00Z");
    return made;
  }

  static GroupEdit organization(const std::string& name, const std::string& title = "団体") {
    GroupEdit edit;
    edit.group.kind = core::GroupKind::kOrganization;
    edit.group.name = name;
    edit.group.title = title;
    return edit;
  }

  static core::Dataset dataset(const std::string& name, const std::string& owner,
                               std::vector<std::string> groups = {}) {
    core::Dataset made;
    made.id = name + "-id";
    made.name = name;
    made.title = name;
    made.owner_org = owner;
    made.license_id = "cc-by";
    made.groups = std::move(groups);
    made.created = made.modified = support::at("2024-01-01T00:00:00Z");
    return made;
  }

  void put(const core::Dataset& dataset) {
    valid(
        store().write([&](storage::CatalogWriter& writer) { return writer.put_dataset(dataset); }));
  }

  // A caller as its token would make it.
  static WriteContext as(const std::string& name) {
    WriteContext context;
    if (name.empty()) return context;
    context.caller.user_id = name + "-id";
    context.caller.user_name = name;
    context.caller.sysadmin = name == "root";
    if (name == "mika") {
      context.caller.roles = {{"141003-id", core::Role::kAdmin}, {"bosai-id", core::Role::kAdmin}};
    }
    if (name == "ken") context.caller.roles = {{"141003-id", core::Role::kEditor}};
    return context;
  }

  storage::CatalogStore& store() { return *storage_.catalog; }
  std::unique_ptr<storage::CatalogReader> reader() {
    return valid(store().read(std::chrono::steady_clock::now() + std::chrono::seconds(10)));
  }
  core::Dataset dataset_now(const std::string& id) { return *valid(reader()->dataset(id)); }
  std::vector<core::AuditEntry> audit() {
    std::vector<core::AuditEntry> entries;
    valid(reader()->history().each_audit_entry(1, [&](const core::AuditEntry& entry) {
      entries.push_back(entry);
      return true;
    }));
    return entries;
  }
  std::vector<std::string> audited_actions() {
    std::vector<std::string> actions;
    for (const auto& entry : audit()) actions.push_back(entry.action);
    return actions;
  }
  std::vector<storage::Activity> activities_of(const std::string& object_id) {
    storage::ActivityRequest request;
    request.object_id = object_id;
    return valid(reader()->history().activities(request));
  }

  test::TempDir folder_;
  support::StoppedClock clock_;
  storage::sqlite::Storage storage_ = valid(storage::sqlite::open_storage(folder_.path(), {}));
  AuditedStore audited_{store(), clock_, "a key of the audit log"};
  GroupWrites groups_{audited_, OrganizationCreators::kSysadmins};
};

}  // namespace minato::service
