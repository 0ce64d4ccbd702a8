// Encodings: every decoder gives valid UTF-8 without NUL, however the bytes are cut into chunks.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/encoding.h"
#include "text/encoding_detector.h"
#include "text/utf8.h"

namespace {

using minato::text::Decoder;
using minato::text::Encoding;

std::string decoded(Decoder& decoder, std::string_view bytes, std::size_t chunk) {
  std::string out;
  decoder.reset();
  for (std::size_t at = 0; at < bytes.size(); at += chunk) {
    decoder.decode(bytes.substr(at, chunk), out);
  }
  decoder.finish(out);
  return out;
}

void check(Decoder& decoder, std::string_view bytes) {
  const std::string whole = decoded(decoder, bytes, bytes.size() + 1);
  if (minato::text::sanitized(whole) != whole) std::abort();
  if (whole.find('\0') != std::string::npos) std::abort();
  const auto replaced = decoder.replaced_bytes();
  for (const std::size_t chunk : {1U, 2U, 3U, 7U, 19U}) {
    if (decoded(decoder, bytes, chunk) != whole) std::abort();
    if (decoder.replaced_bytes() != replaced) std::abort();
  }
  std::string cp932;
  (void)minato::text::encode_cp932(whole, cp932);
}

}  // namespace

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kCp932, Encoding::kEucJp,
                                  Encoding::kIso2022Jp, Encoding::kUtf16le, Encoding::kUtf16be}) {
    check(*minato::text::make_decoder(encoding), text);
  }
  check(*minato::text::make_repairing_decoder(Encoding::kCp932), text);
  check(*minato::text::make_repairing_decoder(Encoding::kUtf8), text);
  minato::text::EncodingDetector detector;
  detector.feed(text.substr(0, size / 2));
  detector.feed(text.substr(size / 2));
  (void)detector.result();
  return 0;
}
