#include "tabular/input/text_stream.h"

#include <string_view>
#include <system_error>

#include "tabular/input/read_ahead.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kChunksAlone = 4;  // a thread does not pay for short files

}  // namespace

TextStream::TextStream(std::unique_ptr<ByteSource> bytes, std::unique_ptr<text::Decoder> decoder)
    : chunks_(new Chunks{std::move(bytes), std::move(decoder), {}, false}) {}

TextStream::~TextStream() = default;
TextStream::TextStream(TextStream&& other) noexcept = default;

core::Result<bool> TextStream::Chunks::next(std::string& out, std::size_t size) {
  if (ended) return false;
  if (raw.size() < size) raw.resize(size);
  const auto got = bytes->read(raw.data(), size);
  if (!got) return tl::unexpected(got.error());
  if (*got == 0) {
    ended = true;
    const std::size_t before = out.size();
    decoder->finish(out);
    return out.size() > before;
  }
  decoder->decode(std::string_view(raw.data(), *got), out);
  return true;
}

core::Result<bool> TextStream::more(std::string& out, std::size_t size) {
  if (!ahead_ && ++taken_ == kChunksAlone) {
    try {
      ahead_ = std::make_unique<ReadAhead>(*chunks_);
    } catch (const std::system_error&) {
      // No thread to be had: it goes on alone.
    }
  }
  return ahead_ ? ahead_->take(out, size) : chunks_->next(out, size);
}

core::Result<void> TextStream::rewind() {
  ahead_.reset();
  taken_ = 0;
  chunks_->decoder->reset();
  chunks_->ended = false;
  return chunks_->bytes->rewind();
}

const text::Decoder& TextStream::decoder() const {
  if (ahead_) ahead_->pause();
  return *chunks_->decoder;
}

}  // namespace minato::tabular
