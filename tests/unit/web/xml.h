// A strict reader of the XML that feeds and sitemaps are written in (no DTD, comments or CDATA),
// for tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace minato::web {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;  // decoded
  std::string text;                               // decoded; of the element itself
  std::vector<XmlElement> children;

  [[nodiscard]] std::vector<const XmlElement*> all(std::string_view name) const;
  // The only child of that name; nullptr when there is none or more than one.
  [[nodiscard]] const XmlElement* only(std::string_view name) const;
};

// Throws std::runtime_error with the place where it is not well-formed.
XmlElement read_xml(std::string_view text);

}  // namespace minato::web
