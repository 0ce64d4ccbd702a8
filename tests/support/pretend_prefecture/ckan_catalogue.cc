#include "support/pretend_prefecture/ckan_catalogue.h"

#include <array>
#include <utility>

#include "support/pretend_prefecture/calendar.h"
#include "support/pretend_prefecture/table_files.h"

namespace minato::pretend {
namespace {

constexpr std::size_t kAddedPerEdition = 2;
constexpr std::array<std::string_view, 8> kDepartments = {"seisaku", "kodomo", "kenko", "shimin",
                                                          "kankyo",  "toshi",  "doro",  "kyoiku"};
constexpr std::array<std::string_view, 10> kSubjects = {
    "suikei", "nyusho-jokyo", "toukei",  "jigyo", "keikaku",
    "chosa",  "yosan",        "ichiran", "jinko", "shisetsu"};
constexpr std::array<std::string_view, 10> kJapanese = {
    "将来人口推計", "保育所等の入所状況", "統計書",         "事業の実績",   "計画の進みぐあい",
    "市民意識調査", "予算の概要",         "許可施設の一覧", "人口と世帯数", "施設の利用者数"};

struct Spelling {
  const char* id;  // null: null
  const char* title;
  const char* url;
};
// As they are found on Japanese portals.
constexpr std::array<Spelling, 9> kLicenses = {{
    {"cc-by", "クリエイティブ・コモンズ 表示", "http://www.opendefinition.org/licenses/cc-by"},
    {"CC-BY-4.0", "クリエイティブ・コモンズ 表示（CC BY）",
     "https://creativecommons.org/licenses/by/4.0/deed.ja"},
    {"cc-by-40-intl", "CC BY 4.0 国際", "https://creativecommons.org/licenses/by/4.0/"},
    {"cc-nc", "クリエイティブ・コモンズ 非営利", "http://creativecommons.org/licenses/by-nc/2.0/"},
    {"CC BY-NC 4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"},
    {"notspecified", "ライセンスが指定されていません", ""},
    {"PDL1.0", "公共データ利用規約（第1.0版）", ""},
    {"", "", ""},
    {nullptr, "", ""},
}};
constexpr std::array<std::string_view, 8> kTags = {"人口", "統計", "子育て",     "防災",
                                                   "観光", "AED",  "まちづくり", "令和7年度"};
constexpr std::array<std::string_view, 5> kFrequencies = {"毎年", "月次", "随時", "年1回", ""};

struct Document {
  const char* format;
  const char* ending;
  const char* mimetype;  // null: null
};
// Nothing with rows in it.
constexpr std::array<Document, 9> kDocuments = {{{"PDF", ".pdf", "application/pdf"},
                                                 {"pdf", ".pdf", nullptr},
                                                 {".pdf", ".pdf", "application/pdf"},
                                                 {"HTML", ".html", "text/html"},
                                                 {"Webページ", "/", nullptr},
                                                 {"KML", ".kml", nullptr},
                                                 {"GeoJSON", ".geojson", "application/geo+json"},
                                                 {"docx", ".docx", nullptr},
                                                 {"JPEG", ".jpg", "image/jpeg"}}};

std::string padded(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

CkanCatalogue::CkanCatalogue(CkanProfile profile, Change change)
    : profile_(std::move(profile)), change_(std::move(change)) {
  for (const Organization& organization : profile_.organizations) total_ += organization.datasets;
  const std::size_t end = total_ + kAddedPerEdition * static_cast<std::size_t>(change_.edition - 1);
  for (std::size_t number = 0; number < end; ++number) {
    if (!is_there(number)) continue;
    keys_.push_back({number, id_of(number), name_of(number), organization_of(number).name,
                     modified_of(number)});
  }
}

std::string CkanCatalogue::modified_of(std::size_t number) const {
  const bool touched = updates_of(number) > 0 || number >= total_ || change_.new_ids ||
                       (change_.renamed_files && has_table(number));
  return touched ? change_.at : iso_time(kFirstDay + 607 * static_cast<std::int64_t>(number));
}

const Organization& CkanCatalogue::organization_of(std::size_t number) const {
  for (const Organization& organization : profile_.organizations) {
    if (number < organization.datasets) return organization;
    number -= organization.datasets;
  }
  return profile_.organizations.front();
}

bool CkanCatalogue::is_there(std::size_t number) const {
  if (change_.third_gone && number % 3 == 0) return false;
  for (int edition = 2; edition <= change_.edition; ++edition) {
    if (number == static_cast<std::size_t>(edition) * 7 % total_) return false;
  }
  return true;
}

int CkanCatalogue::updates_of(std::size_t number) const {
  int updates = 0;
  for (int edition = 2; edition <= change_.edition; ++edition) {
    if (number % 40 == static_cast<std::size_t>(edition) % 40) ++updates;
  }
  return updates;
}

bool CkanCatalogue::has_table(std::size_t number) const {
  return profile_.table_every > 0 && number % profile_.table_every == 0;
}

std::string CkanCatalogue::name_of(std::size_t number) const {
  if (profile_.names_by_code) {
    const std::size_t topic = number % topic_count();
    return organization_of(number).name + "_" + std::string(topic_word(topic)) + "_" +
           std::to_string(number / topic_count() + 1);
  }
  const std::size_t subject = number / kDepartments.size();
  return std::string(kDepartments[number % kDepartments.size()]) + "_" +
         std::string(kSubjects[subject % kSubjects.size()]) +
         padded(subject / kSubjects.size() + 1);
}

std::string CkanCatalogue::id_of(std::size_t number) const {
  return uuid_of(profile_.code + "/" + std::to_string(number) + (change_.new_ids ? "/new" : ""));
}

std::string CkanCatalogue::organization_id(const std::string& name) const {
  return uuid_of(profile_.code + "/organization/" + name);
}

std::size_t CkanCatalogue::rows_of(std::size_t number) const {
  return 5 + number % 23 + static_cast<std::size_t>(updates_of(number)) +
         (change_.renamed_files ? 1 : 0);
}

void CkanCatalogue::describe(Dataset& dataset, std::size_t number, Dice& dice) const {
  const std::size_t topic = number % topic_count();
  const std::size_t subject = number / kDepartments.size() % kJapanese.size();
  dataset.title = profile_.names_by_code
                      ? organization_of(number).title + "_" + std::string(topic_title(topic))
                      : profile_.city + "の" + std::string(kJapanese[subject]) + "（" +
                            std::to_string(number + 1) + "）";
  dataset.notes = dataset.title + "です。\r\n担当課が毎年とりまとめています。";
  if (const int updates = updates_of(number); updates > 0) {
    dataset.notes += "\n\n第" + std::to_string(updates + 1) + "版で数値を改めました。";
  }
  const Spelling& license = dice.pick(kLicenses);
  if (license.id != nullptr) dataset.license.id = license.id;
  dataset.license.title = license.title;
  dataset.license.url = license.url;
  dataset.tags = {std::string(kTags[number % 8]), std::string(kTags[(number + 3) % 8])};
  if (const std::string_view word = dice.pick(kFrequencies); !word.empty()) {
    dataset.extras.emplace_back("更新頻度", word);
  }
  dataset.extras.emplace_back("作成者", organization_of(number).title);
  // Many publishers put their home page where the page of the dataset should be.
  if (number % 3 == 1) dataset.url = profile_.files_url + "/";
}

Resource CkanCatalogue::table_resource(const Dataset& dataset, std::size_t number) const {
  constexpr std::array<std::string_view, 5> kSpellings = {"CSV", "csv", ".csv", "", "text/csv"};
  const bool is_workbook = number % 4 == 3;
  Resource resource;
  resource.id = uuid_of(dataset.id + "/table");
  resource.name = dataset.title + "（データ）";
  const std::string edition = change_.renamed_files ? "_R8" : "_R7";
  const std::string file = dataset.name + edition + (is_workbook ? ".xlsx" : ".csv");
  resource.url = profile_.files_url == profile_.site_url
                     ? profile_.site_url + "/dataset/" + dataset.id + "/resource/" + resource.id +
                           "/download/" + file
                     : profile_.files_url + "/opendata/files/" + file;
  resource.format = is_workbook ? "XLSX" : std::string(kSpellings[number % kSpellings.size()]);
  resource.mimetype = number % 2 == 0 && !is_workbook ? "text/csv" : "";
  resource.modified = dataset.modified;
  resource.rows = static_cast<std::int64_t>(rows_of(number));
  return resource;
}

void CkanCatalogue::add_documents(Dataset& dataset, std::size_t number, Dice& dice) const {
  const std::size_t count = dataset.resources.empty() ? 1 + dice.below(3) : dice.below(2);
  for (std::size_t i = 0; i < count; ++i) {
    const Document& kind = dice.pick(kDocuments);
    Resource& resource = dataset.resources.emplace_back();
    resource.id = uuid_of(dataset.id + "/" + std::to_string(i));
    resource.name = i == 0 ? "概要" : "参考資料" + std::to_string(i);
    resource.url =
        profile_.files_url + "/docs/" + dataset.name + "-" + std::to_string(i) + kind.ending;
    resource.format = kind.format;
    resource.mimetype = kind.mimetype == nullptr ? "" : kind.mimetype;
    resource.size =
        dice.below(3) == 0 ? -1 : static_cast<std::int64_t>(1'000 + dice.below(900'000));
    resource.modified = number % 5 == 0 ? "" : dataset.modified;
  }
}

// Looks like data, but answers 404, or with a page.
void CkanCatalogue::add_useless_link(Dataset& dataset, std::size_t number) const {
  if (number != 5 && number != 6) return;
  Resource& resource = dataset.resources.emplace_back();
  resource.id = uuid_of(dataset.id + "/useless");
  resource.name = "旧版";
  resource.url = profile_.files_url + (number == 5 ? "/old/" + dataset.name + ".csv" : "/docs/");
  resource.format = number == 5 ? "CSV" : "システム";
  resource.is_useless = true;
}

Dataset CkanCatalogue::dataset(std::size_t number) const {
  Dice dice(profile_.code + "/" + std::to_string(number));
  Dataset dataset;
  dataset.id = id_of(number);
  dataset.name = name_of(number);
  dataset.organization = organization_of(number).name;
  dataset.created = iso_time(kFirstDay + 601 * static_cast<std::int64_t>(number));
  dataset.modified = modified_of(number);
  describe(dataset, number, dice);
  if (has_table(number)) dataset.resources.push_back(table_resource(dataset, number));
  add_documents(dataset, number, dice);
  add_useless_link(dataset, number);
  return dataset;
}

Files CkanCatalogue::files() const {
  Files files;
  for (const CkanKey& key : keys_) {
    if (!has_table(key.number)) continue;
    const Dataset one = dataset(key.number);
    const Resource& resource = one.resources.front();
    TableWish wish;
    wish.topic = key.number % topic_count();
    wish.code = profile_.names_by_code ? one.organization : profile_.code;
    wish.city = profile_.names_by_code ? organization_of(key.number).title : profile_.city;
    wish.rows = rows_of(key.number);
    wish.seed = one.name;
    constexpr std::array<Form, 4> kForms = {Form::kUtf8, Form::kBom, Form::kCp932, Form::kXlsx};
    const std::string path = resource.url.substr(resource.url.find('/', 8));
    files[path] = table_file(make_table(wish), kForms[key.number % 4],
                             http_date(kFirstDay + 60 * static_cast<std::int64_t>(wish.rows)));
  }
  return files;
}

Expected CkanCatalogue::expected(const std::set<std::string>& organizations) const {
  Expected expected;
  for (const CkanKey& key : keys_) {
    if (organizations.empty() || organizations.contains(key.organization)) {
      expected.add(dataset(key.number));
    }
  }
  return expected;
}

}  // namespace minato::pretend
