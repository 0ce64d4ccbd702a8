#include "storage/sqlite/harvest/harvest_database.h"

#include "storage/sqlite/harvest/harvest_file.h"

namespace minato::storage::sqlite::harvest {
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

core::Result<std::unique_ptr<HarvestDatabase>> HarvestDatabase::open(const std::string& path) {
  ConnectionOptions opening = options_of(path, Access::kWrite);
  opening.busy_timeout = std::chrono::milliseconds(5'000);
  auto writer = open_harvest_file(std::move(opening));
  if (!writer) return tl::unexpected<core::Error>(std::move(writer.error()));
  return guarded_for(path, [&]() -> core::Result<std::unique_ptr<HarvestDatabase>> {
    sqlite3_busy_timeout((*writer)->handle(), static_cast<int>(kBusyTimeout.count()));
    auto reader = std::make_unique<Connection>(options_of(path, Access::kRead));
    return std::unique_ptr<HarvestDatabase>(
        new HarvestDatabase(path, std::move(*writer), std::move(reader)));
  });
}

HarvestDatabase::Rollback::~Rollback() {
  if (!connection_.in_transaction()) return;
  // Should it fail, the next BEGIN fails too and is reported.
  static_cast<void>(guarded([&]() -> core::Result<void> {
    connection_.prepare("ROLLBACK").run();
    return {};
  }));
}

core::Result<void> HarvestDatabase::copy_to(const std::string& path) const {
  return guarded_for(path_, [&]() -> core::Result<void> {
    // A connection of its own: neither this process's readers nor its writers wait for the copy.
    Connection connection(options_of(path_, Access::kWrite));
    connection.prepare("VACUUM INTO ?1").bind(1, path).run();
    return {};
  });
}

}  // namespace minato::storage::sqlite::harvest
