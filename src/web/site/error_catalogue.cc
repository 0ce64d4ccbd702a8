#include "web/site/error_catalogue.h"

#include <algorithm>
#include <utility>

namespace minato::web {
namespace {

// Removes `prefix` from the front of `line`.
bool take(std::string_view& line, std::string_view prefix) {
  if (!line.starts_with(prefix)) return false;
  line.remove_prefix(prefix.size());
  return true;
}

void read_line(std::string_view line, DocumentedError& error) {
  if (take(line, "Status ")) error.status = line;
  if (take(line, "- ja: ")) error.meaning.ja = line;
  if (take(line, "- en: ")) error.meaning.en = line;
  if (take(line, "- ja cure: ")) error.cure.ja = line;
  if (take(line, "- en cure: ")) error.cure.en = line;
}

}  // namespace

std::vector<DocumentedError> parse_error_catalogue(std::string_view markdown) {
  std::vector<DocumentedError> errors;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (take(line, "## ")) {
      errors.emplace_back();
      errors.back().id = line;
    } else if (!errors.empty()) {
      read_line(line, errors.back());
    }
  }
  return errors;
}

}  // namespace minato::web
