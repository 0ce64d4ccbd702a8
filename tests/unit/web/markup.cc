#include "markup.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace minato::web {
namespace {

const std::set<std::string, std::less<>> kVoid = {"meta", "link", "input", "br", "hr", "img"};

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

class Reader {
 public:
  explicit Reader(std::string_view html) : html_(html) {}

  Markup read() {
    if (!take("<!DOCTYPE html>")) fault("no doctype");
    while (at_ < html_.size()) {
      if (take("</")) {
        close();
      } else if (take("<")) {
        open();
      } else {
        text();
      }
    }
    if (!stack_.empty()) fault("not closed: " + stack_.back());
    return std::move(markup_);
  }

 private:
  bool take(std::string_view expected) {
    if (!html_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  void fault(const std::string& what) {
    markup_.faults.push_back(what + " near \"" + std::string(html_.substr(at_, 40)) + "\"");
  }
  std::string name() {
    const std::size_t begin = at_;
    while (at_ < html_.size() && is_name(html_[at_])) ++at_;
    return std::string(html_.substr(begin, at_ - begin));
  }
  // Ends at the closing quote or the next tag; '&' must begin a reference.
  std::string characters(char end) {
    const std::size_t begin = at_;
    while (at_ < html_.size() && html_[at_] != end) {
      if (html_[at_] == '&' && html_.find(';', at_) - at_ > 8) fault("bare &");
      if (html_[at_] == '<' || (end == '<' && html_[at_] == '>')) {
        fault("bare angle bracket");
        break;
      }
      ++at_;
    }
    return std::string(html_.substr(begin, at_ - begin));
  }
  void text() {
    const std::size_t before = at_;
    characters('<');
    if (at_ == before) ++at_;
  }
  void open() {
    Element element{name(), {}};
    if (element.name.empty()) return fault("empty tag");
    while (at_ < html_.size() && !take(">")) {
      if (take(" ") || take("\n")) continue;
      const std::string attribute = name();
      if (attribute.empty()) {
        fault("bad attribute");
        ++at_;
        continue;
      }
      std::string value;
      if (take("=\"")) {
        value = characters('"');
        if (!take("\"")) fault("unquoted end");
      }
      if (!element.attributes.emplace(attribute, value).second) fault("double " + attribute);
    }
    if (!kVoid.contains(element.name)) stack_.push_back(element.name);
    // Raw text: nothing in it is markup until its end tag.
    if (element.name == "script") at_ = std::min(html_.find("</script", at_), html_.size());
    markup_.elements.push_back(std::move(element));
  }
  void close() {
    const std::string closed = name();
    if (!take(">")) fault("bad end tag");
    if (stack_.empty() || stack_.back() != closed) return fault("wrong end tag " + closed);
    stack_.pop_back();
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::vector<std::string> stack_;
  Markup markup_;
};

}  // namespace

std::size_t Markup::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      elements.begin(), elements.end(), [name](const Element& e) { return e.name == name; }));
}

std::vector<std::string> Markup::values(std::string_view attribute) const {
  std::vector<std::string> values;
  for (const Element& element : elements) {
    const auto found = element.attributes.find(std::string(attribute));
    if (found != element.attributes.end()) values.push_back(found->second);
  }
  return values;
}

Markup read_markup(std::string_view html) { return Reader(html).read(); }

}  // namespace minato::web
