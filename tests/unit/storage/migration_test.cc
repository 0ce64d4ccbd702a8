#include <filesystem>
#include <map>

#include "storage/sqlite/migrations.h"
#include "storage/sqlite/search/search_index.h"
#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using storage::sqlite::all_migrations;
using storage::sqlite::newest_version;

std::string fixture(int version) {
  return std::string(MINATO_SOURCE_DIR) + "/tests/unit/storage/fixtures/catalog_v" +
         std::to_string(version) + ".sql";
}

// Every object of the file by name, as SQL.
std::map<std::string, std::string> schema(const std::string& path) {
  ForeignProgram program(path);
  std::map<std::string, std::string> objects;
  sqlite3_stmt* row = nullptr;
  sqlite3_prepare_v2(program.handle(),
                     "SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_schema", -1, &row,
                     nullptr);
  while (sqlite3_step(row) == SQLITE_ROW) {
    objects[reinterpret_cast<const char*>(sqlite3_column_text(row, 0))] =
        reinterpret_cast<const char*>(sqlite3_column_text(row, 1));
  }
  sqlite3_finalize(row);
  return objects;
}

class Migrations : public SqliteFile {
 protected:
  // The file as that version left it, with one dataset.
  void make_old_file(int version) const {
    ForeignProgram program(path());
    ASSERT_TRUE(storage::sqlite::search::register_functions(program.handle()).has_value());
    program.run(file_bytes(fixture(version)));
  }
};

TEST_F(Migrations, AreNumberedWithoutAGap) {
  int expected = 0;
  for (const auto& migration : all_migrations()) EXPECT_EQ(migration.version, ++expected);
  EXPECT_EQ(newest_version(), expected);
  EXPECT_GE(expected, 1);
}

TEST_F(Migrations, EveryVersionHasAFixture) {
  for (const auto& migration : all_migrations()) {
    EXPECT_TRUE(std::filesystem::exists(fixture(migration.version)))
        << fixture(migration.version) << " is missing; how it is made stands in its first lines";
  }
}

TEST_F(Migrations, AnUpgradedFileEqualsAFreshOne) {
  const TempDir fresh_folder;
  auto fresh_options = options();
  fresh_options.path = fresh_folder.path() + "/catalog.db";
  ASSERT_TRUE(Store::open(fresh_options).has_value());
  const auto fresh = schema(fresh_options.path);
  ASSERT_GT(fresh.size(), 10U);
  for (const auto& migration : all_migrations()) {
    std::filesystem::remove(path());
    make_old_file(migration.version);
    { const auto store = opened(); }
    EXPECT_EQ(schema(path()), fresh) << "upgraded from version " << migration.version;
  }
}

TEST_F(Migrations, AnUpgradedFileKeepsItsDatasetsAndFindsThem) {
  for (const auto& migration : all_migrations()) {
    std::filesystem::remove(path());
    make_old_file(migration.version);
    const auto store = opened();
    const auto found = read(*store)->dataset("public-facility");
    ASSERT_TRUE(found.has_value() && found->has_value()) << "version " << migration.version;
    EXPECT_TRUE(without_tag_ids(**found) == full_dataset()) << "version " << migration.version;
    core::SearchRequest request;
    core::SearchExpr words;
    words.kind = core::SearchExpr::Kind::kText;
    words.value = "公共施設";
    request.query = words;
    const auto searched = read(*store)->search(request);
    ASSERT_TRUE(searched.has_value());
    EXPECT_EQ(searched->count, 1) << "version " << migration.version;
  }
}

TEST_F(Migrations, OpeningAnUpToDateFileChangesNothing) {
  { const auto store = opened(); }
  const std::string before = file_bytes(path());
  { const auto store = opened(); }
  EXPECT_EQ(file_bytes(path()), before);
}

TEST_F(Migrations, AFailingStepLeavesTheFileAsItWas) {
  make_old_file(1);
  // Something in the way of the second step.
  ForeignProgram(path()).run("CREATE TABLE search_document (x)");
  const auto before = schema(path());
  const auto store = open();
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().id, "catalog-migration-failed");
  EXPECT_NE(store.error().message.en.find("0002"), std::string::npos);
  EXPECT_EQ(schema(path()), before);
}

}  // namespace
}  // namespace minato::test
