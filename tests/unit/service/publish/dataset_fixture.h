// Datasets of two organizations and the people who may write them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/uuid.h"
#include "service/publish/dataset_writes.h"
#include "unit/service/publish/group_fixture.h"

namespace minato::service {

class TravellingClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return time; }
  core::Timestamp time = support::at("2024-05-01T00:00:00Z");
};

// Besides those of GroupTest: "mari" is a member of 141003, "emi" an editor of both organizations,
// "op" the operator at the command line.
class DatasetTest : public GroupTest {
 protected:
  static WriteContext by(const std::string& name) {
    WriteContext context = as(name);
    using core::Role;
    if (name == "mari") context.caller.roles = {{"141003-id", Role::kMember}};
    if (name == "emi") {
      context.caller.roles = {{"141003-id", Role::kEditor}, {"140007-id", Role::kEditor}};
    }
    if (name == "op") {
      context.caller = {};
      context.caller.sysadmin = true;
    }
    return context;
  }

  // A public one that breaks no rule.
  static DatasetEdit wanted(const std::string& name = "jinko") {
    DatasetEdit edit;
    edit.dataset.name = name;
    edit.dataset.title = "人口";
    edit.dataset.license_id = "CC-BY-4.0";
    edit.dataset.owner_org = "141003";
    return edit;
  }
  static core::Resource link(const std::string& url) {
    core::Resource resource;
    resource.url = url;
    return resource;
  }

  core::Dataset created(DatasetEdit edit, const std::string& user = "ken") {
    return valid(datasets_.create(std::move(edit), false, by(user))).dataset;
  }
  core::Dataset created(const std::string& name = "jinko") { return created(wanted(name)); }

  // Errors of creating it.
  std::vector<std::string> wrongs(DatasetEdit edit, const std::string& user = "ken") {
    const auto result = datasets_.create(std::move(edit), false, by(user));
    if (result) return {"created"};
    EXPECT_EQ(result.error().id, "dataset-invalid");
    EXPECT_EQ(result.error().code, core::ErrorCode::kInvalidArgument);
    return wrongs_of(result.error());
  }
  static std::string id_of(const core::Result<WrittenDataset>& result) {
    return result ? "written" : result.error().id;
  }

  using Change = void (*)(core::Dataset&);
  core::Result<WrittenDataset> change(const std::string& id, const Change& how,
                                      const std::string& user = "ken") {
    return datasets_.change(
        id,
        [&](DatasetEdit& edit) -> core::Result<void> {
          how(edit.dataset);
          return {};
        },
        by(user));
  }

  void pass_time(std::int64_t seconds = 60) { clock_.time.us += seconds * 1'000'000; }

  core::Result<void> write(const std::function<core::Result<void>(storage::CatalogWriter&)>& how) {
    return store().write(how);
  }

  TravellingClock clock_;
  AuditedStore audited_{store(), clock_, "a key of the audit log"};
  PublishOptions options_;
  DatasetWrites datasets_{audited_, *storage_.tables, options_};
};

}  // namespace minato::service
