#include "xml.h"

#include <cctype>
#include <charconv>
#include <stdexcept>

#include "core/utf8.h"

namespace minato::web {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  XmlElement read() {
    if (!core::is_valid_utf8(text_)) fail("not UTF-8");
    need("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    skip_blanks();
    need("<");
    XmlElement root = element();
    skip_blanks();
    if (at_ != text_.size()) fail("something behind the root");
    return root;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(what + " near \"" + std::string(text_.substr(at_, 60)) + "\"");
  }
  bool take(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  void need(std::string_view expected) {
    if (!take(expected)) fail("no " + std::string(expected));
  }
  void skip_blanks() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
            std::string_view(":-_").find(text_[at_]) != std::string_view::npos))
      ++at_;
    if (at_ == begin) fail("no name");
    return std::string(text_.substr(begin, at_ - begin));
  }
  void reference(std::string& out) {
    const std::size_t end = text_.find(';', at_);
    if (end == std::string_view::npos) fail("bare &");
    const std::string_view body = text_.substr(at_, end - at_);
    static const std::map<std::string_view, char> kNamed = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    if (const auto known = kNamed.find(body); known != kNamed.end()) {
      out += known->second;
    } else {
      unsigned code = 0;
      if (!body.starts_with('#')) fail("unknown reference");
      std::from_chars(body.data() + 1, body.data() + body.size(), code);
      if (code == 0) fail("bad reference");
      core::append_utf8(out, static_cast<char32_t>(code));
    }
    at_ = end + 1;
  }
  // Up to one of `ends`, which stays.
  std::string characters(std::string_view ends) {
    std::string out;
    while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') fail("control character");
      if (c == '<') fail("bare <");
      ++at_;
      if (c == '&') {
        reference(out);
      } else {
        out += static_cast<char>(c);
      }
    }
    return out;
  }
  XmlElement element() {
    XmlElement made;
    made.name = name();
    for (;;) {
      skip_blanks();
      if (take("/>")) return made;
      if (take(">")) break;
      const std::string attribute = name();
      need("=\"");
      if (!made.attributes.emplace(attribute, characters("\"")).second) fail("double attribute");
      need("\"");
    }
    for (;;) {
      made.text += characters("<");
      if (take("</")) {
        if (name() != made.name) fail("wrong end of " + made.name);
        need(">");
        return made;
      }
      need("<");
      made.children.push_back(element());
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<const XmlElement*> XmlElement::all(std::string_view wanted) const {
  std::vector<const XmlElement*> found;
  for (const XmlElement& child : children) {
    if (child.name == wanted) found.push_back(&child);
  }
  return found;
}

const XmlElement* XmlElement::only(std::string_view wanted) const {
  const auto found = all(wanted);
  return found.size() == 1 ? found.front() : nullptr;
}

XmlElement read_xml(std::string_view text) { return Reader(text).read(); }

}  // namespace minato::web
