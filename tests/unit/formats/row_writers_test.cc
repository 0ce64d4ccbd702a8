#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <random>

#include "facility_schema.h"
#include "formats/json.h"
#include "formats/query/datastore_filters.h"
#include "formats/rows/csv_rows.h"
#include "formats/rows/dump_rows.h"
#include "formats/rows/geojson_rows.h"
#include "formats/rows/json_rows.h"
#include "formats/rows/xml_rows.h"

namespace minato::formats {
namespace {

using Row = std::vector<core::ValueView>;
using namespace std::string_view_literals;

std::string written(RowWriter& writer, const std::vector<Row>& rows) {
  std::string out;
  writer.begin(out);
  for (const Row& row : rows) writer.row(row, out);
  writer.end(out);
  return out;
}

std::string csv(const std::vector<std::string>& names, const std::vector<Row>& rows,
                const CsvStyle& style = {}) {
  CsvRowWriter writer(names, style);
  return written(writer, rows);
}

const std::vector<Row> kRows = {
    {"港区\"A\""sv, std::int64_t{-5}, 0.1, true},
    {"x,y\r\nz"sv, std::monostate{}, 100000.0, false},
};

TEST(CsvRows, QuoteAsRfc4180Says) {
  EXPECT_EQ(
      csv({"名,称", "数", "率", "公開"}, kRows),
      "\"名,称\",数,率,公開\r\n\"港区\"\"A\"\"\",-5,0.1,true\r\n\"x,y\r\nz\",,100000,false\r\n");
  EXPECT_EQ(csv({"a"}, {{""sv}, {std::monostate{}}, {"a b"sv}}), "a\r\n\"\"\r\n\"\"\r\na b\r\n");
  EXPECT_EQ(csv({"a", "b"}, {{"x,y"sv, "p\tq"sv}}, {.delimiter = '\t'}),
            "a\tb\r\nx,y\t\"p\tq\"\r\n");
}

TEST(CsvRows, WriteTheByteOrderMarkAndCp932) {
  EXPECT_EQ(csv({"a"}, {}, {.bom = true}),
            "\xEF\xBB\xBF"
            "a\r\n");
  CsvRowWriter writer({"港"}, {.cp932 = true});
  EXPECT_EQ(written(writer, {{"𩸽"sv}}), "\x8D\x60\r\n\x81\xAC\r\n");
  EXPECT_EQ(writer.lost_characters(), 1);
}

TEST(CsvRows, GuardFormulasForExcel) {
  const CsvStyle style{.excel = true};
  EXPECT_EQ(csv({"a", "b", "c", "d", "e"},
                {{"=1+1"sv, "-5"sv, "+81-45"sv, "@x,y"sv, std::int64_t{-5}}}, style),
            "a,b,c,d,e\r\n'=1+1,-5,'+81-45,\"'@x,y\",-5\r\n");
  EXPECT_EQ(csv({"=a"}, {{"\tx"sv}, {"+1.5"sv}, {"-"sv}}, style), "'=a\r\n'\tx\r\n+1.5\r\n'-\r\n");
}

TEST(CellText, NumbersReadBack) {
  const auto text = [](double number) {
    char digits[kMaxNumberBytes];
    return std::string(digits, write_number(digits, number));
  };
  EXPECT_EQ(text(35.443674), "35.443674");
  EXPECT_EQ(text(1e5), "100000");
  EXPECT_EQ(text(-0.00002), "-0.00002");
  EXPECT_EQ(text(1e300), "1e+300");
  EXPECT_EQ(text(123456789012345.0), "123456789012345");
  EXPECT_EQ(text(NAN), "");
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const double number = std::bit_cast<double>(random());
    if (!std::isfinite(number)) continue;
    const std::string shown = text(number);
    ASSERT_LE(shown.size(), kMaxNumberBytes);
    double back = 0;
    std::from_chars(shown.data(), shown.data() + shown.size(), back);
    ASSERT_EQ(back, number) << shown;
  }
}

TEST(CellText, FindsLowBytesAnywhere) {
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string high(size, '\x80');
    EXPECT_FALSE(has_byte_below(high, 0x2D)) << size;
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, '-');
      EXPECT_FALSE(has_byte_below(text, 0x2D));
      text[at] = ',';
      EXPECT_TRUE(has_byte_below(text, 0x2D)) << size << " " << at;
    }
  }
}

std::string json(const JsonStyle& style, const std::vector<Row>& rows) {
  JsonRowWriter writer({"a\"", "b", "c", "d"}, style);
  return written(writer, rows);
}

TEST(JsonRows, AreObjectsArraysOrLines) {
  EXPECT_EQ(json({}, kRows),
            "[{\"a\\\"\":\"港区\\\"A\\\"\",\"b\":-5,\"c\":0.1,\"d\":true},\n"
            "{\"a\\\"\":\"x,y\\r\\nz\",\"b\":null,\"c\":100000,\"d\":false}]\n");
  EXPECT_EQ(json({.shape = RowShape::kArrays}, kRows),
            "[[\"港区\\\"A\\\"\",-5,0.1,true],\n[\"x,y\\r\\nz\",null,100000,false]]\n");
  EXPECT_EQ(json({.shape = RowShape::kArrays, .lines = true}, {kRows[0]}),
            "[\"港区\\\"A\\\"\",-5,0.1,true]\n");
  EXPECT_EQ(json({}, {}), "[]\n");
}

