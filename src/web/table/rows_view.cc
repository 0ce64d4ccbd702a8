#include "web/table/rows_view.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "web/frame/display.h"
#include "web/table/cell_html.h"
#include "web/table/column_chooser.h"
#include "web/table/column_kind.h"
#include "web/table/conditions.h"
#include "web/table/row_count.h"
#include "web/table/row_pager.h"

namespace minato::web {
namespace {

using core::Operand;

// Shown unless columns were chosen, and at most.
constexpr std::size_t kUsualColumns = 30;
constexpr std::size_t kMaxColumns = 100;
// The column that heads the rows is looked for among the first ones.
constexpr std::size_t kHeadColumns = 6;
constexpr std::size_t kNameCharacters = 80;

struct ShownColumn {
  int place = 0;  // in the schema, or Operand::kRowId
  std::string name;
  bool is_number = false;
  bool is_grouped = false;
  bool heads_rows = false;
};

const core::TableColumn* column_at(const core::TableSchema& schema, int place) {
  return place < 0 ? nullptr : &schema.columns[static_cast<std::size_t>(place)];
}

// How well the column says what its row is about: a name that hardly ever comes twice before codes,
// and those before numbers. 0: not at all.
int heading_worth(const core::TableColumn& column, std::int64_t rows) {
  const core::ColumnStatistics& statistics = column.statistics;
  const bool hardly_repeats = statistics.nulls == 0 && statistics.distinct * 10 >= rows * 9;
  if (column.type == core::ColumnType::kString && is_label(column) && hardly_repeats) return 3;
  if (!names_rows(column, rows)) return 0;
  return column.type == core::ColumnType::kString ? 2 : 1;
}

void mark_head(std::vector<ShownColumn>& columns, const core::TableSchema& schema) {
  ShownColumn* head = nullptr;
  int most = 0;
  for (std::size_t i = 0; i < columns.size() && i < kHeadColumns; ++i) {
    const core::TableColumn* column = column_at(schema, columns[i].place);
    if (column == nullptr || columns[i].is_grouped) continue;  // nor an amount that always differs
    const int worth = heading_worth(*column, schema.rows);
    if (worth <= most) continue;
    most = worth;
    head = &columns[i];
  }
  if (head != nullptr) head->heads_rows = true;
}

std::vector<ShownColumn> shown_columns(const TableVisit& visit) {
  const core::TableSchema& schema = visit.schema();
  const std::vector<int>& places = visit.question.query.columns;
  const std::size_t most = visit.state.value("select").empty() ? kUsualColumns : kMaxColumns;
  std::vector<ShownColumn> columns;
  for (std::size_t i = 0; i < places.size() && i < most; ++i) {
    ShownColumn shown;
    shown.place = places[i];
    shown.name = visit.question.names[i];
    const core::TableColumn* column = column_at(schema, places[i]);
    shown.is_number = column == nullptr || is_number_type(column->type);
    shown.is_grouped = column != nullptr && is_amount(*column, schema.rows);
    columns.push_back(std::move(shown));
  }
  mark_head(columns, schema);
  return columns;
}

// How the rows are sorted by the column now, and the link that sorts them otherwise: first
// ascending, then descending, then as in the file.
void put_sorting(View& view, const TableVisit& visit, int place) {
  const auto& sort = visit.question.query.sort;
  const bool is_first = !sort.empty() && sort.front().operand == Operand{place};
  const bool descending = is_first && sort.front().descending;
  const std::string item = place == Operand::kRowId
                               ? "_row"
                               : column_item(visit.schema(), static_cast<std::size_t>(place));
  put(view, "sorted", !is_first ? "" : descending ? "descending" : "ascending");
  put(view, "mark", !is_first ? "" : descending ? "▼" : "▲");
  const std::string next = !is_first ? item : descending ? "" : "-" + item;
  put(view, "href", visit.link(visit.state.with("sort", next)));
}

View heading(const ShownColumn& shown, const TableVisit& visit) {
  View view = object();
  const core::TableColumn* column = column_at(visit.schema(), shown.place);
  const ShortText name = first_characters(shown.name, kNameCharacters);
  put(view, "name", name.text + (name.is_cut ? "…" : ""));
  put(view, "key", "sort-c" + std::to_string(shown.place + 1));
  put(view, "number", shown.is_number);
  put(view, "unit", column == nullptr ? "" : column->unit);
  const bool has_title = column != nullptr && !column->title.empty() && column->title != shown.name;
  put(view, "title", has_title ? first_characters(column->title, kNameCharacters).text : "");
  put_sorting(view, visit, shown.place);
  return view;
}

struct RowsRead {
  View rows = list();
  std::int64_t returned = 0;
  bool has_more = false;
};

std::string row_of(const TableVisit& visit, std::int64_t number) {
  return visit.data("rows/" + std::to_string(number));
}

core::Result<RowsRead> read_rows(storage::TableReader& reader, const TableVisit& visit,
                                 const std::vector<ShownColumn>& columns) {
  core::RowQuery query = visit.question.query;
  query.columns = {Operand::kRowId};
  for (const ShownColumn& column : columns) query.columns.push_back(column.place);
  query.limit = visit.state.page_size() + 1;
  query.offset = (visit.state.page() - 1) * visit.state.page_size();
  auto cursor = reader.rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  RowsRead read;
  CellWriter writer(visit.texts());
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return read;
    if (read.returned == visit.state.page_size()) {
      read.has_more = true;
      return read;
    }
    ++read.returned;
    const auto values = (*cursor)->values();
    const std::string href = row_of(visit, std::get<std::int64_t>(values[0]));
    std::string html;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ShownColumn& column = columns[i];
      writer.append(html, {values[i + 1], column.is_number, column.is_grouped, column.heads_rows},
                    href);
    }
    View row = object();
    put(row, "cells", html);
    read.rows.push_back(row);
  }
}

