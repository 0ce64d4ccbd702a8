// Texts as literals of other languages, for snippets that people copy. Control characters and those
// that nobody sees or that turn the direction of text are escaped: what is copied is what is read.
#pragma once

#include <string>
#include <string_view>

namespace minato::web {

// True when a text has characters that must be escaped though they are no syntax anywhere.
bool has_unseen(std::string_view text);

// 'it'\''s' for POSIX shells. REQUIRES: nothing unseen (the shell has no escapes for it).
std::string shell_quoted(std::string_view text);
std::string python_literal(std::string_view text);      // "..."
std::string javascript_literal(std::string_view text);  // "..."
std::string r_literal(std::string_view text);           // "..."
// "..." of Power Query's M; with # in front it is a quoted identifier.
std::string m_literal(std::string_view text);

}  // namespace minato::web
