#include "web/catalogue/dataset_count.h"

#include "web/frame/display.h"

namespace minato::web {

void put_count(View& view, std::int64_t count, const Texts& texts) {
  put(view, "count", display_count(count));
  put(view, "unit", texts[count == 1 ? "home_unit_one" : "home_unit"]);
}

std::string datasets_in_words(std::int64_t count, const Texts& texts) {
  return texts.with(count == 1 ? "found_one" : "found", {{"count", display_count(count)}});
}

}  // namespace minato::web
