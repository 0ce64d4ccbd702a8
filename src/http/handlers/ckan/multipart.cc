#include "http/handlers/ckan/multipart.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace minato::http::ckan {
namespace {

constexpr std::size_t kMaxParts = 200;
constexpr std::size_t kMaxPartHead = 8 * 1024;

tl::unexpected<core::Error> broken(std::string ja, std::string en) {
  return core::fail(core::ErrorCode::kInvalidArgument, "multipart-syntax",
                    {std::move(ja), std::move(en)},
                    {"multipart/form-data は RFC 7578 の形式で送ってください。",
                     "Send multipart/form-data as RFC 7578 describes it."});
}

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Takes one value off the front: a token, or a quoted string in which \" and \\ are escapes.
std::string take_value(std::string_view& rest) {
  std::string value;
  if (!rest.starts_with('"')) {
    const auto end = std::min(rest.find(';'), rest.size());
    value = trimmed(rest.substr(0, end));
    rest.remove_prefix(end);
    return value;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != '"'; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    value += rest[i];
  }
  rest.remove_prefix(std::min(i + 1, rest.size()));
  return value;
}

// The parameter `wanted` of a header value "type; a=b; c=\"d\"".
std::optional<std::string> parameter(std::string_view header, std::string_view wanted) {
  std::string_view rest = header;
  for (auto semicolon = rest.find(';'); semicolon != std::string_view::npos;
       semicolon = rest.find(';')) {
    rest.remove_prefix(semicolon + 1);
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(rest.substr(0, equals));
    rest.remove_prefix(equals + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    std::string value = take_value(rest);
    if (same_word(name, wanted)) return value;
  }
  return std::nullopt;
}

core::Result<FormPart> parse_part(std::string_view text) {
  std::size_t head_end = 0;
  if (!text.starts_with("\r\n")) {
    head_end = text.find("\r\n\r\n");
    if (head_end == std::string_view::npos || head_end > kMaxPartHead) {
      return broken("パートの見出しが終わっていません。", "the head of a part does not end");
    }
    head_end += 2;
  }
  std::string_view head = text.substr(0, head_end);
  FormPart part;
  part.content = text.substr(head_end + 2);
  while (!head.empty()) {
    const auto line_end = head.find("\r\n");
    const std::string_view line = head.substr(0, line_end);
    head.remove_prefix(line_end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos ||
        !same_word(line.substr(0, colon), "content-disposition")) {
      continue;
    }
    part.name = parameter(line, "name").value_or("");
    const auto file_name = parameter(line, "filename");
    part.is_file = file_name.has_value();
    part.file_name = file_name.value_or("");
  }
  if (part.name.empty()) return broken("名前のないパートがあります。", "a part has no name");
  return part;
}

}  // namespace

std::string boundary_of(std::string_view content_type) {
  std::string boundary = parameter(content_type, "boundary").value_or("");
  if (boundary.size() > 70) boundary.clear();
  return boundary;
}

core::Result<std::vector<FormPart>> parse_multipart(std::string_view body,
                                                    std::string_view boundary) {
  if (boundary.empty()) return broken("境界文字列がありません。", "the boundary is missing");
  std::vector<FormPart> parts;
  const std::string first = "--" + std::string(boundary);
  const std::string delimiter = "\r\n" + first;
  std::size_t at = 0;
  if (!body.starts_with(first)) {
    at = body.find(delimiter);
    if (at == std::string_view::npos) {
      return broken("境界文字列が本文にありません。", "the boundary is not in the body");
    }
    at += 2;
  }
  body.remove_prefix(at + first.size());
  while (!body.starts_with("--")) {
    // Only white space may stand between a delimiter and its line end.
    const auto line_end = body.find("\r\n");
    if (line_end == std::string_view::npos || !trimmed(body.substr(0, line_end)).empty()) {
      return broken("境界行が正しくありません。", "a delimiter line is malformed");
    }
    body.remove_prefix(line_end + 2);
    const auto end = body.find(delimiter);
    if (end == std::string_view::npos) {
      return broken("最後の境界行がありません。", "the closing delimiter is missing");
    }
    if (parts.size() == kMaxParts) return broken("パートが多すぎます。", "more than 200 parts");
    auto part = parse_part(body.substr(0, end));
    if (!part) return tl::unexpected(std::move(part).error());
    parts.push_back(std::move(*part));
    body.remove_prefix(end + delimiter.size());
  }
  return parts;
}

}  // namespace minato::http::ckan
