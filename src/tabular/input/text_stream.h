// The bytes of a source as UTF-8 text.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tabular/input/byte_source.h"
#include "text/encoding.h"

namespace minato::tabular {

// Not thread-safe.
class TextStream {
 public:
  TextStream(std::unique_ptr<ByteSource> bytes, std::unique_ptr<text::Decoder> decoder)
      : bytes_(std::move(bytes)), decoder_(std::move(decoder)) {}

  // Appends text of about `size` bytes of the file; false at the end.
  core::Result<bool> more(std::string& out, std::size_t size);
  core::Result<void> rewind();
  [[nodiscard]] const text::Decoder& decoder() const { return *decoder_; }

 private:
  std::unique_ptr<ByteSource> bytes_;
  std::unique_ptr<text::Decoder> decoder_;
  std::vector<char> raw_;
  bool ended_ = false;
};

}  // namespace minato::tabular
