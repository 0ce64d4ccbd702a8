#include "service/table_import.h"

#include <gmock/gmock.h>

#include <limits>

#include "service/tables.h"
#include "storage/sqlite/tables/open_table_store.h"
#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/sample_catalog.h"
#include "support/temp_dir.h"
#include "support/workbook_builder.h"

namespace minato::service {
namespace {

using Kind = ImportOutcome::Kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kCsv = "施設,人数\r\n図書館,12\r\n公民館,8\r\n";

class TableImport : public testing::Test {
 protected:
  TableImport() {
    support::fill_sample_catalog(catalog_);
    resource_.id = "population-r1";
    resource_.dataset_id = "population-id";
    resource_.name = "人口";
    resource_.format = "CSV";
    resource_.url = "人口.csv";
    resource_.url_type = "upload";
  }

  // The resource's file is now `bytes`.
  void upload(std::string_view bytes) {
    const auto kept = blobs_.put_bytes(bytes).value();
    resource_.blob = kept.sha256;
    resource_.size = static_cast<std::int64_t>(bytes.size());
  }
  ImportOutcome import() {
    auto outcome = import_resource(resource_, target_);
    if (!outcome) {
      throw std::runtime_error(outcome.error().id + " " + outcome.error().message.en +
                               outcome.error().internal);
    }
    return *std::move(outcome);
  }
  ImportOutcome import(std::string_view bytes) {
    upload(bytes);
    return import();
  }

  std::vector<storage::TableVersion> current() {
    return catalog_.read(core::Deadline::max()).value()->tables_of(resource_.id).value();
  }
  std::optional<storage::TableRefusal> refusal() {
    return catalog_.read(core::Deadline::max()).value()->table_refusal(resource_.id).value();
  }
  // The first column's texts of a version.
  std::vector<std::string> first_column(const std::string& table_id, std::int64_t version) {
    auto reader = tables_->read({table_id, version}, core::Deadline::max()).value();
    core::RowQuery query;
    query.columns = {0};
    auto cursor = reader->rows(query).value();
    std::vector<std::string> texts;
    while (cursor->next().value()) {
      const auto value = cursor->values()[0];
      const auto* text = std::get_if<std::string_view>(&value);
      texts.emplace_back(text == nullptr ? "(no text)" : *text);
    }
    return texts;
  }

