#include "formats/opendata_list.h"

#include <algorithm>
#include <utility>

#include "core/file_formats.h"
#include "core/licenses.h"
#include "core/vocabularies.h"
#include "formats/ckan_json.h"

namespace minato::formats {
namespace {

using core::Dataset;
using core::Resource;

const std::vector<std::string>& columns_of(ListGeneration generation) {
  static const std::vector<std::string> old_form = {"都道府県コード又は市区町村コード",
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
  static const std::vector<std::string> new_form = {"全国地方公共団体コード",
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
  return generation == ListGeneration::kOld ? old_form : new_form;
}

// Lists are read in Japan: the day there.
std::string day_of(core::Timestamp time) {
  constexpr std::int64_t kJapan = std::int64_t{9} * 3600 * 1'000'000;
  return core::to_rfc3339({time.us + kJapan}).substr(0, 10);
}

std::string extra_of(const std::vector<core::Extra>& extras, std::string_view key) {
  const auto found = std::find_if(extras.begin(), extras.end(),
                                  [key](const core::Extra& extra) { return extra.key == key; });
  return found == extras.end() ? std::string() : found->value;
}

template <typename Items, typename Text>
std::string joined(const Items& items, const Text& text) {
  std::string all;
  for (const auto& item : items) {
    if (!all.empty()) all += ';';
    all += text(item);
  }
  return all;
}

std::string themes_of(const Dataset& dataset) {
  return joined(dataset.themes, [](const std::string& code) {
    const core::Theme* theme = core::find_theme(code);
    return theme == nullptr ? code : theme->name.ja;
  });
}

std::string frequency_of(const Dataset& dataset) {
  const core::Frequency* frequency = core::find_frequency(dataset.frequency);
  return frequency == nullptr ? dataset.frequency : frequency->name.ja;
}

// The title where it says which licence is meant, else the id.
std::string license_name(const std::string& id) {
  const core::License* license = core::find_license(id);
  if (license == nullptr) return id;
  return core::find_license(license->title.ja) == license ? license->title.ja : license->id;
}

std::string period_of(const Dataset& dataset) {
  const core::Period& period = dataset.temporal;
  if (period.start.empty() && period.end.empty()) return extra_of(dataset.extras, "temporal_text");
  return period.start + "/" + period.end;
}

std::string spatial_of(const Dataset& dataset) {
  if (dataset.spatial.empty()) return extra_of(dataset.extras, "spatial_text");
  return joined(dataset.spatial, [](const std::string& code) { return code; });
}

std::string issued_of(const Dataset& dataset) {
  const std::string issued = extra_of(dataset.extras, "issued");
  return issued.empty() ? day_of(dataset.created) : issued;
}

std::string or_else(std::string first, const std::string& second) {
  return first.empty() ? second : first;
}

std::string landing_page(const Dataset& dataset, const std::string& site_url) {
  return or_else(dataset.url, site_url + "/dataset/" + dataset.name);
}

// A link to a web page is no file to download.
bool is_page(const Resource& resource) {
  if (resource.url_type == "upload") return false;
  return resource.format == "HTML" ||
         (resource.format.empty() && core::format_of_url(resource.url).empty());
}

std::vector<std::string> dataset_cells(const Dataset& dataset, const ListContext& context) {
  const auto extra = [&dataset](std::string_view key) { return extra_of(dataset.extras, key); };
  return {context.publisher->name,
          context.publisher->title,
          dataset.name,
          dataset.title,
          extra("subtitle"),
          dataset.notes,
          joined(dataset.tags, [](const core::Tag& tag) { return tag.name; }),
          themes_of(dataset),
          extra("universal_menu"),
          issued_of(dataset),
          day_of(dataset.modified),
          dataset.version,
          dataset.language,
          landing_page(dataset, context.site_url),
          frequency_of(dataset),
          extra("conforms_to"),
          extra("documentation"),
          extra("provenance"),
          spatial_of(dataset),
          period_of(dataset),
          or_else(extra("publisher_name"), context.publisher->title),
          dataset.author,
          dataset.contact.name,
          dataset.contact.email,
          dataset.contact.phone,
          extra("contact_extension"),
          dataset.contact.url,
          extra("contact_note"),
          extra("remarks")};
}

std::vector<std::string> file_cells(const Resource& resource, const Dataset& dataset,
                                    const std::string& site_url) {
  const auto extra = [&resource](std::string_view key) { return extra_of(resource.extras, key); };
  const std::string url = ckan_resource_url(resource, site_url);
  const bool page = is_page(resource);
  const std::string our_page = site_url + "/dataset/" + dataset.name + "/resource/" + resource.id;
  const std::string issued = extra("issued");
  return {resource.id,
          resource.name,
          page ? url : or_else(extra("access_url"), our_page),
          page ? "" : url,
          resource.description,
          resource.format,
          license_name(or_else(resource.license_id, dataset.license_id)),
          extra("rights"),
          extra("copyright"),
          resource.size ? std::to_string(*resource.size) : "",
          issued.empty() ? day_of(resource.created) : issued,
          resource.last_modified ? day_of(*resource.last_modified) : "",
          extra("documentation"),
          extra("conforms_to"),
          extra("language"),
          extra("status")};
}

// Of the old form: one row per dataset.
std::vector<std::string> old_cells(const Dataset& dataset, const ListContext& context) {
  std::vector<std::string> formats;
  bool has_api = false;
  for (const Resource& resource : dataset.resources) {
    has_api = has_api || (context.has_table && context.has_table(resource.id));
    const std::string& format = resource.format;
    if (!format.empty() && std::find(formats.begin(), formats.end(), format) == formats.end()) {
      formats.push_back(format);
    }
  }
  const bool is_prefecture = context.publisher->title == context.prefecture;
  return {context.publisher->name,
          dataset.name,
          context.prefecture,
          is_prefecture ? "" : context.publisher->title,
          dataset.title,
          dataset.notes,
          joined(formats, [](const std::string& format) { return format; }),
          themes_of(dataset),
          frequency_of(dataset),
          landing_page(dataset, context.site_url),
          has_api ? "有" : "無",
          license_name(dataset.license_id),
          issued_of(dataset),
          day_of(dataset.modified),
          extra_of(dataset.extras, "remarks")};
}

}  // namespace

OpendataListWriter::OpendataListWriter(ListGeneration generation, ListContext context)
    : generation_(generation),
      context_(std::move(context)),
      rows_(columns_of(generation),
            {.delimiter = ',', .bom = true, .cp932 = context_.cp932, .excel = true}) {}

void OpendataListWriter::begin(std::string& out) { rows_.begin(out); }

void OpendataListWriter::dataset(const Dataset& dataset, std::string& out) {
  if (generation_ == ListGeneration::kOld) return write(old_cells(dataset, context_), out);
  const std::vector<std::string> cells = dataset_cells(dataset, context_);
  if (dataset.resources.empty()) {
    std::vector<std::string> row = cells;
    row.resize(columns_of(generation_).size());
    return write(row, out);
  }
  for (const Resource& resource : dataset.resources) {
    std::vector<std::string> row = cells;
    for (std::string& cell : file_cells(resource, dataset, context_.site_url)) {
      row.push_back(std::move(cell));
    }
    write(row, out);
  }
}

void OpendataListWriter::write(const std::vector<std::string>& cells, std::string& out) {
  std::vector<core::ValueView> values;
  values.reserve(cells.size());
  for (const std::string& cell : cells) values.emplace_back(std::string_view(cell));
  rows_.row(values, out);
}

}  // namespace minato::formats
