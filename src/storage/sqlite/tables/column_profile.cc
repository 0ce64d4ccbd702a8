#include "storage/sqlite/tables/column_profile.h"

#include <algorithm>
#include <bit>

namespace minato::storage::sqlite::tables {
namespace {

constexpr std::size_t kExamples = 5;
constexpr std::size_t kTop = 100;  // all of a typical category, so that counting it is free
constexpr std::size_t kMaxValuesOfAll = 1'310'720;
constexpr std::size_t kMaxTextOfAll = 64U << 20U;

}  // namespace

CounterLimits limits_per_column(std::size_t columns) {
  const std::size_t count = std::max<std::size_t>(columns, 1);
  return {std::clamp<std::size_t>(kMaxValuesOfAll / count, 1'024, 65'536),
          std::clamp<std::size_t>(kMaxTextOfAll / count, 32U << 10U, 4U << 20U)};
}

void ColumnProfile::add(const core::ValueView& value) {
  switch (value.index()) {
    case 0:
      ++nulls_;
      return;
    case 1:
      add_integer(std::get<bool>(value) ? 1 : 0);
      break;
    case 2:
      add_integer(std::get<std::int64_t>(value));
      break;
    case 3:
      add_number(std::get<double>(value));
      break;
    default:
      add_text(std::get<std::string_view>(value));
  }
  any_ = true;
  if (examples_.size() < kExamples) remember_examples();
}

void ColumnProfile::add_text(std::string_view text) {
  counter_.add(text);
  ++texts_;
  text_bytes_ += static_cast<std::int64_t>(text.size());
  if (!any_ || text < min_text_) min_text_ = text;
  if (!any_ || text > max_text_) max_text_ = text;
}

void ColumnProfile::add_integer(std::int64_t value) {
  counter_.add(static_cast<std::uint64_t>(value));
  if (!any_ || value < min_integer_) min_integer_ = value;
  if (!any_ || value > max_integer_) max_integer_ = value;
}

void ColumnProfile::add_number(double value) {
  counter_.add(std::bit_cast<std::uint64_t>(value + 0.0));  // -0 is 0
  if (!any_ || value < min_number_) min_number_ = value;
  if (!any_ || value > max_number_) max_number_ = value;
}

// The counter forgets its entries when they become too many; five of them come before.
void ColumnProfile::remember_examples() {
  const auto& entries = counter_.entries();
  if (entries.size() > examples_.size()) examples_.push_back(value_of(entries.back()));
}

core::Value ColumnProfile::typed(std::int64_t integer) const {
  if (type_ == core::ColumnType::kBoolean) return integer != 0;
  return integer;
}

core::Value ColumnProfile::value_of(const ValueCounter::Entry& entry) const {
  switch (type_) {
    case core::ColumnType::kBoolean:
    case core::ColumnType::kInteger:
      return typed(static_cast<std::int64_t>(entry.bits));
    case core::ColumnType::kNumber:
      return std::bit_cast<double>(entry.bits);
    default:
      return std::string(counter_.text(entry));
  }
}

std::vector<core::ValueCount> ColumnProfile::top() const {
  std::vector<const ValueCounter::Entry*> order;
  order.reserve(counter_.entries().size());
  for (const auto& entry : counter_.entries()) order.push_back(&entry);
  const auto kept = std::min(order.size(), kTop);
  // Equally frequent values stay in the order of their first occurrence.
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    [](const auto* a, const auto* b) {
                      return a->count != b->count ? a->count > b->count : a < b;
                    });
  std::vector<core::ValueCount> result;
  for (std::size_t i = 0; i < kept; ++i) result.push_back({value_of(*order[i]), order[i]->count});
  return result;
}

void ColumnProfile::put_range(core::ColumnStatistics& statistics) const {
  switch (type_) {
    case core::ColumnType::kBoolean:
    case core::ColumnType::kInteger:
      statistics.min = typed(min_integer_);
      statistics.max = typed(max_integer_);
      break;
    case core::ColumnType::kNumber:
      statistics.min = min_number_;
      statistics.max = max_number_;
      break;
    default:
      statistics.min = min_text_;
      statistics.max = max_text_;
  }
}

double ColumnProfile::mean_bytes() const {
  return texts_ == 0 ? 0 : static_cast<double>(text_bytes_) / static_cast<double>(texts_);
}

core::ColumnStatistics ColumnProfile::statistics() const {
  core::ColumnStatistics statistics;
  statistics.nulls = nulls_;
  statistics.distinct = counter_.distinct();
  statistics.distinct_exact = counter_.exact();
  statistics.examples = examples_;
  if (any_) put_range(statistics);
  statistics.top = top();
  return statistics;
}

}  // namespace minato::storage::sqlite::tables
