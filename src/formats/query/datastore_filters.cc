#include "formats/query/datastore_filters.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "formats/json.h"
#include "formats/query/datastore_parts.h"
#include "formats/query/literal.h"

namespace minato::formats {
namespace {

using core::Filter;
using core::FilterOp;
using core::Result;

constexpr int kMaxTests = 100;
constexpr int kMaxDepth = 10;
constexpr std::size_t kMaxListValues = 10'000;
constexpr std::string_view kParam = "filters";

constexpr std::array<std::pair<std::string_view, FilterOp>, 5> kOps = {{{"eq", FilterOp::kEq},
                                                                        {"gt", FilterOp::kGt},
                                                                        {"gte", FilterOp::kGe},
                                                                        {"lt", FilterOp::kLt},
                                                                        {"lte", FilterOp::kLe}}};

bool is_connective(std::string_view name) { return name == "$and" || name == "$or"; }

// Whether it uses what CKAN 2.12 added; its messages differ.
bool is_second_generation(const rapidjson::Value& filters) {
  if (!filters.IsObject()) return true;
  for (const auto& member : filters.GetObject()) {
    if (is_connective(text_of(member.name)) || member.value.IsObject()) return true;
    if (!member.value.IsArray()) continue;
    for (const auto& element : member.value.GetArray()) {
      if (element.IsObject()) return true;
    }
  }
  return false;
}

class FilterReader {
 public:
  FilterReader(const core::TableSchema& schema, bool second_generation)
      : schema_(schema), second_generation_(second_generation) {}

  Result<Filter> read(const rapidjson::Value& filters) {
    if (++depth_ > kMaxDepth) return fail_datastore(kParam, "Filters are nested too deeply");
    auto filter = filters.IsArray() ? any_of(filters, Filter::Kind::kOr) : all_fields(filters);
    --depth_;
    return filter;
  }

 private:
  Result<Filter> any_of(const rapidjson::Value& list, Filter::Kind kind) {
    if (!list.IsArray()) return fail_datastore_value(kParam, datastore_text(list));
    std::vector<Filter> children;
    for (const auto& element : list.GetArray()) {
      auto child = read(element);
      if (!child) return child;
      children.push_back(std::move(*child));
    }
    if (children.empty()) return Filter{};
    return datastore_join(kind, std::move(children));
  }

  Result<Filter> all_fields(const rapidjson::Value& object) {
    if (!object.IsObject()) return fail_datastore_value(kParam, datastore_text(object));
    std::vector<Filter> children;
    for (const auto& member : object.GetObject()) {
      const std::string_view name = text_of(member.name);
      if (auto counted = count_test(); !counted) return tl::unexpected(counted.error());
      auto child = is_connective(name) ? any_of(member.value, name == "$and" ? Filter::Kind::kAnd
                                                                             : Filter::Kind::kOr)
                                       : field(name, member.value);
      if (!child) return child;
      children.push_back(std::move(*child));
    }
    return datastore_join(Filter::Kind::kAnd, std::move(children));
  }

  Result<Filter> field(std::string_view name, const rapidjson::Value& wanted) {
    const bool is_escaped = name.starts_with("$$");
    const auto operand = name.starts_with('$') && !is_escaped
                             ? std::nullopt
                             : datastore_column(is_escaped ? name.substr(1) : name, schema_);
    if (!operand) {
      if (!second_generation_) return fail_datastore_value(kParam, name);
      return fail_datastore(kParam, "Unknown field: " + std::string(name.substr(0, 200)));
    }
    if (wanted.IsArray()) return one_of(*operand, wanted);
    return alternative(*operand, wanted);
  }

  // A scalar, or an object of comparisons that all hold.
  Result<Filter> alternative(const core::Operand& operand, const rapidjson::Value& wanted) {
    if (!wanted.IsObject()) return comparison(FilterOp::kEq, operand, wanted);
    std::vector<Filter> children;
    for (const auto& member : wanted.GetObject()) {
      const auto op = std::find_if(kOps.begin(), kOps.end(), [&](const auto& known) {
        return known.first == text_of(member.name);
      });
      if (op == kOps.end()) return fail_datastore_value(kParam, text_of(member.name));
      if (auto counted = count_test(); !counted) return tl::unexpected(counted.error());
      auto child = comparison(op->second, operand, member.value);
      if (!child) return child;
      children.push_back(std::move(*child));
    }
    return datastore_join(Filter::Kind::kAnd, std::move(children));
  }

  Result<Filter> one_of(const core::Operand& operand, const rapidjson::Value& list) {
    listed_values_ += list.Size();
    if (listed_values_ > kMaxListValues) return fail_datastore(kParam, "Too many values");
    std::vector<core::Value> values;
    std::vector<Filter> others;
    for (const auto& element : list.GetArray()) {
      if (element.IsObject() || element.IsNull()) {
        if (auto counted = count_test(); !counted) return tl::unexpected(counted.error());
        auto child = alternative(operand, element);
        if (!child) return child;
        others.push_back(std::move(*child));
        continue;
      }
      auto value = datastore_value(element, operand_type(operand, schema_));
      if (!value) return fail_datastore_value(kParam, datastore_text(element));
      values.push_back(std::move(*value));
    }
    if (others.empty()) return datastore_test(FilterOp::kIn, operand, std::move(values));
    if (!values.empty())
      others.push_back(datastore_test(FilterOp::kIn, operand, std::move(values)));
    return datastore_join(Filter::Kind::kOr, std::move(others));
  }

  Result<Filter> comparison(FilterOp op, const core::Operand& operand,
                            const rapidjson::Value& wanted) {
    if (wanted.IsNull() && op == FilterOp::kEq) return datastore_test(FilterOp::kIsNull, operand);
    auto value = datastore_value(wanted, operand_type(operand, schema_));
    if (!value) return fail_datastore_value(kParam, datastore_text(wanted));
    return datastore_test(op, operand, {std::move(*value)});
  }

  Result<void> count_test() {
    if (++tests_ > kMaxTests) return fail_datastore(kParam, "Too many filter operations");
    return {};
  }

  const core::TableSchema& schema_;
  bool second_generation_;
  std::size_t listed_values_ = 0;
  int tests_ = 0;
  int depth_ = 0;
};

}  // namespace

core::Result<core::Filter> parse_datastore_filters(const rapidjson::Value& filters,
                                                   const core::TableSchema& schema) {
  if (filters.IsNull()) return Filter{};
  if (filters.IsString()) {
    const std::string_view text = text_of(filters);
    if (text.empty()) return Filter{};
    const auto parsed = parse_json(text);
    if (!parsed || parsed->IsString()) return fail_datastore(kParam, "Cannot parse JSON");
    return parse_datastore_filters(*parsed, schema);
  }
  return FilterReader(schema, is_second_generation(filters)).read(filters);
}

}  // namespace minato::formats
