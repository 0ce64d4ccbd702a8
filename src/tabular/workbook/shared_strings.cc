#include "tabular/workbook/shared_strings.h"

#include "tabular/workbook/workbook_errors.h"

namespace minato::tabular {

using Event = XmlScanner::Event;

core::Result<void> read_rich_text(XmlScanner& xml, std::string& out, std::size_t max_bytes) {
  int runs = 0;
  while (true) {
    const auto event = xml.next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kEnd && runs-- == 0) return {};
    if (*event != Event::kStart) continue;
    if (xml.name() == "r") {
      ++runs;
      continue;
    }
    const bool text = xml.name() == "t" && out.size() <= max_bytes;
    const auto done = text ? xml.read_text(out, max_bytes) : xml.skip_element();
    if (!done) return done;
  }
}

core::Result<void> read_shared_strings(XmlScanner& xml, std::size_t max_cell_bytes,
                                       SharedStrings& strings) {
  std::string text;
  while (true) {
    const auto event = xml.next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kEof) return {};
    if (*event != Event::kStart || xml.name() != "si") continue;
    text.clear();
    if (auto read = read_rich_text(xml, text, max_cell_bytes); !read) return read;
    if (text.size() > max_cell_bytes) return cell_too_large(0, max_cell_bytes);
    clean_cell_text(text);
    strings.texts.push_back(strings.arena.keep(text));
    if (strings.texts.size() > SharedStrings::kMaxTexts ||
        strings.arena.bytes() > SharedStrings::kMaxBytes) {
      return workbook_too_large("文字列の量", "its texts");
    }
  }
}

}  // namespace minato::tabular
