#include "text/repairing_decoder.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace minato::text {
namespace {

// Windows-1252, 80 to 9F; 0 where it has none (the byte stays a C1 control then).
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

}  // namespace

std::optional<unsigned char> misread_byte(char32_t character) {
  if (character <= 0xFF) return static_cast<unsigned char>(character);
  const auto* const found = std::find(kWindows1252.begin(), kWindows1252.end(), character);
  if (found == kWindows1252.end()) return std::nullopt;
  return static_cast<unsigned char>(0x80 + (found - kWindows1252.begin()));
}

RepairingDecoder::RepairingDecoder(Encoding original)
    : outer_(make_decoder(Encoding::kUtf8)), inner_(make_decoder(original)) {}

void RepairingDecoder::pass_on(std::string& out) {
  bytes_.clear();
  for (std::size_t at = 0; at < misread_.size();) {
    // FF is no character in any of the original encodings, so it becomes U+FFFD.
    bytes_ += static_cast<char>(misread_byte(minato::text::decode(misread_, at)).value_or(0xFF));
  }
  misread_.clear();
  inner_->decode(bytes_, out);
}

void RepairingDecoder::decode(std::string_view bytes, std::string& out) {
  outer_->decode(bytes, misread_);
  pass_on(out);
}

void RepairingDecoder::finish(std::string& out) {
  outer_->finish(misread_);
  pass_on(out);
  inner_->finish(out);
}

void RepairingDecoder::reset() {
  outer_->reset();
  inner_->reset();
  misread_.clear();
}

std::int64_t RepairingDecoder::replaced_bytes() const { return inner_->replaced_bytes(); }
std::int64_t RepairingDecoder::nul_bytes() const { return outer_->nul_bytes(); }

}  // namespace minato::text
