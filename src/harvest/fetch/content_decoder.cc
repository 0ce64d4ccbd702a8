#include "harvest/fetch/content_decoder.h"

#include <zlib.h>

#include <array>
#include <new>
#include <string>

#include "text/lowercase.h"

namespace minato::harvest {
namespace {

class PlainDecoder final : public ContentDecoder {
 public:
  Step decode(std::string_view bytes, const Output& output) override {
    return output(bytes) ? Step::kGoOn : Step::kOutputEnded;
  }
  [[nodiscard]] bool is_whole() const override { return true; }
};

constexpr int kGzipWindow = 15 + 16;  // zlib.h, inflateInit2: 16 adds the gzip wrapper
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;

class InflatingDecoder final : public ContentDecoder {
 public:
  explicit InflatingDecoder(bool gzip) : gzip_(gzip) {}
  ~InflatingDecoder() override {
    if (state_ != State::kNew) inflateEnd(&stream_);
  }
  InflatingDecoder(const InflatingDecoder&) = delete;
  InflatingDecoder& operator=(const InflatingDecoder&) = delete;

  Step decode(std::string_view bytes, const Output& output) override {
    if (bytes.empty()) return Step::kGoOn;
    if (state_ == State::kNew) start(bytes.front());
    std::array<char, 64 * 1024> piece;  // NOLINT: filled by inflate
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    for (;;) {
      if (state_ == State::kEnded && !begin_next_member()) return Step::kGoOn;
      stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream_.avail_out = static_cast<uInt>(piece.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_STREAM_END) state_ = State::kEnded;
      const bool starves = result == Z_BUF_ERROR && stream_.avail_in == 0;
      if (result != Z_OK && result != Z_STREAM_END && !starves) return Step::kDamaged;
      const std::size_t made = piece.size() - stream_.avail_out;
      if (made > 0 && !output(std::string_view(piece.data(), made))) return Step::kOutputEnded;
      // A full piece: more of it may wait inside zlib even when all input is used.
      if (stream_.avail_in == 0 && stream_.avail_out != 0) return Step::kGoOn;
    }
  }
  // An empty body needs no wrapper.
  [[nodiscard]] bool is_whole() const override { return state_ != State::kWithin; }

 private:
  enum class State { kNew, kWithin, kEnded };

  void start(char first) {
    // zlib's header begins with the method 8 (RFC 1950 s2.2); as a raw block that would be a stored
    // one of length bits that no encoder writes first.
    const bool wrapped = (static_cast<unsigned char>(first) & 0x0FU) == 8;
    const int window = gzip_ ? kGzipWindow : wrapped ? kZlibWindow : kRawWindow;
    if (inflateInit2(&stream_, window) != Z_OK) throw std::bad_alloc();
    state_ = State::kWithin;
  }
  // RFC 1952 s2.2: a file may have several members. What else follows is padding, and passed over.
  bool begin_next_member() {
    if (!gzip_ || stream_.avail_in == 0 || *stream_.next_in != 0x1F) return false;
    inflateReset(&stream_);
    state_ = State::kWithin;
    return true;
  }

  const bool gzip_;
  State state_ = State::kNew;
  z_stream stream_{};
};

}  // namespace

std::unique_ptr<ContentDecoder> ContentDecoder::create(std::string_view coding) {
  const std::string name = text::lowercase(coding);
  if (name.empty() || name == "identity") return std::make_unique<PlainDecoder>();
  if (name == "gzip" || name == "x-gzip") return std::make_unique<InflatingDecoder>(true);
  if (name == "deflate") return std::make_unique<InflatingDecoder>(false);
  return nullptr;
}

}  // namespace minato::harvest
