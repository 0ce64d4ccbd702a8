#include "http/handlers/ckan/multipart.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "http/handlers/ckan/body_window.h"
#include "http/handlers/ckan/part_head.h"

namespace minato::http::ckan {
namespace {

constexpr std::size_t kMaxPartHead = 8 * 1024;
constexpr std::size_t kMaxPadding = 256;

tl::unexpected<core::Error> broken(std::string ja, std::string en) {
  return core::fail(core::ErrorCode::kInvalidArgument, "multipart-syntax",
                    {std::move(ja), std::move(en)},
                    {"multipart/form-data は RFC 7578 の形式で送ってください。",
                     "Send multipart/form-data as RFC 7578 describes it."});
}

class FormReader {
 public:
  FormReader(const Body& body, std::string_view boundary)
      : body_(body), first_("--" + std::string(boundary)), delimiter_("\r\n" + first_) {}

  core::Result<std::vector<FormPart>> read() {
    if (auto found = find_first(); !found) return tl::unexpected(std::move(found).error());
    for (;;) {
      const auto more = pass_delimiter();
      if (!more) return tl::unexpected(more.error());
      if (!*more) return std::move(parts_);
      if (parts_.size() == kMaxParts) return broken("パートが多すぎます。", "more than 200 parts");
      if (auto done = read_part(); !done) return tl::unexpected(std::move(done).error());
    }
  }

 private:
  // Leaves at_ behind the first delimiter.
  core::Result<void> find_first() {
    const auto start = body_.view(0, first_.size());
    if (!start) return tl::unexpected(start.error());
    if (*start == first_) {
      at_ = first_.size();
      return {};
    }
    const auto found = body_.find(delimiter_, 0);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return broken("境界文字列が本文にありません。", "the boundary is not in the body");
    at_ = **found + delimiter_.size();
    return {};
  }

  // From behind a delimiter to the next part; false: that was the last one.
  core::Result<bool> pass_delimiter() {
    const auto some = body_.view(at_, kMaxPadding);
    if (!some) return tl::unexpected(some.error());
    if (some->starts_with("--")) return false;
    // Only white space may stand between a delimiter and its line end.
    const auto line_end = some->find("\r\n");
    if (line_end == std::string_view::npos ||
        some->substr(0, line_end).find_first_not_of(" \t") != std::string_view::npos) {
      return broken("境界行が正しくありません。", "a delimiter line is malformed");
    }
    at_ += line_end + 2;
    return true;
  }

  core::Result<PartHead> read_head() {
    const auto some = body_.view(at_, kMaxPartHead);
    if (!some) return tl::unexpected(some.error());
    std::size_t head_end = 0;
    if (!some->starts_with("\r\n")) {
      head_end = some->find("\r\n\r\n");
      if (head_end == std::string_view::npos) {
        return broken("パートの見出しが終わっていません。", "the head of a part does not end");
      }
      head_end += 2;
    }
    PartHead head = read_part_head(some->substr(0, head_end));
    at_ += head_end + 2;
    if (head.name.empty()) return broken("名前のないパートがあります。", "a part has no name");
    return head;
  }

  core::Result<void> read_part() {
    auto head = read_head();
    if (!head) return tl::unexpected(std::move(head).error());
    // An empty part may lack its own line end: the delimiter's is that of the blank line.
    const auto end = body_.find(delimiter_, at_ - 2);
    if (!end) return tl::unexpected(end.error());
    if (!*end) return broken("最後の境界行がありません。", "the closing delimiter is missing");
    FormPart part;
    part.name = std::move(head->name);
    part.is_file = head->file_name.has_value();
    part.file_name = head->file_name.value_or("");
    part.media_type = std::move(head->media_type);
    part.offset = at_;
    part.length = **end > at_ ? **end - at_ : 0;
    at_ = **end + delimiter_.size();
    if (!part.is_file) {
      if (auto read = read_text(part); !read) return read;
    }
    parts_.push_back(std::move(part));
    return {};
  }

  core::Result<void> read_text(FormPart& part) {
    texts_ += part.length;
    if (texts_ > kMaxPartTexts) {
      return broken("ファイル以外のパートが大きすぎます（合わせて 1 MB まで）。",
                    "the parts that are no files are larger than 1 MB");
    }
    const auto text = body_.view(part.offset, static_cast<std::size_t>(part.length));
    if (!text) return tl::unexpected(text.error());
    part.text = *text;
    return {};
  }

  BodyWindow body_;
  const std::string first_;
  const std::string delimiter_;
  std::uint64_t at_ = 0;
  std::uint64_t texts_ = 0;
  std::vector<FormPart> parts_;
};

}  // namespace

std::string boundary_of(std::string_view content_type) {
  std::string boundary = header_parameter(content_type, "boundary").value_or("");
  if (boundary.size() > 70) boundary.clear();
  return boundary;
}

core::Result<std::vector<FormPart>> parse_multipart(const Body& body, std::string_view boundary) {
  if (boundary.empty()) return broken("境界文字列がありません。", "the boundary is missing");
  return FormReader(body, boundary).read();
}

}  // namespace minato::http::ckan
