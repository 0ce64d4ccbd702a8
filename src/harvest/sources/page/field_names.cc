#include "harvest/sources/page/field_names.h"

#include <algorithm>
#include <map>

#include "text/blanks.h"
#include "text/fold.h"

namespace minato::harvest {
namespace {

struct RoleWords {
  FieldRole role;
  std::vector<std::string_view> words;
};

const std::vector<RoleWords>& role_words() {
  static const std::vector<RoleWords> words = {
      {FieldRole::kTitle,
       {"データ名",
        "データ名称",
        "名称",
        "データセット",
        "データセット名",
        "データセット名称",
        "タイトル",
        "件名",
        "データの名称",
        "データタイトル",
        "資料名",
        "統計名",
        "データ項目",
        "公開データ",
        "オープンデータ名",
        "オープンデータ",
        "オープンデータ名称",
        "データ一覧",
        "データ",
        "項目",
        "項目名",
        "標題",
        "表題",
        "ファイル名称",
        "データの名前",
        "データ種別",
        "データの種類",
        "種類",
        "種別",
        "公開データ名",
        "一覧",
        "データファイル名",
        "title",
        "name",
        "dataset"}},
      {FieldRole::kDescription,
       {"概要", "内容", "説明", "データ概要", "データの概要", "データ内容", "データの内容",
        "データ説明", "データの説明", "解説", "詳細", "詳細説明", "掲載内容", "description"}},
      {FieldRole::kFormat,
       {"形式",
        "ファイル形式",
        "データ形式",
        "ファイル",
        "ダウンロード",
        "公開形式",
        "リンク",
        "データファイル",
        "提供形式",
        "添付ファイル",
        "ファイルダウンロード",
        "データダウンロード",
        "ファイルの形式",
        "データの形式",
        "フォーマット",
        "ファイル種別",
        "url",
        "データリンク",
        "ダウンロードファイル",
        "ダウンロードリンク",
        "format",
        "download",
        "file"}},
      {FieldRole::kUpdated,
       {"更新日", "更新年月日", "最終更新日", "最終更新", "更新日時", "最終更新日時",
        "最終更新年月日", "データ更新日", "更新", "情報更新日", "updated", "modified"}},
      {FieldRole::kPublished,
       {"公開日", "公開年月日", "登録日", "掲載日", "作成日", "作成年月日", "データ作成日",
        "掲載年月日", "登録年月日", "公表日", "初回公開日"}},
      {FieldRole::kFrequency,
       {"更新頻度", "更新周期", "更新時期", "更新サイクル", "更新予定", "更新間隔",
        "データ更新頻度", "frequency"}},
      {FieldRole::kLicense,
       {"ライセンス", "利用条件", "利用規約", "著作権", "二次利用", "ライセンス表示", "利用ルール",
        "データライセンス", "license"}},
      {FieldRole::kDepartment,
       {"担当課",       "所管課",         "担当部署", "作成部署",    "担当",     "所管",
        "所管部署",     "作成課",         "提供課",   "担当部課",    "担当所属", "公開部署",
        "データ提供課", "データ作成部署", "主管課",   "担当部局",    "所属",     "課名",
        "提供元",       "作成者",         "公開者",   "データ提供元"}},
      {FieldRole::kCategory,
       {"分類", "カテゴリ", "カテゴリー", "分野", "ジャンル", "大分類", "中分類", "区分", "テーマ",
        "グループ", "データ分類", "分類名", "category"}},
      {FieldRole::kTags, {"タグ", "キーワード", "tags", "keyword"}},
      {FieldRole::kPeriod, {"対象期間", "データ期間", "データ対象期間", "対象年月", "収録期間"}},
      {FieldRole::kEdition,
       {"年度", "年", "時点", "データ時点", "調査年", "対象年度", "対象年", "年月", "年次", "月",
        "基準日", "現在", "調査年月日", "調査時点", "版", "公開年度", "作成時点", "調査年度",
        "データ基準日"}},
      {FieldRole::kContact,
       {"問い合わせ先", "お問い合わせ先", "問合せ先", "連絡先", "お問合せ先", "お問い合わせ",
        "問い合わせ", "連絡先電話番号"}},
      {FieldRole::kFileProperty,
       {"サイズ", "ファイルサイズ", "容量", "ファイル容量", "文字コード", "件数", "データ件数",
        "レコード数", "データ量", "エンコード", "項目数", "地図", "プレビュー"}},
      {FieldRole::kNumber, {"no", "no.", "番号", "通番", "連番", "項番", "#", "id", "データ番号"}},
      {FieldRole::kRemarks, {"備考", "注記", "注意事項", "その他", "補足", "備考欄", "特記事項"}},
  };
  return words;
}

// Blanks and punctuation around and inside do not count: 「データ　名」「【概要】」「更新日：」.
std::string key_of(std::string_view label) {
  std::string out;
  for (const char c : text::fold(label)) {
    if (c == ' ' || c == '.' || c == ':' || c == '(' || c == ')' || c == '[' || c == ']') continue;
    out += c;
  }
  for (const std::string_view bracket : {"【", "】", "■", "◆", "●", "○", "・", "〔", "〕"}) {
    for (std::size_t at = out.find(bracket); at != std::string::npos; at = out.find(bracket)) {
      out.erase(at, bracket.size());
    }
  }
  return out;
}

}  // namespace

FieldRole field_role(std::string_view label) {
  static const std::map<std::string, FieldRole, std::less<>> roles = [] {
    std::map<std::string, FieldRole, std::less<>> made;
    for (const RoleWords& entry : role_words()) {
      for (const std::string_view word : entry.words) made.emplace(key_of(word), entry.role);
    }
    return made;
  }();
  if (label.empty() || label.size() > 60) return FieldRole::kNone;
  const auto found = roles.find(key_of(label));
  return found == roles.end() ? FieldRole::kNone : found->second;
}

PageField field_of_line(std::string_view line) {
  std::size_t colon = line.find("：");
  std::size_t length = 3;
  if (const std::size_t narrow = line.find(':'); narrow < colon) {
    colon = narrow;
    length = 1;
  }
  // "【更新日】2025年4月1日"
  if (line.starts_with("【") || line.starts_with("［") || line.starts_with("〔")) {
    for (const std::string_view close : {"】", "］", "〕"}) {
      if (const std::size_t at = line.find(close); at < colon) {
        colon = at;
        length = close.size();
      }
    }
  }
  if (colon == std::string_view::npos || colon > 60) return {};
  const std::string_view label = text::trimmed(line.substr(0, colon));
  const FieldRole role = field_role(label);
  std::string_view value = text::trimmed(line.substr(colon + length));
  if (value.starts_with("：")) value = text::trimmed(value.substr(3));
  if (role == FieldRole::kNone || value.empty()) return {};
  return {role, std::string(label), std::string(value)};
}

std::string_view field_value(const std::vector<PageField>& fields, FieldRole role) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [role](const PageField& field) { return field.role == role; });
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace minato::harvest
