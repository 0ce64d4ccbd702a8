// Where a body goes: a file or a string, counted and hashed on the way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/sha256.h"

namespace minato::harvest {

class BodyWriter {
 public:
  // `path`: created or truncated by open(); empty: into memory.
  explicit BodyWriter(std::string path) : path_(std::move(path)) {}
  // Removes the file unless finish() succeeded: nobody takes half a body for a whole one.
  ~BodyWriter();
  BodyWriter(const BodyWriter&) = delete;
  BodyWriter& operator=(const BodyWriter&) = delete;

  // Errors of all three: storage-io, storage-full.
  core::Result<void> open();
  core::Result<void> append(std::string_view bytes);
  core::Result<void> finish();

  [[nodiscard]] std::uint64_t size() const { return size_; }
  // REQUIRES (both): finish() succeeded; called once.
  std::string take_body() { return std::move(body_); }
  std::string sha256() { return hash_.hex(); }

 private:
  const std::string path_;
  int fd_ = -1;
  std::string body_;
  std::uint64_t size_ = 0;
  core::Sha256 hash_;
};

}  // namespace minato::harvest
