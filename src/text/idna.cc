#include "text/idna.h"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <memory>

#include "text/lowercase.h"

namespace minato::text {

std::optional<std::string> to_ascii_host(std::string_view host) {
  const bool is_ascii = std::all_of(host.begin(), host.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  // Underscores and the like are no part of IDNA, but in use.
  if (is_ascii) return lowercase(host);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna(
      uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &status), &uidna_close);
  if (U_FAILURE(status) != 0) return std::nullopt;
  std::array<char, 256> ascii{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const std::int32_t size =
      uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<std::int32_t>(host.size()),
                             ascii.data(), static_cast<std::int32_t>(ascii.size()), &info, &status);
  if (U_FAILURE(status) != 0 || info.errors != 0) return std::nullopt;
  return std::string(ascii.data(), static_cast<std::size_t>(size));
}

}  // namespace minato::text
