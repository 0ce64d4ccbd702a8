// Files of a folder somebody else filled: nothing outside it is ever read, however a document or a
// symbolic link points.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::service {

inline constexpr std::uint64_t kMaxDocumentBytes = std::uint64_t{1} * 1024 * 1024;
inline constexpr std::uint64_t kMaxDataFileBytes = std::uint64_t{2} * 1024 * 1024 * 1024;

struct FileDigest {
  std::string sha256;  // hex
  std::uint64_t size = 0;
  bool utf8 = true;  // the bytes are valid UTF-8
};

// Where `relative` is: a regular file within `folder`. Fails with kInvalidArgument
// "shipped-file-path" (absolute, "..", backslash, control character, or a link that leads out),
// kNotFound "shipped-file-missing", or kTooLarge "shipped-file-too-large".
core::Result<std::filesystem::path> locate_file(const std::filesystem::path& folder,
                                                std::string_view relative, std::uint64_t max_bytes);

// Fails with kUnavailable "shipped-file-unreadable". Reads at most `max_bytes`, so that a file that
// grows meanwhile ends in "shipped-file-too-large".
core::Result<std::string> read_file(const std::filesystem::path& file, std::uint64_t max_bytes);
core::Result<FileDigest> digest_file(const std::filesystem::path& file, std::uint64_t max_bytes);

}  // namespace minato::service
