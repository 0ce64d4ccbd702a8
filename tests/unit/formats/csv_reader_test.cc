#include "formats/csv_reader.h"

#include <gmock/gmock.h>

namespace minato::formats {
namespace {

using testing::ElementsAre;

std::string position_of(std::string_view csv) {
  const auto table = parse_csv(csv);
  if (table) return "fine";
  return table.error().details.empty() ? table.error().id : table.error().details[0].position;
}

TEST(CsvReader, ReadsQuotesCommasAndLineEndsInCells) {
  const auto table = parse_csv("a,b\r\n\"x,\"\"y\"\"\r\nz\",\r\n1,県\r\n");
  ASSERT_TRUE(table) << table.error().message.en;
  EXPECT_THAT(table->header, ElementsAre("a", "b"));
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_THAT(table->rows[0].cells, ElementsAre("x,\"y\"\r\nz", ""));
  EXPECT_EQ(table->rows[0].line, 2U);
  EXPECT_THAT(table->rows[1].cells, ElementsAre("1", "県"));
  EXPECT_EQ(table->rows[1].line, 4U);
}

TEST(CsvReader, TakesAByteOrderMarkLfAndNoLineEndAtTheEnd) {
  const auto table = parse_csv(
      "\xEF\xBB\xBF"
      "a,b\n1,");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->header[0], "a");
  EXPECT_THAT(table->rows[0].cells, ElementsAre("1", ""));
}

TEST(CsvReader, TellsWhereItIsBroken) {
  EXPECT_EQ(position_of("a,b\r\n1,x\"y\r\n"), "line 2 column 4");
  EXPECT_EQ(position_of("a,b\r\n\"1\"x,2\r\n"), "line 2 column 4");
  EXPECT_EQ(position_of("a,b\r\n1,\"2\r\n"), "line 3 column 1");
  EXPECT_EQ(position_of("a,b\r\n1\r\n"), "line 2 column 1");
  EXPECT_EQ(position_of("a,b\r\n1,2,3\r\n"), "line 2 column 1");
  EXPECT_EQ(position_of("a,b\r\n1,2\r3,4\n"), "line 2 column 5");
  EXPECT_EQ(position_of("a,a\r\n"), "line 1 column 1");
  EXPECT_EQ(position_of("a,\r\n"), "line 1 column 1");
  EXPECT_EQ(position_of("a\nb\n\x83\n"), "line 3");
  EXPECT_EQ(position_of(""), "line 1 column 1");
}

TEST(CsvReader, KeepsItsLimits) {
  CsvLimits limits{64, 2, 3};
  EXPECT_TRUE(parse_csv("a,b,c\n1,2,3\n4,5,6\n", limits));
  EXPECT_EQ(parse_csv("a\n1\n2\n3\n", limits).error().id, "csv-too-large");
  EXPECT_EQ(parse_csv("a,b,c,d\n", limits).error().id, "csv-too-large");
  EXPECT_EQ(parse_csv(std::string(65, 'a'), limits).error().id, "csv-too-large");
}

}  // namespace
}  // namespace minato::formats
