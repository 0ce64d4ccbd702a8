#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/sheet_text.h"
#include "support/workbook_builder.h"
#include "tabular/workbook/compound_file.h"
#include "tabular/workbook/workbook.h"

namespace minato::tabular {
namespace {

using test::biff_record_bytes;
using test::le16;
using test::le32;
using test::le64;
using test::XlsBuilder;

struct Read {
  std::string text;
  std::string error;  // id
  std::vector<std::string> findings;
};

Read read_bytes(std::string bytes, const ReadLimits& limits = {}) {
  const auto workbook = open_workbook_bytes(std::move(bytes), limits);
  if (!workbook) return {"", workbook.error().id, {}};
  EXPECT_EQ((*workbook)->kind(), WorkbookKind::kXls);
  const auto source = (*workbook)->sheet(0);
  if (!source) return {"", source.error().id, {}};
  const auto text = test::sheet_text(**source);
  if (!text) return {"", text.error().id, {}};
  Read read{*text, "", {}};
  for (const auto& finding : (*source)->findings()) {
    read.findings.push_back(finding.id + "@" + std::to_string(finding.row));
  }
  EXPECT_TRUE((*source)->rewind());
  EXPECT_EQ(test::sheet_text(**source).value_or(""), read.text);
  return read;
}

std::string place(unsigned row, unsigned column, unsigned style = 0) {
  return le16(row) + le16(column) + le16(style);
}
std::string number(unsigned row, unsigned column, double value, unsigned style = 0) {
  return biff_record_bytes(0x203, place(row, column, style) + le64(value));
}
std::string xf(unsigned format) {
  return biff_record_bytes(0xE0, le16(0) + le16(format) + std::string(16, '\0'));
}
std::string wide(std::u16string_view text) {
  std::string bytes;
  for (const char16_t c : text) bytes += le16(c);
  return bytes;
}
std::string unicode(std::u16string_view text) {
  return le16(static_cast<unsigned>(text.size())) + '\1' + wide(text);
}

TEST(XlsWorkbook, ReadsEveryTypeOfCell) {
  XlsBuilder builder;
  builder.globals = biff_record_bytes(
      0xFC, le32(2) + le32(2) + unicode(u"名称") + le16(3) + std::string("\0", 1) + "012");
  builder.cells =
      biff_record_bytes(0xFD, place(0, 0) + le32(0)) +
      biff_record_bytes(0xFD, place(0, 1) + le32(1)) +
      biff_record_bytes(0x204, place(0, 2) + unicode(u"直接")) + number(0, 3, 12.300000000000001) +
      biff_record_bytes(0x27E, place(0, 4) + le32(2 | 1234U << 2)) +
      biff_record_bytes(0x27E, place(0, 5) + le32(3 | 1234U << 2)) +
      biff_record_bytes(0xBD, le16(0) + le16(6) + le16(0) + le32(2 | 7U << 2) + le16(0) +
                                  le32(2 | static_cast<std::uint32_t>(-8) << 2) + le16(7)) +
      biff_record_bytes(0x205, place(0, 8) + '\1' + '\0') +
      biff_record_bytes(0x205, place(0, 9) + '\x2A' + '\1');
  EXPECT_EQ(read_bytes(builder.bytes()).text,
            "1: 名称|012|直接|12.3=n|1234=n|12.34=n|7=n|-8=n|true=b|#N/A=e\n");
}

TEST(XlsWorkbook, ReadsFormulasByTheirCachedValue) {
  const auto formula = [](unsigned column, const std::string& result) {
    return biff_record_bytes(0x06, place(0, column) + result + std::string(8, '\0'));
  };
  const auto special = [](char type, char value) {
    return std::string{type, '\0', value, '\0', '\0', '\0', '\xFF', '\xFF'};
  };
  XlsBuilder builder;
  builder.cells = formula(0, le64(2.5)) + formula(1, special(0, 0)) +
                  biff_record_bytes(0x4BC, std::string(10, '\0')) +
                  biff_record_bytes(0x207, unicode(u"式の値")) + formula(2, special(1, 1)) +
                  formula(3, special(2, 7)) + formula(4, special(3, 0)) + number(0, 5, 1);
  EXPECT_EQ(read_bytes(builder.bytes()).text, "1: 2.5=n|式の値|true=b|#DIV/0!=e||1=n\n");
}

TEST(XlsWorkbook, ReadsTextsThatGoOnInOtherRecords) {
  // Rich text with furigana, cut within its characters; the rest is narrow.
  const std::string head = le16(5) + '\x0D' + le16(1) + le32(4) + wide(u"横浜");
  XlsBuilder builder;
  builder.globals = biff_record_bytes(0xFC, le32(2) + le32(2) + head) +
                    biff_record_bytes(0x3C, std::string("\0abc", 4) + le32(0) + "kana" + le16(1)) +
                    biff_record_bytes(0x3C, std::string("\0x", 2));
  builder.cells = biff_record_bytes(0xFD, place(0, 0) + le32(0)) +
                  biff_record_bytes(0xFD, place(0, 1) + le32(1));
  EXPECT_EQ(read_bytes(builder.bytes()).text, "1: 横浜abc|x\n");
}

TEST(XlsWorkbook, ShowsDatesAndCodesByTheirFormat) {
  XlsBuilder builder;
  builder.globals = biff_record_bytes(0x41E, le16(164) + le16(5) + std::string("\0", 1) + "00000") +
                    biff_record_bytes(0x41E, le16(165) + unicode(u"yyyy\"年\"m\"月\"d\"日\"")) +
                    xf(0) + xf(164) + xf(165) + xf(22);
  builder.cells = number(0, 0, 45383) + number(0, 1, 123, 1) + number(0, 2, 45383, 2) +
                  number(0, 3, 45383.5, 3) + number(0, 4, 5, 99);
  EXPECT_EQ(read_bytes(builder.bytes()).text,
            "1: 45383=n|00123|2024-04-01=d|2024-04-01T12:00:00=D|5=n\n");
  builder.globals += biff_record_bytes(0x22, le16(1));
  builder.cells = number(0, 0, 43921, 2);
  EXPECT_EQ(read_bytes(builder.bytes()).text, "1: 2024-04-01=d\n");
}

TEST(XlsWorkbook, FillsMergedCellsAndTellsOfHiddenRowsAndColumns) {
  const auto row = [](unsigned number, unsigned flags) {
    return biff_record_bytes(0x208, le16(number) + std::string(10, '\0') + le16(flags) + le16(0));
  };
  XlsBuilder builder;
  builder.cells = biff_record_bytes(0x7D, le16(1) + le16(1) + le16(0) + le16(0) + le16(1)) +
                  row(0, 0) + row(2, 0x20) + number(2, 1, 3) + number(0, 0, 1) + number(0, 1, 2) +
                  biff_record_bytes(0xE5, le16(1) + le16(0) + le16(2) + le16(0) + le16(0));
  const Read read = read_bytes(builder.bytes());
  EXPECT_EQ(read.text, "1: 1=n|2=n\n2: 1=n^\n3: 1=n^|3=n hidden\n");
  EXPECT_THAT(read.findings,
              testing::ElementsAre("merged_cells@1", "hidden_columns@0", "hidden_rows@3"));
}

TEST(XlsWorkbook, ReadsCp932OfExcel95) {
  XlsBuilder builder;
  builder.version = 0x0500;
  builder.name = "\x8E\x7B\x90\xDD";  // 施設
  builder.globals = biff_record_bytes(0x42, le16(932)) +
                    biff_record_bytes(0x41E, le16(164) + '\x08' + "yyyy/m/d") + xf(0) + xf(164);
  builder.cells =
      biff_record_bytes(0x204, place(0, 0) + le16(4) + "\x89\xA1\x95\x6C") + number(0, 1, 45383, 1);
  EXPECT_EQ(read_bytes(builder.bytes()).text, "1: 横浜|2024-04-01=d\n");
  EXPECT_EQ((*open_workbook_bytes(builder.bytes(), {}))->sheets().at(0).name, "施設");
}

TEST(XlsWorkbook, TellsOfHiddenSheets) {
  XlsBuilder builder;
  builder.state = 2;
  const auto workbook = open_workbook_bytes(builder.bytes(), {});
  ASSERT_TRUE(workbook) << workbook.error().message.en;
  EXPECT_FALSE((*workbook)->sheets().at(0).visible);
  EXPECT_EQ((*workbook)->findings().at(0).id, "hidden_sheet");
}

TEST(XlsWorkbook, LeavesChartsInASheetOut) {
  XlsBuilder builder;
  builder.cells = number(0, 0, 1) + biff_record_bytes(0x809, std::string(16, '\0')) +
                  number(0, 1, 2) + biff_record_bytes(0x0A, "") + number(1, 0, 3);
  EXPECT_EQ(read_bytes(builder.bytes()).text, "1: 1=n\n2: 3=n\n");
}

TEST(XlsWorkbook, SaysThatAWorkbookIsEncrypted) {
  XlsBuilder builder;
  builder.globals = biff_record_bytes(0x2F, le16(1));
  EXPECT_EQ(read_bytes(builder.bytes()).error, "workbook-encrypted");
  const auto office = open_workbook_bytes(test::make_compound_file("EncryptedPackage", "x"), {});
  ASSERT_FALSE(office);
  EXPECT_EQ(office.error().id, "workbook-encrypted");
  EXPECT_FALSE(office.error().hint.ja.empty());
}

TEST(XlsWorkbook, SaysWhatIsDamagedOrElse) {
  EXPECT_EQ(read_bytes(test::make_compound_file("WordDocument", "x")).error, "file-not-tabular");
  EXPECT_EQ(read_bytes(std::string(CompoundFile::kMagic)).error, "workbook-damaged");
  EXPECT_EQ(read_bytes(test::make_compound_file("Workbook", "")).error, "workbook-damaged");
  XlsBuilder old;
  old.version = 0x0400;
  EXPECT_EQ(read_bytes(test::make_compound_file("Workbook", old.stream())).error,
            "file-not-tabular");
  XlsBuilder builder;
  builder.globals = biff_record_bytes(0xFC, le32(9) + le32(9) + unicode(u"名称"));
  EXPECT_EQ(read_bytes(builder.bytes()).error, "workbook-damaged");
  const std::string stream = XlsBuilder{}.stream();
  EXPECT_EQ(
      read_bytes(test::make_compound_file("Workbook", stream.substr(0, stream.size() - 4))).error,
      "workbook-damaged");
}

TEST(XlsWorkbook, RefusesChainsOfSectorsThatLoop) {
  std::string bytes = XlsBuilder{}.bytes();
  const std::size_t fat = 512;
  for (std::size_t sector = 2; sector < 10; ++sector) bytes.replace(fat + 4 * sector, 4, le32(2));
  const Read loop = read_bytes(bytes);  // the same sector again and again
  EXPECT_TRUE(loop.error.empty() || loop.error == "workbook-damaged");
  bytes.replace(fat + 4, 4, le32(1));  // the directory
  EXPECT_EQ(read_bytes(bytes).error, "workbook-damaged");
}

}  // namespace
}  // namespace minato::tabular
