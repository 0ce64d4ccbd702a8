#include "storage/sqlite/side/side_database.h"

#include "storage/sqlite/database_file.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {
namespace {

using Access = ConnectionOptions::Access;

// Another process may be in the middle of a batch of large records.
constexpr std::chrono::milliseconds kBusyTimeout{30'000};

ConnectionOptions options_of(const std::string& path, Access access) {
  ConnectionOptions options;
  options.path = path;
  options.access = access;
  options.busy_timeout = kBusyTimeout;
  return options;
}

}  // namespace

core::Result<std::unique_ptr<SideDatabase>> SideDatabase::open(const SideFile& file,
                                                               const std::string& path) {
  ConnectionOptions opening = options_of(path, Access::kWrite);
  opening.busy_timeout = std::chrono::milliseconds(5'000);
  auto writer = open_database_file(std::move(opening), file.kind);
  if (!writer) return tl::unexpected(of_side_file(std::move(writer.error()), file, path));
  return guarded_side_file(file, path, [&]() -> core::Result<std::unique_ptr<SideDatabase>> {
    sqlite3_busy_timeout((*writer)->handle(), static_cast<int>(kBusyTimeout.count()));
    auto reader = std::make_unique<Connection>(options_of(path, Access::kRead));
    return std::unique_ptr<SideDatabase>(
        new SideDatabase(file, path, std::move(*writer), std::move(reader)));
  });
}

SideDatabase::Rollback::~Rollback() {
  if (!connection_.in_transaction()) return;
  // Should it fail, the next BEGIN fails too and is reported.
  static_cast<void>(guarded([&]() -> core::Result<void> {
    connection_.prepare("ROLLBACK").run();
    return {};
  }));
}

core::Result<void> SideDatabase::copy_to(const std::string& path) const {
  return guarded_side_file(file_, path_, [&]() -> core::Result<void> {
    // A connection of its own: neither this process's readers nor its writers wait for the copy.
    Connection connection(options_of(path_, Access::kWrite));
    connection.prepare("VACUUM INTO ?1").bind(1, path).run();
    return {};
  });
}

}  // namespace minato::storage::sqlite
