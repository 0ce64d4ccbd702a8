#include "web/frame/texts.h"

#include <embedded/pieces.h>

#include <stdexcept>

#include "formats/json.h"

namespace minato::web {

Texts::Texts(std::string_view json) {
  const auto document = formats::parse_json(json);
  if (!document) throw std::logic_error("texts: " + document.error().message.en);
  for (const auto& [name, value] : document->GetObject()) {
    if (!value.IsString()) throw std::logic_error("texts: a value is no string");
    texts_.emplace(formats::text_of(name), formats::text_of(value));
  }
}

const Texts& Texts::in(core::Language language) {
  static const Texts ja(pieces::file("ja.json"));
  static const Texts en(pieces::file("en.json"));
  return language == core::Language::kJa ? ja : en;
}

const std::string& Texts::operator[](std::string_view key) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) throw std::logic_error("no text " + std::string(key));
  return found->second;
}

std::string Texts::with(
    std::string_view key,
    std::initializer_list<std::pair<std::string_view, std::string>> values) const {
  const std::string& pattern = (*this)[key];
  std::string out;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = std::min(pattern.find('{', at), pattern.size());
    const std::size_t close = pattern.find('}', open);
    out.append(pattern, at, open - at);
    if (close == std::string::npos) break;
    const auto name = std::string_view(pattern).substr(open + 1, close - open - 1);
    for (const auto& [known, value] : values) {
      if (known == name) out += value;
    }
    at = close + 1;
  }
  return out;
}

}  // namespace minato::web
