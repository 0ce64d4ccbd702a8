// Pulls XML apart in bounded memory: sheets may be hundreds of megabytes. Reads what Office Open
// XML allows and no more: UTF-8 or UTF-16, no document type (so no entities but the five of XML and
// characters by number). Namespace prefixes are dropped: writers are free to choose them.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "tabular/workbook/package.h"
#include "text/encoding.h"

namespace minato::tabular {

class XmlScanner {
 public:
  enum class Event { kStart, kEnd, kText, kEof };
  static constexpr int kMaxDepth = 256;
  static constexpr std::size_t kMaxTagBytes = std::size_t{1} << 20;

  explicit XmlScanner(std::unique_ptr<PartStream> part);

  // The next event; an empty element is kStart and kEnd. Text may come in several pieces. Views
  // live until the next call. Fails with "workbook-damaged".
  core::Result<Event> next();
  // Of kStart and kEnd, without prefix.
  [[nodiscard]] std::string_view name() const { return name_; }
  // Of kText, with references resolved and line ends as "\n".
  [[nodiscard]] std::string_view text() const { return text_; }
  // Of kStart, as written; only attributes without prefix. Enough for references, numbers and names
  // of types.
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;

  // Behind kStart: goes behind the matching kEnd.
  core::Result<void> skip_element();
  // Behind kStart: appends the element's own text and goes behind its kEnd. Of a text beyond
  // `max_bytes` only so much is kept, and a little more, by which the caller notices.
  core::Result<void> read_text(std::string& out, std::size_t max_bytes);

 private:
  core::Result<void> begin();
  core::Result<bool> refill();
  core::Result<bool> require(std::size_t bytes);
  core::Result<bool> skip_past(std::string_view mark);
  core::Result<Event> tag();
  core::Result<bool> markup_declaration();
  core::Result<std::size_t> tag_end();
  core::Result<bool> plain_text();
  core::Result<bool> cdata_text();
  [[nodiscard]] bool starts(std::string_view mark) const;
  Event open_tag(std::string_view body);

  std::unique_ptr<PartStream> part_;
  std::string buffer_;
  std::size_t begin_ = 0;  // what is not consumed: [begin_, end_)
  std::size_t end_ = 0;
  bool at_end_ = false;
  std::unique_ptr<text::Decoder> decoder_;  // of a part in UTF-16
  bool first_ = true;
  bool pending_end_ = false;
  bool in_cdata_ = false;
  int depth_ = 0;
  std::string_view name_;
  std::string_view attributes_;
  std::string_view text_;
  std::string decoded_;
};

// Appends `text` with "&amp;", "&#12354;" and the like resolved; what is no reference stays.
void append_xml_text(std::string& out, std::string_view text);

}  // namespace minato::tabular
