// Double-encoded text put right: UTF-8 whose characters are really bytes of another encoding.
#pragma once

#include <memory>
#include <optional>

#include "text/encoding.h"

namespace minato::text {

// The byte that Latin-1 or Windows-1252 read as this character; nullopt: none did.
std::optional<unsigned char> misread_byte(char32_t character);

class RepairingDecoder final : public Decoder {
 public:
  explicit RepairingDecoder(Encoding original);
  void decode(std::string_view bytes, std::string& out) override;
  void finish(std::string& out) override;
  void reset() override;
  [[nodiscard]] std::int64_t replaced_bytes() const override;
  [[nodiscard]] std::int64_t nul_bytes() const override;

 private:
  void pass_on(std::string& out);

  std::unique_ptr<Decoder> outer_;
  std::unique_ptr<Decoder> inner_;
  std::string misread_;  // UTF-8
  std::string bytes_;    // as they were meant
};

}  // namespace minato::text
