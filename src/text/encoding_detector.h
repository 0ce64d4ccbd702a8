// Which encoding a file is in, decided over all of its bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "text/encoding.h"

namespace minato::text {

struct DetectedEncoding {
  Encoding encoding = Encoding::kUtf8;
  bool bom = false;
  // Text of `original` was read as Latin-1 or Windows-1252 and saved as UTF-8; `encoding` is kUtf8.
  bool repaired = false;
  Encoding original = Encoding::kUtf8;
  bool damaged = false;  // some bytes are no character in `encoding` (or may be: not counted)
  bool binary = false;   // too many control characters for a text
};

// Feed the whole stream, then ask. A byte order mark wins; then UTF-16 by its NULs, ISO-2022-JP by
// its escapes, UTF-8 when (nearly) all of it is valid, else CP932 or EUC-JP by validity and, where
// both are valid, by which reading is the likelier Japanese. ASCII only is UTF-8. A character cut
// by the end of the stream does not speak against an encoding. Not thread-safe.
class EncodingDetector {
 public:
  EncodingDetector();
  ~EncodingDetector();
  EncodingDetector(EncodingDetector&&) noexcept;
  EncodingDetector& operator=(EncodingDetector&&) noexcept;

  void feed(std::string_view bytes);
  [[nodiscard]] DetectedEncoding result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace minato::text
