#include "web/table/table_state.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "http/url.h"

namespace minato::web {
namespace {

// In the order they stand in links; conditions come after the first three.
constexpr std::size_t kBeforeConditions = 3;
constexpr std::array<std::string_view, 12> kOwn = {"view",   "part",  "version", "sort",
                                                   "select", "limit", "chart",   "x",
                                                   "y",      "order", "top",     "page"};
// Fields of the page's forms: read by form_target.h, never part of a state.
constexpr std::array<std::string_view, 4> kFields = {"f_column", "f_op", "f_value", "f_select"};
// Parameters of the API without a meaning here.
constexpr std::array<std::string_view, 16> kOfApi = {
    "cursor", "offset", "count", "shape", "bom",    "encoding", "excel",    "format",
    "lang",   "fields", "group", "agg",   "having", "facet",    "distinct", "token"};
constexpr std::array<std::string_view, 4> kFilters = {"where", "q", "bbox", "near"};
constexpr std::array<std::string_view, 7> kViews = {"table",    "columns", "map",    "chart",
                                                    "download", "api",     "reading"};
constexpr std::array<std::string_view, 9> kMarks = {"fbclid", "gclid",  "yclid", "dclid", "msclkid",
                                                    "mc_cid", "mc_eid", "_ga",   "igshid"};
constexpr std::int64_t kUsualPageSize = 50;
constexpr std::array<std::int64_t, 4> kPageSizes = {20, 50, 100, 200};

template <typename Range, typename Value>
bool contains(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

// What mail and advertising systems add to links.
bool is_mark(std::string_view name) { return name.starts_with("utm_") || contains(kMarks, name); }

std::size_t order_of(std::string_view name) {
  return static_cast<std::size_t>(std::find(kOwn.begin(), kOwn.end(), name) - kOwn.begin());
}

std::int64_t number_in(const std::string& text, std::int64_t otherwise) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  return fault == std::errc{} && rest == end && number > 0 ? number : otherwise;
}

core::Result<formats::RowsRequest> parse(const http::Params& params,
                                         const core::TableSchema& schema) {
  return formats::parse_rows_request({params, schema}, formats::RowsDoor::kExport);
}

// Words that filters and lists read as one name without backticks.
bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '_';
  });
}

// "The cell is empty" said with a value: forms leave out fields that have none.
http::Params::value_type with_value(const std::string& name, const std::string& value,
                                    const core::TableSchema& schema) {
  if (!value.empty()) return {name, value};
  if (schema.find(name)) return {name + "__null", "true"};
  if (name.ends_with("__null") || name.ends_with("__notnull")) return {name, "true"};
  if (name.ends_with("__ne")) return {name.substr(0, name.size() - 2) + "notnull", "true"};
  return {name, value};
}

std::string alias_of(std::size_t column) { return "c" + std::to_string(column + 1); }

// By its alias where another column does not bear that name.
std::string alias_or_name(const core::TableSchema& schema, std::size_t column) {
  const std::string alias = alias_of(column);
  return schema.find(alias) == column ? alias : schema.columns[column].name;
}

}  // namespace

TableState TableState::read(const http::Params& params, const core::TableSchema& schema) {
  TableState state;
  for (const auto& [name, value] : params) {
    if (contains(kOwn, name)) {
      if (state.value(name).empty()) state = state.with(name, value);
    } else if (contains(kFields, name)) {
      continue;
    } else if (contains(kFilters, name)) {
      // An empty search field of a form says nothing.
      if (value.find_first_not_of(" \t\r\n") != std::string::npos) {
        state.conditions_.emplace_back(name, value);
      }
    } else if ((!contains(kOfApi, name) && !is_mark(name)) || schema.find(name)) {
      state.conditions_.push_back(with_value(name, value, schema));
    }
  }
  // with() leads back to the first page.
  for (const auto& [name, value] : params) {
    if (name == "page") state = state.with("page", value);
  }
  return state;
}

std::string TableState::value(std::string_view name) const {
  for (const auto& own : own_) {
    if (own.first == name) return own.second;
  }
  return "";
}

std::string TableState::view() const {
  std::string name = value("view");
  return contains(kViews, name) ? name : "table";
}

std::int64_t TableState::page() const { return number_in(value("page"), 1); }

