// Values for templates. Everything a template writes with {{...}} is escaped for HTML text and
// quoted attributes; only finished HTML of our own goes through {{{...}}}.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::web {

using View = kainjow::mustache::data;

inline View object() { return View(View::type::object); }
inline View list() { return View(View::type::list); }

// Sets `key`. Empty text is set as false, so that {{#key}} leaves its section out and never sees a
// value of that name further out.
inline void put(View& view, const std::string& key, const std::string& text) {
  view.set(key, text.empty() ? View(false) : View(text));
}
inline void put(View& view, const std::string& key, bool flag) { view.set(key, View(flag)); }
inline void put(View& view, const std::string& key, View value) { view.set(key, std::move(value)); }
inline void put(View& view, const std::string& key, const char* text) {
  put(view, key, std::string(text));
}

// What a person wrote in one language, on a page of perhaps another: "<key>", and "<key>_lang" for
// the lang attribute when the languages differ.
void put_text(View& view, const std::string& key, const core::LocalizedText& text,
              core::Language page);

}  // namespace minato::web
