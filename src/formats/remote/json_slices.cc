#include "formats/remote/json_slices.h"

#include <optional>
#include <utility>

#include "core/utf8.h"
#include "formats/json.h"

namespace minato::formats {
namespace {

constexpr std::size_t kMaxDepth = 512;
constexpr std::string_view kBlanks = " \t\r\n";

class Slicer {
 public:
  explicit Slicer(std::string_view text) : text_(text) {}

  core::Result<std::vector<JsonSlice>> run() {
    skip_blanks();
    const char open = peek();
    if (open != '{' && open != '[') return fail("json-syntax");
    ++at_;
    std::vector<JsonSlice> parts;
    const char close = open == '{' ? '}' : ']';
    skip_blanks();
    if (peek() == close) {
      ++at_;
      return finish(std::move(parts));
    }
    while (true) {
      JsonSlice part;
      if (open == '{' && !read_key(part.key)) return fail("json-syntax");
      const auto value = read_value();
      if (!value) return fail(is_too_deep_ ? "json-too-deep" : "json-syntax");
      part.value = *value;
      parts.push_back(std::move(part));
      skip_blanks();
      const char next = peek();
      ++at_;
      if (next == close) return finish(std::move(parts));
      if (next != ',') return fail("json-syntax");
    }
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (at_ < text_.size() && kBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
  }

  core::Result<std::vector<JsonSlice>> finish(std::vector<JsonSlice> parts) {
    skip_blanks();
    if (at_ < text_.size()) return fail("json-syntax");
    return parts;
  }

  bool read_key(std::string& key) {
    skip_blanks();
    const std::size_t start = at_;
    if (peek() != '"' || !skip_string()) return false;
    key = text_of_slice(text_.substr(start, at_ - start));
    skip_blanks();
    if (peek() != ':') return false;
    ++at_;
    return true;
  }

  bool skip_string() {
    ++at_;
    while (at_ < text_.size()) {
      at_ = text_.find_first_of("\"\\", at_);
      if (at_ == std::string_view::npos) break;
      if (text_[at_++] == '"') return true;
      ++at_;
    }
    at_ = text_.size();
    return false;
  }

  std::optional<std::string_view> read_value() {
    skip_blanks();
    const std::size_t start = at_;
    if (peek() == ',') return std::nullopt;
    std::string open;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (open.empty() && at_ > start && (c == ',' || c == ']' || c == '}')) break;
      if (c == '"') {
        if (!skip_string()) return std::nullopt;
      } else if (c == '{' || c == '[') {
        open += c == '{' ? '}' : ']';
        is_too_deep_ = open.size() > kMaxDepth;
        if (is_too_deep_) return std::nullopt;
        ++at_;
      } else if (c == '}' || c == ']') {
        if (open.empty() || open.back() != c) return std::nullopt;
        open.pop_back();
        ++at_;
        if (open.empty()) break;
      } else {
        at_ = text_.find_first_of("\"{}[],", at_ + (c == ',' ? 1 : 0));
        if (at_ == std::string_view::npos) at_ = text_.size();
        if (open.empty() && at_ == start) return std::nullopt;
      }
    }
    if (!open.empty()) return std::nullopt;
    std::string_view value = text_.substr(start, at_ - start);
    while (!value.empty() && kBlanks.find(value.back()) != std::string_view::npos) {
      value.remove_suffix(1);
    }
    if (value.empty()) return std::nullopt;
    return value;
  }

  tl::unexpected<core::Error> fail(std::string_view id) const {
    const std::string byte = std::to_string(at_);
    if (id == "json-too-deep") {
      return core::fail(core::ErrorCode::kInvalidArgument, id,
                        {"JSON の入れ子が深すぎます（" + byte + " バイト目）。",
                         "The JSON is nested too deep (byte " + byte + ")."});
    }
    return core::fail(
        core::ErrorCode::kInvalidArgument, id,
        {"JSON として読めません（" + byte + " バイト目）。",
         "This is not JSON (byte " + byte + ")."},
        {"示された位置の前後を確認してください。", "Look at the text around that place."});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool is_too_deep_ = false;
};

}  // namespace

core::Result<std::vector<JsonSlice>> slice_json(std::string_view json) {
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  return Slicer(json).run();
}

std::string_view slice_of(const std::vector<JsonSlice>& members, std::string_view key) {
  for (const JsonSlice& member : members) {
    if (member.key == key) return member.value;
  }
  return {};
}

std::string text_of_slice(std::string_view value) {
  if (value.empty() || value == "null" || value.front() == '{' || value.front() == '[') return {};
  if (value.front() != '"') return std::string(value.substr(0, 100));
  const bool is_plain = value.size() >= 2 && value.back() == '"' &&
                        value.find('\\') == std::string_view::npos && core::is_valid_utf8(value);
  if (is_plain) return std::string(value.substr(1, value.size() - 2));
  const auto document = parse_json(value);
  if (!document || !document->IsString()) return {};
  return std::string(text_of(*document));
}

}  // namespace minato::formats
