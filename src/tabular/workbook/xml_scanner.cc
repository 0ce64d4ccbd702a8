#include "tabular/workbook/xml_scanner.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "core/utf8.h"
#include "tabular/workbook/workbook_errors.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kBufferBytes = 131'072;
constexpr std::size_t kMaxReference = 16;  // "&#x0010FFFF;" and some zeros

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

tl::unexpected<core::Error> bad_xml() { return workbook_damaged("XML の構文", "its XML syntax"); }

// The characters of "amp" or "#x3042"; false: no reference.
bool append_reference(std::string& out, std::string_view name) {
  constexpr std::pair<std::string_view, char> kNamed[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [known, character] : kNamed) {
    if (name == known) {
      out += character;
      return true;
    }
  }
  if (name.size() < 2 || name[0] != '#') return false;
  const bool hex = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  if (error != std::errc() || end != digits.data() + digits.size() || code > 0x10FFFF ||
      (code >= 0xD800 && code <= 0xDFFF)) {
    return false;
  }
  core::append_utf8(out, static_cast<char32_t>(code));
  return true;
}

// So much of the end of `text` may be one half of a reference or of CRLF.
std::size_t unfinished_tail(std::string_view text) {
  if (!text.empty() && text.back() == '\r') return 1;
  const std::string_view tail = text.substr(text.size() - std::min(text.size(), kMaxReference));
  const std::size_t reference = tail.rfind('&');
  if (reference == std::string_view::npos || tail.find(';', reference) != std::string_view::npos) {
    return 0;
  }
  return tail.size() - reference;
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

void append_xml_text(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t special = std::min(text.find_first_of("&\r", at), text.size());
    out.append(text, at, special - at);
    at = special;
    if (at == text.size()) return;
    if (text[at] == '\r') {  // XML 1.0 s2.11
      out += '\n';
      at += at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
      continue;
    }
    const std::size_t end = text.substr(at, kMaxReference).find(';');
    if (end != std::string_view::npos && append_reference(out, text.substr(at + 1, end - 1))) {
      at += end + 1;
    } else {
      out += text[at++];
    }
  }
}

XmlScanner::XmlScanner(std::unique_ptr<PartStream> part)
    : part_(std::move(part)), buffer_(kBufferBytes, '\0') {}

// More bytes behind end_; moves what is not consumed, so views die. False at the end of the part.
core::Result<bool> XmlScanner::refill() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) {
    if (buffer_.size() > kMaxTagBytes) return bad_xml();
    buffer_.resize(buffer_.size() * 2);
  }
  const std::size_t room = decoder_ ? (buffer_.size() - end_) / 4 + 1 : buffer_.size() - end_;
  const auto got = part_->read(buffer_.data() + end_, std::min(room, buffer_.size() - end_));
  if (!got) return tl::unexpected(got.error());
  at_end_ = *got == 0;
  if (!decoder_) {
    end_ += *got;
    return !at_end_;
  }
  std::string utf8;
  decoder_->decode(std::string_view(buffer_).substr(end_, *got), utf8);
  if (at_end_) decoder_->finish(utf8);
  buffer_.replace(end_, std::string::npos, utf8);
  end_ += utf8.size();
  if (buffer_.size() < kBufferBytes) buffer_.resize(kBufferBytes);
  return !at_end_ || !utf8.empty();
}

// The byte order mark decides; without one it is UTF-8.
core::Result<void> XmlScanner::begin() {
  const auto enough = require(3);
  if (!enough) return tl::unexpected(enough.error());
  if (starts("\xEF\xBB\xBF")) begin_ += 3;
  const bool little = starts("\xFF\xFE");
  if (!little && !starts("\xFE\xFF")) return {};
  decoder_ = text::make_decoder(little ? text::Encoding::kUtf16le : text::Encoding::kUtf16be);
  decoded_.clear();
  decoder_->decode(std::string_view(buffer_).substr(begin_, end_ - begin_), decoded_);
  end_ = decoded_.size();
  if (buffer_.size() < end_) buffer_.resize(end_);
  std::copy(decoded_.begin(), decoded_.end(), buffer_.begin());
  begin_ = 0;
  return {};
}

core::Result<bool> XmlScanner::require(std::size_t bytes) {
  while (end_ - begin_ < bytes) {
    const auto more = refill();
    if (!more || !*more) return more;
  }
  return true;
}

bool XmlScanner::starts(std::string_view mark) const {
  return std::string_view(buffer_).substr(begin_, end_ - begin_).starts_with(mark);
}

core::Result<bool> XmlScanner::skip_past(std::string_view mark) {
  while (true) {
    const auto rest = std::string_view(buffer_).substr(begin_, end_ - begin_);
    if (const std::size_t found = rest.find(mark); found != std::string_view::npos) {
      begin_ += found + mark.size();
      return true;
    }
    begin_ = end_ - std::min(rest.size(), mark.size() - 1);
    const auto more = refill();
    if (!more) return more;
    if (!*more) return bad_xml();
  }
}

