#include "web/table/chart_data.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/utf8.h"
#include "core/word_characters.h"
#include "formats/rows/cell_text.h"

namespace minato::web {
namespace {

using formats::AggregateRequest;

constexpr std::int64_t kMostGroups = 10'000;  // read to tell how many there are
constexpr std::int64_t kMostPoints = 1'000;   // of a line

// Whether the API's language reads it as one name without backticks.
bool is_plain(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "and",  "or",   "not",   "in", "is",  "like", "between",
      "null", "true", "false", "as", "asc", "desc", "distinct"};
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  if (std::find(kWords.begin(), kWords.end(), name) != kWords.end()) return false;
  for (std::size_t at = 0; at < name.size();) {
    const auto c = core::next_code_point(name, at);
    if (!c || !(core::is_word_character(*c) || *c == '_')) return false;
    // Keywords may be written in capitals.
    if (*c >= 'A' && *c <= 'Z') return false;
  }
  return true;
}

std::string quoted(std::string_view name) {
  if (is_plain(name)) return std::string(name);
  std::string out = "`";
  for (const char c : name) {
    out += c;
    if (c == '`') out += c;
  }
  return out + "`";
}

struct Grouping {
  std::string group;               // the parameter
  std::vector<std::string> names;  // of its columns
};

Grouping grouping_of(const ChartX& x, const TableVisit& visit) {
  const std::string& name = visit.schema().columns[x.column].name;
  const std::string item = quoted(name);
  if (x.part == DatePart::kNone) return {item, {name}};
  Grouping grouping;
  const auto add = [&](const std::string& function, const char* ending) {
    const std::string as = name + visit.texts()[ending];
    if (!grouping.group.empty()) grouping.group += ",";
    grouping.group += function + "(" + item + ") as " + quoted(as);
    grouping.names.push_back(as);
  };
  if (x.part != DatePart::kMonth) add("year", "chart_as_year");
  if (x.part != DatePart::kYear) add("month", "chart_as_month");
  return grouping;
}

std::string measure_of(const ChartY& y, const core::TableSchema& schema) {
  if (!y.column) return "count(*)";
  const std::string text = spelled(y, schema);
  return text.substr(0, text.find('(') + 1) + quoted(schema.columns[*y.column].name) + ")";
}

struct Measures {
  std::string agg;   // the parameter; the value comes last
  std::string sort;  // the parameter; may be empty
};

// `taken`: names that the answer's other columns have.
Measures measures_of(const ChartChoice& choice, std::vector<std::string> taken,
                     const std::string& y_name, const TableVisit& visit) {
  const auto named = [&taken](std::string name) {
    while (std::find(taken.begin(), taken.end(), name) != taken.end()) name += "_2";
    taken.push_back(name);
    return quoted(name);
  };
  Measures measures;
  if (choice.order == ChartOrder::kFile) {
    measures.sort = named(visit.texts()["chart_as_first_row"]);
    measures.agg = "min(_row) as " + measures.sort + ",";
  }
  const std::string value = named(y_name);
  if (choice.order == ChartOrder::kValue) measures.sort = "-" + value;
  measures.agg += measure_of(choice.y, visit.schema()) + " as " + value;
  return measures;
}

// All the columns by which the answer is to be sorted, the other way round.
std::string descending(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ",";
    out += "-" + quoted(name);
  }
  return out;
}

// `keys`: columns of the answer before its value; more of them only sort it.
core::Result<std::vector<ChartGroup>> run(const TableVisit& visit, const http::Params& parameters,
                                          std::size_t keys) {
  const auto asked = formats::parse_aggregate_request({parameters, visit.schema()});
  if (!asked) return tl::unexpected(asked.error());
  auto reader = visit.visit.sources.tables.read(visit.table);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto cursor = (*reader)->aggregate(asked->query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  std::vector<ChartGroup> groups;
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return groups;
    const auto values = (*cursor)->values();
    ChartGroup group;
    for (std::size_t i = 0; i < keys; ++i) group.x.push_back(core::to_value(values[i]));
    group.y = core::to_value(values.back());
    groups.push_back(std::move(group));
  }
}

