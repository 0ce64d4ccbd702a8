#include "core/vocabularies.h"

#include <algorithm>

namespace minato::core {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

// Without the last path segment's prefix when it is a URL of an authority table.
std::string_view last_segment(std::string_view raw) {
  const std::size_t slash = raw.rfind('/');
  return slash == std::string_view::npos || !raw.starts_with("http") ? raw : raw.substr(slash + 1);
}

// "201", "1301", "9999": two digits behind the code of e-Stat's field.
bool is_minor_field(std::string_view raw) {
  return (raw.size() == 3 || raw.size() == 4) &&
         std::all_of(raw.begin(), raw.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

const std::vector<Theme>& themes() {
  static const std::vector<Theme> list = {
      {"1",
       {"国土・気象", "Land and climate"},
       {"ENVI", "REGI"},
       {"国土", "気象", "地理", "地図", "地図・地理", "地形・地図"}},
      {"2",
       {"人口・世帯", "Population and households"},
       {"SOCI"},
       {"soci", "人口", "世帯", "人口・世帯数", "人口統計", "人口動態", "人口移動"}},
      {"3",
       {"労働・賃金", "Labour and wages"},
       {"SOCI", "ECON"},
       {"労働", "賃金", "雇用", "労働力", "労働・雇用", "雇用・労働", "仕事"}},
      {"4",
       {"農林水産業", "Agriculture, forestry and fisheries"},
       {"AGRI"},
       {"agri", "農林水産", "農業", "林業", "水産業", "畜産業", "漁業"}},
      {"5", {"鉱工業", "Mining and manufacturing"}, {"ECON"}, {"鉱業", "工業", "製造業"}},
      {"6", {"商業・サービス業", "Commerce and services"}, {"ECON"}, {"商業", "サービス業"}},
      {"7",
       {"企業・家計・経済", "Enterprises, household economy and economy"},
       {"ECON"},
       {"econ", "企業", "家計", "経済", "産業", "物価", "金融", "産業・経済", "経済・産業",
        "産業経済", "企業活動", "景気"}},
      {"8",
       {"住宅・土地・建設", "Housing, land and construction"},
       {"REGI"},
       {"regi", "住宅", "土地", "建設", "住宅・土地", "都市計画", "まちづくり", "都市整備",
        "まちづくり・都市計画", "都市計画・まちづくり"}},
      {"9",
       {"エネルギー・水", "Energy and water"},
       {"ENER"},
       {"ener", "エネルギー", "水", "電気", "ガス", "水道", "下水道", "上下水道"}},
      {"10",
       {"運輸・観光", "Transport and tourism"},
       {"TRAN"},
       {"tran", "運輸", "観光", "交通", "公共交通", "観光・交通", "交通・観光", "運輸・交通"}},
      {"11",
       {"情報通信・科学技術", "Information, communication, science and technology"},
       {"TECH"},
       {"tech", "情報通信", "科学技術", "情報通信・放送", "知的財産"}},
      {"12",
       {"教育・文化・スポーツ・生活", "Education, culture, sports and life"},
       {"EDUC"},
       {"educ", "教育", "文化", "スポーツ", "生活", "くらし", "暮らし", "文化財", "教育・文化",
        "文化・スポーツ", "教育・文化・スポーツ", "文化・スポーツ・生活", "学校教育", "社会教育",
        "生涯学習"}},
      {"13",
       {"行財政", "Administration and finance"},
       {"GOVE"},
       {"gove", "行政", "財政", "行政・財政", "行政情報", "県政情報", "市政情報", "町政情報",
        "村政情報", "公務員", "選挙", "議会"}},
      {"14",
       {"司法・安全・環境", "Justice, safety and environment"},
       {"JUST", "ENVI"},
       {"just",       "envi",       "司法",       "安全",       "環境",       "防災",
        "防犯",       "災害",       "犯罪",       "事故",       "消防",       "ごみ",
        "防災・防犯", "防犯・防災", "防災・安全", "安全・安心", "安心・安全", "防災・災害",
        "環境・ごみ", "ごみ・環境", "消防・救急"}},
      {"15",
       {"社会保障・衛生", "Social security and health"},
       {"HEAL", "SOCI"},
       {"heal",
        "社会保障",
        "衛生",
        "福祉",
        "健康",
        "医療",
        "保健",
        "介護",
        "子育て",
        "健康・福祉",
        "福祉・健康",
        "健康・医療",
        "医療・福祉",
        "保健・福祉",
        "健康・医療・福祉",
        "保健・医療・福祉",
        "医療・健康・福祉",
        "子育て支援",
        "社会福祉",
        "社会保険",
        "保健衛生"}},
      {"16",
       {"国際", "International affairs"},
       {"INTR"},
       {"intr", "国際交流", "国際協力", "貿易", "貿易・国際収支"}},
      {"99", {"その他", "Other"}, {}, {"未分類", "分類なし"}},
  };
  return list;
}

const Theme* find_theme(std::string_view raw) {
  raw = last_segment(raw);
  while (raw.size() > 1 && raw.front() == '0') raw.remove_prefix(1);
  if (is_minor_field(raw)) raw = raw == "9999" ? "99" : raw.substr(0, raw.size() - 2);
  const std::string key = lower(raw);
  for (const Theme& theme : themes()) {
    if (theme.code == raw || theme.name.ja == raw || lower(theme.name.en) == key ||
        std::find(theme.aliases.begin(), theme.aliases.end(), key) != theme.aliases.end()) {
      return &theme;
    }
  }
  return nullptr;
}

const std::vector<Frequency>& frequencies() {
  static const std::vector<Frequency> list = {
      {"continuous",
       {"常時", "Continuously"},
       "",
       "CONT",
       {"リアルタイム", "realtime", "r/pt1s", "continual", "update_cont", "pt1s"}},
      {"hourly", {"毎時", "Hourly"}, "PT1H", "HOURLY", {"1時間ごと", "毎時間", "r/pt1h"}},
      {"daily",
       {"毎日", "Daily"},
       "P1D",
       "DAILY",
       {"日次", "日毎", "日ごと", "1日ごと", "r/p1d", "1日1回", "毎日1回"}},
      {"weekly",
       {"毎週", "Weekly"},
       "P1W",
       "WEEKLY",
       {"週次", "週1回", "週ごと", "r/p1w", "毎週1回", "1週間ごと", "週毎", "r/p7d", "p7d"}},
      {"biweekly",
       {"隔週", "Every two weeks"},
       "P2W",
       "BIWEEKLY",
       {"2週間ごと", "r/p2w", "2週間に1回", "fortnightly", "r/p14d", "p14d"}},
      {"semimonthly",
       {"月2回", "Twice a month"},
       "P0.5M",
       "MONTHLY_2",
       {"半月ごと", "r/p0.5m", "毎月2回"}},
      {"monthly",
       {"毎月", "Monthly"},
       "P1M",
       "MONTHLY",
       {"月次", "月毎", "月ごと", "月1回", "1か月ごと", "1ヶ月ごと", "1ヵ月ごと", "r/p1m",
        "毎月1回", "1カ月ごと", "1か月", "1ヶ月", "1か月に1回", "1ヶ月に1回"}},
      {"bimonthly",
       {"隔月", "Every two months"},
       "P2M",
       "BIMONTHLY",
       {"2か月ごと", "2ヶ月ごと", "r/p2m", "2カ月ごと", "2か月に1回", "2か月"}},
      {"quarterly",
       {"四半期ごと", "Quarterly"},
       "P3M",
       "QUARTERLY",
       {"四半期", "四半期毎", "3か月ごと", "3ヶ月ごと", "年4回", "r/p3m", "四半期に1回",
        "3カ月ごと", "3か月", "3か月に1回"}},
      {"semiannual",
       {"半年ごと", "Twice a year"},
       "P6M",
       "ANNUAL_2",
       {"半期", "半年", "半年毎", "年2回", "6か月ごと", "6ヶ月ごと", "biannual", "semi-annual",
        "r/p6m", "半年に1回", "半期ごと", "6カ月ごと", "6か月", "biannually"}},
      {"annual",
       {"毎年", "Annually"},
       "P1Y",
       "ANNUAL",
       {"年次", "年毎", "年ごと", "年1回", "毎年度", "1年ごと", "1年", "yearly", "annually",
        "r/p1y", "毎年1回", "年度ごと", "年度毎", "1年毎", "1年に1回", "r/p12m", "p12m"}},
      {"biennial",
       {"2年ごと", "Every two years"},
       "P2Y",
       "BIENNIAL",
       {"2年", "隔年", "r/p2y", "2年毎", "2年に1回", "r/p24m", "p24m"}},
      {"triennial",
       {"3年ごと", "Every three years"},
       "P3Y",
       "TRIENNIAL",
       {"3年", "r/p3y", "3年毎", "3年に1回"}},
      {"quadrennial",
       {"4年ごと", "Every four years"},
       "P4Y",
       "QUADRENNIAL",
       {"4年", "r/p4y", "4年毎", "4年に1回"}},
      {"quinquennial",
       {"5年ごと", "Every five years"},
       "P5Y",
       "QUINQUENNIAL",
       {"5年", "r/p5y", "5年毎", "5年に1回"}},
      {"decennial",
       {"10年ごと", "Every ten years"},
       "P10Y",
       "DECENNIAL",
       {"10年", "r/p10y", "10年毎", "10年に1回"}},
      {"as_needed",
       {"随時", "As needed"},
       "",
       "AS_NEEDED",
       {"適宜", "都度", "必要に応じて", "変更時", "as needed", "その都度", "必要時", "更新時",
        "変更の都度", "asneeded", "on demand"}},
      {"irregular",
       {"不定期", "Irregularly"},
       "",
       "IRREG",
       {"不規則", "不定", "非定期", "completelyirregular"}},
      {"never",
       {"更新しない", "Never"},
       "",
       "NEVER",
       {"更新なし", "更新予定なし", "更新しません", "なし", "not_planned", "notplanned",
        "更新の予定なし", "更新予定はありません", "1回限り"}},
      {"unknown", {"未定", "Unknown"}, "", "UNKNOWN", {"不明"}},
  };
  return list;
}

const Frequency* find_frequency(std::string_view raw) {
  const std::string key = lower(last_segment(raw));
  if (key.empty()) return nullptr;
  for (const Frequency& frequency : frequencies()) {
    if (frequency.code == key || frequency.name.ja == key || lower(frequency.name.en) == key ||
        lower(frequency.eu_code) == key || lower(frequency.duration) == key ||
        std::find(frequency.aliases.begin(), frequency.aliases.end(), lower(raw)) !=
            frequency.aliases.end()) {
      return &frequency;
    }
  }
  return nullptr;
}

const std::vector<MunicipalityKind>& municipality_kinds() {
  static const std::vector<MunicipalityKind> list = {{"都道府県", "prefecture"},
                                                     {"政令指定都市", "designated city"},
                                                     {"市", "city"},
                                                     {"町", "town"},
                                                     {"村", "village"}};
  return list;
}

const MunicipalityKind* find_municipality_kind(std::string_view raw) {
  const std::string key = lower(raw);
  for (const MunicipalityKind& kind : municipality_kinds()) {
    if (kind.id == raw || kind.english == key) return &kind;
  }
  return raw == "指定都市" || key == "designated_city" ? &municipality_kinds()[1] : nullptr;
}

}  // namespace minato::core
