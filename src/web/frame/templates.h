// The templates (templates/*.mustache), ready to render: partials and texts are put in once, when a
// template is first used in a language.
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

// Throws std::logic_error when there is no such template or it is malformed. Thread-safe.
std::string render_template(std::string_view name, core::Language language, const View& view);

// The names of all templates, without extension.
std::vector<std::string> template_names();

}  // namespace minato::web
