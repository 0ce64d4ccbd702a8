#include "storage/sqlite/search/ranking.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>

namespace minato::storage::sqlite::search {
namespace {

constexpr int kLevels = 40;
constexpr std::array<float, kTiers + 1> kWeights = {1, 2, 3, 6, 12, 24, 48};
constexpr float kUsualLength = 400;

std::array<float, 256> make_weights() {
  std::array<float, 256> made{};
  for (int tier = 0; tier < kTiers; ++tier) {
    const auto at = static_cast<std::size_t>(tier);
    for (int level = 0; level < kLevels; ++level) {
      const float share = static_cast<float>(level) / static_cast<float>(kLevels);
      made[static_cast<std::size_t>(tier * kLevels + level + 1)] =
          kWeights[at] + share * (kWeights[at + 1] - kWeights[at]);
    }
  }
  return made;
}

enum class By { kScore, kModified, kCreated, kName, kTitle, kId };

struct Key {
  By by;
  bool descending;
};

std::optional<By> by_field(std::string_view field) {
  if (field == "score") return By::kScore;
  if (field == "metadata_modified") return By::kModified;
  if (field == "metadata_created") return By::kCreated;
  if (field == "name") return By::kName;
  if (field == "title_string") return By::kTitle;
  if (field == "id") return By::kId;
  return std::nullopt;  // views_recent is 0 for every dataset: it orders nothing
}

std::vector<Key> keys_of(const std::vector<core::SortKey>& sort, bool scored) {
  std::vector<Key> keys;
  for (const auto& key : sort) {
    const auto by = by_field(key.field);
    if (!by || (*by == By::kScore && !scored)) continue;
    const auto is_same = [&](const Key& earlier) { return earlier.by == *by; };
    if (std::none_of(keys.begin(), keys.end(), is_same)) keys.push_back({*by, key.descending});
  }
  // An id decides. Twice, so that there are two keys at least.
  keys.insert(keys.end(), 2, {By::kId, false});
  return keys;
}

// The first eight bytes as a number that orders like the text.
std::uint64_t beginning_of(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number = (number << 8U) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return number;
}

// With this bit turned, negative numbers come first in the order of unsigned ones.
constexpr std::uint64_t kSign = std::uint64_t{1} << 63U;

// Orders like the value as far as 32 bits can: about seconds, until the year 2112.
std::uint32_t coarse_time(std::int64_t microseconds) {
  constexpr std::int64_t kLast = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(microseconds >> 20, 0, kLast));
}

class Order {
 public:
  explicit Order(const RankedPage& page)
      : page_(page), keys_(keys_of(page.keys, !page.scores.empty())) {}

  // Best scores first.
  [[nodiscard]] bool is_by_score() const {
    return keys_[0].by == By::kScore && keys_[0].descending;
  }

  // Orders as far as one number can: smaller comes first, equal says nothing. Nearly all searches
  // go by score, and many scores are equal: so a score leaves room for the key after it.
  [[nodiscard]] std::uint64_t rough(std::uint32_t i) const {
    if (keys_[0].by != By::kScore) return number(keys_[0], i);
    // Scores are never negative, so their bits order like them.
    auto score = std::bit_cast<std::uint32_t>(page_.scores[i]);
    if (keys_[0].descending) score = ~score;
    return std::uint64_t{score} << 32U | coarse(keys_[1], i);
  }

  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const {
    for (const Key& key : keys_) {
      const int order = compare(key.by, a, b);
      if (order != 0) return key.descending ? order > 0 : order < 0;
    }
    return a < b;
  }

 private:
  [[nodiscard]] std::string_view text(By by, std::uint32_t i) const {
    const std::uint32_t slot = page_.slots[i];
    if (by == By::kName) return page_.columns.name(slot);
    return by == By::kTitle ? page_.columns.title(slot) : page_.columns.id(slot);
  }

  [[nodiscard]] std::int64_t time(By by, std::uint32_t i) const {
    return (by == By::kModified ? modified_ : created_)[page_.slots[i]];
  }

  [[nodiscard]] std::uint32_t coarse(const Key& key, std::uint32_t i) const {
    const bool is_time = key.by == By::kModified || key.by == By::kCreated;
    const auto value = is_time ? coarse_time(time(key.by, i))
                               : static_cast<std::uint32_t>(beginning_of(text(key.by, i)) >> 32U);
    return key.descending ? ~value : value;
  }

  // Not for scores.
  [[nodiscard]] std::uint64_t number(const Key& key, std::uint32_t i) const {
    const bool is_time = key.by == By::kModified || key.by == By::kCreated;
    const auto value = is_time ? static_cast<std::uint64_t>(time(key.by, i)) ^ kSign
                               : beginning_of(text(key.by, i));
    return key.descending ? ~value : value;
  }