TEST(JsonRows, EscapeWhatMustBe) {
  JsonRowWriter writer({"a"}, {});
  const std::string out = written(writer, {{"\x01\\ \x7F\xE2\x80\xA8"sv}, {std::nan("")}});
  const auto parsed = parse_json(out);
  ASSERT_TRUE(parsed) << out;
  EXPECT_EQ(text_of((*parsed)[0]["a"]), "\x01\\ \x7F\xE2\x80\xA8");
  EXPECT_TRUE((*parsed)[1]["a"].IsNull());
}

TEST(GeoJsonRows, HavePointsWhereCoordinatesAre) {
  const auto schema = facility_schema();
  std::vector<int> columns = {0, 3};
  const auto places = place_columns(schema, columns);
  ASSERT_TRUE(places);
  EXPECT_EQ(columns, (std::vector<int>{0, 3, 2, -1}));
  GeoJsonRowWriter writer({"区分", "経度"}, *places);
  const std::string out = written(writer, {{"a"sv, 139.64, 35.44, std::int64_t{1}},
                                           {"b"sv, std::monostate{}, 35.5, std::int64_t{2}},
                                           {"c"sv, 139.64, 95.0, std::int64_t{3}}});
  EXPECT_EQ(out,
            "{\"type\":\"FeatureCollection\",\"features\":[\n"
            "{\"type\":\"Feature\",\"id\":1,\"geometry\":{\"type\":\"Point\",\"coordinates\":"
            "[139.64,35.44]},\"properties\":{\"区分\":\"a\",\"経度\":139.64}},\n"
            "{\"type\":\"Feature\",\"id\":2,\"geometry\":null,\"properties\":{\"区分\":\"b\","
            "\"経度\":null}},\n"
            "{\"type\":\"Feature\",\"id\":3,\"geometry\":null,\"properties\":{\"区分\":\"c\","
            "\"経度\":139.64}}\n]}\n");
  EXPECT_TRUE(parse_json(out));
}

TEST(GeoJsonRows, ReadAPointInOneCell) {
  core::TableSchema schema;
  schema.columns.resize(2);
  schema.columns[1].role = core::ColumnRole::kPoint;
  std::vector<int> columns = {0};
  const auto places = place_columns(schema, columns);
  ASSERT_TRUE(places);
  GeoJsonRowWriter writer({"a"}, *places);
  const std::string out = written(
      writer, {{"x"sv, "35.44, 139.64"sv, std::int64_t{1}}, {"y"sv, "不明"sv, std::int64_t{2}}});
  EXPECT_NE(out.find("[139.64,35.44]"), std::string::npos);
  EXPECT_NE(out.find("null"), std::string::npos);
  schema.columns[1].role = core::ColumnRole::kNone;
  EXPECT_FALSE(place_columns(schema, columns));
}

std::string dump(DumpFormat format, bool bom = false) {
  const auto writer =
      make_dump_writer(format, {{"_id", "int"}, {"名（称）", "text"}, {"b", "bool"}}, bom);
  return written(*writer, {{std::int64_t{1}, "x,\"y\"<&>"sv, true},
                           {std::int64_t{2}, ""sv, std::monostate{}},
                           {std::int64_t{3}, std::monostate{}, false}});
}

TEST(DumpRows, HaveCkansLineEndsAndQuotes) {
  EXPECT_EQ(dump(DumpFormat::kCsv), "_id,名（称）,b\r\n1,\"x,\"\"y\"\"<&>\",t\n2,\"\",\n3,,f\n");
  EXPECT_EQ(dump(DumpFormat::kTsv, true),
            "\xEF\xBB\xBF_id\t名（称）\tb\r\n1\t\"x,\"\"y\"\"<&>\"\tt\n2\t\"\"\t\n3\t\tf\n");
  const auto records = make_dump_records_writer(DumpFormat::kCsv);
  EXPECT_EQ(written(*records, {{std::int64_t{1}, "a"sv}}), "1,a\n");
}

TEST(DumpRows, WriteJsonARecordPerLine) {
  EXPECT_EQ(dump(DumpFormat::kJson),
            "{\n  \"fields\": [{\"id\":\"_id\",\"type\":\"int\"},{\"id\":\"名（称）\",\"type\":"
            "\"text\"},{\"id\":\"b\",\"type\":\"bool\"}],\n  \"records\": [\n"
            "    [1,\"x,\\\"y\\\"<&>\",true],\n    [2,\"\",null],\n    [3,null,false]\n]}\n");
}

TEST(DumpRows, WriteXml) {
  EXPECT_EQ(dump(DumpFormat::kXml),
            "<data xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
            "<row _id=\"1\"><名_称_>x,\"y\"&lt;&amp;&gt;</名_称_><b>true</b></row>\n"
            "<row _id=\"2\"><名_称_></名_称_><b xsi:nil=\"true\" /></row>\n"
            "<row _id=\"3\"><名_称_ xsi:nil=\"true\" /><b>false</b></row>\n</data>\n");
  EXPECT_EQ(xml_name("2024年"), "_2024年");
  EXPECT_EQ(xml_name("a b:c"), "a_b_c");
  EXPECT_EQ(xml_name(""), "_");
}

}  // namespace
}  // namespace minato::formats
