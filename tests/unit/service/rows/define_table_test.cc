#include "row_fixture.h"

namespace minato::service {
namespace {

class DefineTable : public RowTest {
 protected:
  core::Result<RowsWritten> define(TableDefinition wanted, std::vector<RowRecord> records = {}) {
    return rows_->define(kResource, wanted, std::move(records), false, editor());
  }
  static TableDefinition columns(std::vector<std::pair<std::string, std::string>> columns) {
    TableDefinition wanted;
    for (auto& [name, type] : columns) wanted.columns.push_back({name, "", type, "", ""});
    return wanted;
  }
  // The first wrong: "param: message".
  static std::string wrong(const core::Result<RowsWritten>& result) {
    if (result) return "defined";
    if (result.error().details.empty()) return result.error().id;
    return result.error().details[0].param + ": " + result.error().details[0].message.en;
  }
};

TEST_F(DefineTable, ColumnsAndRecordsAreAddedLater) {
  ASSERT_TRUE(define(columns({{"a", "integer"}}), {record({{"a", integer(1)}})}));
  const auto later = define(columns({{"b", "string"}}), {record({{"b", text("x")}})});
  ASSERT_TRUE(later) << wrong(later);
  EXPECT_EQ(later->inserted, 1);
  ASSERT_EQ(later->columns.size(), 2U);
  EXPECT_EQ(later->columns[1].name, "b");
  EXPECT_EQ(all(), (Rows{{integer(1), integer(1), {}}, {integer(2), {}, text("x")}}));
}

TEST_F(DefineTable, ColumnsThatAreNotListedGoWhenAsked) {
  ASSERT_TRUE(define(columns({{"a", "integer"}, {"b", "string"}}),
                     {record({{"a", integer(1)}, {"b", text("x")}})}));
  TableDefinition wanted = columns({{"b", ""}, {"c", "boolean"}});
  wanted.delete_columns = true;
  const auto done = define(wanted);
  ASSERT_TRUE(done) << wrong(done);
  ASSERT_EQ(done->columns.size(), 2U);
  EXPECT_EQ(all(), (Rows{{integer(1), text("x"), {}}}));
}

TEST_F(DefineTable, NamesFollowCkansRule) {
  for (const std::string bad : {"", "_id", "a\"b", " a", "a ", "a\nb", "\u3000列"}) {
    EXPECT_EQ(wrong(define(columns({{bad, "string"}}))),
              "/fields/0/id: \"" + bad + "\" is not a valid field name");
  }
  std::string long_name;
  for (int i = 0; i < 63; ++i) long_name += "漢";
  EXPECT_EQ(wrong(define(columns({{long_name + "字", "string"}}))),
            "/fields/0/id: \"" + long_name + "字\" is not a valid field name");
  EXPECT_TRUE(define(columns({{long_name, "string"}})));
  EXPECT_EQ(wrong(define(columns({{std::string("a\0b", 3), "string"}}))),
            "/fields/0/id: \"" + std::string("a\0b", 3) + "\" is not a valid field name");
}

TEST_F(DefineTable, TwentyOneKanjiAreAName) {
  const std::string name = "令和六年度横浜市立図書館蔵書数及貸出冊数一覧";
  ASSERT_TRUE(define(columns({{name, "integer"}, {"名\'); DROP TABLE rows;--", "string"}}),
                     {record({{name, integer(5)}})}));
  EXPECT_EQ(all(), (Rows{{integer(1), integer(5), {}}}));
}

TEST_F(DefineTable, WrongDefinitionsAreNamed) {
  EXPECT_EQ(wrong(define(columns({}))), "/fields: At least one field is needed");
  EXPECT_EQ(wrong(define(columns({{"a", "blob"}}))),
            "/fields/0/type: \"blob\" is not a valid field type");
  EXPECT_EQ(wrong(define(columns({{"a", ""}}))), "/fields/0/type: \"a\" type not guessable");
  EXPECT_EQ(wrong(define(columns({{"a", "string"}, {"a", "string"}}))),
            "/fields/1/id: Duplicate column names are not supported");
  TableDefinition keyed = columns({{"a", "string"}});
  keyed.primary_key = {"b"};
  EXPECT_EQ(wrong(define(keyed)), "/primary_key/0: \"b\" is not a valid field of the primary key");
  TableDefinition aliased = columns({{"a", "string"}});
  aliased.aliases = {"_x"};
  EXPECT_EQ(wrong(define(aliased)), "/aliases/0: \"_x\" is not a valid alias name");
  EXPECT_FALSE(current()) << "nothing was made";
}

TEST_F(DefineTable, TooManyColumnsAreRefused) {
  RowWriteOptions options;
  options.max_columns = 3;
  use(options);
  EXPECT_TRUE(define(columns({{"a", "string"}, {"b", "string"}, {"c", "string"}})));
  EXPECT_EQ(wrong(define(columns({{"d", "string"}}))), "/fields: At most 3 fields");
}

TEST_F(DefineTable, AThousandColumnsWork) {
  TableDefinition wanted;
  RowRecord wide;
  for (int i = 0; i < 1'000; ++i) {
    const std::string name = "列" + std::to_string(i);
    wanted.columns.push_back({name, "", "integer", "", ""});
    wide.values.emplace_back(name, integer(i));
  }
  wanted.primary_key = {"列0"};
  ASSERT_TRUE(define(wanted, {wide}));
  wide.values[999].second = integer(-1);
  const auto changed = upsert({wide});
  ASSERT_TRUE(changed) << changed.error().id << changed.error().internal;
  EXPECT_EQ(changed->updated, 1);
  EXPECT_EQ(all()[0][1'000], integer(-1));
}

TEST_F(DefineTable, AKeyMayComeLaterWhenRowsAreUnique) {
  ASSERT_TRUE(define(columns({{"a", "integer"}}),
                     {record({{"a", integer(1)}}), record({{"a", integer(1)}})}));
  TableDefinition keyed = columns({});
  keyed.primary_key = {"a"};
  EXPECT_EQ(wrong(define(keyed)), "table-key-not-unique");
  ASSERT_TRUE(write(RowMethod::kUpdate, {record({{"a", integer(2)}}, 2)}));
  ASSERT_TRUE(define(keyed));
  EXPECT_TRUE(upsert({record({{"a", integer(1)}})}));
}

TEST_F(DefineTable, AliasesNameTheTable) {
  TableDefinition wanted = definition();
  wanted.aliases = {"施設一覧"};
  ASSERT_TRUE(define(wanted));
  RowWriteRequest request;
  request.resource_id = "施設一覧";
  request.records = {record({{"番号", integer(1)}})};
  ASSERT_TRUE(rows_->write(request, editor()));
  EXPECT_EQ(all().size(), 1U);
  const auto taken = rows_->define(kFileResource, wanted, {}, true, editor());
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().id, "alias-taken");
  EXPECT_FALSE(current(kFileResource));
}

TEST_F(DefineTable, OnlyAliasesMakeNoVersion) {
  ASSERT_TRUE(define(definition()));
  TableDefinition wanted;
  wanted.aliases = {"別名"};
  const auto done = define(wanted);
  ASSERT_TRUE(done) << wrong(done);
  EXPECT_EQ(done->version, 0);
  EXPECT_EQ(current()->version, 1);
  EXPECT_EQ(audit().size(), 2U);
  ASSERT_TRUE(define(wanted)) << "a second time";
  EXPECT_EQ(audit().size(), 2U);
}

TEST_F(DefineTable, ADroppedTableIsGoneAndCanBeMadeAgain) {
  ASSERT_TRUE(define(definition(), {record({{"番号", integer(1)}})}));
  ASSERT_TRUE(rows_->drop(kResource, false, editor()));
  EXPECT_FALSE(current());
  EXPECT_EQ(rows_->drop(kResource, false, editor()).error().id, "table-missing");
  ASSERT_TRUE(define(columns({{"x", "string"}})));
  EXPECT_EQ(current()->version, 2);
  EXPECT_EQ(current()->rows, 0);
  EXPECT_EQ(upsert({record({{"x", text("1")}})}).error().id, "table-without-key");
}

TEST_F(DefineTable, ValuesBecomeTheTypesOfTheirColumns) {
  ASSERT_TRUE(define(columns({{"t", "string"},
                              {"i", "integer"},
                              {"n", "number"},
                              {"b", "boolean"},
                              {"d", "date"},
                              {"s", "datetime"},
                              {"h", "time"}}),
                     {record({{"t", integer(12)},
                              {"i", text(" 1,234 ")},
                              {"n", integer(3)},
                              {"b", text("yes")},
                              {"d", text("令和6年4月1日")},
                              {"s", text("2024-04-01 09:30:00")},
                              {"h", text("9:30")}}),
                      record({{"t", text("")},
                              {"i", text("")},
                              {"n", text(" ")},
                              {"b", text("")},
                              {"d", text("")},
                              {"s", text("2024-04-01")},
                              {"h", text("")}}),
                      record({{"t", true},
                              {"i", 5.0},
                              {"n", text("1e3")},
                              {"b", integer(0)},
                              {"d", text("4/1/2024")},
                              {"s", text("2024-04-01T00:00:00Z")},
                              {"h", {}}})}));
  EXPECT_EQ(all(), (Rows{{integer(1), text("12"), integer(1234), 3.0, true, text("2024-04-01"),
                          text("2024-04-01T09:30:00"), text("09:30:00")},
                         {integer(2), text(""), {}, {}, {}, {}, text("2024-04-01T00:00:00"), {}},
                         {integer(3),
                          text("true"),
                          integer(5),
                          1000.0,
                          false,
                          text("2024-04-01"),
                          text("2024-04-01T00:00:00Z"),
                          {}}}));
}

TEST_F(DefineTable, ValuesThatDoNotFitAreRefused) {
  ASSERT_TRUE(define(columns({{"i", "integer"}, {"b", "boolean"}, {"d", "date"}})));
  const std::vector<std::pair<std::string, core::Value>> bad = {
      {"i", text("12x")},       {"i", 1.5},         {"i", true},
      {"i", text("-")},         {"i", text("1.5")}, {"i", text("99999999999999999999")},
      {"b", text("maybe")},     {"b", integer(2)},  {"d", text("2024-02-30")},
      {"d", integer(20240401)}, {"d", text("不明")}};
  for (const auto& [name, value] : bad) {
    const auto result = write(RowMethod::kInsert, {record({{name, value}})});
    ASSERT_FALSE(result) << name;
    EXPECT_EQ(result.error().id, "rows-invalid");
    EXPECT_EQ(result.error().details[0].param, "/records/0/" + name);
  }
}

TEST_F(DefineTable, LatitudeAndLongitudeAreRecognised) {
  const auto done = define(columns({{"緯度", "number"}, {"経度", "number"}}),
                           {record({{"緯度", 35.44}, {"経度", 139.64}})});
  ASSERT_TRUE(done);
  EXPECT_EQ(done->columns[0].role, core::ColumnRole::kLatitude);
  EXPECT_EQ(done->columns[1].role, core::ColumnRole::kLongitude);
}

}  // namespace
}  // namespace minato::service
