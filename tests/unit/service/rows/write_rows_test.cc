#include "row_fixture.h"

namespace minato::service {
namespace {

using core::ErrorCode;

TEST_F(RowTest, UpsertAddsAndChangesByKey) {
  define({record({{"番号", integer(1)}, {"名称", text("一")}, {"面積", 1.5}})});
  const auto written = upsert({record({{"番号", integer(1)}, {"名称", text("壱")}}),
                               record({{"番号", text("2")}, {"名称", text("二")}})});
  ASSERT_TRUE(written) << written.error().id;
  EXPECT_EQ(written->inserted, 1);
  EXPECT_EQ(written->updated, 1);
  EXPECT_EQ(written->version, 2);
  EXPECT_EQ(written->rows, 2);
  EXPECT_EQ(written->row_ids, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(all(), (Rows{{integer(1), integer(1), text("壱"), 1.5},
                         {integer(2), integer(2), text("二"), {}}}));
}

TEST_F(RowTest, InsertRefusesAKeyThatIsThere) {
  define({record({{"番号", integer(1)}})});
  const auto written =
      write(RowMethod::kInsert, {record({{"番号", integer(2)}}), record({{"番号", integer(1)}})});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().id, "row-key-taken");
  EXPECT_EQ(written.error().code, ErrorCode::kConflict);
  EXPECT_EQ(written.error().details.at(0).param, "/records/1");
  EXPECT_EQ(all().size(), 1U) << "all or nothing";
}

TEST_F(RowTest, UpdateRefusesAKeyThatIsNotThere) {
  define({record({{"番号", integer(1)}})});
  const auto written = write(RowMethod::kUpdate, {record({{"番号", integer(7)}})});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().id, "row-not-found");
  EXPECT_EQ(written.error().message.en, "key \"[7]\" not found");
}

TEST_F(RowTest, RowsAreNamedByTheirNumberToo) {
  define({record({{"番号", integer(10)}}), record({{"番号", integer(20)}})});
  ASSERT_TRUE(write(RowMethod::kUpdate, {record({{"名称", text("x")}}, 2)}));
  EXPECT_EQ(all()[1][2], text("x"));
  const auto missing = write(RowMethod::kUpdate, {record({{"名称", text("x")}}, 9)});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().id, "row-not-found");
  const auto clash = write(RowMethod::kUpdate, {record({{"番号", integer(10)}}, 2)});
  ASSERT_FALSE(clash);
  EXPECT_EQ(clash.error().id, "row-key-taken");
}

TEST_F(RowTest, KeysMustBeThere) {
  define();
  const auto absent = upsert({record({{"名称", text("x")}})});
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().id, "row-key-missing");
  EXPECT_EQ(absent.error().message.en, "fields \"番号\" are missing but needed as key");
  const auto null = upsert({record({{"番号", text("")}})});
  ASSERT_FALSE(null);
  EXPECT_EQ(null.error().id, "row-key-missing");
}

TEST_F(RowTest, ATableWithoutKeyTakesInsertsOnly) {
  TableDefinition wanted = definition();
  wanted.primary_key.clear();
  ASSERT_TRUE(rows_->define(kResource, wanted, {}, false, editor()));
  const auto refused = upsert({record({{"番号", integer(1)}})});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "table-without-key");
  const auto one = record({{"番号", integer(1)}});
  ASSERT_TRUE(write(RowMethod::kInsert, {one, one}));
  EXPECT_EQ(all().size(), 2U);
}

TEST_F(RowTest, OneBadRecordOfAThousandChangesNothing) {
  define();
  std::vector<RowRecord> records;
  for (int i = 0; i < 1'000; ++i) records.push_back(record({{"番号", integer(i)}}));
  records[777] = record({{"番号", integer(777)}, {"面積", text("広い")}});
  const auto written = upsert(records);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().id, "rows-invalid");
  EXPECT_EQ(written.error().code, ErrorCode::kInvalidArgument);
  ASSERT_EQ(written.error().details.size(), 1U);
  EXPECT_EQ(written.error().details[0].param, "/records/777/面積");
  EXPECT_EQ(written.error().details[0].position, "record 777");
  EXPECT_EQ(written.error().details[0].message.en,
            "invalid input syntax for type double precision: \"広い\"");
  EXPECT_EQ(current()->version, 1);
  EXPECT_EQ(all().size(), 0U);
}

