#include "http/server/chunked_decoder.h"

#include <algorithm>

#include "http/server/syntax.h"

namespace minato::http {
namespace {

constexpr unsigned kMaxSizeDigits = 15;  // 2^60: no overflow, far above any limit
constexpr std::size_t kMaxSizeLine = 256;
constexpr std::size_t kMaxTrailers = 8 * 1024;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

ChunkedDecoder::Step ChunkedDecoder::decode(std::string_view bytes) {
  Step step;
  while (step.consumed < bytes.size()) {
    if (place_ == Place::kData) {
      const auto size = std::min<std::uint64_t>(chunk_left_, bytes.size() - step.consumed);
      step.data = bytes.substr(step.consumed, size);
      step.consumed += size;
      chunk_left_ -= size;
      if (chunk_left_ == 0) place_ = Place::kDataCr;
      return step;
    }
    place_ = next_place(bytes[step.consumed++]);
    if (refusal_) {
      step.state = State::kRefused;
      return step;
    }
    if (done_) {
      step.state = State::kDone;
      return step;
    }
  }
  return step;
}

ChunkedDecoder::Place ChunkedDecoder::next_place(char c) {
  switch (place_) {
    case Place::kSize:
    case Place::kExtension:
      return size_place(c);
    case Place::kSizeLf:
      line_bytes_ = 0;
      digits_ = 0;
      return expect(c, '\n', chunk_left_ > 0 ? Place::kData : Place::kLine);
    case Place::kDataCr:
      return expect(c, '\r', Place::kDataLf);
    case Place::kDataLf:
      return expect(c, '\n', Place::kSize);
    case Place::kTrailerLf:
      return expect(c, '\n', Place::kLine);
    case Place::kEndLf:
      done_ = c == '\n';
      return expect(c, '\n', Place::kEndLf);
    default:
      return trailer_place(c);
  }
}

ChunkedDecoder::Place ChunkedDecoder::size_place(char c) {
  if (++line_bytes_ > kMaxSizeLine) return refuse(400, "chunk size line too long");
  if (c == '\r' && digits_ > 0) return Place::kSizeLf;
  if (place_ == Place::kExtension) {
    return is_field_value({&c, 1}) ? Place::kExtension : refuse(400, "malformed chunk extension");
  }
  if (c == ';' && digits_ > 0) return Place::kExtension;
  const int value = hex_value(c);
  if (value < 0 || ++digits_ > kMaxSizeDigits) return refuse(400, "malformed chunk size");
  chunk_left_ = chunk_left_ * 16 + static_cast<unsigned>(value);
  return Place::kSize;
}

// Trailer fields are dropped (RFC 9110 s6.5.1 allows it); only their size and characters matter.
ChunkedDecoder::Place ChunkedDecoder::trailer_place(char c) {
  if (++line_bytes_ > kMaxTrailers) return refuse(431, "trailer fields too large");
  if (c == '\r') return place_ == Place::kLine ? Place::kEndLf : Place::kTrailerLf;
  return is_field_value({&c, 1}) ? Place::kTrailer : refuse(400, "malformed trailer field");
}

ChunkedDecoder::Place ChunkedDecoder::refuse(int status, std::string_view what) {
  refusal_ = {status, what};
  return place_;
}

ChunkedDecoder::Place ChunkedDecoder::expect(char c, char wanted, Place then) {
  return c == wanted ? then : refuse(400, "malformed chunk boundary");
}

}  // namespace minato::http
