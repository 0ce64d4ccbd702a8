#include "core/fiscal_year.h"

#include <gtest/gtest.h>

namespace minato::core {
namespace {

Timestamp at(const char* text) { return *parse_iso8601(text); }

TEST(FiscalYear, BeginsOnTheFirstOfAprilInJapan) {
  EXPECT_EQ(fiscal_year(at("2026-03-31T23:59:59+09:00")), 2025);
  EXPECT_EQ(fiscal_year(at("2026-04-01T00:00:00+09:00")), 2026);
  EXPECT_EQ(fiscal_year(at("2026-03-31T15:00:00Z")), 2026);
  EXPECT_EQ(fiscal_year(at("2027-01-01T00:00:00+09:00")), 2026);
}

TEST(FiscalYear, StartsAreTheFirstMoments) {
  EXPECT_EQ(fiscal_year_start(2024), at("2024-04-01T00:00:00+09:00"));
  EXPECT_EQ(fiscal_year(fiscal_year_start(2031)), 2031);
  EXPECT_EQ(fiscal_year({fiscal_year_start(2031).us - 1}), 2030);
}

}  // namespace
}  // namespace minato::core