TEST_F(RowTest, UnknownColumnsAreNamed) {
  define();
  const auto written = upsert({record({{"番号", integer(1)}, {"z", text("")}})});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().id, "row-column-unknown");
  EXPECT_EQ(written.error().message.en, "fields \"z\" do not exist");
}

TEST_F(RowTest, ADryRunChecksAndWritesNothing) {
  define();
  RowWriteRequest request;
  request.resource_id = kResource;
  request.records = {record({{"番号", integer(1)}})};
  request.dry_run = true;
  const auto written = rows_->write(request, editor());
  ASSERT_TRUE(written);
  EXPECT_EQ(written->inserted, 1);
  EXPECT_EQ(written->rows, 1);
  EXPECT_EQ(written->version, 0);
  EXPECT_EQ(current()->version, 1);
  EXPECT_EQ(audit().size(), 1U);
}

TEST_F(RowTest, WhatIsThereAlreadyMakesNoVersion) {
  define({record({{"番号", integer(1)}, {"名称", text("一")}})});
  const auto again = upsert({record({{"番号", integer(1)}, {"名称", text("一")}})});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->unchanged, 1);
  EXPECT_EQ(again->version, 0);
  EXPECT_EQ(current()->version, 1);
  EXPECT_EQ(audit().size(), 1U);
}

TEST_F(RowTest, NumbersStayAfterDeletions) {
  define({record({{"番号", integer(1)}}), record({{"番号", integer(2)}}),
          record({{"番号", integer(3)}})});
  const auto second = [](const core::TableSchema&) {
    core::Filter filter;
    filter.kind = core::Filter::Kind::kTest;
    filter.operand.column = 0;
    filter.op = core::FilterOp::kGe;
    filter.values = {integer(2)};
    return core::Result<core::Filter>(filter);
  };
  const auto removed = rows_->remove(kResource, second, false, editor());
  ASSERT_TRUE(removed) << removed.error().id;
  EXPECT_EQ(removed->deleted, 2);
  const auto added = upsert({record({{"番号", integer(4)}})});
  ASSERT_TRUE(added);
  EXPECT_EQ(added->row_ids, (std::vector<std::int64_t>{4}));
  const auto none = rows_->remove(kResource, second, false, editor());
  ASSERT_TRUE(none);
  EXPECT_EQ(none->deleted, 1);
  EXPECT_EQ(all(), (Rows{{integer(1), integer(1), {}, {}}}));
}

TEST_F(RowTest, AFileTableNeedsForce) {
  storage::TableVersion version;
  version.table_id = version.resource_id = kFileResource;
  version.version = 1;
  version.blob = "ab";
  version.input_hash = "cd";
  core::TableSchema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "a";
  ASSERT_TRUE((*storage_.tables->create({kFileResource, 1}, schema))->finish({}));
  ASSERT_TRUE(storage_.catalog->write([&](storage::CatalogWriter& writer) {
    return writer.publish_tables(kFileResource, {version});
  }));
  RowWriteRequest request;
  request.resource_id = kFileResource;
  request.method = RowMethod::kInsert;
  request.records = {record({{"a", text("x")}})};
  const auto refused = rows_->write(request, editor());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "table-read-only");
  request.force = true;
  ASSERT_TRUE(rows_->write(request, editor()));
  EXPECT_EQ(current(kFileResource)->input_hash, "cd") << "the file is not imported again";
  EXPECT_EQ(current(kFileResource)->container, "rows");
}

TEST_F(RowTest, TheVersionThatWasReadMayBeDemanded) {
  define();
  RowWriteRequest request;
  request.resource_id = kResource;
  request.records = {record({{"番号", integer(1)}})};
  request.if_version = 7;
  const auto lost = rows_->write(request, editor());
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::kPreconditionFailed);
  EXPECT_EQ(lost.error().id, "version-changed");
  request.if_version = 1;
  EXPECT_TRUE(rows_->write(request, editor()));
}