http::Params with(http::Params parameters, const std::string& sort, std::int64_t limit) {
  if (!sort.empty()) parameters.emplace_back("sort", sort);
  parameters.emplace_back("limit", std::to_string(limit));
  return parameters;
}

// Exact as long as all are whole numbers that fit.
core::Value total_of(const std::vector<ChartGroup>& groups, std::size_t from) {
  std::int64_t whole = 0;
  double sum = 0;
  bool is_whole = true;
  for (std::size_t i = from; i < groups.size(); ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&groups[i].y)) {
      sum += static_cast<double>(*number);
      is_whole = is_whole && !__builtin_add_overflow(whole, *number, &whole);
    } else if (const auto* real = std::get_if<double>(&groups[i].y)) {
      sum += *real;
      is_whole = false;
    }
  }
  return is_whole ? core::Value(whole) : core::Value(sum);
}

bool adds_up(const ChartY& y) { return !y.column || y.measure == core::Measure::kSum; }

// Of things in time the latest matter most.
bool keeps_latest(const ChartChoice& choice, const core::TableSchema& schema) {
  const ChartAxis axis = axis_of(choice.x, schema);
  return choice.order == ChartOrder::kLabel && axis != ChartAxis::kNames &&
         axis != ChartAxis::kOrdered && axis != ChartAxis::kNumbers;
}

}  // namespace

http::Params aggregate_filter(const TableVisit& visit) {
  http::Params filter = visit.state.filter_parameters();
  std::erase_if(filter, [](const auto& parameter) { return parameter.first == "near"; });
  const auto& near = visit.question.query.near;
  if (!near || !near->metres) return filter;
  std::string within = "within_distance(";
  for (const double number : {near->latitude, near->longitude, *near->metres}) {
    std::array<char, formats::kMaxNumberBytes> text{};
    if (within.back() != '(') within += ", ";
    within.append(text.data(), formats::write_number(text.data(), number));
  }
  within += ")";
  for (auto& [name, value] : filter) {
    if (name != "where") continue;
    value = "(" + value + ") and " + within;
    return filter;
  }
  filter.emplace_back("where", within);
  return filter;
}

core::Result<ChartFigures> read_figures(const TableVisit& visit, const ChartChoice& choice,
                                        const std::string& y_name) {
  const Grouping grouping = grouping_of(choice.x, visit);
  const std::size_t keys = grouping.names.size();
  const Measures measures = measures_of(choice, grouping.names, y_name, visit);
  std::string sort = measures.sort;
  ChartFigures figures;
  http::Params question = aggregate_filter(visit);
  question.emplace_back("group", grouping.group);
  question.emplace_back("agg", measures.agg);

  const std::int64_t most = choice.is_line ? kMostPoints : choice.top;
  auto all = run(visit, with(question, sort, kMostGroups), keys);
  if (!all) return tl::unexpected(std::move(all).error());
  const auto count = static_cast<std::int64_t>(all->size());
  if (count > most && keeps_latest(choice, visit.schema())) {
    sort = descending(grouping.names);
    all = run(visit, with(question, sort, kMostGroups), keys);
    if (!all) return tl::unexpected(std::move(all).error());
    figures.is_latest = true;
  }
  figures.parameters = with(question, sort, most);
  figures.others = std::max<std::int64_t>(0, count - most);
  figures.others_exact = count < kMostGroups;
  if (figures.others > 0) {
    const auto kept = static_cast<std::size_t>(most);
    if (adds_up(choice.y) && figures.others_exact) figures.others_total = total_of(*all, kept);
    all->resize(kept);
  }
  figures.groups = std::move(*all);
  return figures;
}

}  // namespace minato::web
