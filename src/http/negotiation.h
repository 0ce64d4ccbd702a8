// Accept, Accept-Encoding and Accept-Language (RFC 9110 s12.5). Malformed members are ignored,
// never errors.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::http {

enum class Coding { kIdentity, kGzip, kZstd };

// "gzip", "zstd"; empty for identity.
[[nodiscard]] std::string_view coding_name(Coding coding);

// The best coding we have for this header; an absent or empty header, or one that excludes all, is
// identity. Among equals zstd goes before gzip before identity.
[[nodiscard]] Coding choose_coding(std::string_view accept_encoding);

// Japanese unless English (or any en-*) is preferred to it.
[[nodiscard]] core::Language choose_language(std::string_view accept_language);

// The index of the best of `offered` ("text/csv"; parameters are ignored), or nothing when none is
// acceptable. An empty header accepts everything; among equals the first offered wins.
[[nodiscard]] std::optional<std::size_t> choose_media_type(std::string_view accept,
                                                           const std::vector<std::string>& offered);

// "text/csv" of "Text/CSV; charset=utf-8".
[[nodiscard]] std::string media_type_of(std::string_view content_type);

}  // namespace minato::http
