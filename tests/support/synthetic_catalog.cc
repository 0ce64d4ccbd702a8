#include "support/synthetic_catalog.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string_view>

#include "core/uuid.h"

namespace minato::support {
namespace {

using Words = std::vector<std::string>;

struct Place {
  const char* code;
  const char* title;
  const char* kana;
};
constexpr std::array kPlaces = {Place{"140007", "神奈川県", "かながわけん"},
                                Place{"141003", "横浜市", "よこはまし"},
                                Place{"141305", "川崎市", "かわさきし"},
                                Place{"141500", "相模原市", "さがみはらし"},
                                Place{"142018", "横須賀市", "よこすかし"},
                                Place{"142034", "平塚市", "ひらつかし"},
                                Place{"142042", "鎌倉市", "かまくらし"},
                                Place{"142051", "藤沢市", "ふじさわし"},
                                Place{"142069", "小田原市", "おだわらし"},
                                Place{"142077", "茅ヶ崎市", "ちがさきし"},
                                Place{"142085", "逗子市", "ずしし"},
                                Place{"142107", "三浦市", "みうらし"},
                                Place{"142115", "秦野市", "はだのし"},
                                Place{"142123", "厚木市", "あつぎし"},
                                Place{"142131", "大和市", "やまとし"},
                                Place{"142140", "伊勢原市", "いせはらし"},
                                Place{"142158", "海老名市", "えびなし"},
                                Place{"142166", "座間市", "ざまし"},
                                Place{"142174", "南足柄市", "みなみあしがらし"},
                                Place{"142182", "綾瀬市", "あやせし"},
                                Place{"143014", "葉山町", "はやままち"},
                                Place{"143219", "寒川町", "さむかわまち"},
                                Place{"143413", "大磯町", "おおいそまち"},
                                Place{"143421", "二宮町", "にのみやまち"},
                                Place{"143618", "中井町", "なかいまち"},
                                Place{"143626", "大井町", "おおいまち"},
                                Place{"143634", "松田町", "まつだまち"},
                                Place{"143642", "山北町", "やまきたまち"},
                                Place{"143669", "開成町", "かいせいまち"},
                                Place{"143821", "箱根町", "はこねまち"},
                                Place{"143839", "真鶴町", "まなづるまち"},
                                Place{"143847", "湯河原町", "ゆがわらまち"},
                                Place{"144011", "愛川町", "あいかわまち"},
                                Place{"144029", "清川村", "きよかわむら"}};

// From frequent to rare: the n-th is drawn about 1/n as often as the first.
const Words kTopics = {
    "施設", "人口", "防災", "観光", "福祉", "学校", "統計", "避難", "保育", "医療", "道路",
    "公園", "予算", "環境", "交通", "選挙", "財政", "農業", "水道", "図書", "文化", "消防",
    "税務", "住宅", "子育", "高齢", "健康", "介護", "商業", "工業", "産業", "雇用", "労働",
    "気象", "河川", "港湾", "森林", "漁業", "畜産", "騒音", "大気", "水質", "廃棄", "駐輪",
    "駐車", "公衆", "投票", "議会", "契約", "入札", "補助", "条例", "災害", "地震", "津波",
    "洪水", "土砂", "救急", "病院", "薬局", "歯科", "感染", "予防", "検診", "墓地", "斎場",
    "市場", "温泉", "宿泊", "祭礼", "史跡", "天然", "植物", "昆虫", "野鳥", "給食", "児童",
    "生徒", "教職", "大学", "奨学", "体育", "競技", "音楽", "美術", "映画", "放送", "通信",
    "電力", "太陽", "風力", "都市", "区画", "地価", "空家", "耐震", "橋梁", "下水"};
const Words kKinds = {"一覧",           "統計調査",
                      "利用状況",       "整備計画",
                      "実績",           "マップデータ",
                      "オープンデータ", "アンケート結果",
                      "年度別推移",     "位置情報",
                      "台帳",           "予定表",
                      "AED設置箇所",    "Wi-Fiアクセスポイント",
                      "概要",           "集計表"};
const Words kPhrases = {"に関するデータです。",
                        "の一覧を公開しています。",
                        "の件数を年度ごとにまとめました。",
                        "の所在地と緯度経度を含みます。",
                        "の利用者数を月別に集計したものです。",
                        "について、担当課が毎年更新します。",
                        "の推移を示すＣＳＶファイルです。",
                        "を町丁目別に集計しました。詳しくはホームページをご覧ください。",
                        "のデータは推奨データセットの形式に従っています。",
                        "に係る事業の実施状況を掲載しています。"};
const Words kTags = {"行政",       "オープンデータ",
                     "CSV",        "推奨データセット",
                     "公共施設",   "子育て",
                     "防災 減災",  "まちづくり",
                     "統計",       "DX",
                     "AED",        "GIS",
                     "くらし",     "観光 施設",
                     "選挙・投票", "交通"};
const Words kFormats = {"CSV",     "CSV",  "CSV", "XLSX", "XLSX", "PDF",
                        "GeoJSON", "JSON", "ZIP", "SHP",  "HTML", "KML"};
const Words kLicenses = {"cc-by-4.0", "cc-by-4.0", "cc-by-4.0",
                         "pdl-1.0",   "cc-zero",   "notspecified"};
const Words kFrequencies = {"annual", "annual", "monthly", "irregular", "daily", ""};
const Words kColumns = {
    "名称", "所在地", "緯度", "経度", "電話番号", "件数", "年度", "備考", "全国地方公共団体コード",
    "ID"};

// Draws for one dataset. std::mt19937_64 gives the same numbers everywhere; std's distributions
// don't.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed * 0x9E3779B97F4A7C15ULL + 1) {}

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool once_in(std::uint64_t times) { return below(times) == 0; }
  // Small numbers are frequent: n is drawn about 1/(n+1) as often as 0.
  std::size_t skewed(std::size_t size) {
    const auto width = static_cast<double>(size);
    const double place = std::pow(width + 1, static_cast<double>(below(1'000'000)) / 1e6) - 1;
    return std::min(size - 1, static_cast<std::size_t>(place));
  }
  const std::string& one(const Words& words) { return words[below(words.size())]; }
  const std::string& frequent(const Words& words) { return words[skewed(words.size())]; }

