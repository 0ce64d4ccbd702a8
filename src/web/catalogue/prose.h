// Descriptions as people write them, for pages: paragraphs, lists and small headings, web addresses
// as links. Markup in them is shown as it is, never passed through.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "web/frame/view.h"

namespace minato::web {

// Blocks for prose.mustache. "- ", "* " and "・" begin items, "# " and "【...】" headings; a line
// end stays one. [text](address) of Markdown is a link.
View prose(std::string_view text);

// What it is in one line: the first sentence, cut behind `limit` characters with "…".
std::string first_sentence(std::string_view text, std::size_t limit = 140);

// At most `limit` characters, with "…" when something was cut.
std::string shortened(std::string_view text, std::size_t limit);

// Without blanks and line ends at either end.
std::string_view trimmed(std::string_view text);

}  // namespace minato::web
