#include "web/catalogue/prose.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/utf8.h"

namespace minato::web {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Items of lists as municipal sites and Markdown begin them.
constexpr std::array<std::string_view, 7> kBullets = {"- ", "* ", "+ ", "・", "•", "●", "○"};

void add_text(View& pieces, std::string_view text) {
  if (text.empty()) return;
  View piece = object();
  put(piece, "is_break", false);
  put(piece, "href", false);
  put(piece, "plain", std::string(text));
  pieces.push_back(piece);
}

void add_link(View& pieces, std::string_view text, std::string_view href) {
  View piece = object();
  put(piece, "is_break", false);
  put(piece, "href", std::string(href));
  put(piece, "text", std::string(text));
  put(piece, "plain", false);
  pieces.push_back(piece);
}

void add_break(View& pieces) {
  View piece = object();
  put(piece, "is_break", true);
  put(piece, "href", false);
  put(piece, "plain", false);
  pieces.push_back(piece);
}

bool begins_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://");
}

// How much of `text`, which begins with a scheme, is the address: ASCII without blanks, quotes and
// angle brackets, and without the punctuation of the sentence around it.
std::size_t address_length(std::string_view text) {
  std::size_t end = 0;
  bool opened = false;
  while (end < text.size()) {
    const char c = text[end];
    const bool stops = static_cast<unsigned char>(c) <= 0x20 ||
                       static_cast<unsigned char>(c) >= 0x7F ||
                       std::string_view("<>\"'`{}|\\^[]").find(c) != std::string_view::npos;
    if (stops || (c == ')' && !opened)) break;
    if (c == '(') opened = true;
    ++end;
  }
  while (end > 0 && std::string_view(".,;:!?").find(text[end - 1]) != std::string_view::npos) --end;
  return end;
}

struct Link {
  std::string_view text;
  std::string_view href;
  std::size_t length = 0;  // of the whole
};

// "[text](https://...)" at the beginning.
std::optional<Link> markdown_link(std::string_view text) {
  const std::size_t middle = text.find("](");
  if (middle == std::string_view::npos || middle < 2) return std::nullopt;
  const std::string_view shown = text.substr(1, middle - 1);
  if (shown.find('[') != std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(middle + 2);
  const std::size_t end = address_length(rest);
  if (!begins_address(rest) || end >= rest.size() || rest[end] != ')') return std::nullopt;
  return Link{shown, rest.substr(0, end), middle + 2 + end + 1};
}

// A bare address with something behind its "//".
std::optional<Link> bare_link(std::string_view text) {
  const std::size_t end = address_length(text);
  const std::string_view address = text.substr(0, end);
  if (address.size() <= address.find("//") + 2) return std::nullopt;
  return Link{address, address, end};
}

void add_line(View& pieces, std::string_view line) {
  std::size_t plain = 0;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::string_view rest = line.substr(at);
    std::optional<Link> link;
    if (rest.front() == '[') link = markdown_link(rest);
    if (begins_address(rest)) link = bare_link(rest);
    if (!link) {
      ++at;
      continue;
    }
    add_text(pieces, line.substr(plain, at - plain));
    add_link(pieces, link->text, link->href);
    at += link->length;
    plain = at;
  }
  add_text(pieces, line.substr(plain));
}

// The item without its bullet; nullopt: the line is none.
std::optional<std::string_view> item_of(std::string_view line) {
  for (const std::string_view bullet : kBullets) {
    if (line.starts_with(bullet)) return trimmed(line.substr(bullet.size()));
  }
  return std::nullopt;
}

std::string heading_of(std::string_view line) {
  const std::size_t hashes = line.find_first_not_of('#');
  if (hashes != std::string_view::npos && hashes >= 1 && hashes <= 6 && line[hashes] == ' ') {
    return std::string(trimmed(line.substr(hashes)));
  }
  constexpr std::string_view kOpen = "【";
  constexpr std::string_view kClose = "】";
  const bool is_framed =
      line.starts_with(kOpen) && line.find(kClose) + kClose.size() == line.size();
  return is_framed ? std::string(line.substr(kOpen.size(), line.size() - 2 * kOpen.size())) : "";
}

// Collects lines into blocks.
class Blocks {
 public:
  void add(std::string_view line) {
    if (line.empty()) return end_block();
    if (const std::string heading = heading_of(line); !heading.empty()) return add_heading(heading);
    if (const auto item = item_of(line)) return add_item(*item);
    if (has_items_) end_block();
    if (has_lines_) add_break(pieces_);
    add_line(pieces_, line);
    has_lines_ = true;
  }
  View finish() {
    end_block();
    return std::move(blocks_);
  }

 private:
  static View block() {
    View made = object();
    put(made, "heading", false);
    put(made, "is_list", false);
    put(made, "is_paragraph", false);
    return made;
  }
  void add_heading(const std::string& heading) {
    end_block();
    View made = block();
    put(made, "heading", heading);
    blocks_.push_back(made);
  }
  void add_item(std::string_view text) {
    if (has_lines_) end_block();
    View item = object();
    View pieces = list();
    add_line(pieces, text);
    put(item, "pieces", pieces);
    items_.push_back(item);
    has_items_ = true;
  }
  void end_block() {
    if (has_lines_) {
      View made = block();
      put(made, "is_paragraph", true);
      put(made, "pieces", pieces_);
      blocks_.push_back(made);
    }
    if (has_items_) {
      View made = block();
      put(made, "is_list", true);
      put(made, "items", items_);
      blocks_.push_back(made);
    }
    has_lines_ = has_items_ = false;
    pieces_ = list();
    items_ = list();
  }

  View blocks_ = list();
  View pieces_ = list();  // of the paragraph that is open
  View items_ = list();   // of the list that is open
  bool has_lines_ = false;
  bool has_items_ = false;
};

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

View prose(std::string_view text) {
  Blocks blocks;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    blocks.add(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return blocks.finish();
}

std::string shortened(std::string_view text, std::size_t limit) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++count) {
    if (count == limit) return std::string(text.substr(0, at)) + "…";
    if (!core::next_code_point(text, at)) ++at;
  }
  return std::string(text);
}

std::string first_sentence(std::string_view text, std::size_t limit) {
  text = trimmed(text);
  std::string_view line = trimmed(text.substr(0, text.find('\n')));
  constexpr std::string_view kStop = "。";
  const std::size_t japanese = line.find(kStop);
  const std::size_t english = line.find(". ");
  if (japanese != std::string_view::npos && japanese < english) {
    line = line.substr(0, japanese + kStop.size());
  } else if (english != std::string_view::npos) {
    line = line.substr(0, english + 1);
  }
  return shortened(line, limit);
}

}  // namespace minato::web
