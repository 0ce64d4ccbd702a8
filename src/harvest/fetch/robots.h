// robots.txt (RFC 9309): what a publisher asks of automatic visitors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace minato::harvest {

inline constexpr std::size_t kMaxRobotsBytes = 500 * 1024;  // s2.5; the rest is not read
inline constexpr std::int64_t kMaxCrawlDelayMs = 60'000;

class RobotsRules {
 public:
  // No rules: everything is allowed.
  RobotsRules() = default;
  // The groups of `product` (a product token such as "minato"), or else those of "*". What is no
  // rule is passed over: an HTML page instead of robots.txt allows everything.
  static RobotsRules parse(std::string_view text, std::string_view product);

  // `target`: path and query. The longest rule that matches decides, Allow before Disallow.
  [[nodiscard]] bool permits(std::string_view target) const;
  // The line that decides about `target` ("Disallow: /api/"); empty when none does.
  [[nodiscard]] std::string deciding_line(std::string_view target) const;
  // Crawl-delay (no standard, but BODIK and others ask for it); at most kMaxCrawlDelayMs.
  [[nodiscard]] std::int64_t crawl_delay_ms() const { return crawl_delay_ms_; }

 private:
  struct Rule {
    std::string pattern;  // with normalised escapes
    bool allows = false;
  };
  [[nodiscard]] const Rule* deciding(std::string_view target) const;

  std::vector<Rule> rules_;
  std::int64_t crawl_delay_ms_ = 0;
};

}  // namespace minato::harvest