  test::TempDir folder_;
  support::FakeCatalogStore catalog_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  std::unique_ptr<storage::TableStore> tables_ =
      storage::sqlite::tables::open_table_store(folder_.path()).value();
  ImportTarget target_{catalog_, blobs_, *tables_, clock_};
  core::Resource resource_;
};

core::Column declared(std::string name, std::string type) {
  core::Column column;
  column.name = std::move(name);
  column.type = std::move(type);
  return column;
}

std::string sheet(const std::string& first, const std::string& second) {
  const auto row = [](int number, const std::string& a, const std::string& b) {
    const auto cell = [&](char column, const std::string& text) {
      return "<c r=\"" + std::string(1, column) + std::to_string(number) +
             "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    };
    return "<row r=\"" + std::to_string(number) + "\">" + cell('A', a) + cell('B', b) + "</row>";
  };
  return row(1, "名称", "住所") + row(2, first, "一丁目") + row(3, second, "二丁目");
}

std::string workbook(bool two_sheets) {
  test::XlsxBuilder builder;
  builder.rows = sheet("本館", "分館");
  if (two_sheets) {
    builder.sheets += "<sheet name=\"二\" sheetId=\"2\" r:id=\"rId2\"/>";
    builder.more = {{"xl/worksheets/sheet2.xml",
                     "<?xml version=\"1.0\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats."
                     "org/spreadsheetml/2006/main\"><sheetData>" +
                         sheet("東", "西") + "</sheetData></worksheet>"}};
  }
  return builder.bytes();
}

TEST_F(TableImport, AFileBecomesATable) {
  const ImportOutcome outcome = import(kCsv);
  EXPECT_EQ(outcome.kind, Kind::kImported);
  const auto tables = current();
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].table_id, "population-r1");
  EXPECT_EQ(tables[0].version, 1);
  EXPECT_EQ(tables[0].rows, 2);
  EXPECT_EQ(tables[0].columns, 2);
  EXPECT_EQ(tables[0].blob, resource_.blob);
  EXPECT_EQ(tables[0].bytes, resource_.size);
  EXPECT_EQ(tables[0].file_name, "人口.csv");
  EXPECT_EQ(tables[0].container, "csv");
  EXPECT_EQ(tables[0].encoding, "utf-8");
  EXPECT_EQ(tables[0].created, clock_.now());
  EXPECT_THAT(first_column("population-r1", 1), ElementsAre("図書館", "公民館"));
  const auto schema = tables_->schema({"population-r1", 1}).value();
  EXPECT_EQ(schema->columns.at(1).type, core::ColumnType::kInteger);
  EXPECT_EQ(schema->columns.at(1).statistics.distinct, 2);
}

TEST_F(TableImport, UnchangedBytesAreNotReadAgain) {
  import(kCsv);
  const auto revision = catalog_.revision();
  EXPECT_EQ(import().kind, Kind::kUnchanged);
  EXPECT_EQ(catalog_.revision(), revision);
}

TEST_F(TableImport, NewBytesMakeANewVersionAndKeepTheOld) {
  import(kCsv);
  EXPECT_EQ(import("施設,人数\r\n体育館,3\r\n").tables.at(0).version, 2);
  ASSERT_EQ(current().size(), 1U);
  EXPECT_EQ(current()[0].version, 2);
  EXPECT_THAT(first_column("population-r1", 2), ElementsAre("体育館"));
  EXPECT_THAT(first_column("population-r1", 1), ElementsAre("図書館", "公民館"));
}

TEST_F(TableImport, OldBytesThatComeBackAreANewVersion) {
  import(kCsv);
  import("施設,人数\r\n体育館,3\r\n");
  EXPECT_EQ(import(kCsv).tables.at(0).version, 3);
}

TEST_F(TableImport, AResourceWithoutAFileIsLeftAlone) {
  EXPECT_EQ(import().kind, Kind::kNoFile);
  EXPECT_FALSE(refusal());
}

TEST_F(TableImport, ARefusalIsRememberedWithItsReason) {
  const ImportOutcome outcome = import("%PDF-1.7\n1 0 obj\n");
  EXPECT_EQ(outcome.kind, Kind::kRefused);
  EXPECT_EQ(outcome.refusal.id, "file-not-tabular");
  ASSERT_TRUE(refusal());
  EXPECT_EQ(refusal()->error_id, "file-not-tabular");
  EXPECT_THAT(refusal()->message.en, HasSubstr("PDF"));
  EXPECT_FALSE(refusal()->hint.ja.empty());
  EXPECT_EQ(import().kind, Kind::kUnchanged);
}

TEST_F(TableImport, ARefusedFileLeavesTheOldVersionAndTheNextGoodOneHeals) {
  import(kCsv);
  EXPECT_EQ(import("%PDF-1.7\n1 0 obj\n").kind, Kind::kRefused);
  ASSERT_EQ(current().size(), 1U);
  EXPECT_EQ(current()[0].version, 1);
  EXPECT_EQ(import("施設,人数\r\n体育館,3\r\n").kind, Kind::kImported);
  EXPECT_FALSE(refusal());
  EXPECT_EQ(current()[0].version, 2);
}

TEST_F(TableImport, FormatsThatAreNoTablesAreNotRead) {
  resource_.format = "PDF";
  const ImportOutcome outcome = import(kCsv);
  EXPECT_EQ(outcome.kind, Kind::kRefused);
  EXPECT_EQ(outcome.refusal.id, "format-not-tabular");
}

TEST_F(TableImport, EachSheetIsATable) {
  resource_.format = "XLSX";
  resource_.url = "https://example.jp/files/施設.xlsx?v=2";
  import(workbook(true));
  const auto tables = current();
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].table_id, "population-r1");
  EXPECT_EQ(tables[0].name, "表");
  EXPECT_EQ(tables[1].table_id, "population-r1.2");
  EXPECT_EQ(tables[1].name, "二");
  EXPECT_EQ(tables[1].part, 2);
  EXPECT_EQ(tables[1].file_name, "施設.xlsx");
  EXPECT_THAT(first_column("population-r1.2", 1), ElementsAre("東", "西"));
}

