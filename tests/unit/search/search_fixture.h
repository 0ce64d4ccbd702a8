// A catalogue file in memory with nothing but the search index.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/sqlite/search/search_index.h"
#include "support/synthetic_catalog.h"

namespace minato::storage::sqlite::search {

inline std::string search_migration() {
  std::ifstream file(MINATO_SOURCE_DIR "/src/storage/sqlite/migrations/0002_search.sql");
  std::stringstream sql;
  sql << file.rdbuf();
  return sql.str();
}

// Closes itself. Throws std::runtime_error on any fault.
class Database {
 public:
  explicit Database(const std::string& path = ":memory:") {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("open " + path);
    if (!register_functions(db_)) throw std::runtime_error("register_functions");
  }
  ~Database() { sqlite3_close(db_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
    }
  }
  // The first column of the first row; empty when there is none.
  std::string text(const std::string& sql) {
    std::string found;
    const auto take = [](void* out, int, char** values, char**) {
      if (values[0] != nullptr) *static_cast<std::string*>(out) = values[0];
      return 0;
    };
    sqlite3_exec(db_, sql.c_str(), take, &found, nullptr);
    return found;
  }
  [[nodiscard]] sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

// Datasets with their rowids, and the index of them.
class SearchFixture : public testing::Test {
 protected:
  SearchFixture() { db_.run(search_migration()); }

  void put(std::int64_t rowid, const core::Dataset& dataset) {
    const core::Group* owner = nullptr;
    for (const auto& one : catalog_.organizations()) {
      if (one.id == dataset.owner_org) owner = &one;
    }
    std::vector<core::Group> groups;
    for (const auto& one : catalog_.groups()) {
      if (std::count(dataset.groups.begin(), dataset.groups.end(), one.id) > 0)
        groups.push_back(one);
    }
    const auto done = writer_.index({rowid, dataset, owner, groups, catalog_.vocabularies()});
    ASSERT_TRUE(done) << done.error().internal;
    datasets_[rowid] = dataset;
  }

  void remove(std::int64_t rowid) {
    ASSERT_TRUE(writer_.remove(rowid));
    datasets_.erase(rowid);
  }

  SearchHits search(const core::SearchRequest& request) {
    auto hits = index_.search(db_.handle(), request);
    if (!hits) {
      ADD_FAILURE() << hits.error().id << " " << hits.error().internal;
      return {};
    }
    return *hits;
  }

  std::string error_of(const core::SearchRequest& request) {
    const auto hits = index_.search(db_.handle(), request);
    return hits ? "" : hits.error().id;
  }

  // The rowids of all hits, in order.
  std::vector<std::int64_t> found(const core::SearchExpr& query) {
    core::SearchRequest request;
    request.query = query;
    request.limit = 1000;
    return search(request).rowids;
  }

  support::SyntheticCatalog catalog_;
  Database db_;
  SearchWriter writer_{db_.handle()};
  SearchIndex index_;
  std::map<std::int64_t, core::Dataset> datasets_;
};

using Kind = core::SearchExpr::Kind;

inline core::SearchExpr clause(Kind kind, std::string field, std::string value) {
  core::SearchExpr expr;
  expr.kind = kind;
  expr.field = std::move(field);
  expr.value = std::move(value);
  return expr;
}
inline core::SearchExpr words(std::string value, std::string field = "") {
  return clause(Kind::kText, std::move(field), std::move(value));
}
inline core::SearchExpr range(std::string field, core::Bound low, core::Bound high) {
  core::SearchExpr expr = clause(Kind::kRange, std::move(field), "");
  expr.low = std::move(low);
  expr.high = std::move(high);
  return expr;
}
inline core::SearchExpr group_of(Kind kind, std::vector<core::SearchExpr> children) {
  core::SearchExpr expr;
  expr.kind = kind;
  expr.children = std::move(children);
  return expr;
}

}  // namespace minato::storage::sqlite::search
