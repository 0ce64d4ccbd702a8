#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/record_list.h"
#include "tabular/opened_file.h"
#include "tabular/types/distinct_counter.h"

namespace minato::tabular {
namespace {

using core::ColumnRole;
using core::ColumnType;
using test_support::RecordList;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::unique_ptr<OpenedFile> open(RecordList records, ReadOptions options = {}) {
  std::vector<NamedSource> sources;
  sources.push_back({"", std::make_unique<RecordList>(std::move(records))});
  FileReport report;
  report.delimiter = ',';
  auto file =
      std::make_unique<OpenedFile>(std::move(sources), std::move(report), std::move(options));
  EXPECT_TRUE(file->examine());
  return file;
}

// A column named `name` beside one of words.
std::unique_ptr<OpenedFile> column(const std::string& name, std::vector<std::string> values,
                                   ReadOptions options = {}) {
  std::vector<std::vector<std::string>> records{{"名前", name}};
  for (std::string& value : values) {
    records.push_back({"甲乙", std::move(value)});
  }
  return open(RecordList(std::move(records)), std::move(options));
}

const TableReport& table(const OpenedFile& file) { return file.report().tables.at(0); }

ColumnType type_of(const std::string& name, std::vector<std::string> values) {
  return table(*column(name, std::move(values))).schema.columns.at(1).type;
}

std::vector<std::string> finding_ids(const TableReport& report) {
  std::vector<std::string> ids;
  for (const core::Finding& finding : report.findings) ids.push_back(finding.id);
  return ids;
}

struct Rows : RowSink {
  std::vector<std::vector<core::Value>> rows;
  core::Result<void> row(std::span<const core::ValueView> values) override {
    auto& row = rows.emplace_back();
    for (const core::ValueView& value : values) row.push_back(core::to_value(value));
    return {};
  }
};

std::vector<core::Value> values_of(OpenedFile& file, std::size_t column = 1) {
  Rows rows;
  EXPECT_TRUE(file.read_rows(0, rows));
  std::vector<core::Value> values;
  for (const auto& row : rows.rows) values.push_back(row.at(column));
  return values;
}

TEST(Types, EveryValueDecides) {
  EXPECT_EQ(type_of("数", {"1", "２", "△3", "1,000"}), ColumnType::kInteger);
  EXPECT_EQ(type_of("数", {"1", "2.5"}), ColumnType::kNumber);
  EXPECT_EQ(type_of("数", {"1", "2", "三"}), ColumnType::kString);
  EXPECT_EQ(type_of("旗", {"true", "FALSE"}), ColumnType::kBoolean);
  EXPECT_EQ(type_of("有無", {"有", "無"}), ColumnType::kString);
  EXPECT_EQ(type_of("登録", {"2024-04-01", "R6.4.1", "昭和32年7月1日"}), ColumnType::kDate);
  EXPECT_EQ(type_of("登録", {"2024/04/01 0:00:00", "2024/4/2"}), ColumnType::kDate);
  EXPECT_EQ(type_of("登録", {"2024/04/01 9:30", "2024/04/01 0:00"}), ColumnType::kDatetime);
  EXPECT_EQ(type_of("開始", {"9:00", "24:00"}), ColumnType::kTime);
  EXPECT_EQ(type_of("率", {"52.7%", "3%"}), ColumnType::kString);
  EXPECT_EQ(type_of("空", {"", ""}), ColumnType::kString);
}

TEST(Types, CodesStayText) {
  EXPECT_EQ(type_of("番号", {"001", "002"}), ColumnType::kString);
  EXPECT_EQ(type_of("番号", {"1", "02"}), ColumnType::kString);
  EXPECT_EQ(type_of("番号", {"1", "2"}), ColumnType::kInteger);
  for (const std::string name :
       {"全国地方公共団体コード", "市区町村ｺｰﾄﾞ", "郵便番号", "電話番号", "内線番号", "法人番号",
        "city_code", "affiliationCode", "ZIP", "FAX", "ＴＥＬ", "mechanismCd", "備考"}) {
    EXPECT_EQ(type_of(name, {"141003", "141305"}), ColumnType::kString) << name;
  }
  EXPECT_EQ(type_of("コード数", {"1", "2"}), ColumnType::kInteger);
}

TEST(Types, EightDigitsAreDatesWhereTheNameSaysSo) {
  EXPECT_EQ(type_of("許可年月日", {"20240401", "20231231"}), ColumnType::kDate);
  EXPECT_EQ(type_of("更新日", {"20240401", "20240431"}), ColumnType::kInteger);
  EXPECT_EQ(type_of("管理番号", {"20240401", "20231231"}), ColumnType::kInteger);
  EXPECT_EQ(type_of("date", {"27", "28"}), ColumnType::kInteger);
}

TEST(Types, ImpossibleDatesKeepTheColumnText) {
  const auto file = column("登録日", {"平成元年2月1日", "平成99年1月1日"});
  EXPECT_EQ(table(*file).schema.columns[1].type, ColumnType::kString);
  EXPECT_THAT(finding_ids(table(*file)), Contains("impossible_dates"));
}

TEST(Types, MarksBecomeNullOutsideOfText) {
  const auto file = column("数", {"1", "－", "不明", "4", "…"});
  EXPECT_THAT(values_of(*file),
              ElementsAre(core::Value(std::int64_t{1}), core::Value(), core::Value(),
                          core::Value(std::int64_t{4}), core::Value()));
  EXPECT_THAT(finding_ids(table(*file)), Contains("missing_marks"));
  EXPECT_EQ(table(*file).schema.columns[1].statistics.nulls, 3);
  const auto words = column("停留所", {"なし", "横浜", "-"});
  EXPECT_THAT(values_of(*words),
              ElementsAre(core::Value("なし"), core::Value("横浜"), core::Value("-")));
  EXPECT_THAT(finding_ids(table(*words)), Not(Contains("missing_marks")));
}

TEST(Types, WordsThatOutnumberTheFiguresAreValues) {
  EXPECT_EQ(type_of("設備", {"なし", "なし", "なし", "1"}), ColumnType::kString);
}

TEST(Types, OneBadCellInAHundredIsARejectNotTheEnd) {
  std::vector<std::string> values(99, "10");
  values.push_back("1,12");
  const auto file = column("員数", values);
  const TableReport& report = table(*file);
  EXPECT_EQ(report.schema.columns[1].type, ColumnType::kInteger);
  ASSERT_EQ(report.rejects.size(), 1u);
  EXPECT_EQ(report.rejects[0].reason, "not_a_number");
  EXPECT_EQ(report.rejects[0].text, "1,12");
  EXPECT_EQ(report.rejects[0].row, 101);
  EXPECT_EQ(report.rejects[0].line, 101);
  EXPECT_FALSE(report.rejects[0].hint.ja.empty());
  EXPECT_EQ(report.reject_count, 1);
  EXPECT_EQ(values_of(*file).back(), core::Value());
  values.push_back("many");
  EXPECT_EQ(type_of("員数", values), ColumnType::kString);
}

TEST(Types, AnEarlyMajorityOfWordsDoesNotDecide) {
  std::vector<std::string> values(200, "約10");
  values.insert(values.end(), 30'000, "10");
  const auto file = column("数", values);
  EXPECT_EQ(table(*file).schema.columns[1].type, ColumnType::kInteger);
  EXPECT_EQ(table(*file).reject_count, 200);
  EXPECT_EQ(table(*file).rejects.size(), ColumnObserver::kMaxSuspects);
}

TEST(Types, ADeclaredTypeWins) {
  ReadOptions options;
  options.declared = {{"数", "員数", "integer", "人", "数えたもの"},
                      {"なし", "", "string", "", ""}};
  const auto file = column("数", {"1", "007", "x", "約3", "2.5"}, options);
  const TableReport& report = table(*file);
  EXPECT_EQ(report.schema.columns[1].type, ColumnType::kInteger);
  EXPECT_EQ(report.schema.columns[1].title, "員数");
  EXPECT_EQ(report.schema.columns[1].unit, "人");
  EXPECT_EQ(values_of(*file)[1], core::Value(std::int64_t{7}));
  ASSERT_EQ(report.rejects.size(), 2u);
  EXPECT_EQ(report.rejects[0].reason, "not_a_number");
  EXPECT_EQ(report.rejects[1].reason, "not_an_integer");
  EXPECT_THAT(finding_ids(report), Contains("declared_column_missing"));
  options.declared = {{"数", "", "string", "", ""}};
  EXPECT_EQ(values_of(*column("数", {"1", "2"}, options))[0], core::Value("1"));
  options.declared = {{"日", "", "date", "", ""}};
  const auto dates = column("日", {"20240401", "2024-02-30", "春"}, options);
  EXPECT_EQ(values_of(*dates)[0], core::Value("2024-04-01"));
  EXPECT_EQ(table(*dates).rejects[0].reason, "impossible_date");
  EXPECT_EQ(table(*dates).rejects[1].reason, "not_a_date");
}

TEST(Types, ValuesAreIso) {
  EXPECT_THAT(values_of(*column("登録", {"昭32. 7. 1", "令和元年5月1日"})),
              ElementsAre(core::Value("1957-07-01"), core::Value("2019-05-01")));
  EXPECT_THAT(values_of(*column("開始", {"9:00", "17時30分"})),
              ElementsAre(core::Value("09:00:00"), core::Value("17:30:00")));
  EXPECT_THAT(values_of(*column("数", {"1", "△2.5"})),
              ElementsAre(core::Value(1.0), core::Value(-2.5)));
}

TEST(Types, OuterBlanksAreTakenOffAndReported) {
  const auto file = column("説明", {"　あ　い ", "う"});
  EXPECT_EQ(values_of(*file)[0], core::Value("あ　い"));
  EXPECT_THAT(finding_ids(table(*file)), Contains("outer_spaces"));
  EXPECT_THAT(values_of(*column("数", {" 1 ", "2　"})),
              ElementsAre(core::Value(std::int64_t{1}), core::Value(std::int64_t{2})));
}

TEST(Types, CoordinatesByNameAndRange) {
  const auto roles = [](std::string_view text) {
    std::vector<ColumnRole> found;
    const auto file = open(RecordList(text));
    for (const auto& c : table(*file).schema.columns) found.push_back(c.role);
    return found;
  };
  const ColumnRole none = ColumnRole::kNone;
  EXPECT_THAT(roles("名称|緯度|経度\na|35.4|139.6\nb|35.5|139.5"),
              ElementsAre(none, ColumnRole::kLatitude, ColumnRole::kLongitude));
  EXPECT_THAT(roles("名称|X|Y\na|139.6|35.4\nb|139.5|35.5"),
              ElementsAre(none, ColumnRole::kLongitude, ColumnRole::kLatitude));
  EXPECT_THAT(roles("名称|X|Y\na|-12000.5|35000.4\nb|-11000.5|35000.5"),
              ElementsAre(none, none, none));
  EXPECT_THAT(roles("名称|座標（緯度）|座標（経度）\na|35.4|139.6\nb|35.5|139.5"),
              ElementsAre(none, ColumnRole::kLatitude, ColumnRole::kLongitude));
  EXPECT_THAT(roles("名称|ido|keido\na|35.4|139.6\nb|35.5|139.5"),
              ElementsAre(none, ColumnRole::kLatitude, ColumnRole::kLongitude));
  EXPECT_THAT(roles("名称|fX|fY\na|139.6|35.4\nb|139.5|35.5"),
              ElementsAre(none, ColumnRole::kLongitude, ColumnRole::kLatitude));
  // Under each other's names the values are certain.
  EXPECT_THAT(roles("名称|緯度|経度\na|139.6|35.4\nb|139.5|35.5"),
              ElementsAre(none, ColumnRole::kLongitude, ColumnRole::kLatitude));
  EXPECT_THAT(roles("名称|緯度|経度\na|139.6|139.4\nb|139.5|139.5"), ElementsAre(none, none, none));
  // An address in two cells under one name moves the rest to the right.
  EXPECT_THAT(roles("name|address|lat|lng|\na|関谷|566|35.4|139.6\nb|笛田|2-17|35.5|139.5"),
              ElementsAre(none, none, none, ColumnRole::kLatitude, ColumnRole::kLongitude));
  EXPECT_THAT(roles("名称|location\na|35.4,139.6\nb|(35.5, 139.5)"),
              ElementsAre(none, ColumnRole::kPoint));
  EXPECT_THAT(roles("名称|緯度\na|35.4\nb|35.5"), ElementsAre(none, none));
}

TEST(Types, CoordinatesInDegreesAndMinutesBecomeDecimal) {
  const auto file =
      open(RecordList("名称|北緯|経度|向き\na|35°22′34.3″|東経139度30分|35°10′\n"
                      "b|35.5|139.5,|90°"));
  const auto& columns = table(*file).schema.columns;
  EXPECT_EQ(columns[1].type, ColumnType::kNumber);
  EXPECT_EQ(columns[1].role, ColumnRole::kLatitude);
  EXPECT_EQ(columns[2].role, ColumnRole::kLongitude);
  EXPECT_EQ(columns[3].type, ColumnType::kString) << "only where the name says so";
  EXPECT_THAT(values_of(*file), ElementsAre(core::Value(35.3761944), core::Value(35.5)));
  EXPECT_THAT(values_of(*file, 2), ElementsAre(core::Value(139.5), core::Value(139.5)));
  EXPECT_THAT(finding_ids(table(*file)), Contains("degree_coordinates"));
  EXPECT_THAT(table(*file).rejects, IsEmpty());
}

TEST(Types, CoordinatesAreCertainDespiteMoreBadCells) {
  std::vector<std::string> values(96, "35.4");
  values.insert(values.end(), 4, "35.4（概数）");
  EXPECT_EQ(type_of("緯度", values), ColumnType::kNumber);
  EXPECT_EQ(type_of("割合", values), ColumnType::kString);
}

TEST(Table, ColumnsGetNamesOfTheirOwn) {
  const auto file = open(RecordList("名称|郵便番号||郵便番号|列3|\na|1|x|2|y|\nb|1|x|2|y|"));
  std::vector<std::string> names;
  for (const auto& c : table(*file).schema.columns) names.push_back(c.name);
  EXPECT_THAT(names, ElementsAre("名称", "郵便番号", "列3_2", "郵便番号_2", "列3"));
  EXPECT_THAT(finding_ids(table(*file)), Contains("empty_header_cell"));
  EXPECT_THAT(finding_ids(table(*file)), Contains("duplicate_header"));
}

TEST(Table, EmptyColumnsAtTheSidesAreDroppedNamedOnesStay) {
  const auto file = open(RecordList("|名称|空||数||\n|a|||1||\n|b|||2||"));
  std::vector<std::string> names;
  for (const auto& c : table(*file).schema.columns) names.push_back(c.name);
  EXPECT_THAT(names, ElementsAre("名称", "空", "列4", "数"));
  EXPECT_THAT(finding_ids(table(*file)), Contains("empty_leading_columns"));
  Rows rows;
  ASSERT_TRUE(file->read_rows(0, rows));
  EXPECT_THAT(rows.rows[1], ElementsAre(core::Value("b"), core::Value(), core::Value(),
                                        core::Value(std::int64_t{2})));
}

TEST(Table, TheMarkOfDosAtTheEndIsNoRow) {
  const auto file = open(RecordList("名称|人数\na|1\nb|2\n\x1A"));
  EXPECT_EQ(table(*file).schema.rows, 2);
  EXPECT_EQ(type_of("数", {"1", "2\x1A"}), ColumnType::kInteger);
}

TEST(Table, RaggedRecordsKeepTheirCells) {
  const auto file = open(RecordList("名称|数\na|1\nb|2|余り\nc"));
  EXPECT_EQ(table(*file).schema.columns.size(), 3u);
  EXPECT_EQ(table(*file).schema.columns[2].name, "列3");
  EXPECT_THAT(finding_ids(table(*file)), Contains("ragged_rows"));
  EXPECT_EQ(table(*file).schema.rows, 3);
}

TEST(Table, UnitsComeFromNamesAndUnitRows) {
  const auto file = open(RecordList("市|人口（人）|面積\n||㎢\n西|10|1.5\n東|20|2.5"));
  EXPECT_EQ(table(*file).schema.columns[1].unit, "人");
  EXPECT_EQ(table(*file).schema.columns[2].unit, "㎢");
  EXPECT_EQ(table(*file).schema.columns[1].name, "人口（人）");
}

TEST(Table, StatisticsSpeakOfTypedValues) {
  const auto file = column("数", {"1,000", "1000", "−5", "", "1000"});
  const core::ColumnStatistics& statistics = table(*file).schema.columns[1].statistics;
  EXPECT_EQ(statistics.nulls, 1);
  EXPECT_EQ(statistics.distinct, 2);
  EXPECT_EQ(statistics.min, core::Value(std::int64_t{-5}));
  EXPECT_EQ(statistics.max, core::Value(std::int64_t{1000}));
  EXPECT_THAT(statistics.examples,
              ElementsAre(core::Value(std::int64_t{1000}), core::Value(std::int64_t{-5})));
}

std::unique_ptr<OpenedFile> workbook(std::vector<std::pair<std::string, RecordList>> sheets) {
  std::vector<NamedSource> sources;
  for (auto& [name, records] : sheets) {
    sources.push_back({name, std::make_unique<RecordList>(std::move(records))});
  }
  auto file = std::make_unique<OpenedFile>(std::move(sources), FileReport{}, ReadOptions{});
  EXPECT_TRUE(file->examine());
  return file;
}

TEST(Table, ASheetOfSentencesIsNoneBesideSheetsThatAre) {
  const auto file = workbook({{"説明", RecordList("このファイルについて\n施設の一覧です。")},
                              {"施設", RecordList("名称|人数\na|1\nb|2")}});
  ASSERT_EQ(file->report().tables.size(), 1U);
  EXPECT_EQ(table(*file).name, "施設");
  ASSERT_EQ(file->report().findings.size(), 1U);
  EXPECT_EQ(file->report().findings[0].id, "notes_sheet");
  Rows rows;
  ASSERT_TRUE(file->read_rows(0, rows));
  EXPECT_EQ(rows.rows.size(), 2U);
  const auto alone = workbook({{"説明", RecordList("このファイルについて\n施設の一覧です。")}});
  EXPECT_EQ(alone->report().tables.size(), 1U) << "nothing else is there";
  const auto names = workbook(
      {{"町名", RecordList("町名\n本町\n東町")}, {"施設", RecordList("名称|人数\na|1\nb|2")}});
  EXPECT_EQ(names->report().tables.size(), 2U) << "a list is a table";
}

TEST(Table, SeveralTablesAreReadInAnyOrder) {
  const auto file =
      open(RecordList("甲|数|量\na|1|2\n\n乙の表||\n乙|量|数\nb|3|4\nc|5|6\n\n丙|量1|数1\nd|7|8"));
  ASSERT_EQ(file->report().tables.size(), 3u);
  EXPECT_EQ(file->report().tables[1].name, "乙の表");
  for (const std::size_t index : {1u, 0u, 2u, 1u, 1u}) {
    Rows rows;
    ASSERT_TRUE(file->read_rows(index, rows));
    EXPECT_EQ(static_cast<std::int64_t>(rows.rows.size()),
              file->report().tables[index].schema.rows);
    EXPECT_EQ(rows.rows[0][0], core::Value(std::string(1, static_cast<char>("abd"[index]))));
  }
  EXPECT_FALSE(file->read_rows(3, *std::make_unique<Rows>()));
}

TEST(Table, AFailingSinkEndsTheReading) {
  struct Full : RowSink {
    core::Result<void> row(std::span<const core::ValueView>) override {
      return core::fail(core::ErrorCode::kInsufficientStorage, "full", {});
    }
  } full;
  const auto file = column("数", {"1", "2"});
  EXPECT_EQ(file->read_rows(0, full).error().id, "full");
  EXPECT_EQ(values_of(*file).size(), 2u);
}

TEST(Table, LimitsHold) {
  ReadOptions options;
  options.limits.max_findings = 2;
  options.limits.max_tables = 1;
  const auto file =
      open(RecordList("甲||数|数|数\na|1|2|3|4\nb|1|2|3|4\n\n乙|量|字|字|字\nb|3|4|x|y\nc|5|6|x|y"),
           options);
  EXPECT_EQ(file->report().tables.size(), 1u);
  EXPECT_EQ(file->report().tables[0].findings.size(), 2u);
  ASSERT_FALSE(file->report().findings.empty());
  EXPECT_EQ(file->report().findings.back().id, "too_many_tables");
}

TEST(Table, NothingButBlanksIsNoTable) {
  std::vector<NamedSource> sources;
  sources.push_back({"", std::make_unique<RecordList>("\n  \n")});
  OpenedFile file(std::move(sources), {}, {});
  EXPECT_EQ(file.examine().error().id, "file-not-tabular");
}

TEST(DistinctCounter, IsExactThenClose) {
  DistinctCounter counter;
  const auto hash = [](std::uint64_t i) {
    i *= 0x9E3779B97F4A7C15ULL;
    i ^= i >> 32;
    return i * 0xD6E8FEB86659FD93ULL;
  };
  for (std::uint64_t i = 1; i <= 20'000; ++i) {
    counter.add(hash(i % 10'000 + 1));
  }
  EXPECT_TRUE(counter.exact());
  EXPECT_EQ(counter.count(), 10'000);
  for (std::uint64_t i = 1; i <= 1'000'000; ++i) {
    counter.add(hash(i));
  }
  EXPECT_FALSE(counter.exact());
  EXPECT_NEAR(static_cast<double>(counter.count()), 1e6, 2.5e4);
}

}  // namespace
}  // namespace minato::tabular
