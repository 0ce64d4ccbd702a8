// A data directory with one dataset whose resource "r1" is written row by row.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/rows/row_writes.h"
#include "storage/sqlite/open_storage.h"
#include "support/temp_dir.h"

namespace minato::service {

inline const std::string kResource = "11111111-0000-4000-8000-000000000001";
inline const std::string kFileResource = "11111111-0000-4000-8000-000000000002";

class HandClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return time; }
  core::Timestamp time{1'718'452'800'000'000};
};

inline RowRecord record(std::vector<std::pair<std::string, core::Value>> values,
                        std::optional<std::int64_t> row_id = std::nullopt) {
  return {std::move(values), row_id};
}

inline core::Value text(const char* value) { return std::string(value); }
inline core::Value integer(std::int64_t value) { return value; }

class RowTest : public testing::Test {
 protected:
  using Cells = std::vector<core::Value>;
  using Rows = std::vector<Cells>;

  void SetUp() override {
    auto opened = storage::sqlite::open_storage(folder_.path(), {});
    ASSERT_TRUE(opened) << opened.error().internal;
    storage_ = *std::move(opened);
    store_ = std::make_unique<AuditedStore>(*storage_.catalog, clock_, "a key of the audit log");
    use({});
    ASSERT_TRUE(
        storage_.catalog->write([](storage::CatalogWriter& writer) { return fill(writer); }));
  }

  void use(RowWriteOptions options) {
    rows_ = std::make_unique<RowWrites>(*store_, target(), std::move(options));
  }
  ImportTarget target() { return {*storage_.catalog, *storage_.blobs, *storage_.tables, clock_}; }

  static core::Result<void> fill(storage::CatalogWriter& writer) {
    core::Group organization;
    organization.id = "org-1";
    organization.kind = core::GroupKind::kOrganization;
    organization.name = "141003";
    organization.title = "横浜市";
    if (auto put = writer.put_group(organization); !put) return put;
    core::Dataset dataset;
    dataset.id = "22222222-0000-4000-8000-000000000001";
    dataset.name = "shisetsu";
    dataset.title = "施設";
    dataset.owner_org = organization.id;
    for (const auto& [id, type] : {std::pair(kResource, "datastore"), {kFileResource, ""}}) {
      core::Resource resource;
      resource.id = id;
      resource.dataset_id = dataset.id;
      resource.position = static_cast<std::int64_t>(dataset.resources.size());
      resource.name = "表";
      resource.url_type = type;
      dataset.resources.push_back(resource);
    }
    return writer.put_dataset(dataset);
  }

  static WriteContext by(core::Role role, std::string key = {}, std::string hash = {}) {
    WriteContext context;
    context.caller.user_id = "user-1";
    context.caller.user_name = "ken";
    context.caller.roles = {{"org-1", role}};
    context.idempotency_key = std::move(key);
    context.request_hash = std::move(hash);
    return context;
  }
  static WriteContext editor() { return by(core::Role::kEditor); }

  // 番号 (integer), 名称 (string), 面積 (number); key 番号.
  static TableDefinition definition() {
    TableDefinition wanted;
    wanted.columns = {{"番号", "", "integer", "", ""},
                      {"名称", "", "string", "", ""},
                      {"面積", "", "number", "", ""}};
    wanted.primary_key = {"番号"};
    return wanted;
  }
  RowsWritten define(std::vector<RowRecord> records = {}) {
    auto written = rows_->define(kResource, definition(), std::move(records), false, editor());
    EXPECT_TRUE(written) << (written ? "" : written.error().id + written.error().internal);
    return written ? *written : RowsWritten{};
  }
  core::Result<RowsWritten> write(RowMethod method, std::vector<RowRecord> records) {
    RowWriteRequest request;
    request.resource_id = kResource;
    request.method = method;
    request.records = std::move(records);
    return rows_->write(request, editor());
  }
  core::Result<RowsWritten> upsert(std::vector<RowRecord> records) {
    return write(RowMethod::kUpsert, std::move(records));
  }

  std::optional<storage::TableVersion> current(const std::string& id = kResource) {
    auto reader = storage_.catalog->read(soon());
    EXPECT_TRUE(reader);
    auto found = (*reader)->table(id);
    EXPECT_TRUE(found);
    return *found;
  }
  // Row numbers first, then all columns.
  Rows all() { return ask({}); }
  Rows ask(core::RowQuery query) {
    const auto version = current();
    if (!version) return {};
    auto reader = storage_.tables->read({version->table_id, version->version}, soon());
    EXPECT_TRUE(reader) << reader.error().id;
    query.columns = {core::Operand::kRowId};
    for (std::size_t i = 0; i < (*reader)->schema().columns.size(); ++i) {
      query.columns.push_back(static_cast<int>(i));
    }
    query.limit = -1;
    auto cursor = (*reader)->rows(query);
    EXPECT_TRUE(cursor);
    Rows rows;
    while (*(*cursor)->next()) {
      Cells& row = rows.emplace_back();
      for (const auto& value : (*cursor)->values()) row.push_back(core::to_value(value));
    }
    return rows;
  }
  std::vector<core::AuditEntry> audit() {
    std::vector<core::AuditEntry> entries;
    auto reader = storage_.catalog->read(soon());
    EXPECT_TRUE((*reader)->history().each_audit_entry(1, [&](const core::AuditEntry& entry) {
      entries.push_back(entry);
      return true;
    }));
    return entries;
  }
  static core::Deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(60);
  }

  test::TempDir folder_;
  HandClock clock_;
  storage::sqlite::Storage storage_;
  std::unique_ptr<AuditedStore> store_;
  std::unique_ptr<RowWrites> rows_;
};

}  // namespace minato::service
