#include "formats/schema_messages.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "formats/json.h"

namespace minato::formats {
namespace {

struct Translation {
  std::string_view begins;
  std::string_view ja;
  std::string_view hint_ja;
  std::string_view hint_en;
};

// "{}" stands for what valijson puts between quotes, or for its first number.
// The first two are about a member that is missing, or unknown.
constexpr std::array kTranslations = {
    Translation{"Missing required property", "必須の項目「{}」がありません。",
                "項目を加えてください。", "Add the property."},
    Translation{"Object contains a property that could not be validated",
                "項目「{}」はここでは使えません。", "つづりを確かめるか、項目を除いてください。",
                "Check its spelling, or remove it."},
    Translation{"Value type not permitted", "値の型が違います。",
                "文字列は \"…\"、並びは […] のように書いてください。",
                "Strings are written \"...\", lists [...]."},
    Translation{"Failed to match regex", "値の形式が正しくありません。",
                "スキーマの pattern に合わせてください。", "Match the pattern of the schema."},
    Translation{"Failed to match against any enum values", "決められた値のどれでもありません。",
                "スキーマの enum から選んでください。", "Choose one of the schema's enum."},
    Translation{"Failed to match expected value set by 'const'", "決められた値ではありません。", "",
                ""},
    Translation{"String should be no more than", "長すぎます（{} 文字以内）。",
                "短くしてください。", "Make it shorter."},
    Translation{"String should be no fewer than", "短すぎます（{} 文字以上）。", "", ""},
    Translation{"Array should contain no more than", "多すぎます（{} 個以内）。", "", ""},
    Translation{"Array should contain no fewer than", "足りません（{} 個以上）。", "", ""},
    Translation{"Object should have no more than", "項目が多すぎます（{} 個以内）。", "", ""},
    Translation{"Object should have no fewer than", "項目が足りません（{} 個以上）。", "", ""},
    Translation{"Elements at indexes", "同じ値が 2 度あります。", "一方を除いてください。",
                "Remove one of them."},
    Translation{"Expected number less than", "数が大きすぎます（{} まで）。", "", ""},
    Translation{"Expected number greater than", "数が小さすぎます（{} から）。", "", ""},
    Translation{"String should be a valid date", "日付として読めません。",
                "2024-04-01 の形で書いてください。", "Write it as 2024-04-01."},
    Translation{"Missing dependency", "項目「{}」も必要です。", "", ""},
};

std::string quoted_part(std::string_view text) {
  // The name is the last thing in quotes; it may hold quotes itself.
  const std::size_t last = text.rfind('\'');
  if (last == std::string_view::npos || last == 0) return {};
  std::size_t first = text.find(": '");
  first = first == std::string_view::npos ? text.find('\'') : first + 2;
  return first < last ? std::string(text.substr(first + 1, last - first - 1)) : std::string();
}

std::string first_number(std::string_view text) {
  const std::size_t start = text.find_first_of("0123456789");
  if (start == std::string_view::npos) return {};
  const std::size_t end = text.find_first_not_of("0123456789.", start);
  std::string number(text.substr(start, end - start));
  const std::size_t point = number.find('.');
  if (point == std::string::npos) return number;
  number.erase(number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.pop_back();
  return number;
}

// "[\"tags\"]", "[tags]" and "[0]" are steps; the root is none.
std::string pointer_of(const std::vector<std::string>& context) {
  std::string pointer;
  for (const std::string& step : context) {
    if (step.size() < 2 || step.front() != '[') continue;
    std::string_view token = std::string_view(step).substr(1, step.size() - 2);
    if (token.size() >= 2 && token.front() == '"' && token.back() == '"') {
      token = token.substr(1, token.size() - 2);
    }
    pointer = child_pointer(pointer, token);
  }
  return pointer;
}

}  // namespace

bool is_summary(const std::string& description) {
  return description.starts_with("Failed to validate");
}

core::ErrorDetail translate_finding(const std::vector<std::string>& context,
                                    const std::string& description) {
  core::ErrorDetail detail;
  detail.param = pointer_of(context);
  detail.message.en = description;
  const auto* known =
      std::find_if(kTranslations.begin(), kTranslations.end(),
                   [&](const Translation& entry) { return description.starts_with(entry.begins); });
  if (known == kTranslations.end()) {
    detail.message.ja = "スキーマの定めに合いません。";
    return detail;
  }
  detail.message.ja = known->ja;
  // Both are about a member of the object where they were found.
  if (known == kTranslations.begin() || known == kTranslations.begin() + 1) {
    detail.param = child_pointer(detail.param, quoted_part(description));
  }
  const std::size_t place = detail.message.ja.find("{}");
  if (place != std::string::npos) {
    std::string part = quoted_part(description);
    if (part.empty()) part = first_number(description);
    detail.message.ja.replace(place, 2, part);
  }
  detail.hint = {std::string(known->hint_ja), std::string(known->hint_en)};
  return detail;
}

}  // namespace minato::formats
