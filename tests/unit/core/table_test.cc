#include "core/table.h"

#include <gtest/gtest.h>

namespace minato::core {
namespace {

TableSchema schema_of(std::initializer_list<const char*> names) {
  TableSchema schema;
  for (const char* name : names) {
    TableColumn column;
    column.name = name;
    schema.columns.push_back(std::move(column));
  }
  return schema;
}

TEST(TableSchema, FindsColumnsByNameAndByAlias) {
  const TableSchema schema = schema_of({"名称", "緯度"});
  EXPECT_EQ(schema.find("緯度"), 1U);
  EXPECT_EQ(schema.find("c1"), 0U);
  EXPECT_EQ(schema.find("c2"), 1U);
}

TEST(TableSchema, AHeaderThatLooksLikeAnAliasWins) {
  EXPECT_EQ(schema_of({"a", "c1"}).find("c1"), 1U);
}

TEST(TableSchema, RefusesAliasesThatNameNoColumn) {
  const TableSchema schema = schema_of({"a", "b"});
  for (const char* name : {"c0", "c3", "c01", "c1x", "c", "", "c99999999999999999999"}) {
    EXPECT_EQ(schema.find(name), std::nullopt) << name;
  }
}

TEST(ColumnType, NamesAreThoseOfTableSchemaAndBack) {
  for (const auto type : {ColumnType::kString, ColumnType::kInteger, ColumnType::kNumber,
                          ColumnType::kBoolean, ColumnType::kDate, ColumnType::kDatetime,
                          ColumnType::kTime}) {
    EXPECT_EQ(column_type_of(column_type_name(type)), type);
  }
  EXPECT_EQ(column_type_of("text"), std::nullopt);
}

TEST(Value, SurvivesTheWayToAViewAndBack) {
  for (const Value& value : {Value{}, Value{true}, Value{std::int64_t{7}}, Value{1.5},
                             Value{std::string("港")}}) {
    EXPECT_EQ(to_value(to_view(value)), value);
  }
}

}  // namespace
}  // namespace minato::core
