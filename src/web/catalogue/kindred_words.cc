#include "web/catalogue/kindred_words.h"

#include <algorithm>
#include <array>

#include "text/fold.h"
#include "text/readings.h"
#include "text/romanize.h"
#include "web/catalogue/dataset_count.h"
#include "web/catalogue/similar_words.h"
#include "web/catalogue/words_language.h"

namespace minato::web {
namespace {

constexpr std::size_t kMaxLinks = 4;
constexpr std::size_t kMaxSearches = 12;
constexpr std::size_t kMaxWords = 6;

// Words of which each is proposed for all the others, and English ones for which they are.
// Places left over are empty.
struct Family {
  std::array<std::string_view, 4> words;
  std::array<std::string_view, 4> english;
};

constexpr std::array<Family, 38> kFamilies = {{
    {{{"避難所", "避難場所", "避難施設"}}, {{"shelter", "shelters", "evacuation"}}},
    {{{"防災", "災害", "ハザードマップ"}}, {{"disaster", "hazard"}}},
    {{{"津波", "浸水", "洪水", "高潮"}}, {{"tsunami", "flood"}}},
    {{{"消防", "消防水利", "消火栓"}}, {{"fire", "hydrant"}}},
    {{{"防犯", "犯罪", "治安"}}, {{"crime"}}},
    {{{"交通事故", "事故"}}, {{"accident", "accidents"}}},
    {{{"ごみ", "廃棄物", "資源物", "リサイクル"}}, {{"garbage", "waste", "trash", "recycling"}}},
    {{{"環境", "大気", "水質", "騒音"}}, {{"environment", "pollution"}}},
    {{{"電気", "エネルギー", "太陽光"}}, {{"energy", "electricity", "solar"}}},
    {{{"水道", "上下水道", "下水道"}}, {{"sewage"}}},
    {{{"保育園", "保育所", "こども園", "幼稚園"}}, {{"nursery", "kindergarten", "childcare"}}},
    {{{"子育て", "子ども", "子供", "児童"}}, {{"child", "children"}}},
    {{{"学校", "小学校", "中学校", "高等学校"}}, {{"school", "schools", "education"}}},
    {{{"図書館", "図書"}}, {{"library", "libraries"}}},
    {{{"文化財", "史跡"}}, {{"heritage"}}},
    {{{"スポーツ", "体育館", "運動場"}}, {{"sports"}}},
    {{{"公園", "緑地", "広場"}}, {{"park", "parks"}}},
    {{{"トイレ", "便所", "お手洗い"}}, {{"toilets", "restroom"}}},
    {{{"病院", "医療機関", "診療所", "クリニック"}}, {{"hospital", "hospitals", "clinic"}}},
    {{{"AED", "除細動器"}}, {{"defibrillator"}}},
    {{{"感染症", "新型コロナ", "コロナ"}}, {{"covid"}}},
    {{{"高齢者", "介護", "福祉"}}, {{"elderly", "welfare"}}},
    {{{"障害", "障がい", "障害者", "障がい者"}}, {{"disability"}}},
    {{{"人口", "世帯", "住民基本台帳"}}, {{"population", "households"}}},
    {{{"統計", "統計書", "調査"}}, {{"statistics"}}},
    {{{"選挙", "投票所", "投票"}}, {{"election", "elections", "voting"}}},
    {{{"予算", "決算", "財政"}}, {{"budget", "finance"}}},
    {{{"税金", "課税"}}, {{"tax", "taxes"}}},
    {{{"補助金", "助成金", "給付金"}}, {{"subsidy", "subsidies"}}},
    {{{"仕事", "求人", "雇用", "労働"}}, {{"job", "jobs", "employment"}}},
    {{{"農業", "農地", "農産物"}}, {{"agriculture", "farming"}}},
    {{{"住宅", "空き家", "住まい"}}, {{"housing"}}},
    {{{"道路", "市道", "県道"}}, {{"road", "roads"}}},
    {{{"バス停", "バス", "公共交通"}}, {{"bus", "buses"}}},
    {{{"駐車場", "駐輪場"}}, {{"parking"}}},
    {{{"観光", "観光施設", "観光地"}}, {{"tourism", "sightseeing"}}},
    {{{"Wi-Fi", "無線LAN"}}, {{"wifi"}}},
    {{{"デジタル", "DX", "ICT", "情報化"}}, {{"digital"}}},
}};

void add(std::vector<std::string>& words, std::string_view word, std::string_view except) {
  if (text::fold(word) == except) return;
  if (std::find(words.begin(), words.end(), word) == words.end()) words.emplace_back(word);
}

void add_family(std::vector<std::string>& words, const std::string& folded) {
  const auto is_it = [&folded](std::string_view word) {
    return !word.empty() && text::fold(word) == folded;
  };
  for (const Family& family : kFamilies) {
    if (std::none_of(family.words.begin(), family.words.end(), is_it) &&
        std::none_of(family.english.begin(), family.english.end(), is_it)) {
      continue;
    }
    for (const std::string_view word : family.words) {
      if (!word.empty()) add(words, word, folded);
    }
  }
}

// Letters and kana only: what has kanji is not the reading of something else.
bool may_be_reading(std::string_view folded) {
  const std::string_view kKana = "\xE3\x81";  // the hiragana block begins with it or with E3 82
  for (std::size_t at = 0; at < folded.size();) {
    const auto byte = static_cast<unsigned char>(folded[at]);
    if (byte < 0x80) {
      ++at;
    } else if (folded.substr(at, 2) == kKana || folded.substr(at, 2) == "\xE3\x82") {
      at += 3;
    } else {
      return false;
    }
  }
  return true;
}

std::string in_latin(std::string_view text) {
  std::string latin = text::romanize(text);
  std::erase(latin, '-');
  return latin;
}

}  // namespace

std::vector<std::string> kindred_words(std::string_view word) {
  constexpr std::size_t kShortest = 3;  // letters; shorter readings are those of many words
  const std::string folded = text::fold(word);
  std::vector<std::string> words;
  const std::string latin = may_be_reading(folded) ? in_latin(folded) : std::string();
  if (latin.size() >= kShortest) {
    for (const text::WordReading& known : text::word_readings()) {
      std::string reading(known.latin);
      std::erase(reading, '-');
      if (reading == latin) add(words, known.word, folded);
    }
  }
  const std::vector<std::string> read = words;
  add_family(words, folded);
  for (const std::string& one : read) add_family(words, text::fold(one));
  return words;
}

core::Result<View> kindred_links(const http::Params& params, const Visit& visit) {
  std::vector<std::string> words = box_words(value_of(params, "q"));
  if (words.size() > kMaxWords) words.resize(kMaxWords);
  View links = list();
  std::size_t found = 0;
  std::size_t searches = 0;
  for (std::size_t place = 0; place < words.size(); ++place) {
    for (const std::string& kin : kindred_words(words[place])) {
      if (found == kMaxLinks || ++searches > kMaxSearches) return links;
      std::string query;
      for (std::size_t i = 0; i < words.size(); ++i) {
        query += (i == 0 ? "" : " ") + (i == place ? kin : words[i]);
      }
      const http::Params asked = with(params, {"q", query});
      const auto count = count_of(asked, visit);
      if (!count) return tl::unexpected(count.error());
      if (*count == 0) continue;
      View link = object();
      put_words(link, "text", query, visit.language);
      put(link, "href", search_link(asked, visit));
      put_count(link, *count, visit.texts);
      links.push_back(link);
      ++found;
    }
  }
  return links;
}

}  // namespace minato::web