TEST_F(RowTest, OnlyEditorsWrite) {
  define();
  RowWriteRequest request;
  request.resource_id = kResource;
  EXPECT_EQ(rows_->write(request, by(core::Role::kMember)).error().id, "permission-denied");
  EXPECT_EQ(rows_->write(request, {}).error().code, ErrorCode::kUnauthenticated);
  EXPECT_EQ(rows_->drop(kResource, true, by(core::Role::kMember)).error().id, "permission-denied");
  request.resource_id = "nowhere";
  EXPECT_EQ(rows_->write(request, editor()).error().id, "resource-not-found");
  request.resource_id = kFileResource;
  request.force = true;
  EXPECT_EQ(rows_->write(request, editor()).error().id, "table-missing");
}

TEST_F(RowTest, EachWriteLeavesOneAuditEntry) {
  define();
  ASSERT_TRUE(upsert({record({{"番号", integer(1)}})}));
  ASSERT_TRUE(rows_->drop(kResource, false, editor()));
  const auto entries = audit();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].action, "table.define");
  EXPECT_EQ(entries[0].before_hash, "");
  EXPECT_EQ(entries[1].action, "table.upsert");
  EXPECT_EQ(entries[1].before_hash, entries[0].after_hash);
  EXPECT_EQ(entries[1].subject_kind, "table");
  EXPECT_EQ(entries[1].organization_id, "org-1");
  EXPECT_EQ(entries[2].action, "table.drop");
  EXPECT_EQ(entries[2].after_hash, "");
}

TEST_F(RowTest, AKeyThatComesAgainIsAnsweredAgain) {
  define();
  RowWriteRequest request;
  request.resource_id = kResource;
  request.method = RowMethod::kInsert;
  request.records = {record({{"番号", integer(1)}})};
  const auto context = by(core::Role::kEditor, "key-1", "hash-1");
  const auto first = rows_->write(request, context);
  ASSERT_TRUE(first) << first.error().id;
  const auto again = rows_->write(request, context);
  ASSERT_TRUE(again) << again.error().id;
  EXPECT_TRUE(again->replayed);
  EXPECT_EQ(again->inserted, 1);
  EXPECT_EQ(again->version, 2);
  EXPECT_EQ(all().size(), 1U);
  const auto other = rows_->write(request, by(core::Role::kEditor, "key-1", "hash-2"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().id, "idempotency-key-reused");
}

TEST_F(RowTest, TooManyRecordsAreRefused) {
  RowWriteOptions options;
  options.max_records = 2;
  use(options);
  define();
  const auto one = record({{"番号", integer(1)}});
  const auto refused = upsert({one, one, one});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "too-many-records");
  EXPECT_EQ(refused.error().code, ErrorCode::kTooLarge);
}

TEST_F(RowTest, HostileTextsAreValuesOrErrors) {
  define();
  const std::string hostile = "'); DROP TABLE rows;--\"<script>\x01\x1f\u202e";
  ASSERT_TRUE(upsert({record({{"番号", integer(1)}, {"名称", hostile}})}));
  EXPECT_EQ(all()[0][2], core::Value(hostile));
  const auto nul = upsert({record({{"番号", integer(2)}, {"名称", std::string("a\0b", 3)}})});
  ASSERT_FALSE(nul);
  EXPECT_EQ(nul.error().id, "rows-invalid");
  const auto broken = upsert({record({{"番号", integer(2)}, {"名称", std::string("\xff")}})});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().id, "rows-invalid");
}

TEST_F(RowTest, SupersededVersionsGoAfterAWhile) {
  RowWriteOptions options;
  options.keep_versions = 3;
  std::vector<storage::TableKey> heard;
  options.published = [&](const storage::TableKey& key) { heard.push_back(key); };
  use(options);
  define();
  for (int i = 1; i <= 6; ++i) {
    if (i == 4) clock_.time.us += 120 * std::int64_t{1'000'000};
    ASSERT_TRUE(upsert({record({{"番号", integer(i)}})}));
  }
  auto reader = storage_.catalog->read(soon());
  auto versions = (*reader)->table_versions(kResource);
  ASSERT_TRUE(versions);
  std::vector<std::int64_t> kept;
  for (const auto& version : *versions) kept.push_back(version.version);
  EXPECT_EQ(kept, (std::vector<std::int64_t>{7, 6, 5, 4}));
  EXPECT_FALSE(storage_.tables->schema({kResource, 1}));
  EXPECT_TRUE(storage_.tables->schema({kResource, 5}));
  EXPECT_EQ(heard.size(), 7U);
}

}  // namespace
}  // namespace minato::service
