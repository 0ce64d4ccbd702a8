#include "web/catalogue/municipality_map.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/catalogue/dataset_count.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

// From 1; `width` and `height` in cells. The grid is 10 cells wide and 7 high, made from the
// latitude and longitude of the town halls and moved by hand until no two share a cell.
struct Tile {
  std::string_view code;
  int column;
  int row;
  int width = 1;
  int height = 1;
};

constexpr std::array<Tile, 34> kTiles = {{
    {"140007", 1, 1, 3, 2},  // 神奈川県
    {"141003", 8, 2, 3, 3},  // 横浜市
    {"141305", 7, 1, 4, 1},  // 川崎市
    {"141500", 4, 1, 3, 2},  // 相模原市
    {"142018", 10, 5},       // 横須賀市
    {"142034", 5, 6},        // 平塚市
    {"142042", 8, 5},        // 鎌倉市
    {"142051", 7, 5},        // 藤沢市
    {"142069", 2, 6},        // 小田原市
    {"142077", 6, 6},        // 茅ヶ崎市
    {"142085", 9, 5},        // 逗子市
    {"142107", 10, 6},       // 三浦市
    {"142115", 4, 4},        // 秦野市
    {"142123", 5, 4},        // 厚木市
    {"142131", 7, 3},        // 大和市
    {"142140", 5, 5},        // 伊勢原市
    {"142158", 6, 4},        // 海老名市
    {"142166", 6, 3},        // 座間市
    {"142174", 1, 5},        // 南足柄市
    {"142182", 7, 4},        // 綾瀬市
    {"143014", 9, 6},        // 葉山町
    {"143219", 6, 5},        // 寒川町
    {"143413", 4, 6},        // 大磯町
    {"143421", 3, 6},        // 二宮町
    {"143618", 4, 5},        // 中井町
    {"143626", 3, 5},        // 大井町
    {"143634", 3, 4},        // 松田町
    {"143642", 1, 4, 2, 1},  // 山北町
    {"143669", 2, 5},        // 開成町
    {"143821", 1, 6},        // 箱根町
    {"143839", 2, 7},        // 真鶴町
    {"143847", 1, 7},        // 湯河原町
    {"144011", 5, 3},        // 愛川町
    {"144029", 4, 3},        // 清川村
}};

const Tile* tile_of(std::string_view code) {
  const auto found = std::find_if(kTiles.begin(), kTiles.end(),
                                  [code](const Tile& tile) { return tile.code == code; });
  return found == kTiles.end() ? nullptr : &*found;
}

// Classes of catalogue.css: the strict policy for styles leaves no other way to say a place.
std::string classes_of(const Tile& tile) {
  return "at-c" + std::to_string(tile.column) + " at-r" + std::to_string(tile.row) + " at-w" +
         std::to_string(tile.width) + " at-h" + std::to_string(tile.height);
}

struct Freshness {
  const char* shade;  // class
  const char* text;   // key
};

Freshness freshness_of(std::optional<core::Timestamp> newest, core::Timestamp now) {
  constexpr std::int64_t kDay = std::int64_t{24} * 3600 * 1'000'000;
  if (!newest) return {"fresh-none", "home_fresh_none"};
  const std::int64_t age = now.us - newest->us;
  if (age <= 30 * kDay) return {"fresh-month", "home_fresh_month"};
  if (age <= 365 * kDay) return {"fresh-year", "home_fresh_year"};
  return {"fresh-old", "home_fresh_old"};
}

View place_view(const core::Group& group, const AllGroupFacts& facts,
                const service::Directory& directory, const Visit& visit) {
  View item = object();
  put_text(item, "title", {group.title, group.title_en}, visit.language);
  put(item, "href", visit.link("/organization/" + http::percent_encode(group.name)));
  put_count(item, directory.dataset_count(group.id), visit.texts);
  const std::optional<core::Timestamp>& newest = facts.of(group.id).newest;
  put(item, "day", newest ? display_day(*newest, visit.language) : "");
  put(item, "iso", newest ? core::to_rfc3339(*newest) : "");
  const Freshness freshness = freshness_of(newest, visit.catalog.now());
  put(item, "shade", freshness.shade);
  put(item, "freshness", visit.texts[freshness.text]);
  const auto* kind = core::find_municipality_kind(group.municipality_kind);
  const bool english = visit.language == core::Language::kEn;
  put(item, "kind", english && kind != nullptr ? kind->english : group.municipality_kind);
  const Tile* tile = tile_of(group.name);
  put(item, "place", tile != nullptr ? classes_of(*tile) : "");
  return item;
}

}  // namespace

void put_places(View& view, const AllGroupFacts& facts, const service::Directory& directory,
                const Visit& visit) {
  std::vector<const core::Group*> ordered;
  for (const core::Group& group : directory.groups(core::GroupKind::kOrganization)) {
    ordered.push_back(&group);
  }
  std::sort(ordered.begin(), ordered.end(),
            [](const core::Group* a, const core::Group* b) { return a->name < b->name; });
  View places = list();
  View others = list();
  for (const core::Group* group : ordered) {
    View item = place_view(*group, facts, directory, visit);
    (tile_of(group->name) != nullptr ? places : others).push_back(item);
  }
  put(view, "has_places", places.is_non_empty_list());
  put(view, "places", places);
  put(view, "has_other_places", others.is_non_empty_list());
  put(view, "other_places", others);
}

}  // namespace minato::web
