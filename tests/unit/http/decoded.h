// What a client makes of a coded body. A body that ends too early gives what has come.
#pragma once

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>

#include "http/negotiation.h"

namespace minato::http {

inline std::string gunzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string in = bytes;
  std::string out;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  int result = Z_OK;
  while (result == Z_OK) {
    char room[4096];
    stream.next_out = reinterpret_cast<Bytef*>(room);
    stream.avail_out = sizeof room;
    result = inflate(&stream, Z_NO_FLUSH);
    out.append(room, sizeof room - stream.avail_out);
    if (stream.avail_in == 0 && stream.avail_out != 0) break;
  }
  inflateEnd(&stream);
  return out;
}

inline std::string unzstd(const std::string& bytes) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string out;
  for (;;) {
    char room[4096];
    ZSTD_outBuffer slice{room, sizeof room, 0};
    const std::size_t left = ZSTD_decompressStream(context, &slice, &in);
    EXPECT_EQ(ZSTD_isError(left), 0u);
    out.append(room, slice.pos);
    if (ZSTD_isError(left) != 0 || (in.pos == in.size && slice.pos < slice.size)) break;
  }
  ZSTD_freeDCtx(context);
  return out;
}

inline std::string decoded(const std::string& bytes, Coding coding) {
  return coding == Coding::kGzip ? gunzip(bytes) : unzstd(bytes);
}

}  // namespace minato::http
