#include "web/frame/templates.h"

#include <embedded/pieces.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "http/error_encoder.h"
#include "web/frame/texts.h"

namespace minato::web {
namespace {

using kainjow::mustache::mustache;

constexpr std::string_view kExtension = ".mustache";
constexpr int kMaxPartialDepth = 8;

std::string_view source_of(std::string_view name) {
  const std::string_view text = pieces::file(std::string(name) + std::string(kExtension));
  if (text.empty()) throw std::logic_error("no template " + std::string(name));
  return text;
}

// Replaces each "{{<mark>NAME}}" by what `value` makes of NAME.
template <typename Value>
std::string replaced(std::string_view text, std::string_view mark, const Value& value) {
  const std::string open = "{{" + std::string(mark);
  std::string out;
  for (;;) {
    const std::size_t at = text.find(open);
    if (at == std::string_view::npos) break;
    const std::size_t end = text.find("}}", at);
    if (end == std::string_view::npos) throw std::logic_error("template: {{ without }}");
    out += text.substr(0, at);
    out += value(text.substr(at + open.size(), end - at - open.size()));
    text.remove_prefix(end + 2);
  }
  return out += text;
}

std::string with_partials(std::string_view name, int depth = 0) {
  if (depth > kMaxPartialDepth) throw std::logic_error("templates include each other");
  return replaced(source_of(name), ">", [depth](std::string_view partial) {
    std::string text = with_partials(partial, depth + 1);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  });
}

std::unique_ptr<mustache> compiled(std::string_view name, core::Language language) {
  const Texts& texts = Texts::in(language);
  const std::string text = replaced(with_partials(name), "t.", [&texts](std::string_view key) {
    return http::escape_html(texts[key]);
  });
  auto made = std::make_unique<mustache>(text);
  if (!made->is_valid()) throw std::logic_error(std::string(name) + ": " + made->error_message());
  return made;
}

using AllTemplates = std::map<std::pair<std::string, core::Language>, std::unique_ptr<mustache>>;

AllTemplates compile_all() {
  AllTemplates all;
  for (const std::string& name : template_names()) {
    for (const core::Language language : {core::Language::kJa, core::Language::kEn}) {
      all[{name, language}] = compiled(name, language);
    }
  }
  return all;
}

// Threads share them: rendering only reads a mustache that has neither partials nor lambdas.
const AllTemplates& all_templates() {
  static const AllTemplates all = compile_all();
  return all;
}

}  // namespace

void load_templates() { all_templates(); }

std::string render_template(std::string_view name, core::Language language, const View& view) {
  const auto found = all_templates().find({std::string(name), language});
  if (found == all_templates().end()) throw std::logic_error("no template " + std::string(name));
  return found->second->render(view);
}

std::vector<std::string> template_names() {
  std::vector<std::string> names;
  for (const auto& file : pieces::files()) {
    if (file.name.ends_with(kExtension)) {
      names.emplace_back(file.name.substr(0, file.name.size() - kExtension.size()));
    }
  }
  return names;
}

}  // namespace minato::web
