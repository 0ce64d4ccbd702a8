#include "harvest/sources/page/html_scan.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxTags = 200'000;
constexpr std::size_t kMaxDepth = 1'500;
constexpr std::size_t kMaxAttributes = 400;  // of one tag

// Closed by their successors, or without contents: they do not nest by themselves.
constexpr std::array<std::string_view, 36> kFlat = {
    "a",     "area",  "base",   "body",     "br",    "caption", "col",   "colgroup", "dd",
    "dt",    "embed", "head",   "hr",       "html",  "img",     "input", "keygen",   "li",
    "link",  "meta",  "option", "optgroup", "p",     "param",   "rp",    "rt",       "source",
    "tbody", "td",    "tfoot",  "th",       "thead", "tr",      "track", "wbr",      "rb"};
// Their contents are no markup.
constexpr std::array<std::string_view, 8> kRaw = {"script", "style",  "textarea", "title",
                                                  "xmp",    "iframe", "noembed",  "noframes"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

class Scan {
 public:
  explicit Scan(std::string_view html) : html_(html) {}

  core::Result<void> run() {
    while ((at_ = html_.find('<', at_)) != std::string_view::npos) {
      if (html_.substr(at_).starts_with("<!--")) {
        at_ = html_.find("-->", at_ + 4);
        if (at_ == std::string_view::npos) break;
      } else if (at_ + 1 < html_.size() && is_letter(html_[at_ + 1])) {
        ++at_;
        if (auto read = start_tag(); !read) return read;
      } else if (at_ + 2 < html_.size() && html_[at_ + 1] == '/' && is_letter(html_[at_ + 2])) {
        at_ += 2;
        end_tag();
      } else {
        ++at_;
      }
    }
    return {};
  }

 private:
  std::string name() {
    std::string out;
    while (at_ < html_.size() && !is_blank(html_[at_]) && html_[at_] != '>' && html_[at_] != '/') {
      const char c = html_[at_++];
      if (out.size() < 20) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
  }

  core::Result<void> start_tag() {
    if (++tags_ > kMaxTags) return too_complex("タグが多すぎます", "too many tags");
    const std::string tag = name();
    if (attributes() > kMaxAttributes) {
      return too_complex("一つのタグの属性が多すぎます", "too many attributes in one tag");
    }
    if (contains(kRaw, tag)) {
      skip_raw(tag);
    } else if (!contains(kFlat, tag)) {
      ++open_[tag];
      if (++depth_ > kMaxDepth) return too_complex("入れ子が深すぎます", "nested too deeply");
    }
    return {};
  }

  void end_tag() {
    const auto open = open_.find(name());
    if (open == open_.end() || open->second == 0) return;
    --open->second;
    --depth_;
  }

  // Moves behind the tag.
  std::size_t attributes() {
    std::size_t count = 0;
    bool in_name = false;
    while (at_ < html_.size() && html_[at_] != '>') {
      const char c = html_[at_++];
      if (c == '=') {
        while (at_ < html_.size() && is_blank(html_[at_])) ++at_;
        if (at_ < html_.size() && (html_[at_] == '"' || html_[at_] == '\'')) {
          const std::size_t close = html_.find(html_[at_], at_ + 1);
          at_ = close == std::string_view::npos ? html_.size() : close + 1;
          in_name = false;
        }
      } else if (is_blank(c) || c == '/') {
        in_name = false;
      } else if (!in_name) {
        in_name = true;
        ++count;
      }
    }
    return count;
  }

  void skip_raw(std::string_view tag) {
    while ((at_ = html_.find("</", at_)) != std::string_view::npos) {
      at_ += 2;
      const std::string_view rest = html_.substr(at_, tag.size());
      const bool same = rest.size() == tag.size() &&
                        std::equal(rest.begin(), rest.end(), tag.begin(), [](char a, char b) {
                          return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
                        });
      if (same) return;
    }
    at_ = html_.size();
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t tags_ = 0;
  std::size_t depth_ = 0;
  std::map<std::string, std::size_t> open_;
};

}  // namespace

tl::unexpected<core::Error> too_complex(std::string_view ja, std::string_view en) {
  return core::fail(core::ErrorCode::kTooLarge, "harvest-page-complex",
                    {"ウェブページの HTML が複雑すぎて読めません: " + std::string(ja) + "。",
                     "The HTML of the web page is too complex: " + std::string(en) + "."},
                    {"URL がファイルの一覧のページであることを確かめてください。",
                     "Check that the URL is that of a page that lists files."});
}

core::Result<void> check_html_cost(std::string_view html) { return Scan(html).run(); }

}  // namespace minato::harvest
