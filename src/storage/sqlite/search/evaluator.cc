#include "storage/sqlite/search/evaluator.h"

#include <SQLiteCpp/Exception.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "storage/sqlite/search/request_check.h"
#include "storage/sqlite/search/wildcard.h"

namespace minato::storage::sqlite::search {
namespace {

using core::SearchExpr;
using Kind = core::SearchExpr::Kind;

bool within(std::string_view value, const SearchExpr& range) {
  if (range.low.value) {
    const int order = value.compare(*range.low.value);
    if (order < 0 || (order == 0 && !range.low.inclusive)) return false;
  }
  if (range.high.value) {
    const int order = value.compare(*range.high.value);
    if (order > 0 || (order == 0 && !range.high.inclusive)) return false;
  }
  return true;
}

bool value_matches(std::string_view value, const SearchExpr& expr) {
  if (asks_existence(expr)) return true;
  switch (expr.kind) {
    case Kind::kPrefix:
      return value.starts_with(expr.value);
    case Kind::kWildcard:
      return wildcard_matches(expr.value, value);
    case Kind::kRange:
      return within(value, expr);
    default:
      return value == expr.value;
  }
}

// The closed interval of a checked clause on a number.
struct Interval {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
  bool empty = false;
};

Interval interval_of(const SearchExpr& expr, const IndexField& field) {
  Interval interval;
  if (asks_existence(expr)) return interval;
  if (expr.kind != Kind::kRange) {
    interval.low = interval.high = number_of(field, expr.value).value();
    return interval;
  }
  if (expr.low.value) {
    interval.low = number_of(field, *expr.low.value).value();
    if (!expr.low.inclusive) {
      interval.empty = interval.low == std::numeric_limits<std::int64_t>::max();
      if (!interval.empty) ++interval.low;
    }
  }
  if (expr.high.value) {
    interval.high = number_of(field, *expr.high.value).value();
    if (!expr.high.inclusive) {
      interval.empty |= interval.high == std::numeric_limits<std::int64_t>::min();
      if (!interval.empty) --interval.high;
    }
  }
  return interval;
}

template <typename Keep>
void keep_if(Roaring& hits, Keep keep) {
  std::vector<std::uint32_t> slots = slots_in(hits);
  slots.erase(
      std::remove_if(slots.begin(), slots.end(), [&](std::uint32_t slot) { return !keep(slot); }),
      slots.end());
  hits = Roaring(slots.size(), slots.data());
}

}  // namespace

std::vector<std::uint32_t> slots_in(const Roaring& bitmap) {
  std::vector<std::uint32_t> slots(bitmap.cardinality());
  bitmap.toUint32Array(slots.data());
  return slots;
}

Roaring Evaluator::visible(const core::Visibility& who) const {
  Roaring seen = view_.listed;
  if (!who.include_private && !who.include_drafts && !who.include_deleted) return seen;
  Roaring others = view_.live - view_.listed;
  keep_if(others, [&](std::uint32_t slot) { return may_see(slot, who); });
  return seen | others;
}

bool Evaluator::may_see(std::uint32_t slot, const core::Visibility& who) const {
  const auto owned_by_any = [&](const std::vector<std::string>& organizations) {
    return std::any_of(organizations.begin(), organizations.end(),
                       [&](const std::string& id) { return is_value(slot, "owner_org", id); });
  };
  switch (columns_.state(slot)) {
    case core::State::kActive:
      return who.include_private && (who.sysadmin || owned_by_any(who.member_of));
    case core::State::kDraft: {
      const bool own = !who.user_id.empty() && is_value(slot, "creator_user_id", who.user_id);
      return who.include_drafts && (who.sysadmin || own || owned_by_any(who.editor_of));
    }
    case core::State::kDeleted:
      break;
  }
  return who.include_deleted && (who.sysadmin || owned_by_any(who.editor_of));
}

bool Evaluator::is_value(std::uint32_t slot, std::string_view field, std::string_view value) const {
  const TermColumn* terms = columns_.terms(field);
  const Roaring* documents = terms == nullptr ? nullptr : terms->find(value);
  return documents != nullptr && documents->contains(slot);
}

void Evaluator::narrow(Roaring& hits, const SearchExpr& expr) const {
  if (std::chrono::steady_clock::now() > deadline_) {
    throw SQLite::Exception("search", SQLITE_INTERRUPT);
  }
  switch (expr.kind) {
    case Kind::kAll:
      return;
    case Kind::kAnd:
      return narrow_all(hits, expr);
    case Kind::kOr:
      return narrow_any(hits, expr);
    case Kind::kNot: {
      Roaring matching = hits;
      for (const auto& child : expr.children) narrow(matching, child);
      hits -= matching;
      return;
    }
    default:
      return narrow_leaf(hits, expr);
  }
}

bool Evaluator::is_silent(const SearchExpr& expr) const {
  const auto found = answers_.find(&expr);
  return found != answers_.end() && found->second == nullptr;
}

void Evaluator::narrow_all(Roaring& hits, const SearchExpr& expr) const {
  bool said_something = false;
  for (const auto& child : expr.children) {
    if (is_silent(child)) continue;
    said_something = true;
    narrow(hits, child);
  }
  if (!said_something) hits = Roaring();
}

void Evaluator::narrow_any(Roaring& hits, const SearchExpr& expr) const {
  Roaring matching;
  for (const auto& child : expr.children) {
    Roaring part = hits;
    narrow(part, child);
    matching |= part;
  }
  hits = std::move(matching);
}

void Evaluator::narrow_leaf(Roaring& hits, const SearchExpr& expr) const {
  const IndexField field = index_field(expr.field);
  if (const auto answer = answers_.find(&expr); answer != answers_.end()) {
    if (answer->second == nullptr) {
      hits = Roaring();
    } else {
      hits &= answer->second->slots;
    }
  } else if (field.place == Place::kMemory) {
    narrow_terms(hits, expr, field);
  } else if (field.place == Place::kNumber) {
    narrow_numbers(hits, expr, field);
  } else if (field.place == Place::kText) {
    narrow_texts(hits, field);
  } else if (!value_matches(constant_of(field.name), expr)) {
    hits = Roaring();
  }
}

void Evaluator::narrow_terms(Roaring& hits, const SearchExpr& expr, const IndexField& field) const {
  const TermColumn* terms = columns_.terms(field.name);
  if (terms == nullptr) {
    hits = Roaring();
    return;
  }
  if (asks_existence(expr)) {
    hits &= terms->any();
    return;
  }
  if (expr.kind == Kind::kText || expr.kind == Kind::kEqual) {
    const Roaring* documents = terms->find(expr.value);
    if (documents == nullptr) {
      hits = Roaring();
    } else {
      hits &= *documents;
    }
    return;
  }
  Roaring matching;
  for (std::uint32_t term = 0; term < terms->term_count(); ++term) {
    if (value_matches(terms->value(term), expr)) matching |= terms->documents(term);
  }
  hits &= matching;
}

void Evaluator::narrow_numbers(Roaring& hits, const SearchExpr& expr,
                               const IndexField& field) const {
  const Interval interval = interval_of(expr, field);
  const auto& numbers = columns_.numbers(field.name);
  keep_if(hits, [&](std::uint32_t slot) {
    return !interval.empty && numbers[slot] >= interval.low && numbers[slot] <= interval.high;
  });
}

void Evaluator::narrow_texts(Roaring& hits, const IndexField& field) const {
  const std::uint32_t mask = field.name.empty() ? ~0U : 1U << text_column(field.name);
  keep_if(hits, [&](std::uint32_t slot) { return (columns_.texts(slot) & mask) != 0; });
}

}  // namespace minato::storage::sqlite::search
