// Searches without a hit, gathered in memory until the writer thread stores them.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/time.h"
#include "storage/catalog_store.h"

namespace minato::storage::sqlite {

// Thread-safe.
class MissedSearchLog {
 public:
  static constexpr std::size_t kMaxCharacters = 200;
  static constexpr std::size_t kMaxWaiting = 1000;   // distinct texts between two writes
  static constexpr std::int64_t kMaxStored = 10000;  // distinct texts in the file

  // Counts the folded text. Blank text is not counted, longer text is cut, and while kMaxWaiting
  // texts wait, further ones are dropped. True when nothing waited before.
  bool add(std::string_view text, core::Timestamp now);
  [[nodiscard]] bool empty() const;
  // What was gathered since the last call.
  std::vector<CatalogReader::MissedSearch> take();

 private:
  struct Count {
    std::int64_t count = 0;
    core::Timestamp last;
  };
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Count> counts_;
};

}  // namespace minato::storage::sqlite
