#include "harvest/sources/page/link_text.h"

#include <algorithm>
#include <array>

#include "harvest/sources/page/link_words.h"
#include "harvest/sources/page/plain_text.h"

namespace minato::harvest {
namespace {

constexpr char32_t kLiteralOpen = 0x1;
constexpr char32_t kLiteralClose = 0x2;
constexpr std::size_t kMaxCharacters = 400;

// Takes out brackets that hold nothing but words about the form, innermost first.
void drop_brackets(PlainText& text, LinkText& claims) {
  while (true) {
    const std::size_t close = text.plain.find(U')');
    if (close == std::u32string::npos) break;
    const std::size_t open = text.plain.rfind(U'(', close);
    if (open == std::u32string::npos) {
      text.plain[close] = kLiteralClose;
      continue;
    }
    LinkText inside;
    const auto words = LinkWords(text).read(open + 1, close, &inside);
    const bool empty = text.plain.find_first_not_of(U' ', open + 1) == close;
    if (empty || (words.strong && words.end == close)) {
      if (claims.format.empty()) claims.format = inside.format;
      if (claims.encoding.empty()) claims.encoding = inside.encoding;
      if (!claims.size) claims.size = inside.size;
      text.erase(open, close + 1);
      text.plain.insert(open, U" ");
      text.original.insert(open, U" ");
    } else {
      text.plain[open] = kLiteralOpen;
      text.plain[close] = kLiteralClose;
    }
  }
}

// The longest end that is only about the form.
void drop_end(PlainText& text, LinkText& claims) {
  const LinkWords words(text);
  for (std::size_t from = 0; from < text.size();) {
    const bool word = is_ascii_letter(text.plain[from]) || is_digit(text.plain[from]);
    const bool inside_word =
        word && from > 0 &&
        (is_ascii_letter(text.plain[from - 1]) || is_digit(text.plain[from - 1]));
    const auto end =
        inside_word ? LinkWords::Sequence{from, false, 0} : words.read(from, text.size(), nullptr);
    if (end.end < text.size()) {
      from = std::max(from + 1, end.end);
      continue;
    }
    if (!end.strong) return;
    words.read(end.first_strong, text.size(), &claims);
    text.erase(end.first_strong, text.size());
    return;
  }
}

// "CSV：AED一覧", "PDF版 地図": words about the form and a separator.
void drop_beginning(PlainText& text, LinkText& claims) {
  const LinkWords words(text);
  LinkText inside;
  const auto begin = words.read(0, text.size(), &inside);
  const bool starts_so = begin.strong && text.plain.find_first_not_of(U' ') == begin.first_strong;
  if (!starts_so || begin.end == text.size()) return;
  const char32_t last = text.plain[begin.end - 1];
  if (last != U' ' && last != U':' && last != U'|') return;
  if (claims.format.empty()) claims.format = inside.format;
  if (claims.encoding.empty()) claims.encoding = inside.encoding;
  text.erase(0, begin.end);
}

std::u32string_view trimmed(std::u32string_view text) {
  constexpr std::u32string_view kEdges = U" :|,、。・/-→⇒▶►>»■●◆○◎・*";
  const std::size_t begin = text.find_first_not_of(kEdges);
  if (begin == std::u32string_view::npos) return {};
  const std::size_t end = text.find_last_not_of(U" :：|,、。/→⇒▶►>»");
  return text.substr(begin, end + 1 - begin);
}

std::string collapsed(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : trimmed(text)) {
    if (c == U' ' && !out.empty() && out.back() == U' ') continue;
    out.push_back(c);
  }
  return utf8_of(out);
}

}  // namespace

bool is_generic_name(std::string_view text) {
  static constexpr std::array<std::string_view, 51> kGeneric = {"ダウンロード",
                                                                "こちら",
                                                                "こちらから",
                                                                "こちらへ",
                                                                "ここ",
                                                                "ここから",
                                                                "データ",
                                                                "ファイル",
                                                                "リンク",
                                                                "詳細",
                                                                "表示",
                                                                "開く",
                                                                "全件",
                                                                "dl",
                                                                "download",
                                                                "データダウンロード",
                                                                "ファイルダウンロード",
                                                                "ダウンロードファイル",
                                                                "ダウンロードデータ",
                                                                "データのダウンロード",
                                                                "ダウンロードする",
                                                                "ファイル一覧",
                                                                "添付ファイル",
                                                                "関連ファイル",
                                                                "関連資料",
                                                                "添付資料",
                                                                "公開データ",
                                                                "公開ファイル",
                                                                "データファイル",
                                                                "提供データ",
                                                                "オープンデータ",
                                                                "一覧",
                                                                "一覧表",
                                                                "資料",
                                                                "最新",
                                                                "最新版",
                                                                "最新データ",
                                                                "過去",
                                                                "過去データ",
                                                                "過去のデータ",
                                                                "バックナンバー",
                                                                "アーカイブ",
                                                                "本文",
                                                                "全体",
                                                                "ダウンロードはこちら",
                                                                "リソース",
                                                                "データ一覧",
                                                                "ファイル形式",
                                                                "file",
                                                                "files",
                                                                "data"};
  std::string plain = utf8_of(trimmed(plain_text(text).plain));
  plain.erase(std::remove(plain.begin(), plain.end(), ' '), plain.end());
  return plain.empty() || std::find(kGeneric.begin(), kGeneric.end(), plain) != kGeneric.end();
}

LinkText read_link_text(std::string_view text) {
  LinkText out;
  PlainText rest = plain_text(text, kMaxCharacters);
  drop_brackets(rest, out);
  drop_end(rest, out);
  drop_beginning(rest, out);
  out.name = collapsed(rest.original);
  if (is_generic_name(out.name)) out.name.clear();
  return out;
}

}  // namespace minato::harvest
