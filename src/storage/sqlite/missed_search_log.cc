#include "storage/sqlite/missed_search_log.h"

#include <algorithm>

#include "text/fold.h"

namespace minato::storage::sqlite {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// At most so many characters of UTF-8.
std::string_view first_characters(std::string_view text, std::size_t max_characters) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!continues_character(text[i]) && ++characters > max_characters) return text.substr(0, i);
  }
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool MissedSearchLog::add(std::string_view text, core::Timestamp now) {
  // Cut before folding too: folding a megabyte would cost the caller time.
  const std::string folded =
      text::fold(first_characters(trimmed(text.substr(0, 8 * kMaxCharacters)), kMaxCharacters));
  const std::string_view kept = trimmed(first_characters(folded, kMaxCharacters));
  if (kept.empty()) return false;
  const std::lock_guard lock(mutex_);
  std::string key(kept);
  if (counts_.size() >= kMaxWaiting && !counts_.contains(key)) return false;
  const bool first = counts_.empty();
  Count& count = counts_[std::move(key)];
  ++count.count;
  count.last = std::max(count.last, now);
  return first;
}

bool MissedSearchLog::empty() const {
  const std::lock_guard lock(mutex_);
  return counts_.empty();
}

std::vector<CatalogReader::MissedSearch> MissedSearchLog::take() {
  std::unordered_map<std::string, Count> counts;
  {
    const std::lock_guard lock(mutex_);
    counts.swap(counts_);
  }
  std::vector<CatalogReader::MissedSearch> missed;
  missed.reserve(counts.size());
  for (auto& [text, count] : counts) missed.push_back({text, count.count, count.last});
  return missed;
}

}  // namespace minato::storage::sqlite
