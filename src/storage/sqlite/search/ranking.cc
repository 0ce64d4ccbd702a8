#include "storage/sqlite/search/ranking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace minato::storage::sqlite::search {
namespace {

constexpr int kLevels = 40;
constexpr std::array<float, kTiers + 1> kWeights = {1, 2, 3, 6, 12, 24, 48};
constexpr float kUsualLength = 400;

std::array<float, 256> make_weights() {
  std::array<float, 256> weights{};
  for (int tier = 0; tier < kTiers; ++tier) {
    const auto at = static_cast<std::size_t>(tier);
    for (int level = 0; level < kLevels; ++level) {
      const float share = static_cast<float>(level) / static_cast<float>(kLevels);
      weights[static_cast<std::size_t>(tier * kLevels + level + 1)] =
          kWeights[at] + share * (kWeights[at + 1] - kWeights[at]);
    }
  }
  return weights;
}

enum class By { kScore, kModified, kCreated, kName, kTitle, kId };

struct Key {
  By by;
  bool descending;
};

std::vector<Key> keys_of(const std::vector<core::SortKey>& sort, bool scored) {
  std::vector<Key> keys;
  for (const auto& key : sort) {
    if (key.field == "score" && scored) keys.push_back({By::kScore, key.descending});
    if (key.field == "metadata_modified") keys.push_back({By::kModified, key.descending});
    if (key.field == "metadata_created") keys.push_back({By::kCreated, key.descending});
    if (key.field == "name") keys.push_back({By::kName, key.descending});
    if (key.field == "title_string") keys.push_back({By::kTitle, key.descending});
    if (key.field == "id") keys.push_back({By::kId, key.descending});
    // views_recent is 0 for every dataset: it orders nothing.
  }
  keys.push_back({By::kId, false});
  return keys;
}

// The first eight bytes as a number that orders like the text.
std::int64_t beginning_of(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number = (number << 8U) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return static_cast<std::int64_t>(number ^ (std::uint64_t{1} << 63U));
}

class Order {
 public:
  explicit Order(const RankedPage& page)
      : page_(page), keys_(keys_of(page.keys, !page.scores.empty())) {}

  // Orders by the first key as far as a number can: smaller comes first, equal says nothing.
  [[nodiscard]] std::int64_t rough(std::uint32_t i) const {
    const Key& key = keys_.front();
    const std::int64_t value = number(key.by, i);
    return key.descending ? ~value : value;
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

  [[nodiscard]] std::int64_t number(By by, std::uint32_t i) const {
    switch (by) {
      case By::kScore:  // millionths are fine enough to tell most scores apart
        return static_cast<std::int64_t>(page_.scores[i] * 1e6F);
      case By::kModified:
        return modified_[page_.slots[i]];
      case By::kCreated:
        return created_[page_.slots[i]];
      default:
        return beginning_of(text(by, i));
    }
  }

  [[nodiscard]] int compare(By by, std::uint32_t a, std::uint32_t b) const {
    if (by == By::kScore) {
      return page_.scores[a] < page_.scores[b] ? -1 : page_.scores[a] > page_.scores[b] ? 1 : 0;
    }
    if (by == By::kModified || by == By::kCreated) {
      const std::int64_t x = number(by, a);
      const std::int64_t y = number(by, b);
      return x < y ? -1 : x > y ? 1 : 0;
    }
    return text(by, a).compare(text(by, b));
  }

  const RankedPage& page_;
  std::vector<Key> keys_;
  const std::vector<std::int64_t>& modified_ = page_.columns.numbers("metadata_modified");
  const std::vector<std::int64_t>& created_ = page_.columns.numbers("metadata_created");
};

// The first `count` in order. Most hits lose against the worst kept so far by one number.
std::vector<std::uint32_t> best(const Order& order, std::uint32_t hits, std::size_t count) {
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return order.before(a, b); };
  std::vector<std::uint32_t> heap;  // the worst on top
  std::int64_t worst = 0;
  for (std::uint32_t i = 0; i < hits; ++i) {
    if (heap.size() == count) {
      const std::int64_t rough = order.rough(i);
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

float weight_of(std::uint8_t strength) {
  static const std::array<float, 256> weights = make_weights();
  return weights[strength];
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
    places = best(order, static_cast<std::uint32_t>(hits), wanted);
  } else {
    places.resize(page.slots.size());
    std::iota(places.begin(), places.end(), 0U);
    std::sort(places.begin(), places.end(),
              [&](std::uint32_t a, std::uint32_t b) { return order.before(a, b); });
    places.resize(wanted);
  }
  places.erase(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(offset));
  return places;
}

}  // namespace minato::storage::sqlite::search
