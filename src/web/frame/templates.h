// The templates (templates/*.mustache), ready to render: partials and texts are put in, and all is
// compiled once, for all threads.
//
// {{>name}}   another template, in its place
// {{t.key}}   the text `key` of the page's language, escaped; an unknown key is a std::logic_error
// all else    Mustache, from the view
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "web/frame/view.h"

namespace minato::web {

// Compiles all templates; else the first page does it. Throws std::logic_error when one is
// malformed.
void load_templates();

// Throws std::logic_error when there is no such template or one is malformed. Thread-safe.
std::string render_template(std::string_view name, core::Language language, const View& view);

// The names of all templates, without extension.
std::vector<std::string> template_names();

}  // namespace minato::web
