// When tokens were used, gathered in memory until the writer thread stores it.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/time.h"

namespace minato::storage::sqlite {

struct TokenUse {
  std::string token_id;
  core::Timestamp minute;  // its first microsecond
};

// Thread-safe.
class TokenUseLog {
 public:
  static constexpr std::size_t kMaxTokens = 10'000;  // kept in mind

  // Cheap for a token that was noted in the same minute. True when nothing waited before.
  bool add(std::string_view token_id, core::Timestamp when);
  [[nodiscard]] bool empty() const;
  // What was gathered since the last call.
  std::vector<TokenUse> take();

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  mutable std::mutex mutex_;
  // The minute of the last use, also of those that were taken.
  std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> minutes_;
  std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> waiting_;
};

}  // namespace minato::storage::sqlite
