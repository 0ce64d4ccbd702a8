// Everything a stranger can type into a search: the query language, plain words, the box, sort
// orders.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/ckan_query.h"

namespace {

class StoppedClock final : public minato::core::Clock {
 public:
  [[nodiscard]] minato::core::Timestamp now() const override {
    return {1'711'888'496'789'000};  // 2024-03-31T12:34:56.789Z
  }
};

// The stores rely on this: kNot has one child, kAnd and kOr have some, nothing else has any.
bool is_sound(const minato::core::SearchExpr& expr) {
  using Kind = minato::core::SearchExpr::Kind;
  const bool is_list = expr.kind == Kind::kAnd || expr.kind == Kind::kOr;
  if (expr.kind == Kind::kNot ? expr.children.size() != 1 : is_list == expr.children.empty()) {
    return false;
  }
  for (const auto& child : expr.children) {
    if (!is_sound(child)) return false;
  }
  return true;
}

}  // namespace

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const StoppedClock clock;
  if (const auto expr = minato::formats::parse_ckan_fq(text, clock); expr && !is_sound(*expr)) {
    std::abort();
  }
  if (const auto expr = minato::formats::parse_ckan_q(text, clock); expr && !is_sound(*expr)) {
    std::abort();
  }
  if (!is_sound(minato::formats::parse_search_box(text))) std::abort();
  (void)minato::formats::parse_ckan_sort(text);
  return 0;
}
