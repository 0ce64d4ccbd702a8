#include "core/table.h"

#include <array>
#include <charconv>

namespace minato::core {
namespace {

constexpr std::array<std::pair<ColumnType, std::string_view>, 7> kTypeNames{{
    {ColumnType::kString, "string"},
    {ColumnType::kInteger, "integer"},
    {ColumnType::kNumber, "number"},
    {ColumnType::kBoolean, "boolean"},
    {ColumnType::kDate, "date"},
    {ColumnType::kDatetime, "datetime"},
    {ColumnType::kTime, "time"},
}};

}  // namespace

std::string_view column_type_name(ColumnType type) {
  for (const auto& [value, name] : kTypeNames) {
    if (value == type) {
      return name;
    }
  }
  return "string";
}

std::optional<ColumnType> column_type_of(std::string_view name) {
  for (const auto& [value, text] : kTypeNames) {
    if (text == name) {
      return value;
    }
  }
  return std::nullopt;
}

Value to_value(const ValueView& view) {
  return std::visit(
      [](const auto& value) -> Value {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string_view>) {
          return std::string(value);
        } else {
          return value;
        }
      },
      view);
}

ValueView to_view(const Value& value) {
  return std::visit(
      [](const auto& owned) -> ValueView {
        if constexpr (std::is_same_v<std::decay_t<decltype(owned)>, std::string>) {
          return std::string_view(owned);
        } else {
          return owned;
        }
      },
      value);
}

std::optional<std::size_t> TableSchema::find(std::string_view name_or_alias) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name_or_alias) {
      return i;
    }
  }
  if (name_or_alias.size() < 2 || name_or_alias.front() != 'c' || name_or_alias[1] == '0') {
    return std::nullopt;
  }
  std::size_t place = 0;
  const char* end = name_or_alias.data() + name_or_alias.size();
  const auto [rest, error] = std::from_chars(name_or_alias.data() + 1, end, place);
  if (error != std::errc() || rest != end || place == 0 || place > columns.size()) {
    return std::nullopt;
  }
  return place - 1;
}

}  // namespace minato::core
