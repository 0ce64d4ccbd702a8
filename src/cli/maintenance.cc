#include "cli/maintenance.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "storage/sqlite/open_storage.h"

namespace minato::cli {

namespace {

constexpr std::chrono::seconds kReadLimit{30};

}  // namespace

core::Result<void> require_catalog(const std::string& data_dir) {
  std::error_code error;
  if (std::filesystem::exists(data_dir + "/catalog.db", error)) return {};
  return core::fail(
      core::ErrorCode::kNotFound, "data-dir-empty",
      {data_dir + " にカタログがありません。", "There is no catalogue in " + data_dir + "."},
      {"--data に minato serve と同じ場所を指定してください。",
       "Give --data the directory that minato serve uses."});
}

core::Result<void> check_data(const std::string& data_dir, std::ostream& out) {
  if (auto found = require_catalog(data_dir); !found) return found;
  const auto faults = storage::sqlite::verify_storage(data_dir);
  if (!faults) return tl::unexpected(faults.error());
  if (faults->empty()) {
    out << "ok\n";
    return {};
  }
  for (const std::string& fault : *faults) out << fault << "\n";
  return core::fail(core::ErrorCode::kInternal, "catalog-damaged",
                    {"カタログのファイルが壊れています。", "The catalogue file is damaged."},
                    {"サーバーを止め、バックアップから戻してください。",
                     "Stop the server and restore a backup."});
}

core::Result<void> list_missed_searches(const std::string& data_dir, std::int64_t limit,
                                        std::ostream& out) {
  if (auto found = require_catalog(data_dir); !found) return found;
  auto storage = storage::sqlite::open_storage(data_dir, {});
  if (!storage) return tl::unexpected(storage.error());
  auto reader = storage->catalog->read(std::chrono::steady_clock::now() + kReadLimit);
  if (!reader) return tl::unexpected(reader.error());
  const auto missed = (*reader)->missed_searches(limit);
  if (!missed) return tl::unexpected(missed.error());
  for (const auto& search : *missed) {
    std::string text = search.text;  // as somebody typed it: keep one line, three fields
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    out << search.count << "\t" << core::to_rfc3339(search.last) << "\t" << text << "\n";
  }
  return {};
}

}  // namespace minato::cli
