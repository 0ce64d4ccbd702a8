// Every text of a dataset, for rules that hold for all of them.
#pragma once

#include <functional>
#include <string>

#include "core/dataset.h"
#include "core/names.h"

namespace minato::service {

using TextVisitor = std::function<void(const std::string& pointer, const std::string& text)>;

// With its JSON Pointer: "/resources/0/extras/1/value". Ids that the catalogue gave are left out.
void visit_texts(const core::Dataset& dataset, const TextVisitor& visit);

// Valid UTF-8 without control characters other than tab and line ends, and not longer than
// core::kMaxTextBytes.
core::ErrorDetails check_texts(const core::Dataset& dataset);
// The same for one text.
void check_text(core::ErrorDetails& wrongs, const std::string& pointer, const std::string& text);

}  // namespace minato::service
