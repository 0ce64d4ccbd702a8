// Content codings of replies: whole strings, and sources as they are pulled.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.h"
#include "http/message.h"
#include "http/negotiation.h"

namespace minato::http {

inline constexpr std::size_t kMinCompressedBytes = 1024;

// True for text, JSON, XML, SVG, JavaScript and the like; false for what is compressed already
// (XLSX, ZIP, PNG).
[[nodiscard]] bool is_compressible(std::string_view content_type);

// Fails (id "internal") only when the library does, as for want of memory.
core::Result<std::string> compress(std::string_view bytes, Coding coding);

// A source of the compressed bytes of `source`. Each pull reads one slice and flushes, so a slow
// source's bytes do not wait; an Error of `source` passes through and ends the stream without a
// trailer.
core::Result<BodySource> compress_source(BodySource source, Coding coding);

}  // namespace minato::http
