#include "harvest/run/work_folder.h"

#include <chrono>
#include <filesystem>
#include <utility>

#include "core/uuid.h"

namespace minato::harvest {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kOldDryRun{24};

bool is_old(const fs::directory_entry& entry) {
  std::error_code error;
  const auto written = entry.last_write_time(error);
  return !error && fs::file_time_type::clock::now() - written > kOldDryRun;
}

core::Result<bool> is_left(const fs::directory_entry& entry, storage::HarvestStore& store) {
  const std::string name = entry.path().filename().string();
  if (name.starts_with("dry-")) return is_old(entry);
  if (!core::is_uuid(name)) return false;  // not ours
  auto job = store.job(name);
  if (!job) return tl::unexpected(std::move(job).error());
  return !*job || (*job)->state == core::JobState::kFinished;
}

}  // namespace

core::Result<WorkFolder> WorkFolder::make(const std::string& parent, const std::string& name) {
  const fs::path path = fs::path(parent) / name;
  std::error_code error;
  fs::remove_all(path, error);  // of the same job, before it crashed
  if (!error) fs::create_directories(path, error);
  if (error) {
    auto failure = core::fail(
        core::ErrorCode::kInternal, "harvest-work-directory",
        {"収集の作業フォルダーを作れません。", "The harvest's working folder cannot be made."},
        {"データフォルダーの空き容量と権限を確かめてください。",
         "Check free space and permissions of the data folder."});
    failure.value().internal = path.string() + ": " + error.message();
    return failure;
  }
  return WorkFolder(path.string());
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

WorkFolder::~WorkFolder() {
  std::error_code ignored;  // the next run removes what stays
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

core::Result<void> remove_left_folders(const std::string& parent, storage::HarvestStore& store) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(parent, error)) {
    auto left = is_left(entry, store);
    if (!left) return tl::unexpected(std::move(left).error());
    std::error_code ignored;  // the next run tries again
    if (*left) fs::remove_all(entry.path(), ignored);
  }
  return {};
}

}  // namespace minato::harvest
