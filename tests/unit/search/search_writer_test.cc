// The index follows the file: changes, transactions, several connections.
#include <atomic>
#include <thread>

#include "support/temp_dir.h"
#include "unit/search/search_fixture.h"

namespace minato::storage::sqlite::search {
namespace {

using Rowids = std::vector<std::int64_t>;

core::SearchRequest asking(const std::string& text) {
  core::SearchRequest request;
  request.query = words(text);
  request.limit = 100'000;
  return request;
}

class SearchWriterTest : public SearchFixture {
 protected:
  void put_title(std::int64_t rowid, const std::string& title) {
    core::Dataset dataset;
    dataset.id = dataset.name = "d" + std::to_string(rowid);
    dataset.title = title;
    put(rowid, dataset);
  }
};

TEST_F(SearchWriterTest, ReplacesWhatWasIndexed) {
  put_title(1, "人口");
  EXPECT_EQ(found(words("人口")), Rowids{1});
  put_title(1, "観光");
  EXPECT_EQ(found(words("人口")), Rowids{});
  EXPECT_EQ(found(words("観光")), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kEqual, "title_string", "人口")), Rowids{});
  EXPECT_EQ(found(clause(Kind::kEqual, "title_string", "観光")), Rowids{1});
}

TEST_F(SearchWriterTest, RemovesEverythingOfADataset) {
  put(1, catalog_.dataset(1));
  put(2, catalog_.dataset(2));
  remove(1);
  remove(2);
  remove(2);
  remove(77);
  EXPECT_EQ(search({}).count, 0);
  EXPECT_EQ(db_.text("SELECT count(*) FROM search_value"), "0");
  EXPECT_EQ(db_.text("SELECT count(*) FROM search_text"), "0");
  EXPECT_EQ(db_.text("SELECT count(*) FROM search_document"), "2");  // they say: gone
  db_.run("INSERT INTO search_text (search_text) VALUES ('integrity-check')");
  put(2, catalog_.dataset(2));
  EXPECT_EQ(search({}).rowids, Rowids{2});
}

TEST_F(SearchWriterTest, ForgetsEverythingAndStartsAnew) {
  for (std::int64_t i = 1; i <= 9; ++i) put_title(i, "人口");
  EXPECT_EQ(search(asking("人口")).count, 9);
  ASSERT_TRUE(writer_.clear());
  EXPECT_EQ(search(asking("人口")).count, 0);
  for (std::int64_t i = 5; i <= 9; ++i) put_title(i, "人口 統計");
  EXPECT_EQ(search(asking("人口")).count, 5);
  EXPECT_EQ(search(asking("統計")).count, 5);
  EXPECT_EQ(search({}).count, 5);
}

TEST_F(SearchWriterTest, ShowsATransactionItsOwnChangesAndForgetsThemWithIt) {
  put_title(1, "人口");
  EXPECT_EQ(search(asking("人口")).count, 1);
  db_.run("BEGIN");
  put_title(2, "人口");
  EXPECT_EQ(search(asking("人口")).count, 2);
  db_.run("ROLLBACK");
  EXPECT_EQ(search(asking("人口")).rowids, Rowids{1});
  put_title(3, "人口");  // takes the number of the document that was rolled back
  EXPECT_EQ(search(asking("人口")).rowids, (Rowids{1, 3}));
}

TEST_F(SearchWriterTest, CutsEndlessTextsAndValues) {
  core::Dataset dataset;
  dataset.id = dataset.name = "d";
  dataset.title = "大";
  while (dataset.notes.size() < 3'000'000) dataset.notes += "資料";
  dataset.notes += "最後";
  dataset.extras.push_back({"k", std::string(5000, 'x')});
  put(1, dataset);
  EXPECT_EQ(found(words("資料資料")), Rowids{1});
  EXPECT_EQ(found(words("最後")), Rowids{});
  EXPECT_EQ(found(clause(Kind::kEqual, "extras_k", std::string(5000, 'x'))), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kEqual, "extras_k", std::string(1000, 'x'))), Rowids{});
}

