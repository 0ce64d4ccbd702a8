#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/sheet_text.h"
#include "support/temp_dir.h"
#include "support/workbook_builder.h"
#include "tabular/workbook/workbook.h"

namespace minato::tabular {
namespace {

using test::XlsxBuilder;

struct Read {
  std::string text;
  std::string error;  // id
  std::vector<std::string> findings;
};

Read read_bytes(std::string bytes, const ReadLimits& limits = {}, std::size_t sheet = 0) {
  const auto workbook = open_workbook_bytes(std::move(bytes), limits);
  if (!workbook) return {"", workbook.error().id, {}};
  const auto source = (*workbook)->sheet(sheet);
  if (!source) return {"", source.error().id, {}};
  auto text = test::sheet_text(**source);
  if (!text) return {"", text.error().id, {}};
  Read read{*text, "", {}};
  for (const auto& finding : (*source)->findings()) {
    read.findings.push_back(finding.id + "@" + std::to_string(finding.row));
    EXPECT_FALSE(finding.message.ja.empty() || finding.hint.en.empty());
  }
  if (!(*source)->rewind() || test::sheet_text(**source).value_or("") != read.text) {
    ADD_FAILURE() << "another text after rewind()";
  }
  return read;
}

Read read_workbook(const XlsxBuilder& builder, const ReadLimits& limits = {}) {
  return read_bytes(builder.bytes(), limits);
}

Read read_rows(std::string rows) {
  XlsxBuilder builder;
  builder.rows = std::move(rows);
  return read_workbook(builder);
}

// What a number looks like under a format.
std::string shown(const std::string& value, const std::string& code, bool date1904 = false) {
  XlsxBuilder builder;
  builder.formats = "<numFmt numFmtId=\"200\" formatCode=\"" + code + "\"/>";
  builder.styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"200\"/>";
  if (date1904) builder.workbook_properties = "<workbookPr date1904=\"1\"/>";
  builder.rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>" + value + "</v></c></row>";
  const std::string text = read_workbook(builder).text;
  return text.size() > 4 ? text.substr(3, text.size() - 4) : text;
}

std::string shown_builtin(const std::string& value, int id) {
  XlsxBuilder builder;
  builder.styles = "<xf numFmtId=\"" + std::to_string(id) + "\"/>";
  builder.rows = "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>" + value + "</v></c></row>";
  const std::string text = read_workbook(builder).text;
  return text.size() > 4 ? text.substr(3, text.size() - 4) : text;
}

TEST(XlsxWorkbook, ReadsEveryTypeOfCell) {
  XlsxBuilder builder;
  builder.strings = "<si><t>名称</t></si><si><t xml:space=\"preserve\"> 012 </t></si>";
  builder.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
      "<c r=\"C1\" t=\"inlineStr\"><is><t>直接</t></is></c><c r=\"D1\"><v>12</v></c>"
      "<c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\" t=\"b\"><v>0</v></c>"
      "<c r=\"G1\" t=\"e\"><v>#N/A</v></c>"
      "<c r=\"H1\" t=\"str\"><f>A1&amp;\"x\"</f><v>式</v></c><c r=\"I1\"><f>1+2</f><v>3</v></c>"
      "<c r=\"J1\" t=\"d\"><v>2024-04-01</v></c><c r=\"K1\" t=\"d\"><v>2024-04-01T09:30:00</v></c>"
      "</row>";
  EXPECT_EQ(read_workbook(builder).text,
            "1: 名称| 012 |直接|12=n|true=b|false=b|#N/A=e|式|3=n|2024-04-01=d|"
            "2024-04-01T09:30:00=D\n");
}

TEST(XlsxWorkbook, JoinsRunsOfRichTextAndLeavesFuriganaOut) {
  XlsxBuilder builder;
  builder.strings =
      "<si><r><rPr><b/></rPr><t>横浜</t></r><r><t>市役所</t></r>"
      "<rPh sb=\"0\" eb=\"2\"><t>ヨコハマ</t></rPh><phoneticPr fontId=\"1\"/></si>";
  builder.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is>"
      "<r><t>秦</t></r><r><t>野</t></r><rPh sb=\"0\" eb=\"1\"><t>ハタノ</t></rPh></is></c></row>";
  EXPECT_EQ(read_workbook(builder).text, "1: 横浜市役所|秦野\n");
}

TEST(XlsxWorkbook, ResolvesReferencesEscapesAndLineEnds) {
  XlsxBuilder builder;
  builder.strings =
      "<si><t>A&amp;B &lt;c&gt; &#x3042;&#12356; &nbsp;</t></si>"
      "<si><t>一_x000D_\r\n二_x005F_x000D_ _xD83D__xDE00_ _xD83D_!</t></si>"
      "<si><t><![CDATA[<生>&amp;]]>続き</t></si><si><t>悪\xFF\xE3い</t></si>";
  builder.rows =
      "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
      "<c t=\"s\"><v>3</v></c></row>";
  EXPECT_EQ(read_workbook(builder).text,
            "1: A&B <c> あい &nbsp;|一\r\n二_x000D_ 😀 \uFFFD!|<生>&amp;続き|悪\uFFFD\uFFFDい\n");
}

TEST(XlsxWorkbook, ShowsNumbersAsExcelDoesWithoutArtefacts) {
  EXPECT_EQ(read_rows("<row><c><v>12.300000000000001</v></c><c><v>0.30000000000000004</v></c>"
                      "<c><v>1E+15</v></c><c><v>1.5E-5</v></c><c><v>-0.0</v></c>"
                      "<c><v>1234567.891</v></c><c><v>3.5E+30</v></c><c><v>-120</v></c>"
                      "<c><v>1.0</v></c><c><v>よめない</v></c></row>")
                .text,
            "1: 12.3=n|0.3=n|1000000000000000=n|0.000015=n|0=n|1234567.891=n|3.5e30=n|-120=n|1=n|"
            "よめない\n");
}

TEST(XlsxWorkbook, KeepsThousandsSeparatorsAndDecimalsNumbers) {
  for (const char* code : {"#,##0", "0.00", "0%", "#,##0_ ;[Red]\\-#,##0\\ ", "0.00E+00",
                           "#,##0&quot;人&quot;", "General", "@", "&quot;yen&quot;0", "# ?/?"}) {
    EXPECT_EQ(shown("1234", code), "1234=n") << code;
  }
}

TEST(XlsxWorkbook, GivesCodesTheirLeadingZeros) {
  EXPECT_EQ(shown("123", "00000"), "00123");
  EXPECT_EQ(shown("1234567", "00000"), "1234567");
  EXPECT_EQ(shown("2310017", "000\\-0000"), "231-0017");
  EXPECT_EQ(shown("10017", "000-0000"), "001-0017");
  EXPECT_EQ(shown("231", "[&lt;=999]000;[&lt;=9999]000\\-00;000\\-0000"), "231");
  EXPECT_EQ(shown("12", "[&lt;=999]000;[&lt;=9999]000\\-00;000\\-0000"), "012");
  EXPECT_EQ(shown("2310017", "[&lt;=999]000;[&lt;=9999]000\\-00;000\\-0000"), "231-0017");
  EXPECT_EQ(shown("452101111", "\\(000\\)000\\-0000"), "(045)210-1111");
  EXPECT_EQ(shown("12.5", "000"), "12.5=n");
  EXPECT_EQ(shown("-5", "000"), "-5=n");
}

TEST(XlsxWorkbook, ReadsDatesByTheirFormat) {
  for (const char* code :
       {"yyyy/m/d", "yyyy\\-mm\\-dd", "[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
        "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "yyyy年m月d日", "[$-411]ge.m.d;@",
        "m/d", "[DBNum3][$-411]yyyy&quot;年&quot;m&quot;月&quot;",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "yyyy/m/d(aaa)", "mmm-yy"}) {
    EXPECT_EQ(shown("45383", code), "2024-04-01=d") << code;
  }
  EXPECT_EQ(shown("45383.395833333336", "yyyy/m/d h:mm"), "2024-04-01T09:30:00=D");
  EXPECT_EQ(shown("45383", "yyyy/m/d h:mm:ss"), "2024-04-01T00:00:00=D");
  EXPECT_EQ(shown("45383", "aaa"), "月");
  EXPECT_EQ(shown("45384", "aaaa"), "火曜日");
  EXPECT_EQ(shown("45385", "ddd"), "Wed");
}

TEST(XlsxWorkbook, ReadsTimesAndHoursBeyondADay) {
  EXPECT_EQ(shown("0.395833333333333", "h:mm"), "09:30:00=t");
  EXPECT_EQ(shown("0.999999999", "h:mm AM/PM"), "00:00:00=t");
  EXPECT_EQ(shown("0.5", "yyyy/m/d h:mm"), "12:00:00=t");
  EXPECT_EQ(shown("1.0625", "[h]:mm"), "25:30");
  EXPECT_EQ(shown("1", "[h]:mm:ss"), "24:00:00");
  EXPECT_EQ(shown("0.25", "[h]:mm"), "06:00:00=t");
  EXPECT_EQ(shown("0.5", "h&quot;時&quot;mm&quot;分&quot;"), "12:00:00=t");
  EXPECT_EQ(shown("0.000694444444444444", "mm:ss"), "00:01:00=t");
}

TEST(XlsxWorkbook, KnowsTheBuiltInDateFormatsOfJapaneseExcel) {
  for (const int id : {14, 15, 16, 17, 27, 28, 31, 34, 36, 50, 55, 57, 58}) {
    EXPECT_EQ(shown_builtin("45383", id), "2024-04-01=d") << id;
  }
  for (const int id : {18, 19, 20, 21, 32, 33, 45, 47}) {
    EXPECT_EQ(shown_builtin("0.5", id), "12:00:00=t") << id;
  }
  EXPECT_EQ(shown_builtin("45383.5", 22), "2024-04-01T12:00:00=D");
  EXPECT_EQ(shown_builtin("1.5", 46), "36:00:00");
  for (const int id : {0, 1, 2, 3, 4, 9, 10, 11, 37, 40, 48, 49}) {
    EXPECT_EQ(shown_builtin("45383", id), "45383=n") << id;
  }
}

TEST(XlsxWorkbook, KnowsThatExcelTakes1900ForALeapYear) {
  EXPECT_EQ(shown("1", "yyyy/m/d"), "1900-01-01=d");
  EXPECT_EQ(shown("59", "yyyy/m/d"), "1900-02-28=d");
  EXPECT_EQ(shown("60", "yyyy/m/d"), "60=n");  // "1900-02-29"
  EXPECT_EQ(shown("61", "yyyy/m/d"), "1900-03-01=d");
  EXPECT_EQ(shown("0", "yyyy/m/d"), "0=n");
  EXPECT_EQ(shown("-1", "yyyy/m/d"), "-1=n");
  EXPECT_EQ(shown("2958465", "yyyy/m/d"), "9999-12-31=d");
  EXPECT_EQ(shown("2958466", "yyyy/m/d"), "2958466=n");
}

TEST(XlsxWorkbook, CountsFrom1904WhenTheWorkbookSaysSo) {
  EXPECT_EQ(shown("0", "yyyy/m/d", true), "1904-01-01=d");
  EXPECT_EQ(shown("43921", "yyyy/m/d", true), "2024-04-01=d");
}

TEST(XlsxWorkbook, FillsMergedCellsOverTheirRange) {
  XlsxBuilder builder;
  builder.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>題</t></is></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>区</t></is></c><c r=\"B2\"><v>1</v></c>"
      "</row><row r=\"4\"><c r=\"B4\"><v>3</v></c><c r=\"C4\"><v>9</v></c></row>";
  builder.behind_rows =
      "<mergeCells count=\"2\"><mergeCell ref=\"A1:XFD1\"/><mergeCell ref=\"A2:A1048576\"/>"
      "<mergeCell ref=\"C2:C3\"/></mergeCells>";
  const Read read = read_workbook(builder);
  EXPECT_EQ(read.text, "1: 題|題^|題^\n2: 区|1=n\n3: 区^\n4: 区^|3=n|9=n\n");
  EXPECT_THAT(read.findings, testing::ElementsAre("merged_cells@1"));
}

TEST(XlsxWorkbook, DoesNotFillWhatWouldExhaustTheMachine) {
  XlsxBuilder builder;
  builder.rows =
      "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"ALL1\"><v>2</v></c></row>"
      "<row r=\"1048576\"><c r=\"A1048576\"><v>3</v></c></row>";
  builder.behind_rows = "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
  const Read read = read_workbook(builder);
  EXPECT_LT(read.text.size(), 5'000U);
  EXPECT_THAT(read.text, testing::EndsWith("\n1048576: 3=n\n"));
}

TEST(XlsxWorkbook, DeliversHiddenRowsAndColumnsAndSaysSo) {
  XlsxBuilder builder;
  builder.before_rows =
      "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"9\" max=\"9\" "
      "hidden=\"1\"/></cols>";
  builder.rows =
      "<row r=\"1\"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
      "<row r=\"2\" hidden=\"1\"><c><v>4</v></c></row><row r=\"3\" hidden=\"true\"/>";
  const Read read = read_workbook(builder);
  EXPECT_EQ(read.text, "1: 1=n|2=n|3=n\n2: 4=n hidden\n");
  EXPECT_THAT(read.findings, testing::ElementsAre("hidden_columns@0", "hidden_rows@2"));
}

TEST(XlsxWorkbook, PutsCellsInTheirPlaceWhateverTheirOrder) {
  const Read read = read_rows(
      "<row r=\"2\"><c r=\"C2\"><v>3</v></c><c r=\"A2\"><v>1</v></c><c><v>2</v></c></row>"
      "<row><c r=\"?\"><v>4</v></c><c r=\"ZZZZ9\"><v>5</v></c></row>"
      "<row r=\"1\"><c r=\"A1\"><v>6</v></c></row>");
  EXPECT_EQ(read.text, "1:\n2: 1=n|2=n|3=n\n3: 4=n|5=n\n4: 6=n\n");
  EXPECT_THAT(read.findings, testing::ElementsAre("rows_out_of_order@4"));
}

TEST(XlsxWorkbook, DoesNotBelieveTheDeclaredDimension) {
  XlsxBuilder builder;
  builder.before_rows = "<dimension ref=\"A1:XFD1048576\"/>";
  builder.rows = "<row r=\"1\"><c><v>1</v></c></row>";
  EXPECT_EQ(read_workbook(builder).text, "1: 1=n\n");
  builder.before_rows = "<dimension ref=\"A1\"/>";
  builder.rows = "<row r=\"1\"><c/><c r=\"B1\"><v>1</v></c></row>";
  EXPECT_EQ(read_workbook(builder).text, "1: |1=n\n");
}

TEST(XlsxWorkbook, DropsStyledButEmptyCellsAndRows) {
  std::string rows = "<row r=\"1\"><c><v>1</v></c><c s=\"0\"/><c r=\"XFD1\" s=\"0\"/></row>";
  for (int i = 2; i < 20'000; ++i) {
    rows += "<row r=\"" + std::to_string(i) + "\" s=\"0\"><c s=\"0\"/><c s=\"0\"/></row>";
  }
  EXPECT_EQ(read_rows(rows).text, "1: 1=n\n");
  const Read read = read_rows(rows + "<row r=\"900000\"><c><v>2</v></c></row>");
  EXPECT_THAT(read.text, testing::StartsWith("1: 1=n\n2:\n3:\n"));
  EXPECT_THAT(read.text, testing::EndsWith(":\n900000: 2=n\n"));
  EXPECT_LT(read.text.size(), 2'000U);
}

TEST(XlsxWorkbook, TellsOfFormulasWithoutAResult) {
  const Read read = read_rows("<row><c><f>A2</f></c><c><f>A3</f><v></v></c><c><v>1</v></c></row>");
  EXPECT_EQ(read.text, "1: ||1=n\n");
  EXPECT_THAT(read.findings, testing::ElementsAre("formula_without_value@1"));
}

TEST(XlsxWorkbook, ReadsPrefixedNamesOfTheStrictNamespace) {
  XlsxBuilder builder;
  const std::string main = " xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"";
  const std::string relation = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  builder.more = {
      {"_rels/.rels",
       "<p:Relationships xmlns:p=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
       "<p:Relationship Id=\"a\" Type=\"" +
           relation + "/officeDocument\" Target=\"/xl/workbook.xml\"/></p:Relationships>"},
      {"xl/workbook.xml", "<x:workbook" + main + " xmlns:q=\"" + relation +
                              "\"><x:sheets><x:sheet name=\"A&amp;B\" sheetId=\"7\" "
                              "q:id=\"rId1\"/></x:sheets></x:workbook>"},
      {"xl/worksheets/sheet1.xml",
       "<x:worksheet" + main +
           "><x:sheetData><x:row r='1'><x:c r='A1' t='inlineStr'><x:is>"
           "<x:t>値</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"}};
  EXPECT_EQ(read_workbook(builder).text, "1: 値\n");
  EXPECT_EQ((*open_workbook_bytes(builder.bytes(), {}))->sheets().at(0).name, "A&B");
}

TEST(XlsxWorkbook, TellsOfMacros) {
  XlsxBuilder builder;
  builder.rows = "<row><c><v>1</v></c></row>";
  EXPECT_TRUE((*open_workbook_bytes(builder.bytes(), {}))->findings().empty());
  builder.more = {{"xl/vbaProject.bin", "program"}};
  const auto findings = (*open_workbook_bytes(builder.bytes(), {}))->findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "macros");
}

TEST(XlsxWorkbook, ListsSheetsInTheirOrderAndTellsOfHiddenOnes) {
  XlsxBuilder builder;
  builder.sheets =
      "<sheet name=\"二\" sheetId=\"5\" state=\"veryHidden\" r:id=\"rId2\"/>"
      "<sheet name=\"図\" sheetId=\"6\" r:id=\"rId3\"/>"
      "<sheet name=\"一\" sheetId=\"1\" r:id=\"rId1\"/>";
  builder.rows = "<row><c><v>1</v></c></row>";
  builder.more = {{"XL/Worksheets/Sheet2.xml",
                   "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"}};
  const auto workbook = open_workbook_bytes(builder.bytes(), {});
  ASSERT_TRUE(workbook) << workbook.error().message.en;
  EXPECT_EQ((*workbook)->kind(), WorkbookKind::kXlsx);
  ASSERT_EQ((*workbook)->sheets().size(), 2U);
  EXPECT_EQ((*workbook)->sheets()[0].name, "二");
  EXPECT_FALSE((*workbook)->sheets()[0].visible);
  EXPECT_EQ((*workbook)->sheets()[1].name, "一");
  EXPECT_TRUE((*workbook)->sheets()[1].visible);
  ASSERT_EQ((*workbook)->findings().size(), 1U);
  EXPECT_EQ((*workbook)->findings()[0].id, "hidden_sheet");
  EXPECT_EQ(read_bytes(builder.bytes(), {}, 0).text, "1: 2=n\n");
  EXPECT_EQ(read_bytes(builder.bytes(), {}, 1).text, "1: 1=n\n");
}

TEST(XlsxWorkbook, ASourceOutlivesItsWorkbook) {
  XlsxBuilder builder;
  builder.strings = "<si><t>a</t></si>";
  builder.rows = "<row><c t=\"s\"><v>0</v></c></row>";
  auto workbook = open_workbook_bytes(builder.bytes(), {});
  const auto source = (*workbook)->sheet(0);
  workbook->reset();
  EXPECT_EQ(test::sheet_text(**source).value(), "1: a\n");
}

TEST(XlsxWorkbook, ReadsPartsInUtf16) {
  XlsxBuilder builder;
  std::u16string text =
      u"\uFEFF<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>𠮷野</t></is></c></row>"
      u"</sheetData></worksheet>";
  builder.more = {{"xl/worksheets/sheet1.xml",
                   std::string(reinterpret_cast<const char*>(text.data()), text.size() * 2)}};
  EXPECT_EQ(read_workbook(builder).text, "1: 𠮷野\n");
}

TEST(XlsxWorkbook, RefusesBombs) {
  XlsxBuilder builder;
  builder.rows =
      "<row><c t=\"inlineStr\"><is><t>" + std::string(11'000'000, 'a') + "</t></is></c></row>";
  EXPECT_EQ(read_workbook(builder).error, "archive-bomb");
  ReadLimits small;
  small.max_unpacked_bytes = 100;
  EXPECT_EQ(read_workbook(XlsxBuilder{}, small).error, "archive-bomb");
  ReadLimits few;
  few.max_entries = 3;
  EXPECT_EQ(read_workbook(XlsxBuilder{}, few).error, "archive-bomb");
}

TEST(XlsxWorkbook, RefusesTextsSharedSoOftenThatTheyAreABomb) {
  XlsxBuilder builder;
  builder.strings = "<si><t>" + std::string(10'000, 'a') + "</t></si>";
  for (int i = 0; i < 300; ++i) builder.rows += "<row><c t=\"s\"><v>0</v></c></row>";
  ReadLimits limits;
  limits.max_unpacked_bytes = 1'000'000;
  EXPECT_EQ(read_workbook(builder, limits).error, "archive-bomb");
}

TEST(XlsxWorkbook, RefusesWhatIsBeyondTheLimits) {
  XlsxBuilder builder;
  builder.rows = "<row><c r=\"C1\"><v>12345</v></c></row><row r=\"9\"><c><v>1</v></c></row>";
  ReadLimits limits;
  limits.max_columns = 2;
  EXPECT_EQ(read_workbook(builder, limits).error, "too-many-columns");
  limits = {};
  limits.max_cell_bytes = 4;
  EXPECT_EQ(read_workbook(builder, limits).error, "cell-too-large");
  limits = {};
  limits.max_rows = 8;
  EXPECT_EQ(read_workbook(builder, limits).error, "too-many-rows");
}

TEST(XlsxWorkbook, RefusesDocumentTypesAndDeepNesting) {
  XlsxBuilder builder;
  builder.more = {{"xl/worksheets/sheet1.xml",
                   "<!DOCTYPE a [<!ENTITY e \"x\">]><worksheet><sheetData/></worksheet>"}};
  EXPECT_EQ(read_workbook(builder).error, "workbook-damaged");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  builder.more[0].second = "<worksheet>" + deep;
  EXPECT_EQ(read_workbook(builder).error, "workbook-damaged");
}

TEST(XlsxWorkbook, SaysWhatIsDamaged) {
  XlsxBuilder builder;
  for (const char* sheet : {"", "<worksheet><sheetData><row><c",
                            "<worksheet><sheetData><row></worksheet>", "</worksheet>",
                            "<worksheet><sheetData><row><c t=\"s\"><v>7</v></c></row></sheetData>"
                            "</worksheet>"}) {
    builder.more = {{"xl/worksheets/sheet1.xml", sheet}};
    const Read read = read_workbook(builder);
    if (*sheet == '\0') {
      EXPECT_EQ(read.text, "");
    } else {
      EXPECT_EQ(read.error, "workbook-damaged") << sheet;
    }
  }
  XlsxBuilder intact;
  intact.rows = "<row><c><v>1</v></c></row>";
  const std::string whole = intact.bytes();
  EXPECT_EQ(read_bytes(whole.substr(0, whole.size() / 2)).error, "workbook-damaged");
  std::string flipped = whole;
  flipped[flipped.find("xl/worksheets/sheet1.xml") + 60] ^= 0x55;
  EXPECT_EQ(read_bytes(flipped).error, "workbook-damaged");
}

TEST(XlsxWorkbook, SaysWhatElseAFileIs) {
  EXPECT_EQ(read_bytes(test::make_zip({{"a.csv", "1,2\n"}})).error, "file-not-tabular");
  EXPECT_EQ(read_bytes("%PDF-1.7").error, "file-not-tabular");
  XlsxBuilder word;
  word.more = {{"xl/workbook.xml", "<w:document xmlns:w=\"w\"/>"}};
  EXPECT_EQ(read_workbook(word).error, "file-not-tabular");
  XlsxBuilder binary;
  binary.more = {{"_rels/.rels",
                  "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
                  "Target=\"xl/workbook.bin\"/></Relationships>"},
                 {"xl/workbook.bin", "x"}};
  EXPECT_EQ(read_workbook(binary).error, "file-not-tabular");
}

TEST(XlsxWorkbook, ReadsFilesToo) {
  const test::TempDir folder;
  const std::string path = folder.path() + "/a.csv";
  XlsxBuilder builder;
  builder.rows = "<row><c><v>1</v></c></row>";
  std::ofstream(path, std::ios::binary) << builder.bytes();
  const auto workbook = open_workbook(path, {});
  ASSERT_TRUE(workbook) << workbook.error().message.en;
  const auto source = (*workbook)->sheet(0);
  ASSERT_TRUE(source);
  EXPECT_EQ(test::sheet_text(**source).value(), "1: 1=n\n");
  EXPECT_EQ(open_workbook(path + "x", {}).error().id, "file-missing");
}

}  // namespace
}  // namespace minato::tabular
