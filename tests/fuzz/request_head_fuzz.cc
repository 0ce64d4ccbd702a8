// Heads of requests: however the bytes arrive, they are found to end at the same place or refused for the same
// reason, and a head that parses has what framing needs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/server/request_parser.h"

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using minato::http::HeadScanner;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const minato::http::Limits limits;
  HeadScanner whole(limits);
  const auto state = whole.scan(text);

  HeadScanner slow(limits);
  auto slow_state = HeadScanner::State::kMore;
  for (std::size_t end = 0; end <= size && slow_state == HeadScanner::State::kMore; ++end) {
    slow_state = slow.scan(text.substr(0, end));
  }
  if (slow_state != state) std::abort();
  if (state == HeadScanner::State::kRefused && whole.refusal().status != slow.refusal().status) std::abort();
  if (state != HeadScanner::State::kComplete) return 0;
  if (whole.head_end() != slow.head_end()) std::abort();

  minato::http::RequestHead head;
  const auto refusal =
      parse_head(text.substr(whole.head_begin(), whole.head_end() - whole.head_begin()), limits, head);
  if (refusal) return 0;
  if (head.request.method.empty() || head.request.target.empty()) std::abort();
  if (head.chunked && head.content_length != 0) std::abort();
  return 0;
}