std::int64_t TableState::page_size() const {
  const std::int64_t size = number_in(value("limit"), kUsualPageSize);
  return contains(kPageSizes, size) ? size : kUsualPageSize;
}

std::span<const std::int64_t> TableState::page_sizes() { return kPageSizes; }

TableState TableState::with(std::string_view name, std::string value) const {
  TableState changed = *this;
  std::erase_if(changed.own_, [name](const auto& own) {
    return own.first == name || (own.first == "page" && name != "view");
  });
  const bool is_default = (name == "view" && value == "table") ||
                          (name == "page" && value == "1") || (name == "part" && value == "1") ||
                          (name == "limit" && value == std::to_string(kUsualPageSize));
  if (value.empty() || is_default) return changed;
  const auto after =
      std::find_if(changed.own_.begin(), changed.own_.end(),
                   [name](const auto& own) { return order_of(own.first) > order_of(name); });
  changed.own_.emplace(after, std::string(name), std::move(value));
  return changed;
}

TableState TableState::with_condition(std::string name, std::string value) const {
  TableState changed = with("page", "");
  const std::pair<std::string, std::string> condition{std::move(name), std::move(value)};
  if (!contains(changed.conditions_, condition)) changed.conditions_.push_back(condition);
  return changed;
}

TableState TableState::without_condition(std::size_t place) const {
  TableState changed = with("page", "");
  if (place < conditions_.size()) {
    changed.conditions_.erase(changed.conditions_.begin() + static_cast<std::ptrdiff_t>(place));
  }
  return changed;
}

TableState TableState::without_conditions() const {
  TableState changed = with("page", "");
  changed.conditions_.clear();
  return changed;
}

http::Params TableState::parameters() const {
  http::Params params;
  for (const auto& own : own_) {
    if (order_of(own.first) < kBeforeConditions) params.push_back(own);
  }
  params.insert(params.end(), conditions_.begin(), conditions_.end());
  for (const auto& own : own_) {
    if (order_of(own.first) >= kBeforeConditions) params.push_back(own);
  }
  return params;
}

std::string TableState::query() const {
  const std::string text = http::build_query(parameters());
  return text.empty() ? "" : "?" + text;
}

http::Params TableState::filter_parameters() const {
  http::Params params = conditions_;
  if (const std::string version = value("version"); !version.empty()) {
    params.emplace_back("version", version);
  }
  return params;
}

http::Params TableState::rows_parameters() const {
  http::Params params = filter_parameters();
  for (const char* name : {"sort", "select"}) {
    if (std::string text = value(name); !text.empty()) params.emplace_back(name, std::move(text));
  }
  return params;
}

core::Result<formats::RowsRequest> TableState::question(const core::TableSchema& schema) const {
  return parse(rows_parameters(), schema);
}

std::vector<TableState::Fault> TableState::faults(const core::TableSchema& schema) const {
  std::vector<Fault> faults;
  const auto look_at = [&](const std::string& name, const std::string& value, TableState without) {
    auto parsed = parse({{name, value}}, schema);
    if (!parsed) faults.push_back({name, value, std::move(parsed.error()), std::move(without)});
  };
  for (std::size_t i = 0; i < conditions_.size(); ++i) {
    look_at(conditions_[i].first, conditions_[i].second, without_condition(i));
  }
  for (const char* name : {"version", "sort", "select"}) {
    if (const std::string text = value(name); !text.empty()) look_at(name, text, with(name, ""));
  }
  if (!faults.empty()) return faults;
  // Each is sound by itself: what is wrong is that one is given twice, or that they are too many.
  if (auto all = question(schema); !all) {
    faults.push_back({"", "", std::move(all.error()), without_conditions()});
  }
  return faults;
}

bool is_page_parameter(std::string_view name) {
  return contains(kOwn, name) || contains(kFields, name) || contains(kOfApi, name) ||
         contains(kFilters, name);
}

std::string column_parameter(const core::TableSchema& schema, std::size_t column) {
  const std::string& name = schema.columns[column].name;
  return is_page_parameter(name) || is_mark(name) ? alias_or_name(schema, column) : name;
}

std::string column_item(const core::TableSchema& schema, std::size_t column) {
  const std::string& name = schema.columns[column].name;
  return is_plain_name(name) ? name : alias_or_name(schema, column);
}

}  // namespace minato::web
