// Text with the words that were sought marked in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/highlight.h"
#include "web/frame/view.h"

namespace minato::web {

// The parts of the text in order (marked_text.mustache): "text" and whether it is "marked".
View marked_parts(std::string_view text, const std::vector<text::Span>& spans);

// One line of what a longer text says: white space is one blank, and a text that is too long is
// cut, at a place that shows the first of the words. For lists.
std::string excerpt(std::string_view text, const std::vector<text::SoughtWord>& words);

}  // namespace minato::web
