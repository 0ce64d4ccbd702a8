#include "core/names.h"

#include <algorithm>
#include <string>

#include "core/utf8.h"
#include "core/word_characters.h"

namespace minato::core {
namespace {

ErrorDetails one(std::string_view param, LocalizedText message, LocalizedText hint = {}) {
  ErrorDetail detail;
  detail.param = param;
  detail.message = std::move(message);
  detail.hint = std::move(hint);
  return {std::move(detail)};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_slug_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

bool is_tag_text(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto code_point = next_code_point(text, offset);
    if (!code_point) return false;
    const char32_t c = *code_point;
    if (c != U' ' && c != U'-' && c != U'.' && !is_word_character(c)) return false;
  }
  return true;
}

// One label of a host name: 1 to 63 letters, digits and inner hyphens.
bool is_host_label(std::string_view label) {
  if (label.empty() || label.size() > 63) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return is_alnum(c) || c == '-'; });
}

bool is_email(std::string_view email) {
  constexpr std::string_view kLocalSigns = ".!#$%&'*+/=?^_`{|}~-";
  const std::size_t at = email.find('@');
  if (at == 0 || at == std::string_view::npos || email.size() > 254) return false;
  const std::string_view local = email.substr(0, at);
  if (!std::all_of(local.begin(), local.end(), [&](char c) {
        return is_alnum(c) || kLocalSigns.find(c) != std::string_view::npos;
      })) {
    return false;
  }
  std::string_view host = email.substr(at + 1);
  for (;;) {
    const std::size_t dot = host.find('.');
    if (!is_host_label(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

}  // namespace

ErrorDetails check_name(std::string_view name, std::string_view param) {
  if (name.empty()) return one(param, {"値がありません。", "Missing value"});
  if (name == "new" || name == "edit" || name == "search") {
    return one(param, {"この名前は使えません。", "That name cannot be used"},
               {"new、edit、search 以外の名前にしてください。",
                "Choose a name other than new, edit and search."});
  }
  if (count_code_points(name) < 2) {
    return one(param, {"2 文字以上にしてください。", "Must be at least 2 characters long"});
  }
  if (count_code_points(name) > kMaxNameLength) {
    return one(param, {"名前は 100 文字以内にしてください。",
                       "Name must be a maximum of 100 characters long"});
  }
  if (!std::all_of(name.begin(), name.end(), is_slug_character)) {
    return one(param,
               {"半角の英小文字、数字、- と _ だけが使えます。",
                "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"},
               {"日本語の名称は title に書き、name にはローマ字や英語を使ってください。",
                "Put the Japanese name into the title and use romaji or English for the name."});
  }
  return {};
}

ErrorDetails check_tag_name(std::string_view name, std::string_view param) {
  ErrorDetails wrongs;
  const std::string quoted(name.substr(0, 400));
  const std::size_t length = count_code_points(name);
  const auto add = [&](LocalizedText message, LocalizedText hint = {}) {
    ErrorDetails detail = one(param, std::move(message), std::move(hint));
    wrongs.push_back(std::move(detail.front()));
  };
  if (length < 2) {
    add({"タグ「" + quoted + "」は短すぎます（2 文字以上）。",
         "Tag \"" + quoted + "\" length is less than minimum 2"});
  }
  if (length > kMaxNameLength) {
    const std::string shown = is_valid_utf8(quoted) ? quoted : std::string("...");
    add({"タグ「" + shown + "」は長すぎます（100 文字以内）。",
         "Tag \"" + shown + "\" length is more than maximum 100"});
  }
  if (!is_tag_text(name)) {
    const std::string shown = is_valid_utf8(quoted) ? quoted : std::string("...");
    add({"タグ「" + shown + "」に使えない文字があります。",
         "Tag \"" + shown +
             "\" can only contain alphanumeric characters, spaces (\" \"), hyphens (\"-\"), "
             "underscores (\"_\") or dots (\".\")"},
        {"使えるのは文字、数字、空白、- _ . です。「（」「・」「、」は空白か - に替えてください。",
         "Use letters, digits, spaces and - _ . only; replace brackets and other marks."});
  }
  return wrongs;
}

ErrorDetails check_vocabulary_name(std::string_view name, std::string_view param) {
  if (name.empty()) return one(param, {"値がありません。", "Missing value"});
  const std::size_t length = count_code_points(name);
  if (length < 2) {
    return one(param,
               {"名前は 2 文字以上にしてください。", "Name must be at least 2 characters long"});
  }
  if (length > kMaxNameLength) {
    return one(param, {"名前は 100 文字以内にしてください。",
                       "Name must be a maximum of 100 characters long"});
  }
  return {};
}

ErrorDetails check_version(std::string_view version, std::string_view param) {
  if (count_code_points(version) <= kMaxVersionLength) return {};
  return one(param, {"版は 100 文字以内にしてください。",
                     "Version must be a maximum of 100 characters long"});
}

ErrorDetails check_email(std::string_view email, std::string_view param) {
  if (email.empty() || is_email(email)) return {};
  const std::string shown(is_valid_utf8(email) ? email.substr(0, email.size() > 400 ? 0 : 400)
                                               : std::string_view());
  return one(param, {"メールアドレス「" + shown + "」の形式が正しくありません。",
                     "Email " + shown + " is not a valid format"});
}

ErrorDetails check_date(std::string_view date, std::string_view param) {
  if (date.empty()) return {};
  std::string whole(date);
  if (whole.size() == 4) whole += "-01";
  if (whole.size() == 7) whole += "-01";
  if (whole.size() == 10 && parse_iso8601(whole)) return {};
  return one(param, {"日付の形式が正しくありません。", "Date format incorrect"},
             {"「2024-04-01」「2024-04」「2024」の形で書いてください。",
              "Write it as 2024-04-01, 2024-04 or 2024."});
}

ErrorDetails check_municipality_code(std::string_view code, std::string_view param) {
  const LocalizedText hint = {
      "6 桁の全国地方公共団体コード（検査数字を含む）を書いてください。例: 140007",
      "Give the municipality code of 6 digits, check digit included: 140007"};
  if (code.size() != 6 || !std::all_of(code.begin(), code.end(), is_digit)) {
    return one(param, {"団体コードは 6 桁の数字です。", "A municipality code has 6 digits"}, hint);
  }
  int sum = 0;
  for (std::size_t i = 0; i < 5; ++i) sum += (code[i] - '0') * (6 - static_cast<int>(i));
  if ((11 - sum % 11) % 10 == code[5] - '0') return {};
  return one(param,
             {"団体コード「" + std::string(code) + "」の検査数字が合いません。",
              "The check digit of the municipality code " + std::string(code) + " is wrong"},
             hint);
}

}  // namespace minato::core
