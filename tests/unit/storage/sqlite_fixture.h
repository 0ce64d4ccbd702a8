// A folder with a catalogue file, for tests that look at the file itself.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

#include "storage/sqlite/sqlite_catalog_store.h"
#include "support/temp_dir.h"
#include "unit/storage/samples.h"

namespace minato::test {

// Runs SQL on a database file, as some other program would.
class ForeignProgram {
 public:
  explicit ForeignProgram(const std::string& path) {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK)
      throw std::runtime_error("cannot open " + path);
  }
  ~ForeignProgram() { sqlite3_close(db_); }
  ForeignProgram(const ForeignProgram&) = delete;
  ForeignProgram& operator=(const ForeignProgram&) = delete;
  void run(const std::string& sql) {
    char* message = nullptr;
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
    const std::string text = message == nullptr ? "?" : message;
    sqlite3_free(message);
    throw std::runtime_error(text + " in: " + sql);
  }
  [[nodiscard]] sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

inline std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

class SqliteFile : public ::testing::Test {
 protected:
  using Store = storage::sqlite::SqliteCatalogStore;

  [[nodiscard]] storage::sqlite::CatalogOptions options() const {
    storage::sqlite::CatalogOptions options;
    options.path = path();
    options.open_timeout = std::chrono::milliseconds(50);
    return options;
  }
  [[nodiscard]] std::string path() const { return folder_.path() + "/catalog.db"; }
  [[nodiscard]] core::Result<std::unique_ptr<Store>> open() const { return Store::open(options()); }
  // Opens a store that must open.
  [[nodiscard]] std::unique_ptr<Store> opened() const {
    auto store = open();
    if (!store) throw std::runtime_error(store.error().id + ": " + store.error().internal);
    return std::move(*store);
  }
  static core::Result<void> put(Store& store, const core::Dataset& dataset) {
    return store.write([&](storage::CatalogWriter& w) { return w.put_dataset(dataset); });
  }
  static std::unique_ptr<storage::CatalogReader> read(Store& store, int milliseconds = 30'000) {
    auto reader =
        store.read(std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds));
    if (!reader) throw std::runtime_error(reader.error().id);
    return std::move(*reader);
  }

  TempDir folder_;
};

}  // namespace minato::test
