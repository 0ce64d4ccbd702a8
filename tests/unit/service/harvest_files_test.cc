#include "service/harvest/files.h"

#include <fstream>

#include "core/sha256.h"
#include "storage/files/file_blob_store.h"
#include "storage/sqlite/tables/open_table_store.h"
#include "support/workbook_builder.h"
#include "unit/service/harvest_fixture.h"

namespace minato::service {
namespace {

using core::RecordReport;
using testing::IsEmpty;
using testing::SizeIs;
using Kind = ImportOutcome::Kind;

constexpr const char* kCsv = "施設,人数\r\n図書館,12\r\n公民館,8\r\n";
constexpr const char* kNewCsv = "施設,人数\r\n図書館,13\r\n公民館,9\r\n";

class HarvestFiles : public HarvestFixture {
 protected:
  HarvestFiles() {
    const ImportedRecord imported = import(given());
    dataset_id = imported.dataset_id;
    resource_id = imported.resources.at(0).id;
  }

  HarvestedDataset given() const { return record("libraries", "図書館"); }
  FetchedFile fetched(const std::string& bytes) {
    FetchedFile file;
    file.path = folder.path() + "/fetched";
    std::ofstream(file.path, std::ios::binary) << bytes;
    file.sha256 = core::sha256_hex(bytes);
    file.source = source.id;
    return file;
  }
  core::Result<FileOutcome> publish(const std::string& bytes) {
    return publish_harvested_file(dataset_id, resource_id, fetched(bytes),
                                  {*catalog, *blobs, *tables, clock});
  }
  core::Resource resource_now() { return dataset(dataset_id).resources.at(0); }

