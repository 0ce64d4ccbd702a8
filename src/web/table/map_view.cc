#include "web/table/map_view.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "formats/rows/cell_text.h"
#include "formats/rows/geojson_rows.h"
#include "http/handlers/tables/row_pages.h"
#include "web/frame/display.h"
#include "web/table/cell_html.h"
#include "web/table/map_names.h"
#include "web/table/row_pager.h"

namespace minato::web {
namespace {

constexpr std::size_t kNameCharacters = 120;
constexpr std::int64_t kRowsPerFetch = 2'000;

std::string number(double value) {
  std::array<char, formats::kMaxNumberBytes> text{};
  return {text.data(), formats::write_number(text.data(), value)};
}

// The state without a condition of that name.
TableState without(const TableState& state, std::string_view name) {
  const http::Params& conditions = state.conditions();
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (conditions[i].first == name) return without(state.without_condition(i), name);
  }
  return state;
}

bool is_condition(const TableState& state, std::string_view name) {
  const http::Params& conditions = state.conditions();
  return std::any_of(conditions.begin(), conditions.end(),
                     [name](const auto& condition) { return condition.first == name; });
}

// One row by its number, as the page of the table shows it. `row` may be a mark for scripts.
std::string row_link(const TableVisit& visit, const std::string& row) {
  return visit.link(visit.state.without_conditions()
                        .with("view", "table")
                        .with("sort", "")
                        .with_condition("where", "_row=" + row));
}

// What static/map.js reads; {…} in capitals is filled in there.
void put_map(View& view, const TableVisit& visit, const std::optional<std::size_t>& names) {
  http::Params rows = visit.state.filter_parameters();
  rows.emplace_back("select",
                    names ? "name:" + column_item(visit.schema(), *names) : std::string("_row"));
  rows.emplace_back("limit", std::to_string(kRowsPerFetch));
  put(view, "rows_url", visit.data("rows.geojson", rows));
  http::Params version;
  if (const std::string text = visit.state.value("version"); !text.empty()) {
    version.emplace_back("version", text);
  }
  put(view, "row_url", visit.data("rows/ROW", version));
  put(view, "row_href", row_link(visit, "ROW"));
  put(view, "area_href", visit.link(without(visit.state, "bbox").with_condition("bbox", "AREA")));
  put(view, "near_href", visit.link(without(visit.state, "near").with_condition("near", "PLACE")));
  const auto& box = visit.schema().bbox;
  put(view, "bbox",
      box ? number(box->west) + "," + number(box->south) + "," + number(box->east) + "," +
                number(box->north)
          : std::string());
  put(view, "tiles", visit.visit.sources.options.map_tiles);
  put(view, "attribution", visit.visit.sources.options.map_attribution);
}

// Coordinates of a row, as the file has them.
std::string place_text(std::span<const core::ValueView> values, const formats::GeoPlaces& places,
                       const Texts& texts) {
  if (places.point) return cell_text(values[*places.point], false, texts);
  const std::string latitude = cell_text(values[*places.latitude], false, texts);
  const std::string longitude = cell_text(values[*places.longitude], false, texts);
  return latitude.empty() || longitude.empty() ? "" : latitude + ", " + longitude;
}

struct ListRead {
  View rows = list();
  std::int64_t returned = 0;
  bool has_more = false;
};

View list_row(std::span<const core::ValueView> values, const formats::GeoPlaces& places,
              bool has_name, const TableVisit& visit) {
  const Texts& texts = visit.texts();
  const auto row = std::to_string(std::get<std::int64_t>(values[*places.row_number]));
  const ShortText name = has_name
                             ? first_characters(cell_text(values[0], false, texts), kNameCharacters)
                             : ShortText{};
  const std::string place = place_text(values, places, texts);
  View item = object();
  put(item, "row", row);
  put(item, "name",
      name.text.empty() ? texts.with("map_row", {{"row", row}})
                        : name.text + (name.is_cut ? "…" : ""));
  put(item, "href", row_link(visit, row));
  put(item, "place", first_characters(place, kNameCharacters).text);
  return item;
}

core::Result<ListRead> read_list(storage::TableReader& reader, const TableVisit& visit,
                                 const std::optional<std::size_t>& names) {
  core::RowQuery query = visit.question.query;
  query.columns.clear();
  query.distinct = false;
  if (names) query.columns.push_back(static_cast<int>(*names));
  const auto places = formats::place_columns(visit.schema(), query.columns);
  query.limit = visit.state.page_size() + 1;
  query.offset = (visit.state.page() - 1) * visit.state.page_size();
  ListRead read;
  if (!places) return read;
  auto cursor = reader.rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return read;
    if (read.returned == visit.state.page_size()) {
      read.has_more = true;
      return read;
    }
    ++read.returned;
    read.rows.push_back(list_row((*cursor)->values(), *places, names.has_value(), visit));
  }
}

std::string list_words(const TableVisit& visit, const ListRead& read, const core::RowCount& count) {
  const Texts& texts = visit.texts();
  if (read.returned == 0) return texts["map_no_rows"];
  const std::int64_t first = (visit.state.page() - 1) * visit.state.page_size() + 1;
  return texts.with(count.exact ? "map_list_range" : "map_list_range_least",
                    {{"count", display_count(count.value)},
                     {"first", display_count(first)},
                     {"last", display_count(first + read.returned - 1)}});
}

}  // namespace

std::string tile_origin(const std::string& tiles) {
  const std::size_t scheme = tiles.find("://");
  if (web_address(tiles).empty() || scheme == std::string::npos) return "";
  std::string origin = tiles.substr(0, tiles.find('/', scheme + 3));
  // Leaflet puts a, b or c there.
  constexpr std::string_view kSubdomain = "{s}.";
  if (const std::size_t at = origin.find(kSubdomain); at != std::string::npos) {
    origin.replace(at, kSubdomain.size(), "*.");
  }
  const bool sound = origin.find_first_of(" ;,'\"{}\r\n\t") == std::string::npos;
  return sound ? origin : "";
}

core::Result<ViewPart> map_view(const TableVisit& visit) {
  ViewPart part;
  if (is_too_far(visit.state)) {
    part = too_far_view(visit);
    put(part.view, "too_far", true);
    return part;
  }
  const auto names = place_names(visit.schema());
  auto reader = visit.visit.sources.tables.read(visit.table);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto read = read_list(**reader, visit, names);
  if (!read) return tl::unexpected(std::move(read).error());
  const auto count = http::tables::count_rows(**reader, visit.question, formats::CountMode::kAuto);
  if (!count) return tl::unexpected(count.error());
  part.styles = {"leaflet.css", "MarkerCluster.css", "map.css"};
  part.scripts = {"map.js"};
  part.image_origin = tile_origin(visit.visit.sources.options.map_tiles);
  put(part.view, "too_far", false);
  put_map(part.view, visit, names);
  put(part.view, "is_near", is_condition(visit.state, "near"));
  put(part.view, "name_heading",
      names ? visit.schema().columns[*names].name : visit.texts()["map_row_heading"]);
  put(part.view, "result", list_words(visit, *read, **count));
  put(part.view, "has_rows", read->returned > 0);
  part.view["rows"] = std::move(read->rows);
  put_pager(part.view, visit, {read->has_more, **count});
  return part;
}

}  // namespace minato::web
