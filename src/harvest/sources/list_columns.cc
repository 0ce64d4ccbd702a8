#include "harvest/sources/list_columns.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

#include "core/utf8.h"
#include "text/fold.h"

namespace minato::harvest {
namespace {

using enum ListField;

// What is left of a header when everything is gone in which publishers differ.
std::string key_of(std::string_view header) {
  const std::string folded = text::fold(header);
  std::string key;
  std::size_t offset = 0;
  while (offset < folded.size()) {
    const std::size_t begin = offset;
    const auto c = core::next_code_point(folded, offset);
    if (!c) {
      ++offset;
      continue;
    }
    const bool alphanumeric = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
    // Hiragana and kanji; the prolonged sound mark, dashes and punctuation are outside of these.
    const bool japanese = (*c >= 0x3041 && *c <= 0x3096) || (*c >= 0x3400 && *c <= 0x9FFF);
    if (alphanumeric || japanese) key.append(folded, begin, offset - begin);
  }
  return key;
}

struct Spellings {
  ListField field;
  std::initializer_list<std::string_view> names;
};

const std::map<std::string, ListField, std::less<>>& known_fields() {
  static const auto fields = [] {
    const std::initializer_list<Spellings> all = {
        {kPublisher,
         {"全国地方公共団体コード", "地方公共団体名", "都道府県コード又は市区町村コード",
          "都道府県コードまたは市区町村コード", "都道府県コード", "市区町村コード", "都道府県名",
          "市区町村名", "団体コード", "団体名", "自治体名"}},
        {kDatasetId, {"データセット_ID", "データセットNO", "データセット番号"}},
        {kNumber, {"NO", "ID", "番号", "項番", "通番", "管理番号", "整理番号", "データID"}},
        {kTitle,
         {"データセット_タイトル", "データ名称", "データセット名称", "データセット名", "データ名",
          "タイトル", "名称", "オープンデータ名", "オープンデータ名称", "データの名称"}},
        {kSubtitle, {"データセット_サブタイトル", "サブタイトル"}},
        {kNotes,
         {"データセット_概要", "データ概要", "データセット概要", "データの概要", "概要", "説明",
          "データセット_説明", "データ内容", "内容"}},
        {kKeywords, {"データセット_キーワード", "キーワード", "タグ", "データセット_タグ"}},
        {kThemes,
         {"データセット_分類", "分類", "データ分類", "分野", "統計分野", "カテゴリ", "カテゴリー"}},
        {kUniversalMenu, {"データセット_ユニバーサルメニュー", "ユニバーサルメニュー"}},
        {kIssued, {"データセット_公開日", "登録日", "公開日", "掲載日", "データセット_登録日"}},
        {kModified,
         {"データセット_最終更新日", "最終更新日", "更新日", "データ更新日", "データセット_更新日",
          "最終更新年月日"}},
        {kVersion, {"データセット_バージョン", "バージョン"}},
        {kLanguage, {"データセット_言語", "言語"}},
        {kUrl,
         {"データセット_URL", "URL", "リンク", "リンク先", "リンク先URL", "掲載URL", "公開URL",
          "ページURL", "掲載ページ", "ホームページURL", "ホームページ"}},
        {kFrequency, {"データセット_更新頻度", "更新頻度", "更新周期", "更新サイクル"}},
        {kConformsTo, {"データセット_準拠する標準", "準拠する標準"}},
        {kDocumentation, {"データセット_関連ドキュメント", "関連ドキュメント"}},
        {kProvenance, {"データセット_来歴情報", "来歴情報"}},
        {kSpatial, {"データセット_対象地域", "対象地域"}},
        {kTemporal, {"データセット_対象期間", "対象期間"}},
        {kPublisherName, {"データセット_公開者", "公開者"}},
        {kCreator, {"データセット_作成者", "作成者", "所管課", "担当課", "所管部署", "作成部署"}},
        {kContactName, {"データセット_連絡先名称", "連絡先名称", "連絡先", "問い合わせ先"}},
        {kContactEmail, {"データセット_連絡先メールアドレス", "連絡先メールアドレス"}},
        {kContactPhone, {"データセット_連絡先電話番号", "連絡先電話番号", "電話番号"}},
        {kContactExtension, {"データセット_連絡先内線番号", "連絡先内線番号", "内線番号"}},
        {kContactForm, {"データセット_連絡先FormURL", "連絡先FormURL"}},
        {kContactNote,
         {"データセット_連絡先備考（その他、SNSなど）", "データセット_連絡先備考",
          "連絡先備考（その他、SNSなど）", "連絡先備考"}},
        {kApi, {"API対応有無", "API対応の有無", "API"}},
        {kRemarks, {"データセット_備考", "備考"}},
        {kFileId, {"ファイル_ID", "リソース_ID"}},
        {kFileTitle, {"ファイル_タイトル", "ファイル名", "ファイル_名称", "ファイル名称"}},
        {kAccessUrl, {"ファイル_アクセスURL", "アクセスURL"}},
        {kDownloadUrl,
         {"ファイル_ダウンロードURL", "ダウンロードURL", "ファイルURL", "データURL", "ファイル_URL",
          "ダウンロード"}},
        {kFileNotes, {"ファイル_説明", "ファイル_概要"}},
        {kFormat,
         {"ファイル_形式", "データ形式", "ファイル形式", "形式", "フォーマット",
          "ファイルフォーマット", "データフォーマット", "提供形式"}},
        {kLicense, {"ファイル_ライセンス", "ライセンス", "データセット_ライセンス", "利用条件"}},
        {kRights, {"ファイル_利用規約", "利用規約"}},
        {kCopyright, {"ファイル_著作権表記", "著作権表記"}},
        {kSize, {"ファイル_サイズ", "ファイルサイズ", "サイズ", "容量"}},
        {kFileIssued, {"ファイル_公開日"}},
        {kFileModified, {"ファイル_最終更新日", "ファイル_更新日"}},
        {kFileDocumentation, {"ファイル_関連ドキュメント"}},
        {kFileConformsTo, {"ファイル_準拠する標準"}},
        {kFileLanguage, {"ファイル_言語"}},
        {kFileStatus, {"ファイル_提供状況", "提供状況"}},
    };
    std::map<std::string, ListField, std::less<>> map;
    for (const Spellings& spellings : all) {
      for (const std::string_view name : spellings.names) {
        map.emplace(key_of(name), spellings.field);
      }
    }
    return map;
  }();
  return fields;
}

}  // namespace

ListField list_field_of(std::string_view header) {
  // Newer data models put the name of the table before each of its columns.
  static const std::string kTableName = key_of("オープンデータ一覧");
  std::string key = key_of(header);
  if (key.size() > kTableName.size() && key.starts_with(kTableName)) {
    key.erase(0, kTableName.size());
  }
  const auto& known = known_fields();
  if (const auto found = known.find(key); found != known.end()) return found->second;
  const std::size_t end = key.find_last_not_of("0123456789");
  if (end != std::string::npos) key.resize(end + 1);
  const auto numbered = known.find(key);
  return numbered == known.end() ? kOther : numbered->second;
}

ListColumns::ListColumns(std::vector<std::string> names) : names_(std::move(names)) {
  fields_.reserve(names_.size());
  for (const std::string& name : names_) fields_.push_back(list_field_of(name));
}

bool ListColumns::has(ListField field) const {
  return std::find(fields_.begin(), fields_.end(), field) != fields_.end();
}

std::string_view ListColumns::get(const ListCells& cells, ListField field) const {
  for (std::size_t i = 0; i < fields_.size() && i < cells.size(); ++i) {
    if (fields_[i] == field && !cells[i].empty()) return cells[i];
  }
  return {};
}

std::string ListColumns::join(const ListCells& cells, ListField field) const {
  std::string all;
  for (std::size_t i = 0; i < fields_.size() && i < cells.size(); ++i) {
    if (fields_[i] != field || cells[i].empty()) continue;
    if (!all.empty()) all += '\n';
    all += cells[i];
  }
  return all;
}

}  // namespace minato::harvest
