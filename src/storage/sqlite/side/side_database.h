// The connections of this process to a database file beside the catalogue.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

#include "storage/sqlite/connection.h"
#include "storage/sqlite/side/side_file.h"

namespace minato::storage::sqlite {

// One connection that writes and one that reads, so that looking never waits for this process's
// writers. Thread-safe.
class SideDatabase {
 public:
  // Creates or upgrades the file; what is refused is left as it is. `file` must outlive it.
  static core::Result<std::unique_ptr<SideDatabase>> open(const SideFile& file,
                                                          const std::string& path);

  // Runs `work(connection)`, which returns a core::Result, as one transaction; after an error or an
  // exception nothing of it remains.
  template <typename Work>
  auto write(Work&& work) {
    const std::lock_guard lock(writing_);
    return transact(*writer_, "BEGIN IMMEDIATE", std::forward<Work>(work));
  }
  // Ditto; sees one consistent state.
  template <typename Work>
  auto read(Work&& work) {
    const std::lock_guard lock(reading_);
    return transact(*reader_, "BEGIN", std::forward<Work>(work));
  }

  core::Result<void> copy_to(const std::string& path) const;

 private:
  // Ends a transaction that nobody committed.
  class Rollback {
   public:
    explicit Rollback(Connection& connection) : connection_(connection) {}
    ~Rollback();
    Rollback(const Rollback&) = delete;
    Rollback& operator=(const Rollback&) = delete;

   private:
    Connection& connection_;
  };

  SideDatabase(const SideFile& file, std::string path, std::unique_ptr<Connection> writer,
               std::unique_ptr<Connection> reader)
      : file_(file),
        path_(std::move(path)),
        writer_(std::move(writer)),
        reader_(std::move(reader)) {}

  template <typename Work>
  auto transact(Connection& connection, const char* begin, Work&& work) const
      -> std::invoke_result_t<Work, Connection&> {
    return guarded_side_file(file_, path_, [&]() -> std::invoke_result_t<Work, Connection&> {
      connection.prepare(begin).run();
      const Rollback unless_committed(connection);
      auto done = work(connection);
      if (done) connection.prepare("COMMIT").run();
      return done;
    });
  }

  const SideFile& file_;
  std::string path_;
  std::mutex writing_;
  std::mutex reading_;
  std::unique_ptr<Connection> writer_;  // guarded by writing_
  std::unique_ptr<Connection> reader_;  // guarded by reading_
};

}  // namespace minato::storage::sqlite
