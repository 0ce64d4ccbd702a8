// Numbers of datasets in words, in the singular where a language has one.
#pragma once

#include <cstdint>
#include <string>

#include "web/frame/texts.h"
#include "web/frame/view.h"

namespace minato::web {

// "count": 1,234 and "unit": 件, dataset or datasets.
void put_count(View& view, std::int64_t count, const Texts& texts);
// "1,234 datasets"
std::string datasets_in_words(std::int64_t count, const Texts& texts);

}  // namespace minato::web
