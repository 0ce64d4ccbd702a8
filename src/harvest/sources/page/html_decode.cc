#include "harvest/sources/page/html_decode.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/utf8.h"
#include "text/encoding.h"
#include "text/encoding_detector.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMetaBytes = 4096;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

struct Decoded {
  std::string text;
  std::int64_t replaced = 0;
};

Decoded decoded(std::string_view bytes, text::Encoding encoding) {
  const auto decoder = text::make_decoder(encoding);
  Decoded out;
  decoder->decode(bytes, out.text);
  decoder->finish(out.text);
  for (char& c : out.text) {
    const bool blank = c == '\t' || c == '\n' || c == '\r' || c == '\f';
    if (c >= 0 && c < ' ' && !blank) c = ' ';
  }
  out.replaced = decoder->replaced_bytes();
  return out;
}

std::optional<text::Encoding> encoding_of_charset(std::string_view charset) {
  std::string name = lower(charset);
  name.erase(std::remove_if(name.begin(), name.end(),
                            [](char c) { return c == '"' || c == '\'' || c == ' '; }),
             name.end());
  if (name.starts_with("x-")) name.erase(0, 2);
  if (name.starts_with("utf8")) return text::Encoding::kUtf8;
  // Labels of the WHATWG Encoding Standard, and what is met besides.
  for (const std::string_view label : {"shift_jis", "shift-jis", "sjis", "ms_kanji", "cp932",
                                       "ms932", "windows-31j", "csshiftjis"}) {
    if (name == label) return text::Encoding::kCp932;
  }
  for (const std::string_view label : {"euc-jp", "eucjp", "euc_jp", "euc"}) {
    if (name == label) return text::Encoding::kEucJp;
  }
  return text::encoding_of(name);
}

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool has_byte_order_mark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xFF\xFE") ||
         bytes.starts_with("\xFE\xFF");
}

}  // namespace

std::string declared_charset(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, kMetaBytes));
  for (std::size_t meta = head.find("<meta"); meta != std::string::npos;
       meta = head.find("<meta", meta + 5)) {
    const std::string tag = head.substr(meta, head.find('>', meta) - meta);
    std::size_t at = tag.find("charset");
    if (at == std::string::npos) continue;
    at = tag.find_first_not_of(" \t\r\n=\"'", at + 7);
    if (at == std::string::npos) continue;
    return tag.substr(at, tag.find_first_of(" \t\r\n\"';/", at) - at);
  }
  return {};
}

std::string decode_html(std::string_view bytes, std::string_view charset) {
  if (!has_byte_order_mark(bytes)) {
    // No text of another encoding happens to be UTF-8, but much UTF-8 passes for CP932.
    if (!is_ascii(bytes) && core::is_valid_utf8(bytes)) {
      return decoded(bytes, text::Encoding::kUtf8).text;
    }
    const std::string meta = declared_charset(bytes);
    for (const std::string_view name : {charset, std::string_view(meta)}) {
      const auto encoding = encoding_of_charset(name);
      if (!encoding) continue;
      Decoded out = decoded(bytes, *encoding);
      if (out.replaced == 0) return std::move(out.text);
    }
  }
  text::EncodingDetector detector;
  detector.feed(bytes);
  return decoded(bytes, detector.result().encoding).text;
}

}  // namespace minato::harvest