  std::unique_ptr<storage::BlobStore> blobs =
      storage::files::FileBlobStore::open(folder.path() + "/blobs").value();
  std::unique_ptr<storage::TableStore> tables =
      storage::sqlite::tables::open_table_store(folder.path()).value();
  std::string dataset_id;
  std::string resource_id;
};

TEST_F(HarvestFiles, AFileBecomesAVersionAndATable) {
  const FileOutcome outcome = value_of(publish(kCsv));
  EXPECT_TRUE(outcome.changed);
  EXPECT_EQ(outcome.import.kind, Kind::kImported);
  EXPECT_THAT(outcome.import.tables, SizeIs(1));
  const core::Resource resource = resource_now();
  EXPECT_EQ(resource.blob, core::sha256_hex(kCsv));
  EXPECT_EQ(resource.hash, resource.blob);
  EXPECT_EQ(resource.size, static_cast<std::int64_t>(std::string(kCsv).size()));
  EXPECT_EQ(resource.last_modified, clock.now());
  EXPECT_EQ(resource.format, "CSV");
  EXPECT_EQ(extra(resource.extras, "raw_format"), "(none)");
}

TEST_F(HarvestFiles, UnchangedBytesMakeNoNewVersion) {
  value_of(publish(kCsv));
  const auto revision = catalog->revision();
  const FileOutcome outcome = value_of(publish(kCsv));
  EXPECT_FALSE(outcome.changed);
  EXPECT_EQ(outcome.import.kind, Kind::kUnchanged);
  EXPECT_EQ(catalog->revision(), revision);
  EXPECT_TRUE(value_of(publish(kNewCsv)).changed);
}

TEST_F(HarvestFiles, TheNextImportTakesTheFileForNobodysEdit) {
  value_of(publish(kCsv));
  begin_job();
  HarvestedDataset changed = given();
  changed.dataset.title = "図書館の一覧";
  changed.dataset.resources[0].size = 5;
  const ImportedRecord result = import(changed);
  EXPECT_EQ(result.report, RecordReport::kUpdated);
  EXPECT_THAT(result.kept, IsEmpty());
  EXPECT_EQ(resource_now().blob, core::sha256_hex(kCsv));
  EXPECT_EQ(resource_now().size, static_cast<std::int64_t>(std::string(kCsv).size()));
  EXPECT_TRUE(value_of(publish(kNewCsv)).changed);
}

TEST_F(HarvestFiles, TheContentCorrectsTheFormat) {
  test::XlsxBuilder builder;
  builder.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>名称</t></is></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>本館</t></is></c></row>";
  const FileOutcome outcome = value_of(publish(builder.bytes()));
  EXPECT_EQ(outcome.import.kind, Kind::kImported);
  EXPECT_EQ(resource_now().format, "XLSX");
  EXPECT_EQ(extra(resource_now().extras, "raw_format"), "CSV");
  // And the source's word does not come back with the next change of something else.
  begin_job();
  HarvestedDataset changed = given();
  changed.dataset.title = "図書館の一覧";
  import(changed);
  EXPECT_EQ(resource_now().format, "XLSX");
  EXPECT_EQ(extra(resource_now().extras, "raw_format"), "CSV");
  // Unless the source itself says something new.
  begin_job();
  changed.dataset.resources[0].format = "tsv";
  import(changed);
  EXPECT_EQ(resource_now().format, "TSV");
}

TEST_F(HarvestFiles, AWebPageInPlaceOfTheFileIsRefused) {
  value_of(publish(kCsv));
  const auto refused = publish("<!DOCTYPE html><html><body>404</body></html>");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "harvest-file-is-page");
  EXPECT_EQ(resource_now().blob, core::sha256_hex(kCsv));
}

TEST_F(HarvestFiles, WhatIsNoTableSaysWhy) {
  const FileOutcome outcome = value_of(publish("%PDF-1.7\n%\xE2\xE3\n"));
  EXPECT_TRUE(outcome.changed);
  EXPECT_EQ(outcome.import.kind, Kind::kRefused);
  EXPECT_EQ(resource_now().format, "PDF");
}

TEST_F(HarvestFiles, LeavesAFileOfStaffAlone) {
  core::Dataset edited = dataset(dataset_id);
  edited.resources[0].url = "own.csv";
  edited.resources[0].url_type = "upload";
  edited.resources[0].blob = std::string(64, 'a');
  put(edited);
  EXPECT_EQ(publish(kCsv).error().id, "harvest-file-superseded");
  EXPECT_EQ(resource_now().blob, std::string(64, 'a'));
}

TEST_F(HarvestFiles, LeavesAFileAloneThatSomebodyOwns) {
  expect_ok(catalog->write([&](storage::CatalogWriter& writer) {
    return writer.put_field_owners(dataset_id,
                                   {{"/resources/" + resource_id + "/url", "staff", clock.now()}});
  }));
  EXPECT_EQ(publish(kCsv).error().id, "harvest-file-superseded");
}

TEST_F(HarvestFiles, KnowsADatasetThatIsGone) {
  core::Dataset deleted = dataset(dataset_id);
  deleted.state = core::State::kDeleted;
  put(deleted);
  EXPECT_EQ(publish(kCsv).error().id, "harvest-file-superseded");
}

TEST(TabularCandidate, IsWhatMayHaveRows) {
  const auto candidate = [](const char* url, const char* format, const char* type = "") {
    core::Resource resource;
    resource.url = url;
    resource.format = format;
    resource.mimetype = type;
    return is_tabular_candidate(resource);
  };
  EXPECT_TRUE(candidate("https://example.jp/a.csv", "CSV"));
  EXPECT_TRUE(candidate("https://example.jp/download?id=1", "XLSX"));
  EXPECT_TRUE(candidate("https://example.jp/download?id=1", ""));
  EXPECT_TRUE(candidate("https://example.jp/a.zip", "SHP"));
  EXPECT_TRUE(candidate("https://example.jp/a", "", "text/csv"));
  EXPECT_FALSE(candidate("https://example.jp/a.pdf", "PDF"));
  EXPECT_FALSE(candidate("https://example.jp/a.html", "CSV"));
  EXPECT_FALSE(candidate("https://example.jp/a", "WMS"));
  EXPECT_FALSE(candidate("https://example.jp/a", "", "image/png"));
  EXPECT_FALSE(candidate("ftp://example.jp/a.csv", "CSV"));
  EXPECT_FALSE(candidate("", "CSV"));
}

}  // namespace
}  // namespace minato::service
