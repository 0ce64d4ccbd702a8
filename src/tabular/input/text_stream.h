// The bytes of a source as UTF-8 text.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tabular/input/byte_source.h"
#include "text/encoding.h"

namespace minato::tabular {

class ReadAhead;

// Not thread-safe. Of a long file the next chunks are read and decoded by a thread of its own.
class TextStream {
 public:
  TextStream(std::unique_ptr<ByteSource> bytes, std::unique_ptr<text::Decoder> decoder);
  ~TextStream();
  TextStream(TextStream&& other) noexcept;
  TextStream& operator=(TextStream&&) = delete;

  // Appends text of about `size` bytes of the file; false at the end.
  core::Result<bool> more(std::string& out, std::size_t size);
  core::Result<void> rewind();
  // What it counted is complete at the end. Lives until the next call of any function.
  [[nodiscard]] const text::Decoder& decoder() const;

 private:
  friend class ReadAhead;
  // Used by one thread at a time.
  struct Chunks {
    std::unique_ptr<ByteSource> bytes;
    std::unique_ptr<text::Decoder> decoder;
    std::vector<char> raw;
    bool ended = false;
    core::Result<bool> next(std::string& out, std::size_t size);
  };

  std::unique_ptr<Chunks> chunks_;
  std::unique_ptr<ReadAhead> ahead_;  // uses chunks_
  std::size_t taken_ = 0;             // calls of more()
};

}  // namespace minato::tabular
