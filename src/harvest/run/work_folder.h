// Folders in which jobs keep files while they look at them.
#pragma once

#include <string>

#include "core/error.h"
#include "storage/harvest_store.h"

namespace minato::harvest {

// Made empty, and removed with everything in it.
class WorkFolder {
 public:
  // "harvest-work-directory" when it cannot be made. `name` is the job's id, or "dry-..." for one
  // that no store knows.
  static core::Result<WorkFolder> make(const std::string& parent, const std::string& name);
  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit WorkFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// Removes what crashed jobs left: folders of jobs that are finished or forgotten, and those of dry
// runs after a day.
core::Result<void> remove_left_folders(const std::string& parent, storage::HarvestStore& store);

}  // namespace minato::harvest
