// What all decoders share: blocks, the carry between chunks, the byte order mark, the counts.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "text/encoding.h"

namespace minato::text {

class BlockDecoder : public Decoder {
 public:
  void decode(std::string_view bytes, std::string& out) final;
  void finish(std::string& out) final;
  void reset() override;
  [[nodiscard]] std::int64_t replaced_bytes() const override { return replaced_; }
  [[nodiscard]] std::int64_t nul_bytes() const override { return nuls_; }

 protected:
  struct Step {
    std::size_t consumed = 0;
    char* end = nullptr;
  };
  // Decodes from `bytes` to `out`, which has room for three bytes per byte. May leave the last 7
  // bytes or fewer when they begin a character; `last`: it consumes everything.
  virtual Step block(std::string_view bytes, char* out, bool last) = 0;

  char* replace(char* out, std::size_t bytes) {
    replaced_ += static_cast<std::int64_t>(bytes);
    *out++ = '\xEF';
    *out++ = '\xBF';
    *out++ = '\xBD';
    return out;
  }
  char* put(char* out, char16_t character);  // NUL is dropped and counted

  std::int64_t replaced_ = 0;
  std::int64_t nuls_ = 0;

 private:
  static constexpr std::size_t kBlock = std::size_t{16} * 1024;

  std::size_t run(std::string_view bytes, std::string& out, bool last);

  std::string carry_;
  bool at_start_ = true;
  std::array<char, kBlock * 3 + 16> buffer_{};
};

}  // namespace minato::text
