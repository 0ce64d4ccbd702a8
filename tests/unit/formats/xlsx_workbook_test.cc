#include "formats/rows/xlsx_workbook.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>

#include "support/temp_dir.h"

namespace minato::formats {
namespace {

using Row = std::vector<core::ValueView>;
using namespace std::string_view_literals;

// The parts of a workbook by name.
std::map<std::string, std::string> parts_of(const std::string& path) {
  std::map<std::string, std::string> parts;
  archive* zip = archive_read_new();
  archive_read_support_format_zip(zip);
  EXPECT_EQ(archive_read_open_filename(zip, path.c_str(), 65'536), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
    std::string& part = parts[archive_entry_pathname(entry)];
    char piece[4096];
    for (la_ssize_t size = 0; (size = archive_read_data(zip, piece, sizeof piece)) > 0;) {
      part.append(piece, static_cast<std::size_t>(size));
    }
  }
  archive_read_free(zip);
  return parts;
}

core::TableColumn column(const char* name, core::ColumnType type) {
  core::TableColumn made;
  made.name = name;
  made.type = type;
  return made;
}

XlsxContent content() {
  XlsxContent made;
  made.columns = {
      column("コード", core::ColumnType::kString), column("数", core::ColumnType::kInteger),
      column("率", core::ColumnType::kNumber),     column("公開", core::ColumnType::kBoolean),
      column("日", core::ColumnType::kDate),       column("時", core::ColumnType::kTime)};
  made.columns[1].unit = "人";
  made.columns[1].statistics.nulls = 7;
  made.source = {"図書館一覧", "横浜市", "CC BY 4.0", "https://example.jp/l", "", "2024-04-01"};
  return made;
}

NextRow rows_of(std::vector<Row> rows) {
  auto left = std::make_shared<std::vector<Row>>(std::move(rows));
  auto at = std::make_shared<std::size_t>(0);
  return [left, at]() -> core::Result<std::span<const core::ValueView>> {
    if (*at == left->size()) return std::span<const core::ValueView>();
    return std::span<const core::ValueView>((*left)[(*at)++]);
  };
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(XlsxWorkbook, KeepsCodesAsTextAndDatesAsDates) {
  const test::TempDir folder;
  const std::string path = folder.path() + "/a.xlsx";
  const auto done =
      write_xlsx(path, content(),
                 rows_of({{"01234"sv, std::int64_t{5}, 0.5, true, "2024-04-01"sv, "12:00:00"sv},
                          {"=1+1"sv, std::int64_t{1'234'567'890'123'456}, std::monostate{}, false,
                           "1868-10-23"sv, std::monostate{}}}));
  ASSERT_TRUE(done) << done.error().internal;
  auto parts = parts_of(path);
  const std::string& sheet = parts["xl/worksheets/sheet1.xml"];
  EXPECT_TRUE(holds(sheet, "<t>01234</t>"));
  EXPECT_TRUE(holds(sheet, "<t>=1+1</t>"));  // a text, no formula
  EXPECT_FALSE(holds(sheet, "<f>"));
  EXPECT_TRUE(holds(sheet, "<v>5</v>"));
  EXPECT_TRUE(holds(sheet, "<t>1234567890123456</t>"));
  EXPECT_TRUE(holds(sheet, "<v>45383</v>"));  // 2024-04-01
  EXPECT_TRUE(holds(sheet, "<t>1868-10-23</t>"));
  EXPECT_TRUE(holds(sheet, "t=\"b\""));
  EXPECT_TRUE(holds(sheet, "state=\"frozen\""));
  EXPECT_TRUE(holds(sheet, "<autoFilter ref=\"A1:F3\""));
  const std::string& dictionary = parts["xl/worksheets/sheet2.xml"];
  EXPECT_TRUE(holds(dictionary, "<t>integer</t>"));
  EXPECT_TRUE(holds(dictionary, "<t>人</t>"));
  EXPECT_TRUE(holds(dictionary, "<v>7</v>"));
  EXPECT_TRUE(holds(parts["xl/worksheets/sheet3.xml"], "<t>横浜市</t>"));
  EXPECT_TRUE(holds(parts["xl/workbook.xml"], "データ項目定義"));
}

TEST(XlsxWorkbook, RefusesTooManyRowsBeforeWriting) {
  const test::TempDir folder;
  const std::string path = folder.path() + "/a.xlsx";
  XlsxContent large = content();
  large.rows = 1'048'576;
  const auto done = write_xlsx(path, large, rows_of({}));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().id, "xlsx-too-many-rows");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(XlsxWorkbook, RefusesTooManyColumns) {
  const test::TempDir folder;
  XlsxContent wide;
  wide.columns.resize(16'385);
  const auto done = write_xlsx(folder.path() + "/a.xlsx", wide, rows_of({}));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().id, "xlsx-too-many-columns");
}

TEST(XlsxWorkbook, RefusesACellThatExcelCannotHold) {
  const test::TempDir folder;
  const std::string path = folder.path() + "/a.xlsx";
  std::string text(32'767, 'x');
  Row row = {text,
             std::monostate{},
             std::monostate{},
             std::monostate{},
             std::monostate{},
             std::monostate{}};
  EXPECT_TRUE(write_xlsx(path, content(), rows_of({row})));
  text += 'x';
  row[0] = std::string_view(text);
  const auto done = write_xlsx(path, content(), rows_of({row}));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().id, "xlsx-cell-too-long");
  EXPECT_TRUE(holds(done.error().message.en, "Row 1"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(XlsxWorkbook, PassesOnWhyRowsStopped) {
  const test::TempDir folder;
  const auto done = write_xlsx(folder.path() + "/a.xlsx", content(),
                               []() -> core::Result<std::span<const core::ValueView>> {
                                 return core::fail(core::ErrorCode::kDeadline, "deadline", {});
                               });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, core::ErrorCode::kDeadline);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace minato::formats
