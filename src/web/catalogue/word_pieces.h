// Words without blanks between them. A word of a query has to stand in a dataset as it is, but
// nobody who types "横浜市人口" means those five characters in a row.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "web/catalogue/search_choice.h"

namespace minato::web {

// Whether the catalogue knows a piece; each call costs a search.
using KnowsPiece = std::function<bool(const std::string& piece)>;

struct Pieces {
  std::string query;      // "" when nothing can be cut, or a word has no known piece
  bool is_whole = false;  // nothing but particles and signs was left out
};

// The query of a search box with its unknown words cut into known pieces: "横浜市人口" gives
// "横浜市 人口", "AEDの場所" gives "AED 場所", "避難諸" gives "避難", which is not the whole. As
// few pieces as there can be; at most half of a word is lost. Quoted and excluded words stay as
// they are.
Pieces in_pieces(std::string_view query, const KnowsPiece& knows);

// The same for the words of a search page; the catalogue tells what is known. Fails as a search.
core::Result<Pieces> known_pieces(const http::Params& params, const Visit& visit);

}  // namespace minato::web