 private:
  std::mt19937_64 random_;
};

core::Group group(core::GroupKind kind, std::string name, std::string title) {
  core::Group made;
  made.id = core::stable_uuid("synthetic-group", name);
  made.kind = kind;
  made.name = std::move(name);
  made.title = std::move(title);
  return made;
}

std::string sentences(Draw& draw, const std::string& topic) {
  std::string text = topic;
  text += draw.one(kPhrases);
  for (std::uint64_t n = 1 + draw.below(4); n > 0; --n) {
    text += draw.frequent(kTopics) + "や" + draw.frequent(kTopics) + draw.one(kPhrases);
  }
  return text;
}

core::Resource resource(Draw& draw, const core::Dataset& dataset, std::int64_t position) {
  core::Resource made;
  const std::string key = dataset.name + "/" + std::to_string(position);
  made.id = core::stable_uuid("synthetic-resource", key);
  made.dataset_id = dataset.id;
  made.position = position;
  made.format = draw.one(kFormats);
  made.name = dataset.title + " " + std::to_string(position + 1);
  made.url = "https://data.example.jp/" + key + "." + made.format;
  made.created = dataset.created;
  made.metadata_modified = dataset.modified;
  for (std::uint64_t n = draw.below(6); n > 0; --n) {
    const std::string& title = draw.one(kColumns);
    made.columns.push_back({"c" + std::to_string(n), title, "string", "", ""});
  }
  return made;
}

void add_tags(Draw& draw, core::Dataset& dataset, const std::string& topic,
              const core::Vocabulary& vocabulary) {
  Words names = {topic};
  for (std::uint64_t n = draw.below(4); n > 0; --n) names.push_back(draw.frequent(kTags));
  if (draw.once_in(10)) names.push_back("タグ" + std::to_string(draw.below(2000)));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (auto& name : names) {
    dataset.tags.push_back({core::stable_uuid("synthetic-tag", name), name, ""});
  }
  if (draw.once_in(8)) {
    dataset.tags.push_back({core::stable_uuid("synthetic-tag", "v"), "地図", vocabulary.id});
  }
  if (draw.once_in(40)) dataset.tags.clear();
}

void add_extras(Draw& draw, core::Dataset& dataset) {
  if (draw.once_in(3))
    dataset.extras.push_back({"harvest_source_id", "s" + std::to_string(draw.below(5))});
  if (draw.once_in(4)) dataset.extras.push_back({"guid", dataset.id});
  if (draw.once_in(5)) dataset.extras.push_back({"担当課", draw.frequent(kTopics) + "課"});
}

}  // namespace

SyntheticCatalog::SyntheticCatalog() {
  for (const auto& place : kPlaces) {
    auto made = group(core::GroupKind::kOrganization, place.code, place.title);
    made.title_kana = place.kana;
    organizations_.push_back(std::move(made));
  }
  for (std::size_t i = 0; i < 12; ++i) {
    groups_.push_back(
        group(core::GroupKind::kGroup, "group-" + std::to_string(i), kTopics[i] + "分野"));
  }
  vocabularies_.push_back({core::stable_uuid("synthetic-vocabulary", "use"), "use"});
}

const std::vector<std::string>& SyntheticCatalog::short_words() { return kTopics; }

core::Dataset SyntheticCatalog::dataset(std::uint64_t number) const {
  Draw draw(number);
  const core::Group& owner = organizations_[draw.skewed(organizations_.size())];
  const std::string& topic = draw.frequent(kTopics);
  core::Dataset made;
  made.name = "dataset-" + std::to_string(number);
  made.id = core::stable_uuid("synthetic-dataset", made.name);
  made.title = owner.title + " " + topic + draw.one(kKinds) + "（令和" +
               std::to_string(1 + draw.below(7)) + "年度）";
  made.notes = sentences(draw, owner.title + "の" + topic);
  made.owner_org = owner.id;
  made.author = owner.title + topic + "課";
  made.creator_user_id = "user-" + std::to_string(draw.below(20));
  made.license_id = draw.one(kLicenses);
  made.frequency = draw.one(kFrequencies);
  made.spatial = {owner.name};
  made.themes = {std::to_string(1 + draw.below(16))};
  if (draw.once_in(3)) made.groups.push_back(groups_[draw.skewed(groups_.size())].id);
  // Ten years in steps of an hour: equal times occur.
  made.created.us =
      1'400'000'000'000'000 + static_cast<std::int64_t>(draw.below(87'600)) * 3'600'000'000;
  made.modified.us = made.created.us + static_cast<std::int64_t>(draw.below(8'760)) * 3'600'000'000;
  made.is_private = draw.once_in(50);
  if (draw.once_in(100)) made.state = core::State::kDraft;
  if (draw.once_in(100)) made.state = core::State::kDeleted;
  add_tags(draw, made, topic, vocabularies_.front());
  add_extras(draw, made);
  const auto resources = static_cast<std::int64_t>(draw.below(4));
  for (std::int64_t i = 0; i < resources; ++i) made.resources.push_back(resource(draw, made, i));
  return made;
}

}  // namespace minato::support
