#include "harvest/sources/page/title_kinds.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/vocabularies.h"
#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/field_names.h"
#include "harvest/sources/page/link_text.h"
#include "text/fold.h"

namespace minato::harvest {
namespace {

constexpr std::array<std::string_view, 57> kThemes = {
    "防災",       "防犯",     "安全", "安心",       "消防",     "救急",   "災害",     "子育て",
    "教育",       "福祉",     "健康", "医療",       "介護",     "高齢者", "障害者",   "保健",
    "衛生",       "環境",     "ごみ", "リサイクル", "ゴミ",     "観光",   "文化",     "スポーツ",
    "歴史",       "生涯学習", "統計", "人口",       "世帯",     "施設",   "公共施設", "都市計画",
    "まちづくり", "交通",     "産業", "農業",       "農林水産", "商工",   "経済",     "労働",
    "雇用",       "行政",     "財政", "選挙",       "議会",     "税",     "くらし",   "暮らし",
    "生活",       "住まい",   "土地", "住宅",       "水道",     "国際",   "イベント", "子ども",
    "その他"};

void drop(std::string& text, std::string_view word) {
  if (word.empty()) return;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) {
    text.erase(at, word.size());
  }
}

// "湊町", "神奈川県": at most six characters and a kind of municipality.
bool is_place(std::string_view text) {
  if (text.size() > 21) return false;
  for (const std::string_view end : {"市", "町", "村", "県", "区", "都", "府"}) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

}  // namespace

bool is_transparent_title(std::string_view title) {
  if (read_link_text(title).name.empty()) return true;
  const EditionSplit split = split_edition(title);
  if (!split.edition.empty() && (split.rest.empty() || is_generic_name(split.rest))) return true;
  return field_role(title) != FieldRole::kNone;
}

bool is_theme_title(std::string_view title) {
  std::string plain(title);
  for (const std::string_view word :
       {"に関するデータ", "に関すること", "関連データ", "データ", "情報", "関係", "関連", "分野"}) {
    if (plain.ends_with(word) && plain.size() > word.size()) {
      plain.erase(plain.size() - word.size());
    }
  }
  if (core::find_theme(plain) != nullptr) return true;
  std::size_t pieces = 0;
  while (!plain.empty()) {
    std::size_t end = plain.size();
    std::size_t length = 0;
    for (const std::string_view joint : {"・", "、", "／", "/", "と", "及び", ","}) {
      if (const std::size_t at = plain.find(joint); at < end) {
        end = at;
        length = joint.size();
      }
    }
    const std::string_view piece = std::string_view(plain).substr(0, end);
    if (std::find(kThemes.begin(), kThemes.end(), piece) == kThemes.end()) return false;
    plain.erase(0, end + length);
    ++pieces;
  }
  return pieces > 0;
}

bool is_catalogue_title(std::string_view title) {
  static constexpr std::array<std::string_view, 14> kCatalogue = {
      "オープンデータ", "公開データ",   "データカタログ", "データライブラリ", "データライブラリー",
      "データセット",   "データ一覧",   "データ集",       "カタログサイト",   "カタログ",
      "ライブラリ",     "ライブラリー", "ポータルサイト", "open data"};
  std::string rest = text::fold(title);
  bool named = false;
  for (const std::string_view word : kCatalogue) {
    const std::string folded = text::fold(word);
    named = named || rest.find(folded) != std::string::npos;
    drop(rest, folded);
  }
  if (!named) return false;
  for (const std::string_view word : {"一覧",   "ページ", "について",  "サイト", "ダウンロード",
                                      "トップ", "提供",   "公開",      "データ", "ファイル",
                                      "の",     "を",     "による",    "掲載",   "しています",
                                      "推進",   "ご案内", "(",         ")",      ":",
                                      "-",      "・",     "|",         "「",     "」",
                                      "【",     "】",     "へようこそ"}) {
    drop(rest, text::fold(word));
  }
  drop(rest, " ");
  return rest.empty() || is_place(rest) || is_theme_title(rest);
}

bool is_service_title(std::string_view title) {
  const std::string plain = text::fold(title);
  for (const std::string_view word :
       {"利用規約", "利用ルール", "利用条件", "お問い合わせ", "問い合わせ先", "問合せ先",
        "更新履歴", "免責事項", "利用上の注意", "ご利用にあたって", "ライセンスについて",
        "アンケート"}) {
    if (plain.find(text::fold(word)) != std::string::npos) return true;
  }
  return false;
}

}  // namespace minato::harvest
