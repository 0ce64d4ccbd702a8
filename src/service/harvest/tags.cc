#include "service/harvest/tags.h"

#include <set>

#include "core/names.h"
#include "core/utf8.h"
#include "core/uuid.h"
#include "core/word_characters.h"
#include "text/blanks.h"
#include "text/utf8.h"

namespace minato::service {

namespace {

constexpr std::string_view kSeparators = ";,、，；､\n";

// CKAN's tags have letters, digits, blanks, "-", "_" and ".": whatever else stands between words.
std::string allowed_text(std::string_view raw) {
  std::string out;
  for (std::size_t offset = 0; offset < raw.size();) {
    const char32_t c = text::decode(raw, offset);
    const bool allowed = c == U'-' || c == U'.' || core::is_word_character(c);
    if (allowed) {
      text::append(out, c);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(text::trimmed(out));
}

void add_words(std::string_view raw, std::set<std::string>& names, Repairs& repairs) {
  for (const std::string& part : split_text(clean_text(raw, TextShape::kText), kSeparators)) {
    std::string name = allowed_text(part);
    if (names.size() >= core::kMaxTags || !core::check_tag_name(name).empty()) {
      repairs.dropped("tag", part);
    } else {
      names.insert(std::move(name));
    }
  }
}

}  // namespace

std::vector<core::Tag> read_tags(const std::vector<core::Tag>& raw,
                                 const std::vector<std::string>& more, Repairs& repairs) {
  std::set<std::string> names;
  for (const core::Tag& tag : raw) add_words(tag.name, names, repairs);
  for (const std::string& name : more) add_words(name, names, repairs);
  std::vector<core::Tag> tags;
  tags.reserve(names.size());
  for (const std::string& name : names) {
    tags.push_back({core::stable_uuid("tag", name), name, ""});
  }
  return tags;
}

}  // namespace minato::service
