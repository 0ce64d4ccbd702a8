#include <random>

#include "table_fixture.h"

namespace minato::test {
namespace {

using core::ColumnType;
using core::FilterOp;
using storage::TableKey;
using storage::TableReviser;
using Numbers = std::vector<std::int64_t>;

const std::string kId = "ab000000-0000-4000-8000-000000000001";
const TableKey kOld{kId, 1};
const TableKey kNew{kId, 2};

class Revise : public TableStoreTest {
 protected:
  std::unique_ptr<TableReviser> revise(const std::optional<TableKey>& from, const TableKey& to) {
    auto reviser = store_->revise(from, to);
    EXPECT_TRUE(reviser) << reviser.error().id << reviser.error().internal;
    return *std::move(reviser);
  }
  static std::int64_t add(TableReviser& reviser, const Row& row) {
    std::vector<core::ValueView> views;
    for (const auto& value : row) views.push_back(core::to_view(value));
    const auto number = reviser.add(views);
    EXPECT_TRUE(number) << number.error().internal;
    return number && *number ? **number : 0;
  }
  static TableReviser::Change change(TableReviser& reviser, std::int64_t row, std::size_t column,
                                     const core::Value& value) {
    const storage::CellChange cell{column, core::to_view(value)};
    const auto done = reviser.change(row, std::span(&cell, 1));
    EXPECT_TRUE(done) << done.error().internal;
    return *done;
  }
  static core::TableSchema finish(TableReviser& reviser) {
    auto schema = reviser.finish();
    EXPECT_TRUE(schema) << schema.error().id << schema.error().internal;
    return schema ? *schema : core::TableSchema{};
  }
  Rows all(const TableKey& key, std::vector<int> columns) {
    core::RowQuery query;
    query.columns = std::move(columns);
    query.limit = -1;
    return ask(key, query);
  }
};

core::TableSchema two_columns() {
  core::TableSchema schema;
  schema.columns = {column("コード", ColumnType::kInteger), column("名称", ColumnType::kString)};
  return schema;
}

const std::vector<std::size_t> kFirstColumn{0};

TEST_F(Revise, ChangesACopyAndLeavesTheOldVersion) {
  write(kOld, two_columns(), {{integer(1), text("一")}, {integer(2), text("二")}});
  const auto reviser = revise(kOld, kNew);
  EXPECT_EQ(reviser->rows(), 2);
  ASSERT_TRUE(*reviser->set_key(kFirstColumn));
  const core::ValueView two = std::int64_t{2};
  EXPECT_EQ(*reviser->find(std::span(&two, 1)), std::optional<std::int64_t>(2));
  EXPECT_EQ(change(*reviser, 2, 1, text("弐")), TableReviser::Change::kDone);
  EXPECT_EQ(change(*reviser, 2, 1, text("弐")), TableReviser::Change::kSame);
  EXPECT_EQ(change(*reviser, 9, 1, text("九")), TableReviser::Change::kNoSuchRow);
  EXPECT_EQ(change(*reviser, 2, 0, integer(1)), TableReviser::Change::kKeyTaken);
  EXPECT_EQ(add(*reviser, {integer(2), text("x")}), 0) << "the key is taken";
  EXPECT_EQ(add(*reviser, {integer(3), kNull}), 3);
  EXPECT_FALSE(store_->schema(kNew)) << "not there before finish()";
  const auto schema = finish(*reviser);
  EXPECT_EQ(schema.rows, 3);
  EXPECT_EQ(schema.columns[1].statistics.nulls, 1);
  EXPECT_EQ(schema.columns[0].statistics.max, integer(3));
  EXPECT_EQ(all(kNew, {-1, 0, 1}), (Rows{{integer(1), integer(1), text("一")},
                                         {integer(2), integer(2), text("弐")},
                                         {integer(3), integer(3), kNull}}));
  EXPECT_EQ(all(kOld, {1}), (Rows{{text("一")}, {text("二")}}));
}

TEST_F(Revise, NumbersOfRemovedRowsAreNeverGivenAgain) {
  write(kOld, two_columns(), {{integer(1), kNull}, {integer(2), kNull}, {integer(3), kNull}});
  const auto first = revise(kOld, kNew);
  EXPECT_TRUE(*first->remove(3));
  EXPECT_FALSE(*first->remove(3));
  EXPECT_TRUE(*first->remove(1));
  finish(*first);
  const auto second = revise(kNew, {kId, 3});
  EXPECT_EQ(add(*second, {integer(4), kNull}), 4);
  finish(*second);
  EXPECT_EQ(all({kId, 3}, {-1}), (Rows{{integer(2)}, {integer(4)}}));
}

TEST_F(Revise, ColumnsComeAndGoAndRowsKeepTheirNumbers) {
  write(kOld, two_columns(), {{integer(1), text("一")}, {integer(2), text("二")}});
  const auto first = revise(kOld, kNew);
  ASSERT_TRUE(*first->remove(1));
  ASSERT_TRUE(
      first->set_columns({column("名称", ColumnType::kString), column("面積", ColumnType::kNumber)},
                         {1, std::nullopt}));
  add(*first, {text("三"), 1.5});
  const auto schema = finish(*first);
  EXPECT_EQ(schema.columns[1].name, "面積");
  EXPECT_EQ(all(kNew, {-1, 0, 1}),
            (Rows{{integer(2), text("二"), kNull}, {integer(3), text("三"), 1.5}}));
}

TEST_F(Revise, BeginsWithNothing) {
  const auto reviser = revise(std::nullopt, kOld);
  ASSERT_TRUE(reviser->set_columns({column("a", ColumnType::kBoolean)}, {std::nullopt}));
  EXPECT_EQ(add(*reviser, {true}), 1);
  EXPECT_EQ(finish(*reviser).rows, 1);
  EXPECT_EQ(all(kOld, {0}), (Rows{{true}}));
}

TEST_F(Revise, AKeyMustBeUnique) {
  write(kOld, two_columns(), {{integer(1), text("同")}, {integer(2), text("同")}});
  const std::vector<std::size_t> second{1};
  EXPECT_FALSE(*revise(kOld, kNew)->set_key(second));
  const std::vector<std::size_t> both{0, 1};
  EXPECT_TRUE(*revise(kOld, kNew)->set_key(both));
}

TEST_F(Revise, TheKeyStaysWithTheNextVersion) {
  write(kOld, two_columns(), {{integer(1), kNull}});
  auto first = revise(kOld, kNew);
  ASSERT_TRUE(*first->set_key(kFirstColumn));
  EXPECT_TRUE(finish(*first).columns[0].indexed);
  const auto second = revise(kNew, {kId, 3});
  EXPECT_EQ(add(*second, {integer(1), kNull}), 0);
}

TEST_F(Revise, AVersionIsNeverReplaced) {
  write(kOld, two_columns(), {{integer(1), kNull}});
  const auto first = revise(kOld, kNew);
  const auto second = revise(kOld, kNew);
  finish(*first);
  const auto lost = second->finish();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().id, "table-version-taken");
  EXPECT_EQ(lost.error().code, core::ErrorCode::kConflict);
  EXPECT_EQ(*store_->free_version(kId, 1), 3);
  EXPECT_EQ(*store_->free_version(kId, 7), 7);
  EXPECT_EQ(store_->revise(TableKey{kId, 9}, kNew).error().id, "table-version-missing");
}

TEST_F(Revise, NotesOfReadingTheFileStay) {
  auto writer = store_->create(kOld, two_columns());
  ASSERT_TRUE(writer);
  storage::ReadingNotes notes;
  notes.reject_count = 7;
  notes.findings.push_back({"f", 3, "名称", {"日", "en"}, {}});
  ASSERT_TRUE((*writer)->finish(notes));
  finish(*revise(kOld, kNew));
  const auto kept = store_->notes(kNew);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->reject_count, 7);
  ASSERT_EQ(kept->findings.size(), 1U);
  EXPECT_EQ(kept->findings[0].row, 3);
}

