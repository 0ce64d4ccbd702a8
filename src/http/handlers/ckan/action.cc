#include "http/handlers/ckan/action.h"

namespace minato::http::ckan {
namespace {

void append_part(std::string& text, core::Language language, const Action& action) {
  const bool ja = language == core::Language::kJa;
  text += action.summary.in(language);
  text += "\n\n";
  text += ja ? "パラメーター:\n" : "Parameters:\n";
  if (action.parameters.empty()) text += ja ? "  なし\n" : "  none\n";
  for (const auto& parameter : action.parameters) {
    text += "  ";
    text += parameter.name;
    text += ": " + parameter.meaning.in(language) + "\n";
  }
  text += ja ? "\n結果: " : "\nResult: ";
  text += action.result.in(language);
  text += '\n';
}

}  // namespace

std::string help_text(const Action& action) {
  std::string text;
  append_part(text, core::Language::kJa, action);
  text += "\n----\n\n";
  append_part(text, core::Language::kEn, action);
  return text;
}

}  // namespace minato::http::ckan