TEST_F(TableImport, ASheetThatGoesTakesItsTableAlongButNotItsRows) {
  resource_.format = "XLSX";
  import(workbook(true));
  import(workbook(false));
  ASSERT_EQ(current().size(), 1U);
  EXPECT_EQ(current()[0].version, 2);
  EXPECT_THAT(first_column("population-r1.2", 1), ElementsAre("東", "西"));

  Catalog catalog(catalog_, blobs_, clock_, {});
  Tables tables(catalog, catalog_, *tables_, {});
  EXPECT_EQ(tables.find("population-r1.2").error().id, "table-missing");
  const auto old = tables.find("population-r1.2", 1);
  ASSERT_TRUE(old) << old.error().message.en;
  EXPECT_FALSE((*old)->is_current);
  const auto versions = tables.versions("population-r1.2");
  ASSERT_TRUE(versions) << versions.error().message.en;
  EXPECT_EQ(versions->all.size(), 1U);
  EXPECT_EQ(versions->current, 0);

  import(workbook(true) + " ");  // trailing bytes make it another file
  ASSERT_EQ(current().size(), 2U);
  EXPECT_EQ(current()[1].version, 2);
}

TEST_F(TableImport, DeclaredColumnsWin) {
  resource_.columns = {declared("施設", "string"), declared("人数", "string")};
  resource_.columns[0].title = "名称";
  resource_.columns[1].unit = "人";
  import(kCsv);
  const auto schema = tables_->schema({"population-r1", 1}).value();
  EXPECT_EQ(schema->columns.at(0).title, "名称");
  EXPECT_EQ(schema->columns.at(1).type, core::ColumnType::kString);
  EXPECT_EQ(schema->columns.at(1).unit, "人");
  resource_.columns[1].type = "integer";
  EXPECT_EQ(import().kind, Kind::kImported) << "other columns are another table";
  EXPECT_EQ(tables_->schema({"population-r1", 2}).value()->columns.at(1).type,
            core::ColumnType::kInteger);
}

TEST_F(TableImport, CellsThatDoNotFitAreRejectsNotFailures) {
  resource_.columns = {declared("施設", "string"), declared("人数", "integer")};
  import("施設,人数\r\n図書館,多数\r\n公民館,8\r\n");
  ASSERT_EQ(current().size(), 1U);
  EXPECT_EQ(current()[0].rejects, 1);
  const auto notes = tables_->notes({"population-r1", 1}).value();
  ASSERT_EQ(notes.rejects.size(), 1U);
  EXPECT_EQ(notes.rejects[0].line, 2);
  EXPECT_EQ(notes.rejects[0].column, "人数");
  EXPECT_EQ(notes.rejects[0].text, "多数");
}

TEST_F(TableImport, AFileAgainstItsDeclaredColumnsIsRefused) {
  resource_.columns = {declared("施設", "string"), declared("人数", "integer")};
  std::string bytes = "施設,人数\r\n";
  for (int i = 0; i < 300; ++i) bytes += "図書館,多数\r\n";
  const ImportOutcome outcome = import(bytes);
  EXPECT_EQ(outcome.kind, Kind::kRefused);
  EXPECT_EQ(outcome.refusal.id, "too-many-rejects");
  EXPECT_THAT(outcome.refusal.message.en, HasSubstr("300"));
  EXPECT_THAT(current(), IsEmpty());
}

TEST_F(TableImport, ALostFileIsAFaultNotARefusal) {
  resource_.blob = std::string(64, '9');
  EXPECT_FALSE(import_resource(resource_, target_));
  EXPECT_FALSE(refusal());
}

TEST_F(TableImport, WholeDatasetsAreImportedAndCounted) {
  upload(kCsv);
  core::Dataset dataset =
      *catalog_.read(core::Deadline::max()).value()->dataset("population").value();
  dataset.resources = {resource_, resource_};
  dataset.resources[1].id = "population-r2";
  dataset.resources[1].blob = blobs_.put_bytes("%PDF-1.7\n").value().sha256;
  catalog_.put(dataset);
  int notes = 0;
  const auto note = [&](const core::Resource&, const core::Result<ImportOutcome>&) { ++notes; };
  const auto first = import_datasets({"population", "aed", "no-such"}, target_, note).value();
  EXPECT_EQ(first.imported, 1);
  EXPECT_EQ(first.refused, 1);
  EXPECT_EQ(first.failed, 0);
  EXPECT_EQ(notes, 2);
  const auto again = import_datasets({"population"}, target_, note).value();
  EXPECT_EQ(again.imported + again.refused + again.failed, 0);
  EXPECT_EQ(notes, 2);
}

TEST_F(TableImport, PartsOtherThanTheFirstHaveNumbers) {
  EXPECT_EQ(table_id_of("abc", 1), "abc");
  EXPECT_EQ(table_id_of("abc", 2), "abc.2");
}

}  // namespace
}  // namespace minato::service
