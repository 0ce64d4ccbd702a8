#include "formats/query/canonical.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace minato::formats {
namespace {

using core::Filter;

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits{};
  out.append(digits.data(),
             std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

// With its length, so that no text can pass for what stands behind it.
void append_text(std::string& out, std::string_view text) {
  append_number(out, text.size());
  out += ':';
  out += text;
}

std::string value_text(const core::Value& value) {
  std::string out;
  if (const auto* flag = std::get_if<bool>(&value)) {
    out = *flag ? "t" : "f";
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    out = "i";
    append_number(out, *integer);
  } else if (const auto* number = std::get_if<double>(&value)) {
    out = "d";
    append_number(out, *number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    out = "s";
    append_text(out, *text);
  } else {
    out = "n";
  }
  return out;
}

void append_operand(std::string& out, const core::Operand& operand) {
  append_number(out, operand.column);
  if (operand.function != core::ColumnFunction::kNone) {
    out += 'f';
    append_number(out, static_cast<int>(operand.function));
  }
}

void append_list(std::string& out, std::vector<std::string> items, bool in_any_order) {
  if (in_any_order) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
  }
  out += '(';
  for (const std::string& item : items) {
    out += item;
    out += ',';
  }
  out += ')';
}

void append_filter(std::string& out, const Filter& filter) {
  constexpr std::string_view kKinds = "*&|!";
  if (filter.kind != Filter::Kind::kTest) {
    out += kKinds[static_cast<std::size_t>(filter.kind)];
    std::vector<std::string> children;
    for (const Filter& child : filter.children) children.push_back(canonical(child));
    if (filter.kind != Filter::Kind::kAll) append_list(out, std::move(children), true);
    return;
  }
  out += '?';
  append_number(out, static_cast<int>(filter.op));
  out += '@';
  append_operand(out, filter.operand);
  std::vector<std::string> values;
  for (const core::Value& value : filter.values) values.push_back(value_text(value));
  const bool is_set = filter.op == core::FilterOp::kIn || filter.op == core::FilterOp::kNotIn;
  append_list(out, std::move(values), is_set);
}

void append_sort(std::string& out, const std::vector<core::RowSort>& keys) {
  out += "|s";
  for (const core::RowSort& key : keys) {
    append_operand(out, key.operand);
    out += key.descending ? '-' : '+';
    out += key.nulls_first ? '<' : '>';
  }
}

void append_page(std::string& out, std::int64_t limit, std::int64_t offset) {
  out += "|l";
  append_number(out, limit);
  out += "|o";
  append_number(out, offset);
}

void append_columns(std::string& out, const std::vector<int>& columns) {
  out += "|c";
  for (const int column : columns) {
    append_number(out, column);
    out += ',';
  }
}

}  // namespace

std::string canonical(const core::Filter& filter) {
  std::string out;
  append_filter(out, filter);
  return out;
}

std::string canonical_walk(const core::RowQuery& query) {
  std::string out;
  append_filter(out, query.filter);
  append_sort(out, query.sort);
  if (query.near) {
    out += "|n";
    append_number(out, query.near->latitude);
    out += ',';
    append_number(out, query.near->longitude);
    if (query.near->metres) {
      out += ',';
      append_number(out, *query.near->metres);
    }
  }
  if (query.distinct) {
    out += "|d";
    append_columns(out, query.columns);
  }
  return out;
}

std::string canonical(const core::RowQuery& query) {
  std::string out = canonical_walk(query);
  append_columns(out, query.columns);
  append_page(out, query.limit, query.offset);
  if (query.after) {
    out += "|a";
    append_number(out, query.after->row);
    std::vector<std::string> keys;
    for (const core::Value& key : query.after->keys) keys.push_back(value_text(key));
    append_list(out, std::move(keys), false);
  }
  return out;
}

std::string canonical(const core::AggregateQuery& query) {
  std::string out;
  append_filter(out, query.filter);
  out += "|g";
  for (const core::Operand& group : query.groups) {
    append_operand(out, group);
    out += ',';
  }
  out += "|m";
  for (const core::MeasureExpr& measure : query.measures) {
    append_number(out, static_cast<int>(measure.measure));
    out += '@';
    if (measure.operand) append_operand(out, *measure.operand);
    append_text(out, measure.name);
  }
  out += "|h";
  append_filter(out, query.having);
  append_sort(out, query.sort);
  append_page(out, query.limit, query.offset);
  return out;
}

}  // namespace minato::formats
