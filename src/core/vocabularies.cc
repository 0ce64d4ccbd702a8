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

}  // namespace

const std::vector<Theme>& themes() {
  static const std::vector<Theme> list = {
      {"1", {"国土・気象", "Land and climate"}, {"ENVI", "REGI"}},
      {"2", {"人口・世帯", "Population and households"}, {"SOCI"}},
      {"3", {"労働・賃金", "Labour and wages"}, {"SOCI", "ECON"}},
      {"4", {"農林水産業", "Agriculture, forestry and fisheries"}, {"AGRI"}},
      {"5", {"鉱工業", "Mining and manufacturing"}, {"ECON"}},
      {"6", {"商業・サービス業", "Commerce and services"}, {"ECON"}},
      {"7", {"企業・家計・経済", "Enterprises, household economy and economy"}, {"ECON"}},
      {"8", {"住宅・土地・建設", "Housing, land and construction"}, {"REGI"}},
      {"9", {"エネルギー・水", "Energy and water"}, {"ENER"}},
      {"10", {"運輸・観光", "Transport and tourism"}, {"TRAN"}},
      {"11",
       {"情報通信・科学技術", "Information, communication, science and technology"},
       {"TECH"}},
      {"12", {"教育・文化・スポーツ・生活", "Education, culture, sports and life"}, {"EDUC"}},
      {"13", {"行財政", "Administration and finance"}, {"GOVE"}},
      {"14", {"司法・安全・環境", "Justice, safety and environment"}, {"JUST", "ENVI"}},
      {"15", {"社会保障・衛生", "Social security and health"}, {"HEAL", "SOCI"}},
      {"16", {"国際", "International affairs"}, {"INTR"}},
      {"99", {"その他", "Other"}, {}},
  };
  return list;
}

const Theme* find_theme(std::string_view raw) {
  while (raw.size() > 1 && raw.front() == '0') raw.remove_prefix(1);
  const std::string key = lower(raw);
  for (const Theme& theme : themes()) {
    if (theme.code == raw || theme.name.ja == raw || lower(theme.name.en) == key) return &theme;
  }
  return nullptr;
}

const std::vector<Frequency>& frequencies() {
  static const std::vector<Frequency> list = {
      {"continuous", {"常時", "Continuously"}, "", "CONT", {"リアルタイム", "realtime", "r/pt1s"}},
      {"hourly", {"毎時", "Hourly"}, "PT1H", "HOURLY", {"1時間ごと", "毎時間", "r/pt1h"}},
      {"daily", {"毎日", "Daily"}, "P1D", "DAILY", {"日次", "日毎", "日ごと", "1日ごと", "r/p1d"}},
      {"weekly", {"毎週", "Weekly"}, "P1W", "WEEKLY", {"週次", "週1回", "週ごと", "r/p1w"}},
      {"biweekly", {"隔週", "Every two weeks"}, "P2W", "BIWEEKLY", {"2週間ごと", "r/p2w"}},
      {"semimonthly", {"月2回", "Twice a month"}, "P0.5M", "MONTHLY_2", {"半月ごと", "r/p0.5m"}},
      {"monthly",
       {"毎月", "Monthly"},
       "P1M",
       "MONTHLY",
       {"月次", "月毎", "月ごと", "月1回", "1か月ごと", "1ヶ月ごと", "1ヵ月ごと", "r/p1m"}},
      {"bimonthly",
       {"隔月", "Every two months"},
       "P2M",
       "BIMONTHLY",
       {"2か月ごと", "2ヶ月ごと", "r/p2m"}},
      {"quarterly",
       {"四半期ごと", "Quarterly"},
       "P3M",
       "QUARTERLY",
       {"四半期", "四半期毎", "3か月ごと", "3ヶ月ごと", "年4回", "r/p3m"}},
      {"semiannual",
       {"半年ごと", "Twice a year"},
       "P6M",
       "ANNUAL_2",
       {"半期", "半年", "半年毎", "年2回", "6か月ごと", "6ヶ月ごと", "biannual", "semi-annual",
        "r/p6m"}},
      {"annual",
       {"毎年", "Annually"},
       "P1Y",
       "ANNUAL",
       {"年次", "年毎", "年ごと", "年1回", "毎年度", "1年ごと", "1年", "yearly", "annually",
        "r/p1y"}},
      {"biennial", {"2年ごと", "Every two years"}, "P2Y", "BIENNIAL", {"2年", "隔年", "r/p2y"}},
      {"triennial", {"3年ごと", "Every three years"}, "P3Y", "TRIENNIAL", {"3年", "r/p3y"}},
      {"quadrennial", {"4年ごと", "Every four years"}, "P4Y", "QUADRENNIAL", {"4年", "r/p4y"}},
      {"quinquennial", {"5年ごと", "Every five years"}, "P5Y", "QUINQUENNIAL", {"5年", "r/p5y"}},
      {"decennial", {"10年ごと", "Every ten years"}, "P10Y", "DECENNIAL", {"10年", "r/p10y"}},
      {"as_needed",
       {"随時", "As needed"},
       "",
       "AS_NEEDED",
       {"適宜", "都度", "必要に応じて", "変更時", "as needed"}},
      {"irregular", {"不定期", "Irregularly"}, "", "IRREG", {"不規則"}},
      {"never",
       {"更新しない", "Never"},
       "",
       "NEVER",
       {"更新なし", "更新予定なし", "更新しません", "なし", "not_planned", "notplanned"}},
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
