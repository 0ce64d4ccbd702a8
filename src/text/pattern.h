// Regular expressions that operators write and strangers' texts are matched with: bounded in time
// and memory whatever both of them hold.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::text {

struct PatternMatch {
  std::string text;                 // what matched
  std::vector<std::string> groups;  // of capture groups 1, 2, ...; empty: took no part
};

// ICU's syntax (much like Perl's; "(?i)" ignores case, \p{Han} works). Immutable, cheap to copy,
// thread-safe.
class Pattern {
 public:
  static constexpr std::size_t kMaxExpressionBytes = 200;
  static constexpr std::size_t kMaxSubjectBytes = 2048;

  // Fails with kInvalidArgument "harvest-pattern", position in the expression included: empty, too
  // long, no valid UTF-8, no regular expression.
  static core::Result<Pattern> make(std::string_view expression);

  // The first match anywhere in `subject`; nullopt: none. A subject of more than kMaxSubjectBytes
  // matches nothing. Bad UTF-8 is read as U+FFFD. Fails with "harvest-pattern" when the expression
  // needs too much time or memory for this subject.
  [[nodiscard]] core::Result<std::optional<PatternMatch>> match(std::string_view subject) const;
  [[nodiscard]] core::Result<bool> found_in(std::string_view subject) const;

  [[nodiscard]] const std::string& expression() const { return expression_; }

 private:
  struct Compiled;
  Pattern(std::string expression, std::shared_ptr<const Compiled> compiled);

  std::string expression_;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace minato::text
