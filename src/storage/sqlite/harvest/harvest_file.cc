#include "storage/sqlite/harvest/harvest_file.h"

#include <utility>

#include "storage/sqlite/database_file.h"
#include "storage/sqlite/harvest/harvest_error.h"

namespace minato::storage::sqlite::harvest {
namespace {

// "MNTH" in the file's header.
constexpr int kHarvestId = 0x4D4E5448;

}  // namespace

const FileKind& harvest_file() {
  static const FileKind kind{kHarvestId, harvest_migrations(),
                             "SELECT count(*) FROM harvest_state"};
  return kind;
}

core::Result<std::unique_ptr<Connection>> open_harvest_file(ConnectionOptions options) {
  const std::string path = options.path;
  auto opened = open_database_file(std::move(options), harvest_file());
  if (!opened) return tl::unexpected<core::Error>(of_harvest_file(std::move(opened.error()), path));
  return opened;
}

}  // namespace minato::storage::sqlite::harvest
