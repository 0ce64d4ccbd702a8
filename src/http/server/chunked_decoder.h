// Takes the chunked transfer coding off a request body (RFC 9112 s7.1). Keeps no bytes itself, so
// it does not matter where reads split the stream, and every byte is looked at once.
#pragma once

#include <cstdint>
#include <string_view>

#include "http/server/request_parser.h"

namespace minato::http {

class ChunkedDecoder {
 public:
  enum class State { kMore, kDone, kRefused };
  struct Step {
    std::string_view data;  // part of the body, within the bytes given
    std::size_t consumed = 0;
    State state = State::kMore;
  };

  // Reads on in `bytes`, as far as one piece of body data, the end of the body, a refusal or the
  // end of `bytes`. Call again with the rest while the state is kMore and bytes remain.
  Step decode(std::string_view bytes);

  [[nodiscard]] const Refusal& refusal() const { return refusal_; }

 private:
  enum class Place {
    kSize,
    kExtension,
    kSizeLf,
    kData,
    kDataCr,
    kDataLf,
    kLine,
    kTrailer,
    kTrailerLf,
    kEndLf
  };

  Place next_place(char c);
  Place size_place(char c);
  Place trailer_place(char c);
  Place refuse(int status, std::string_view what);
  Place expect(char c, char wanted, Place then);

  Place place_ = Place::kSize;
  std::uint64_t chunk_left_ = 0;
  unsigned digits_ = 0;
  std::size_t line_bytes_ = 0;  // of the size line, or of all trailers
  bool done_ = false;
  Refusal refusal_;
};

}  // namespace minato::http
