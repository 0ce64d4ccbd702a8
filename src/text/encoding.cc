#include "text/encoding.h"

#include <array>
#include <stdexcept>

#include "text/decoders.h"
#include "text/repairing_decoder.h"

namespace minato::text {
namespace {

constexpr std::array<std::string_view, 6> kNames = {"utf-8",       "cp932",    "euc-jp",
                                                    "iso-2022-jp", "utf-16le", "utf-16be"};

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  return kNames.at(static_cast<std::size_t>(encoding));
}

std::optional<Encoding> encoding_of(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Encoding>(i);
  }
  return std::nullopt;
}

std::unique_ptr<Decoder> make_decoder(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return std::make_unique<Utf8Decoder>();
    case Encoding::kCp932:
      return std::make_unique<Cp932Decoder>();
    case Encoding::kEucJp:
      return std::make_unique<EucJpDecoder>();
    case Encoding::kIso2022Jp:
      return std::make_unique<Iso2022JpDecoder>();
    case Encoding::kUtf16le:
      return std::make_unique<Utf16Decoder>(false);
    case Encoding::kUtf16be:
      return std::make_unique<Utf16Decoder>(true);
  }
  throw std::logic_error("an encoding without a decoder");
}

std::unique_ptr<Decoder> make_repairing_decoder(Encoding original) {
  return std::make_unique<RepairingDecoder>(original);
}

}  // namespace minato::text
