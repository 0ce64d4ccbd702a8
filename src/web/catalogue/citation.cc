#include "web/catalogue/citation.h"

#include <string_view>

#include "web/frame/display.h"

namespace minato::web {
namespace {

// For LaTeX text. Line ends become blanks: a field is one line.
std::string latex(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '{':
      case '}':
      case '$':
      case '&':
      case '#':
      case '%':
      case '_':
        out += '\\';
        out += c;
        break;
      case '\n':
      case '\r':
      case '\t':
        out += ' ';
        break;
      default:
        out += c;
    }
  }
  return out;
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.append("  ").append(name).append(" = {").append(value).append("},\n");
}

}  // namespace

std::string citation_text(const CitedWork& work, core::Language language) {
  const std::string day = display_day(work.issued, language);
  if (language == core::Language::kJa) {
    std::string text = work.publisher + "「" + work.title + "」";
    if (!work.version.empty()) text += "（" + work.version + "）";
    return text + work.site + "、" + day + "更新、" + work.url;
  }
  std::string text = work.publisher.empty() ? "" : work.publisher + ". ";
  text += "\"" + work.title + "\"";
  if (!work.version.empty()) text += " (" + work.version + ")";
  return text + " [dataset]. " + work.site + ", updated " + day + ". " + work.url;
}

std::string citation_bibtex(const CitedWork& work) {
  // The year in Japan.
  const std::string day = display_day(work.issued, core::Language::kEn);
  const std::string year = day.size() > 4 ? day.substr(day.size() - 4) : day;
  std::string out = "@misc{" + work.key + ",\n";
  add_field(out, "title", "{" + latex(work.title) + "}");
  add_field(out, "author", work.publisher.empty() ? "" : "{" + latex(work.publisher) + "}");
  add_field(out, "year", year);
  add_field(out, "publisher", latex(work.site));
  add_field(out, "version", latex(work.version));
  add_field(out, "note", latex(work.license));
  add_field(out, "howpublished", "\\url{" + work.url + "}");
  return out + "}";
}

}  // namespace minato::web