// The last page tells by itself how many there are.
core::Result<core::RowCount> counted(storage::TableReader& reader, const TableVisit& visit,
                                     const RowsRead& read) {
  if (read.has_more || read.returned == 0) return row_count(reader, visit.question);
  return core::RowCount{(visit.state.page() - 1) * visit.state.page_size() + read.returned, true};
}

std::string count_words(const core::RowCount& count, const Texts& texts) {
  const std::string number = display_count(count.value);
  return count.exact ? number : texts.with("table_at_least", {{"count", number}});
}

// "1,234 行のうち 51〜100 行目".
std::string result_words(const TableVisit& visit, const RowsRead& read,
                         const core::RowCount& count) {
  const Texts& texts = visit.texts();
  const std::int64_t first = (visit.state.page() - 1) * visit.state.page_size() + 1;
  const bool is_narrowed = !visit.state.conditions().empty();
  if (read.returned == 0) return texts[is_narrowed ? "table_no_match" : "table_no_rows"];
  return texts.with(is_narrowed ? "table_result_narrowed" : "table_result",
                    {{"count", count_words(count, texts)},
                     {"all", display_count(visit.schema().rows)},
                     {"first", display_count(first)},
                     {"last", display_count(first + read.returned - 1)}});
}

// The same conditions with those on texts as words, which do not mind width or old characters;
// empty: there are none.
std::string loosened(const TableVisit& visit) {
  const core::TableSchema& schema = visit.schema();
  const http::Params& conditions = visit.state.conditions();
  TableState loose = visit.state.without_conditions();
  bool is_looser = false;
  for (const auto& condition : conditions) {
    const auto on_column = column_condition(condition, schema);
    const bool exact =
        on_column && schema.columns[on_column->column].type == core::ColumnType::kString &&
        (on_column->op == core::FilterOp::kEq || on_column->op == core::FilterOp::kContains ||
         on_column->op == core::FilterOp::kStartsWith ||
         on_column->op == core::FilterOp::kEndsWith);
    is_looser = is_looser || exact;
    loose = exact ? loose.with_condition(condition_parameter(schema, on_column->column, "search"),
                                         condition.second)
                  : loose.with_condition(condition.first, condition.second);
  }
  return is_looser ? visit.link(loose) : "";
}

// What the page's conditions leave, as files; the buttons above give all rows.
void put_files(View& view, const TableVisit& visit) {
  const bool is_narrowed = !visit.state.conditions().empty();
  put(view, "is_narrowed", is_narrowed);
  if (!is_narrowed) return;
  http::Params csv = visit.state.rows_parameters();
  csv.insert(csv.end(), {{"bom", "true"}, {"excel", "true"}});
  put(view, "these_xlsx", visit.data("export.xlsx", visit.state.rows_parameters()));
  put(view, "these_csv", visit.data("export.csv", csv));
}

void put_size_links(View& view, const TableVisit& visit) {
  View sizes = list();
  for (const std::int64_t size : TableState::page_sizes()) {
    View link = object();
    put(link, "size", std::to_string(size));
    put(link, "href", visit.link(visit.state.with("limit", std::to_string(size))));
    put(link, "current", size == visit.state.page_size());
    sizes.push_back(link);
  }
  view["sizes"] = std::move(sizes);
}

}  // namespace

core::Result<ViewPart> rows_view(const TableVisit& visit) {
  const std::vector<ShownColumn> columns = shown_columns(visit);
  if (is_too_far(visit.state)) return too_far_view(visit);
  auto reader = visit.visit.sources.tables.read(visit.table);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto read = read_rows(**reader, visit, columns);
  if (!read) return tl::unexpected(std::move(read).error());
  const auto count = counted(**reader, visit, *read);
  if (!count) return tl::unexpected(count.error());
  ViewPart part;
  View headings = list();
  for (const ShownColumn& column : columns) headings.push_back(heading(column, visit));
  put(part.view, "result", result_words(visit, *read, *count));
  put(part.view, "has_rows", read->returned > 0);
  put(part.view, "loosened",
      read->returned == 0 && visit.state.page() == 1 ? loosened(visit) : std::string());
  put(part.view, "behind_the_end", read->returned == 0 && visit.state.page() > 1);
  put(part.view, "first_page", visit.link(visit.state.with("page", "")));
  put(part.view, "is_sorted", !visit.state.value("sort").empty());
  put(part.view, "unsorted", visit.link(visit.state.with("sort", "")));
  part.view["headings"] = std::move(headings);
  part.view["rows"] = std::move(read->rows);
  put_size_links(part.view, visit);
  put_files(part.view, visit);
  put_column_chooser(part.view, visit, columns.size());
  put_pager(part.view, visit, {read->has_more, *count});
  return part;
}

}  // namespace minato::web