TEST_F(SearchWriterTest, KeepsSmallCachesRight) {
  SearchIndex tiny(2000);
  for (std::int64_t i = 1; i <= 50; ++i) put(i, catalog_.dataset(static_cast<std::uint64_t>(i)));
  for (int round = 0; round < 3; ++round) {
    for (const auto& word : support::SyntheticCatalog::short_words()) {
      const auto hits = tiny.search(db_.handle(), asking(word));
      ASSERT_TRUE(hits);
      ASSERT_EQ(hits->count, search(asking(word)).count) << word;
    }
  }
}

// Files, for several connections.
class SearchConnections : public testing::Test {
 protected:
  SearchConnections() {
    writer_db_.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF");
    writer_db_.run(search_migration());
  }

  void put(std::int64_t rowid, const std::string& title) {
    core::Dataset dataset;
    dataset.id = dataset.name = "d" + std::to_string(rowid);
    dataset.title = title;
    const std::vector<core::Group> groups;
    ASSERT_TRUE(writer_.index({rowid, dataset, nullptr, groups, {}}));
  }

  std::int64_t count(Database& db, const std::string& text) {
    const auto hits = index_.search(db.handle(), asking(text));
    return hits ? hits->count : -1;
  }

  test::TempDir folder_;
  const std::string path_ = folder_.path() + "/search.db";
  Database writer_db_{path_};
  SearchWriter writer_{writer_db_.handle()};
  SearchIndex index_;
};

TEST_F(SearchConnections, AnswerWhatTheirTransactionSees) {
  put(1, "人口");
  Database old(path_);
  Database now(path_);
  old.run("BEGIN");
  EXPECT_EQ(count(old, "人口"), 1);
  put(2, "人口");
  put(1, "観光");
  EXPECT_EQ(count(now, "観光"), 1);
  EXPECT_EQ(count(now, "人口"), 1);
  EXPECT_EQ(count(old, "人口"), 1);
  EXPECT_EQ(count(old, "観光"), 0);
  for (std::int64_t i = 10; i < 60; ++i) {
    put(i, "人口");
    EXPECT_EQ(count(now, "人口"), i - 8);
  }
  EXPECT_EQ(count(old, "人口"), 1);  // no longer kept: loaded for this search alone
  EXPECT_EQ(count(now, "人口"), 51);
  old.run("COMMIT");
  EXPECT_EQ(count(old, "人口"), 51);
}

TEST_F(SearchConnections, AnswerAMomentNobodyHasAskedFor) {
  put(1, "人口");
  Database first(path_);
  Database second(path_);
  EXPECT_EQ(count(first, "人口"), 1);
  put(2, "人口");
  second.run("BEGIN");
  EXPECT_EQ(second.text("SELECT count(*) FROM search_document"), "2");
  put(2, "観光");
  EXPECT_EQ(count(first, "人口"), 1);
  EXPECT_EQ(count(second, "人口"), 2);
}

TEST_F(SearchConnections, ClearOutWhatIsGone) {
  for (std::int64_t i = 1; i <= 3; ++i) put(i, "人口");
  EXPECT_EQ(count(writer_db_, "人口"), 3);
  for (int round = 0; round < 11; ++round) {
    writer_db_.run("BEGIN");
    for (int i = 0; i < 1000; ++i) put(1 + i % 3, round % 2 == 0 ? "観光" : "人口");
    writer_db_.run("COMMIT");
    EXPECT_EQ(count(writer_db_, "人口"), round % 2 == 0 ? 0 : 3);
  }
  EXPECT_EQ(count(writer_db_, "観光"), 3);
}

TEST_F(SearchConnections, SearchBesideAWriter) {
  put(1, "人口");
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> searches = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      Database db(path_);
      std::int64_t last = 0;
      while (!stop) {
        // Datasets are only added, and each changes its title in the transaction that adds the
        // next.
        const std::int64_t found = count(db, "人口");
        if (found < last || found < 1) ++wrong;
        last = found;
        const auto all = index_.search(db.handle(), {});
        if (!all || all->count < found) ++wrong;
        ++searches;
      }
    });
  }
  for (std::int64_t i = 2; i <= 300; ++i) {
    writer_db_.run("BEGIN");
    put(i - 1, "人口 " + std::to_string(i));
    put(i, "人口");
    writer_db_.run("COMMIT");
  }
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(searches, 3);
  EXPECT_EQ(count(writer_db_, "人口"), 300);
}

}  // namespace
}  // namespace minato::storage::sqlite::search