// A large table with gaps answers as one that was written anew would.
class ReviseLarge : public Revise {
 protected:
  static constexpr int kRows = 75'000;
  void SetUp() override {
    Revise::SetUp();
    core::TableSchema schema;
    schema.columns = {column("番号", ColumnType::kInteger), column("区分", ColumnType::kString),
                      column("緯度", ColumnType::kNumber, core::ColumnRole::kLatitude),
                      column("経度", ColumnType::kNumber, core::ColumnRole::kLongitude)};
    Rows rows;
    for (int i = 1; i <= kRows; ++i) {
      rows.push_back({integer(i),
                      text(i % 1000 == 0 ? "図書館"
                           : i % 3 == 0  ? "公園"
                                         : "学校"),
                      35.0 + i * 1e-5, 139.0 + i * 1e-5});
    }
    write(kOld, schema, rows);
    const auto reviser = revise(kOld, kNew);
    for (int i = 1; i <= kRows; ++i) {
      if (!left(i)) {
        ASSERT_TRUE(*reviser->remove(i));
      }
    }
    EXPECT_EQ(change(*reviser, 70'000, 1, text("港")), TableReviser::Change::kDone);
    schema_ = finish(*reviser);
  }
  // Every second row of the first part, and the last part as it was.
  static bool left(int i) { return i > 60'000 || (i % 2 == 0 && i > 1'000); }
  core::TableSchema schema_;
};

TEST_F(ReviseLarge, StatisticsAndCountsAreOfTheRowsThatAreLeft) {
  EXPECT_EQ(schema_.rows, 29'500 + 15'000);
  EXPECT_EQ(schema_.columns[0].statistics.min, integer(1'002));
  ASSERT_TRUE(schema_.bbox);
  EXPECT_DOUBLE_EQ(schema_.bbox->south, 35.0 + 1'002 * 1e-5);
  const auto library = test_of(1, FilterOp::kEq, {text("図書館")});
  std::int64_t expected = 0;
  for (int i = 1; i <= kRows; ++i) {
    if (left(i) && i % 1000 == 0 && i != 70'000) ++expected;
  }
  EXPECT_EQ(reader(kNew)->count(library, 10)->value, expected);
  EXPECT_EQ(static_cast<std::int64_t>(matching(kNew, library).size()), expected);
  EXPECT_EQ(matching(kNew, test_of(1, FilterOp::kEq, {text("港")})), (Numbers{70'000}));
}

TEST_F(ReviseLarge, WordsAreFoundWithAndWithoutTheirIndex) {
  const auto words = test_of(core::Operand::kRowId, FilterOp::kSearchAny, {text("図書館")});
  const auto rare = test_of(core::Operand::kRowId, FilterOp::kSearchAny, {text("港")});
  const Numbers scanned = matching(kNew, words);
  ASSERT_TRUE(store_->index_text(kNew));
  EXPECT_EQ(matching(kNew, words), scanned);
  EXPECT_EQ(matching(kNew, rare), (Numbers{70'000}));
  EXPECT_EQ(matching(kOld, rare), Numbers{});
}

TEST_F(ReviseLarge, PlacesAreFoundByTheirIndex) {
  const auto near =
      test_of(core::Operand::kRowId, FilterOp::kInBbox,
              {139.0 + 69'998.5e-5, 35.0 + 69'998.5e-5, 139.0 + 70'001.5e-5, 35.0 + 70'001.5e-5});
  EXPECT_EQ(matching(kNew, near), (Numbers{69'999, 70'000, 70'001}));
}

TEST_F(ReviseLarge, PagesMeetEveryRowOnce) {
  core::RowQuery query;
  query.columns = {core::Operand::kRowId, 0};
  query.limit = 1'000;
  core::RowSort by_kind;
  by_kind.operand.column = 1;
  query.sort = {by_kind};
  std::vector<bool> seen(kRows + 1, false);
  std::int64_t count = 0;
  while (true) {
    const auto open = reader(kNew);
    auto cursor = open->rows(query);
    ASSERT_TRUE(cursor);
    std::int64_t last = 0;
    while (*(*cursor)->next()) {
      last = (*cursor)->position().row;
      EXPECT_FALSE(seen[static_cast<std::size_t>(last)]);
      seen[static_cast<std::size_t>(last)] = true;
      EXPECT_EQ((*cursor)->values()[1], (core::ValueView(last)));
      ++count;
    }
    if (last == 0) break;
    query.after = core::RowPosition{{}, last};
  }
  EXPECT_EQ(count, schema_.rows);
}

TEST_F(ReviseLarge, WhatIsMostlyHolesIsPacked) {
  const auto reviser = revise(kNew, {kId, 3});
  for (int i = 2; i <= kRows; ++i) ASSERT_TRUE(reviser->remove(i));
  finish(*reviser);
  EXPECT_LT(*store_->size({kId, 3}) * 20, *store_->size(kOld));
  const auto next = revise(TableKey{kId, 3}, {kId, 4});
  EXPECT_EQ(add(*next, {integer(1), kNull, kNull, kNull}), kRows + 1);
}

}  // namespace
}  // namespace minato::test
