// Other words for the same thing: what citizens say, what offices write, and how it is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "web/catalogue/search_choice.h"

namespace minato::web {

// "保育所", ... for "保育園" or "nursery"; "避難所", ... for "ひなんじょ" or "hinanjo". The
// likeliest first, without the word itself; none for a word of which nothing is known.
std::vector<std::string> kindred_words(std::string_view word);

// "text", "href", "count", "unit": the same search with one word replaced by a kindred one, where
// that finds something. Fails as a search.
core::Result<View> kindred_links(const http::Params& params, const Visit& visit);

}  // namespace minato::web
