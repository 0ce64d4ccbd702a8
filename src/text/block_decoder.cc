#include "text/block_decoder.h"

#include <algorithm>

#include "text/utf8_scan.h"

namespace minato::text {

char* BlockDecoder::put(char* out, char16_t character) {
  if (character == 0) {
    ++nuls_;
    return out;
  }
  return put_utf8(out, character);
}

std::size_t BlockDecoder::run(std::string_view bytes, std::string& out, bool last) {
  const Step step = block(bytes, buffer_.data(), last);
  std::string_view text(buffer_.data(), static_cast<std::size_t>(step.end - buffer_.data()));
  if (at_start_ && !text.empty()) {
    at_start_ = false;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  }
  out.append(text);
  return step.consumed;
}

void BlockDecoder::decode(std::string_view bytes, std::string& out) {
  if (!carry_.empty()) {
    const std::size_t before = carry_.size();
    carry_.append(bytes.substr(0, 16));
    const std::size_t consumed = run(carry_, out, false);
    if (consumed < before) {  // the chunk was too short to complete the character
      carry_.erase(0, consumed);
      return;
    }
    carry_.clear();
    bytes.remove_prefix(consumed - before);
  }
  while (!bytes.empty()) {
    const std::size_t consumed = run(bytes.substr(0, kBlock), out, false);
    if (consumed == 0) break;
    bytes.remove_prefix(consumed);
  }
  carry_.assign(bytes);
}

void BlockDecoder::finish(std::string& out) {
  if (!carry_.empty()) run(carry_, out, true);
  carry_.clear();
}

void BlockDecoder::reset() {
  carry_.clear();
  at_start_ = true;
  replaced_ = 0;
  nuls_ = 0;
}

}  // namespace minato::text
