#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "formats/json.h"
#include "formats/rows_input/datastore_types.h"
#include "formats/rows_input/json_record.h"
#include "formats/rows_input/ndjson_records.h"
#include "formats/rows_input/rows_result.h"

namespace minato::formats {
namespace {

using core::ColumnType;
using core::ErrorCode;

core::Result<std::vector<core::RowRecord>> read(std::string_view text, RecordLimits limits = {}) {
  NdjsonRecords records(text, std::move(limits));
  return read_all(records);
}

TEST(NdjsonRecords, ReadsOneObjectPerLine) {
  const auto records = read(
      "\xEF\xBB\xBF{\"名\":\"a\",\"n\":1}\r\n\n  \n{\"n\":1.5,\"l\":[1,{\"x\":null}],\"_id\":7}");
  ASSERT_TRUE(records) << records.error().message.en;
  ASSERT_EQ(records->size(), 2U);
  EXPECT_EQ((*records)[0].values[0].first, "名");
  EXPECT_EQ((*records)[0].values[1].second, core::Value(std::int64_t{1}));
  EXPECT_EQ((*records)[1].values[1].second, core::Value(std::string("[1,{\"x\":null}]")));
  EXPECT_EQ((*records)[1].row_id, 7);
  EXPECT_TRUE(read("")->empty());
}

TEST(NdjsonRecords, NamesTheLineOfAMistake) {
  const auto broken = read("{\"a\":1}\n\n{\"a\":}\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().id, "json-syntax");
  ASSERT_EQ(broken.error().details.size(), 1U);
  EXPECT_EQ(broken.error().details[0].param, "/records/1");
  EXPECT_TRUE(broken.error().details[0].position.starts_with("line 3 column "))
      << broken.error().details[0].position;
  EXPECT_TRUE(broken.error().message.en.starts_with("Line 3: ")) << broken.error().message.en;
  EXPECT_EQ(read("[1]\n").error().id, "record-invalid");
  EXPECT_EQ(read("{\"_id\":0}\n").error().id, "record-invalid");
  EXPECT_EQ(read("{\"a\":1,\"a\":2}\n").error().id, "json-duplicate-key");
  EXPECT_EQ(read("{\"a\":1} {\"a\":2}\n").error().id, "json-syntax");
  EXPECT_EQ(read(std::string("{\"a\":\"\xff\"}\n")).error().id, "json-syntax");
}

TEST(NdjsonRecords, HasLimits) {
  RecordLimits limits;
  limits.max_line_bytes = 10;
  limits.max_records = 2;
  EXPECT_EQ(read("{\"a\":1}\n{\"a\":2}\n", limits)->size(), 2U);
  const auto many = read("{\"a\":1}\n{\"a\":2}\n{\"a\":3}", limits);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().id, "too-many-records");
  EXPECT_EQ(many.error().code, ErrorCode::kTooLarge);
  const auto wide = read("{\"a\":12345}\n", limits);
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().id, "record-too-long");
  EXPECT_EQ(wide.error().details[0].position, "line 1");
  EXPECT_EQ(read(std::string(300'000, ' '), limits).error().id, "record-too-long");
}

TEST(NdjsonRecords, ReadsFromADescriptorInPieces) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), &std::fclose);
  ASSERT_TRUE(file);
  for (int i = 0; i < 20'000; ++i) std::fprintf(file.get(), "{\"n\":%d,\"t\":\"横浜\"}\n", i);
  std::rewind(file.get());
  NdjsonRecords records(fileno(file.get()), {});
  core::RowRecord record;
  for (int i = 0; i < 20'000; ++i) {
    const auto more = records.next(record);
    ASSERT_TRUE(more && *more) << i;
    ASSERT_EQ(record.values[0].second, core::Value(std::int64_t{i}));
    ASSERT_EQ(record.values[1].second, core::Value(std::string("横浜")));
  }
  EXPECT_FALSE(*records.next(record));
  NdjsonRecords closed(-1, {});
  EXPECT_FALSE(*closed.next(record));
}

TEST(DatastoreTypes, KnowPostgresqlsSpellings) {
  EXPECT_EQ(datastore_type_named("VARCHAR(20)")->name, "text");
  EXPECT_EQ(datastore_type_named("decimal(10, 2)")->name, "numeric");
  EXPECT_EQ(datastore_type_named("timestamp (3)  without time zone")->type, ColumnType::kDatetime);
  EXPECT_EQ(datastore_type_named("double precision")->name, "float8");
  EXPECT_EQ(datastore_type_named("bigint")->name, "int8");
  EXPECT_EQ(datastore_type_named("text[]")->name, "_text");
  EXPECT_FALSE(datastore_type_named("point"));
  EXPECT_FALSE(datastore_type_named(""));
}

TEST(DatastoreTypes, AreGuessedFromAValue) {
  const auto guess = [](const char* json) {
    const auto value = parse_json(json);
    return std::string(guess_datastore_type(*value).name);
  };
  EXPECT_EQ(guess("1"), "int4");
  EXPECT_EQ(guess("5000000000"), "int8");
  EXPECT_EQ(guess("1.5"), "float8");
  EXPECT_EQ(guess("true"), "bool");
  EXPECT_EQ(guess("null"), "text");
  EXPECT_EQ(guess("[1]"), "json");
  EXPECT_EQ(guess("{}"), "json");
  EXPECT_EQ(guess("\"12\""), "int4");
  EXPECT_EQ(guess("\"0012\""), "text");
  EXPECT_EQ(guess("\"1.50\""), "numeric");
  EXPECT_EQ(guess("\"nan\""), "text");
  EXPECT_EQ(guess("\"2024-04-01\""), "timestamp");
  EXPECT_EQ(guess("\"2024-04-01T09:30:00Z\""), "timestamp");
  EXPECT_EQ(guess("\"4/30/2024\""), "timestamp");
  EXPECT_EQ(guess("\"30/4/2024\""), "text");
  EXPECT_EQ(guess("\"045-123-4567\""), "text");
  EXPECT_EQ(guess("\"12345678901234567890\""), "text");
}

TEST(RowsResult, ComesBackAsItWas) {
  const RowCounts counts{1, 2, 3, 4, 5, 6};
  const auto read = read_row_counts(write_row_counts(counts));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, counts);
  EXPECT_FALSE(read_row_counts("{}"));
  EXPECT_FALSE(read_row_counts("x"));
}

}  // namespace
}  // namespace minato::formats
