#include "text/pattern.h"

#include <unicode/regex.h>

#include <utility>

#include "core/utf8.h"

namespace minato::text {
namespace {

// ICU counts in steps of some thousand operations, about a millisecond each.
constexpr std::int32_t kTimeLimitSteps = 200;
constexpr std::int32_t kStackLimitBytes = 1024 * 1024;

constexpr std::string_view kId = "harvest-pattern";

const core::LocalizedText& cure() {
  static const core::LocalizedText text = {
      "ICU の正規表現の書き方で、200 バイト以内で書いてください。例: 「(?i)/opendata/.*\\.csv$」",
      "Write a regular expression in ICU's syntax, at most 200 bytes: "
      "\"(?i)/opendata/.*\\.csv$\""};
  return text;
}

tl::unexpected<core::Error> unusable(const std::string& expression, std::string ja,
                                     std::string en) {
  auto failure = core::fail(core::ErrorCode::kInvalidArgument, kId,
                            {"正規表現「" + expression + "」は使えません: " + ja,
                             "The regular expression \"" + expression + "\" cannot be used: " + en},
                            cure());
  return failure;
}

std::string utf8_of(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace

struct Pattern::Compiled {
  std::unique_ptr<icu::RegexPattern> pattern;
};

Pattern::Pattern(std::string expression, std::shared_ptr<const Compiled> compiled)
    : expression_(std::move(expression)), compiled_(std::move(compiled)) {}

core::Result<Pattern> Pattern::make(std::string_view expression) {
  if (!core::is_valid_utf8(expression)) {
    return unusable("?", "UTF-8 ではありません。", "it is not UTF-8.");
  }
  std::string kept(expression.substr(0, expression.size() > kMaxExpressionBytes ? 0 : 200));
  if (kept.empty()) {
    return unusable(kept, expression.empty() ? "空です。" : "長すぎます。",
                    expression.empty() ? "it is empty." : "it is too long.");
  }
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  std::unique_ptr<icu::RegexPattern> pattern(icu::RegexPattern::compile(
      icu::UnicodeString::fromUTF8(icu::StringPiece(kept.data(), static_cast<int>(kept.size()))), 0,
      place, status));
  if (U_FAILURE(status) != 0 || pattern == nullptr) {
    const std::string at = std::to_string(place.offset);
    return unusable(kept, at + " 文字目に誤りがあります (" + u_errorName(status) + ")。",
                    "error at character " + at + " (" + u_errorName(status) + ").");
  }
  auto compiled = std::make_shared<Compiled>();
  compiled->pattern = std::move(pattern);
  return Pattern(std::move(kept), std::move(compiled));
}

core::Result<std::optional<PatternMatch>> Pattern::match(std::string_view subject) const {
  if (subject.size() > kMaxSubjectBytes) return std::nullopt;
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(subject.data(), static_cast<int>(subject.size())));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->pattern->matcher(text, status));
  if (U_FAILURE(status) != 0 || matcher == nullptr) {
    return core::fail_internal(std::string("icu::RegexMatcher: ") + u_errorName(status));
  }
  matcher->setTimeLimit(kTimeLimitSteps, status);
  matcher->setStackLimit(kStackLimitBytes, status);
  const bool found = matcher->find(status) != 0;
  if (U_FAILURE(status) != 0) {
    return unusable(expression_, "照合に時間またはメモリがかかりすぎます。",
                    "matching takes too much time or memory.");
  }
  if (!found) return std::nullopt;
  PatternMatch match{utf8_of(matcher->group(status)), {}};
  for (std::int32_t i = 1; i <= matcher->groupCount(); ++i) {
    match.groups.push_back(utf8_of(matcher->group(i, status)));
  }
  return match;
}

core::Result<bool> Pattern::found_in(std::string_view subject) const {
  return match(subject).map([](const auto& found) { return found.has_value(); });
}

}  // namespace minato::text
