// zlib's and zstd's streaming encoders behind one interface.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"
#include "http/negotiation.h"

namespace minato::http {

class EncoderStream {
 public:
  enum class Step { kFlush, kFinish };

  // REQUIRES: `coding` is not kIdentity. Fails (id "internal") for want of memory.
  static core::Result<std::unique_ptr<EncoderStream>> open(Coding coding);
  virtual ~EncoderStream() = default;

  // Appends to `out` all that `bytes` and what came before make. After kFinish it may not be called
  // again.
  virtual core::Result<void> write(std::string_view bytes, Step step, std::string& out) = 0;
};

}  // namespace minato::http
