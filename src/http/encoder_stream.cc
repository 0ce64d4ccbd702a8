#include "http/encoder_stream.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

namespace minato::http {
namespace {

// Fast levels: replies are made once per revision, or streamed while the client waits.
constexpr int kGzipLevel = 5;
constexpr int kZstdLevel = 3;
// 128 KB of window instead of zstd's megabytes: many streams may be open at once.
constexpr int kZstdWindowLog = 17;
constexpr std::size_t kRoom = 16 * 1024;

class GzipStream final : public EncoderStream {
 public:
  GzipStream() {
    constexpr int kGzipFormat = 15 + 16;
    ready_ =
        deflateInit2(&stream_, kGzipLevel, Z_DEFLATED, kGzipFormat, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~GzipStream() override {
    if (ready_) deflateEnd(&stream_);
  }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;
  [[nodiscard]] bool ready() const { return ready_; }

  core::Result<void> write(std::string_view bytes, Step step, std::string& out) override {
    do {
      const std::size_t part =
          std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max() / 2);
      const bool last = part == bytes.size();
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream_.avail_in = static_cast<uInt>(part);
      const int flush = !last ? Z_NO_FLUSH : step == Step::kFinish ? Z_FINISH : Z_SYNC_FLUSH;
      if (!run(flush, out)) return core::fail_internal("zlib: deflate failed");
      bytes.remove_prefix(part);
    } while (!bytes.empty());
    return {};
  }

 private:
  bool run(int flush, std::string& out) {
    do {
      const std::size_t used = out.size();
      out.resize(used + kRoom);
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + used);
      stream_.avail_out = static_cast<uInt>(kRoom);
      const int result = deflate(&stream_, flush);
      out.resize(used + kRoom - stream_.avail_out);
      // Z_BUF_ERROR: nothing was left to flush, which is fine.
      if (result == Z_STREAM_ERROR) return false;
    } while (stream_.avail_out == 0);
    return true;
  }

  z_stream stream_{};
  bool ready_ = false;
};

class ZstdStream final : public EncoderStream {
 public:
  ZstdStream() : context_(ZSTD_createCCtx()) {
    if (context_ == nullptr) return;
    ready_ = set(ZSTD_c_compressionLevel, kZstdLevel) && set(ZSTD_c_windowLog, kZstdWindowLog);
  }
  ~ZstdStream() override { ZSTD_freeCCtx(context_); }
  ZstdStream(const ZstdStream&) = delete;
  ZstdStream& operator=(const ZstdStream&) = delete;
  [[nodiscard]] bool ready() const { return ready_; }

  core::Result<void> write(std::string_view bytes, Step step, std::string& out) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    const ZSTD_EndDirective directive = step == Step::kFinish ? ZSTD_e_end : ZSTD_e_flush;
    for (;;) {
      const std::size_t used = out.size();
      out.resize(used + kRoom);
      ZSTD_outBuffer room{out.data() + used, kRoom, 0};
      const std::size_t left = ZSTD_compressStream2(context_, &room, &in, directive);
      out.resize(used + room.pos);
      if (ZSTD_isError(left) != 0) {
        return core::fail_internal(std::string("zstd: ") + ZSTD_getErrorName(left));
      }
      if (left == 0 && in.pos == in.size) return {};
    }
  }

 private:
  bool set(ZSTD_cParameter parameter, int value) {
    return ZSTD_isError(ZSTD_CCtx_setParameter(context_, parameter, value)) == 0;
  }

  ZSTD_CCtx* context_;
  bool ready_ = false;
};

template <typename Stream>
core::Result<std::unique_ptr<EncoderStream>> open_stream(std::string_view name) {
  auto stream = std::make_unique<Stream>();
  if (!stream->ready()) return core::fail_internal(std::string(name) + ": cannot start an encoder");
  return stream;
}

}  // namespace

core::Result<std::unique_ptr<EncoderStream>> EncoderStream::open(Coding coding) {
  return coding == Coding::kZstd ? open_stream<ZstdStream>("zstd")
                                 : open_stream<GzipStream>("zlib");
}

}  // namespace minato::http
