#include "http/url.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace minato::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

tl::unexpected<core::Error> bad_url(std::string_view id, core::LocalizedText message,
                                    core::LocalizedText hint) {
  return core::fail(core::ErrorCode::kInvalidArgument, id, std::move(message), std::move(hint));
}

tl::unexpected<core::Error> bad_escape(std::size_t position) {
  const std::string at = std::to_string(position + 1);
  return bad_url(
      "url-escape-invalid",
      {"URL の " + at + " バイト目の「%」の後に16進数2桁がありません。",
       "The \"%\" at byte " + at + " of this part of the URL has no two hex digits after it."},
      {"「%」そのものは %25 と書いてください。", "Write a literal \"%\" as %25."});
}

tl::unexpected<core::Error> not_text() {
  return bad_url("url-not-utf8",
                 {"URL に UTF-8 として正しくないバイト列があります。",
                  "The URL holds bytes that are not valid UTF-8."},
                 {"UTF-8 をパーセントエンコードして送ってください(Shift_JIS は使えません)。",
                  "Percent-encode the UTF-8 form of the text (not Shift_JIS)."});
}

// The length of the well-formed sequence at the start of `text` (Unicode table 3-7), or 0.
std::size_t utf8_sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (!tail(1)) return 0;
  const std::uint8_t second = byte(1);
  if (lead >= 0xE0 && lead <= 0xEF) {
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    return tail(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
    return tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

core::Result<void> check_segment(std::string_view segment) {
  if (segment == "." || segment == "..") {
    return bad_url("path-dot-segment",
                   {"パスに「.」または「..」だけの区切りは使えません。",
                    "The path has a \".\" or \"..\" segment."},
                   {"完全なパスを書いてください。", "Write the full path."});
  }
  const bool control = std::any_of(segment.begin(), segment.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (control) {
    return bad_url("path-control-character",
                   {"パスに制御文字が含まれています。", "The path holds a control character."},
                   {"改行やタブを取り除いてください。", "Remove line ends and tabs from the URL."});
  }
  return {};
}

// Of an absolute-form target: leaves what comes after the authority.
bool skip_authority(std::string_view& target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t end = target.find_first_of("/?", scheme.size());
    target = end == std::string_view::npos ? std::string_view("/") : target.substr(end);
    return true;
  }
  return false;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

core::Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
      if (low < 0) return bad_escape(i);
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!is_valid_utf8(out)) return not_text();
  if (out.find('\0') != std::string::npos) {
    return bad_url("url-nul",
                   {"URL に NUL 文字 (%00) は使えません。", "The URL holds a NUL (%00)."},
                   {"%00 を取り除いてください。", "Remove the %00."});
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

core::Result<TargetParts> split_target(std::string_view target) {
  const bool absolute = skip_authority(target);
  const std::size_t mark = target.find('?');
  TargetParts parts{target.substr(0, mark), {}};
  if (mark != std::string_view::npos) parts.query = target.substr(mark + 1);
  if (absolute && mark == 0) parts.path = "/";  // "http://host?x=1"
  if (parts.path.empty() || parts.path.front() != '/' ||
      target.find('#') != std::string_view::npos) {
    return bad_url("url-target-invalid",
                   {"要求の対象が「/」で始まるパスではありません。",
                    "The request target is not a path that begins with \"/\"."},
                   {"「#」以降は送らず、パスと「?」以降だけを送ってください。",
                    "Send the path and the query only, without \"#\"."});
  }
  return parts;
}

core::Result<std::vector<std::string>> decode_path(std::string_view raw_path) {
  std::vector<std::string> segments;
  std::string_view rest = raw_path.substr(raw_path.starts_with('/') ? 1 : 0);
  for (;;) {
    const std::size_t slash = rest.find('/');
    core::Result<std::string> segment = percent_decode(rest.substr(0, slash));
    if (!segment) return tl::unexpected(std::move(segment.error()));
    if (core::Result<void> checked = check_segment(*segment); !checked) {
      return tl::unexpected(std::move(checked.error()));
    }
    segments.push_back(std::move(*segment));
    if (slash == std::string_view::npos) return segments;
    rest.remove_prefix(slash + 1);
  }
}

bool is_below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

core::Result<Params> parse_query(std::string_view query, const QueryLimits& limits) {
  if (query.size() > limits.max_bytes) {
    const std::string most = std::to_string(limits.max_bytes);
    return core::fail(core::ErrorCode::kTooLarge, "query-too-long",
                      {"クエリ文字列が長すぎます(上限 " + most + " バイト)。",
                       "The query string is too long (at most " + most + " bytes)."},
                      {"条件を減らすか、POST で送ってください。", "Ask for less, or use POST."});
  }
  Params params;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    if (params.size() == limits.max_params) {
      const std::string most = std::to_string(limits.max_params);
      return bad_url("query-too-many-parameters",
                     {"パラメータが多すぎます(上限 " + most + " 個)。",
                      "Too many parameters (at most " + most + ")."},
                     {"パラメータを減らしてください。", "Send fewer parameters."});
    }
    const std::size_t equals = pair.find('=');
    core::Result<std::string> key = percent_decode(pair.substr(0, equals), true);
    if (!key) return tl::unexpected(std::move(key.error()));
    core::Result<std::string> value = percent_decode(
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!value) {
      value.error().details.push_back({*key, value.error().message, {}, {}, {}, {}});
      return tl::unexpected(std::move(value.error()));
    }
    params.emplace_back(std::move(*key), std::move(*value));
  }
  return params;
}

std::string build_query(const Params& params) {
  std::string out;
  for (const auto& [key, value] : params) {
    if (!out.empty()) out += '&';
    out += percent_encode(key);
    out += '=';
    out += percent_encode(value);
  }
  return out;
}

std::string canonical_query(const Params& params) {
  Params sorted = params;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return build_query(sorted);
}

}  // namespace minato::http
