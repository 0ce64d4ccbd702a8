#include <array>
#include <utility>

#include "support/pretend_prefecture/calendar.h"
#include "support/pretend_prefecture/documents.h"

namespace minato::pretend {
namespace {

constexpr std::array<const char*, 15> kFirst = {"都道府県コード又は市区町村コード",
                                                "NO",
                                                "都道府県名",
                                                "市区町村名",
                                                "データ名称",
                                                "データ概要",
                                                "データ形式",
                                                "分類",
                                                "更新頻度",
                                                "URL",
                                                "API対応有無",
                                                "ライセンス",
                                                "登録日",
                                                "最終更新日",
                                                "備考"};

constexpr std::array<const char*, 45> kStandard = {"全国地方公共団体コード",
                                                   "地方公共団体名",
                                                   "データセット_ID",
                                                   "データセット_タイトル",
                                                   "データセット_サブタイトル",
                                                   "データセット_概要",
                                                   "データセット_キーワード",
                                                   "データセット_分類",
                                                   "データセット_ユニバーサルメニュー",
                                                   "データセット_公開日",
                                                   "データセット_最終更新日",
                                                   "データセット_バージョン",
                                                   "データセット_言語",
                                                   "データセット_URL",
                                                   "データセット_更新頻度",
                                                   "データセット_準拠する標準",
                                                   "データセット_関連ドキュメント",
                                                   "データセット_来歴情報",
                                                   "データセット_対象地域",
                                                   "データセット_対象期間",
                                                   "データセット_公開者",
                                                   "データセット_作成者",
                                                   "データセット_連絡先名称",
                                                   "データセット_連絡先メールアドレス",
                                                   "データセット_連絡先電話番号",
                                                   "データセット_連絡先内線番号",
                                                   "データセット_連絡先FormURL",
                                                   "データセット_連絡先備考（その他、SNSなど）",
                                                   "データセット_備考",
                                                   "ファイル_ID",
                                                   "ファイル_タイトル",
                                                   "ファイル_アクセスURL",
                                                   "ファイル_ダウンロードURL",
                                                   "ファイル_説明",
                                                   "ファイル_形式",
                                                   "ファイル_ライセンス",
                                                   "ファイル_利用規約",
                                                   "ファイル_著作権表記",
                                                   "ファイル_サイズ",
                                                   "ファイル_公開日",
                                                   "ファイル_最終更新日",
                                                   "ファイル_関連ドキュメント",
                                                   "ファイル_準拠する標準",
                                                   "ファイル_言語",
                                                   "ファイル_提供状況"};

// One file of a dataset, or the dataset as a whole.
std::vector<std::string> first_row(const Town& town, const Dataset& dataset) {
  const Resource& resource = dataset.resources.front();
  return {town.code,     dataset.id,          "神奈川県",      town.city,         dataset.title,
          dataset.notes, resource.format,     dataset.theme,   dataset.frequency, resource.url,
          "無",          *dataset.license.id, dataset.created, dataset.modified,  ""};
}

std::vector<std::string> standard_row(const Town& town, const Dataset& dataset,
                                      const Resource& resource) {
  std::vector<std::string> row(kStandard.size());
  const std::array<std::pair<std::size_t, std::string>, 20> cells = {{
      {0, town.code},
      {1, town.city},
      {2, dataset.id},
      {3, dataset.title},
      {5, dataset.notes},
      {6, dataset.tags.front() + ";" + dataset.tags.back()},
      {7, dataset.theme},
      {9, dataset.created},
      {10, dataset.modified},
      {12, "ja"},
      {13, town.site_url + "/opendata/" + dataset.name + ".html"},
      {14, dataset.frequency},
      {20, town.city},
      {30, resource.name},
      {32, resource.url},
      {34, resource.format},
      {35, *dataset.license.id},
      {38, std::to_string(resource.size)},
      {40, resource.modified},
      {43, "ja"},
  }};
  for (const auto& [column, text] : cells) row[column] = text;
  return row;
}

}  // namespace

Files dataset_list(const Town& town, const TownCatalogue& catalogue, ListEdition edition,
                   const Change& change) {
  Rows rows;
  if (edition == ListEdition::kFirstCp932) {
    rows.emplace_back(kFirst.begin(), kFirst.end());
    for (const Dataset& dataset : catalogue.datasets) rows.push_back(first_row(town, dataset));
  } else {
    rows.emplace_back(kStandard.begin(), kStandard.end());
    for (const Dataset& dataset : catalogue.datasets) {
      for (const Resource& resource : dataset.resources) {
        rows.push_back(standard_row(town, dataset, resource));
      }
    }
  }
  if (change.has_bad_record) {  // a row that has lost its title
    rows.push_back(rows.back());
    rows.back()[edition == ListEdition::kFirstCp932 ? 4 : 3] = "";
    rows.back()[edition == ListEdition::kFirstCp932 ? 1 : 2] = "999";
  }
  constexpr std::array<Form, 3> kForms = {Form::kCp932, Form::kBom, Form::kXlsx};
  const Form form = kForms[static_cast<std::size_t>(edition)];
  File file = table_file(rows, form, "");
  file.rows = -1;  // no dataset of its own
  return {{form == Form::kXlsx ? "/opendata/opendata_list.xlsx" : "/opendata/opendata_list.csv",
           std::move(file)}};
}

}  // namespace minato::pretend