  template <typename T>
  static int order_of(T x, T y) {
    return x < y ? -1 : x > y ? 1 : 0;
  }

  [[nodiscard]] int compare(By by, std::uint32_t a, std::uint32_t b) const {
    if (by == By::kScore) return order_of(page_.scores[a], page_.scores[b]);
    if (by == By::kModified || by == By::kCreated) return order_of(time(by, a), time(by, b));
    return text(by, a).compare(text(by, b));
  }

  const RankedPage& page_;
  std::vector<Key> keys_;  // at least two
  const std::vector<std::int64_t>& modified_ = page_.columns.numbers("metadata_modified");
  const std::vector<std::int64_t>& created_ = page_.columns.numbers("metadata_created");
};

// The places whose scores are among the `count` best, and those that equal the worst of these. One
// look at each score is much cheaper than at the other keys, which are all over the memory.
std::vector<std::uint32_t> with_best_scores(const std::vector<float>& scores, std::size_t count) {
  std::vector<float> heap(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(count));
  std::make_heap(heap.begin(), heap.end(), std::greater<>());  // the worst on top
  for (std::size_t i = count; i < scores.size(); ++i) {
    if (scores[i] <= heap.front()) continue;
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    heap.back() = scores[i];
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  }
  const float worst = heap.front();
  std::vector<std::uint32_t> places(scores.size());
  std::size_t found = 0;
  for (std::uint32_t i = 0; i < scores.size(); ++i) {
    places[found] = i;  // no branch: equal scores are anywhere
    found += scores[i] >= worst ? 1 : 0;
  }
  places.resize(found);
  return places;
}

std::vector<std::uint32_t> all_places(std::size_t count) {
  std::vector<std::uint32_t> places(count);
  std::iota(places.begin(), places.end(), 0U);
  return places;
}

// The first `count` of the candidates in order. Most lose against the worst kept so far by one
// number.
std::vector<std::uint32_t> best(const Order& order, const std::vector<std::uint32_t>& candidates,
                                std::size_t count) {
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return order.before(a, b); };
  std::vector<std::uint32_t> heap;  // the worst on top
  std::uint64_t worst = 0;
  for (const std::uint32_t i : candidates) {
    if (heap.size() == count) {
      const std::uint64_t rough = order.rough(i);
      if (rough > worst || (rough == worst && !before(i, heap.front()))) continue;
      std::pop_heap(heap.begin(), heap.end(), before);
      heap.pop_back();
    }
    heap.push_back(i);
    std::push_heap(heap.begin(), heap.end(), before);
    worst = order.rough(heap.front());
  }
  std::sort_heap(heap.begin(), heap.end(), before);
  return heap;
}

}  // namespace

std::uint8_t strength_of(const MatchShape& shape) {
  float share = 0;
  if (shape.tier == Tier::kTitle) {
    const auto length = static_cast<float>(std::max(shape.title_tokens, 1U));
    share = std::min(1.0F, static_cast<float>(shape.phrase_tokens) / length);
  } else {
    const float length = static_cast<float>(shape.document_tokens) / kUsualLength;
    const auto tf = static_cast<float>(shape.occurrences);
    share = tf / (tf + 1.2F * (0.25F + 0.75F * length));
  }
  const int level = std::clamp(static_cast<int>(share * kLevels), 0, kLevels - 1);
  return static_cast<std::uint8_t>(static_cast<int>(shape.tier) * kLevels + level + 1);
}

const std::array<float, 256>& weights() {
  static const std::array<float, 256> by_strength = make_weights();
  return by_strength;
}

float idf(std::uint64_t documents, std::uint64_t matching) {
  // Documents that are gone may be among the matching ones.
  const double n = static_cast<double>(std::min(matching, documents));
  return static_cast<float>(std::log(1 + (static_cast<double>(documents) - n + 0.5) / (n + 0.5)));
}

std::vector<std::uint32_t> ranked_page(const RankedPage& page, std::int64_t offset,
                                       std::int64_t limit) {
  const auto hits = static_cast<std::int64_t>(page.slots.size());
  if (limit <= 0 || offset >= hits) return {};
  const Order order(page);
  const auto wanted = static_cast<std::size_t>(std::min(hits - offset, limit) + offset);
  std::vector<std::uint32_t> places;
  if (wanted * 4 < page.slots.size()) {
    const auto candidates =
        order.is_by_score() ? with_best_scores(page.scores, wanted) : all_places(page.slots.size());
    places = best(order, candidates, wanted);
  } else {
    places = all_places(page.slots.size());
    std::sort(places.begin(), places.end(),
              [&](std::uint32_t a, std::uint32_t b) { return order.before(a, b); });
    places.resize(wanted);
  }
  places.erase(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(offset));
  return places;
}

}  // namespace minato::storage::sqlite::search
