#include "tabular/input/text_stream.h"

#include <string_view>

namespace minato::tabular {

core::Result<bool> TextStream::more(std::string& out, std::size_t size) {
  if (ended_) return false;
  if (raw_.size() < size) raw_.resize(size);
  const auto got = bytes_->read(raw_.data(), size);
  if (!got) return tl::unexpected(got.error());
  if (*got == 0) {
    ended_ = true;
    const std::size_t before = out.size();
    decoder_->finish(out);
    return out.size() > before;
  }
  decoder_->decode(std::string_view(raw_.data(), *got), out);
  return true;
}

core::Result<void> TextStream::rewind() {
  decoder_->reset();
  ended_ = false;
  return bytes_->rewind();
}

}  // namespace minato::tabular
