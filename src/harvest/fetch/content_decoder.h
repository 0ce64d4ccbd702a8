// Undoes a Content-Encoding, as a stream. Not left to libcurl: it takes a compressed body that ends
// early for a whole one.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace minato::harvest {

class ContentDecoder {
 public:
  // False ends the decoding.
  using Output = std::function<bool(std::string_view)>;
  enum class Step { kGoOn, kOutputEnded, kDamaged };

  // nullptr: a coding nobody asked for. Knows "", "identity", "gzip", "x-gzip" and "deflate" (zlib,
  // or raw as some servers send it).
  static std::unique_ptr<ContentDecoder> create(std::string_view coding);
  virtual ~ContentDecoder() = default;

  // Output comes in pieces of limited size, so that a bomb cannot fill the memory.
  virtual Step decode(std::string_view bytes, const Output& output) = 0;
  // Whether the body may end here.
  [[nodiscard]] virtual bool is_whole() const = 0;
};

// What create() knows, as an Accept-Encoding header.
inline constexpr std::string_view kAcceptedCodings = "gzip, deflate";

}  // namespace minato::harvest
