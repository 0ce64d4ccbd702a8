// What a reader sees of a part of a page.
#pragma once

#include <string>
#include <vector>

#include "harvest/sources/page/html_document.h"

namespace minato::harvest {

// One entry per node: true for the roots of parts that are passed over.
using NodeMask = std::vector<bool>;

// Lines as blocks and <br> make them, without empty ones; blanks collapsed. Ruby readings are left
// out; pictures count by their alt when `with_alt`. At most 64 KB. `skip` may be null.
struct TextOptions {
  const NodeMask* skip = nullptr;
  bool with_alt = false;
};
std::vector<std::string> lines_of(const HtmlDocument& document, NodeId id,
                                  const TextOptions& options = {});

// The same in one line.
std::string text_of(const HtmlDocument& document, NodeId id, const TextOptions& options = {});

bool is_block(std::string_view tag);

}  // namespace minato::harvest
