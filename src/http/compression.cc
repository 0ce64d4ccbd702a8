#include "http/compression.h"

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "http/encoder_stream.h"

namespace minato::http {

bool is_compressible(std::string_view content_type) {
  const std::string type = media_type_of(content_type);
  if (type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")) return true;
  static constexpr std::array<std::string_view, 8> kTypes = {
      "application/json",      "application/javascript", "application/xml",
      "application/x-ndjson",  "application/ndjson",     "application/yaml",
      "application/n-triples", "application/manifest"};
  for (const std::string_view each : kTypes) {
    if (type == each) return true;
  }
  return false;
}

core::Result<std::string> compress(std::string_view bytes, Coding coding) {
  if (coding == Coding::kIdentity) return std::string(bytes);
  core::Result<std::unique_ptr<EncoderStream>> encoder = EncoderStream::open(coding);
  if (!encoder) return tl::unexpected(std::move(encoder.error()));
  std::string out;
  if (core::Result<void> done = (*encoder)->write(bytes, EncoderStream::Step::kFinish, out);
      !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

core::Result<BodySource> compress_source(BodySource source, Coding coding) {
  if (coding == Coding::kIdentity) return source;
  core::Result<std::unique_ptr<EncoderStream>> opened = EncoderStream::open(coding);
  if (!opened) return tl::unexpected(std::move(opened.error()));
  // Shared because a BodySource is copyable; only one copy is ever pulled.
  const std::shared_ptr<EncoderStream> encoder = std::move(*opened);
  return BodySource([source = std::move(source), encoder,
                     slice = std::string()](std::string& out) mutable -> core::Result<bool> {
    slice.clear();
    core::Result<bool> more = source(slice);
    if (!more) return more;
    const auto step = *more ? EncoderStream::Step::kFlush : EncoderStream::Step::kFinish;
    if (core::Result<void> done = encoder->write(slice, step, out); !done) {
      return tl::unexpected(std::move(done.error()));
    }
    return more;
  });
}

}  // namespace minato::http