core::Result<XmlScanner::Event> XmlScanner::next() {
  if (pending_end_) {
    pending_end_ = false;
    --depth_;
    return Event::kEnd;
  }
  if (std::exchange(first_, false)) {
    if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
  }
  while (true) {
    const auto more = require(1);
    if (!more) return tl::unexpected(more.error());
    if (!*more) {
      if (depth_ > 0 || in_cdata_) return bad_xml();
      return Event::kEof;
    }
    if (in_cdata_ || buffer_[begin_] != '<') {
      const auto found = in_cdata_ ? cdata_text() : plain_text();
      if (!found) return tl::unexpected(found.error());
      if (*found && depth_ > 0) return Event::kText;
      continue;
    }
    const auto markup = markup_declaration();
    if (!markup) return tl::unexpected(markup.error());
    if (!*markup) return tag();
  }
}

// Comments, processing instructions, and the begin of CDATA; false: it is a tag.
core::Result<bool> XmlScanner::markup_declaration() {
  const auto enough = require(2);
  if (!enough) return enough;
  if (starts("<?")) return skip_past("?>");
  if (!starts("<!")) return false;
  if (const auto long_enough = require(9); !long_enough) return long_enough;
  if (starts("<!--")) {
    begin_ += 4;
    return skip_past("-->");
  }
  if (!starts("<![CDATA[") || depth_ == 0) return bad_xml();  // no DTD: ISO/IEC 29500-2 s8.1.4
  begin_ += 9;
  in_cdata_ = true;
  return true;
}

core::Result<bool> XmlScanner::plain_text() {
  while (true) {
    const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    const std::size_t tag = rest.find('<');
    std::string_view piece = rest.substr(0, tag);
    if (tag == std::string_view::npos && !at_end_) {
      piece.remove_suffix(unfinished_tail(piece));
      if (piece.empty()) {
        if (const auto more = refill(); !more) return more;
        continue;
      }
    }
    begin_ += piece.size();
    text_ = piece;
    if (piece.find_first_of("&\r") != std::string_view::npos) {
      decoded_.clear();
      append_xml_text(decoded_, piece);
      text_ = decoded_;
    }
    return true;
  }
}

core::Result<bool> XmlScanner::cdata_text() {
  const auto enough = require(3);
  if (!enough) return enough;
  if (!*enough) return bad_xml();
  const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
  const std::size_t end = rest.find("]]>");
  if (end == std::string_view::npos) {
    text_ = rest.substr(0, rest.size() - 2);
    begin_ += text_.size();
    return true;
  }
  text_ = rest.substr(0, end);
  begin_ += end + 3;
  in_cdata_ = false;
  return !text_.empty();
}

// Offset from begin_ of the ">" that ends the tag; ">" may stand in values.
core::Result<std::size_t> XmlScanner::tag_end() {
  char quote = 0;
  for (std::size_t at = 1;; ++at) {
    if (begin_ + at >= end_) {
      if (at > kMaxTagBytes) return bad_xml();
      const auto more = refill();
      if (!more) return tl::unexpected(more.error());
      if (!*more) return bad_xml();
    }
    const char c = buffer_[begin_ + at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at;
    } else if (c == '<') {
      return bad_xml();
    }
  }
}

core::Result<XmlScanner::Event> XmlScanner::tag() {
  const auto end = tag_end();
  if (!end) return tl::unexpected(end.error());
  std::string_view body(buffer_.data() + begin_ + 1, *end - 1);
  begin_ += *end + 1;
  if (body.starts_with('/')) {
    body.remove_prefix(1);
    while (!body.empty() && is_space(body.back())) body.remove_suffix(1);
    name_ = local_name(body);
    if (--depth_ < 0) return bad_xml();
    return Event::kEnd;
  }
  if (++depth_ > kMaxDepth) return bad_xml();
  return open_tag(body);
}

XmlScanner::Event XmlScanner::open_tag(std::string_view body) {
  if (body.ends_with('/')) {
    body.remove_suffix(1);
    pending_end_ = true;
  }
  std::size_t name_end = 0;
  while (name_end < body.size() && !is_space(body[name_end])) ++name_end;
  name_ = local_name(body.substr(0, name_end));
  attributes_ = body.substr(name_end);
  return Event::kStart;
}

std::optional<std::string_view> XmlScanner::attribute(std::string_view name) const {
  std::string_view rest = attributes_;
  while (true) {
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    std::string_view key = rest.substr(0, equals);
    while (!key.empty() && is_space(key.back())) key.remove_suffix(1);
    rest.remove_prefix(equals + 1);
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return std::nullopt;
    const std::size_t close = rest.find(rest.front(), 1);
    if (close == std::string_view::npos) return std::nullopt;
    if (key == name) return rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
  }
}

core::Result<void> XmlScanner::skip_element() {
  const int outside = depth_ - 1;
  while (depth_ > outside) {
    if (const auto event = next(); !event) return tl::unexpected(event.error());
  }
  return {};
}

core::Result<void> XmlScanner::read_text(std::string& out, std::size_t max_bytes) {
  const int inside = depth_;
  const std::size_t begin = out.size();
  while (depth_ >= inside) {
    const auto event = next();
    if (!event) return tl::unexpected(event.error());
    if (*event == Event::kText && depth_ == inside && out.size() - begin <= max_bytes) {
      out += text_;
    }
  }
  return {};
}

}  // namespace minato::tabular
