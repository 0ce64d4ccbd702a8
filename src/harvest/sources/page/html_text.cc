#include "harvest/sources/page/html_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/blanks.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxTextBytes = 64 * 1024;

constexpr std::array<std::string_view, 39> kBlocks = {
    "address", "article", "aside", "blockquote", "body",  "br",       "caption",    "center",
    "dd",      "details", "div",   "dl",         "dt",    "fieldset", "figcaption", "figure",
    "footer",  "form",    "h1",    "h2",         "h3",    "h4",       "h5",         "h6",
    "header",  "hr",      "li",    "main",       "nav",   "ol",       "p",          "pre",
    "section", "summary", "table", "tbody",      "thead", "tr",       "ul"};

// Collects lines; a blank is written only between words.
class Lines {
 public:
  void add(std::string_view raw) {
    while (!raw.empty() && bytes_ < kMaxTextBytes) {
      if (const std::size_t blank = text::leading_blank(raw)) {
        raw.remove_prefix(blank);
        blank_ = true;
        continue;
      }
      const auto byte = static_cast<unsigned char>(raw[0]);
      if (byte < 0x20 || byte == 0x7F) {
        raw.remove_prefix(1);
        blank_ = true;
        continue;
      }
      if (blank_ && !line_.empty()) line_ += ' ';
      blank_ = false;
      std::size_t length = 1;
      if (byte >= 0x80) {
        while (length < raw.size() && (static_cast<unsigned char>(raw[length]) & 0xC0U) == 0x80) {
          ++length;
        }
      }
      line_ += raw.substr(0, length);
      bytes_ += length;
      raw.remove_prefix(length);
    }
  }
  void blank() { blank_ = true; }
  void end_line() {
    if (!line_.empty()) lines_.push_back(std::move(line_));
    line_.clear();
    blank_ = false;
  }
  [[nodiscard]] bool full() const { return bytes_ >= kMaxTextBytes; }
  std::vector<std::string> take() {
    end_line();
    return std::move(lines_);
  }

 private:
  std::vector<std::string> lines_;
  std::string line_;
  std::size_t bytes_ = 0;
  bool blank_ = false;
};

}  // namespace

bool is_block(std::string_view tag) {
  return std::find(kBlocks.begin(), kBlocks.end(), tag) != kBlocks.end();
}

std::vector<std::string> lines_of(const HtmlDocument& document, NodeId id,
                                  const TextOptions& options) {
  Lines lines;
  std::vector<NodeId> open_blocks;
  const NodeId end = document.node(id).end;
  for (NodeId at = id; at < end && !lines.full();) {
    while (!open_blocks.empty() && at >= document.node(open_blocks.back()).end) {
      lines.end_line();
      open_blocks.pop_back();
    }
    const HtmlNode& node = document.node(at);
    const bool skipped = options.skip != nullptr && (*options.skip)[at];
    if (skipped || node.tag == "rt" || node.tag == "rp" || node.tag == "head") {
      if (is_block(node.tag)) lines.end_line();
      lines.blank();
      at = node.end;
      continue;
    }
    if (!node.is_element()) {
      lines.add(node.text);
    } else if (is_block(node.tag)) {
      lines.end_line();
      open_blocks.push_back(at);
    } else if (node.tag == "td" || node.tag == "th") {
      lines.blank();
    } else if (node.tag == "img" && options.with_alt) {
      lines.blank();
      lines.add(node.attribute("alt"));
      lines.blank();
    }
    ++at;
  }
  return lines.take();
}

std::string text_of(const HtmlDocument& document, NodeId id, const TextOptions& options) {
  std::string out;
  for (const std::string& line : lines_of(document, id, options)) {
    if (!out.empty()) out += ' ';
    out += line;
  }
  return out;
}

}  // namespace minato::harvest
