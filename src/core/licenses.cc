#include "core/licenses.h"

#include <utility>

namespace minato::core {
namespace {

License stock(std::string id, LocalizedText title, std::string url) {
  License license;
  license.id = std::move(id);
  license.title = std::move(title);
  license.url = std::move(url);
  return license;
}

License open_stock(std::string id, LocalizedText title, std::string url) {
  License license = stock(std::move(id), std::move(title), std::move(url));
  license.open = true;
  license.od_conformance = "approved";
  license.domain_content = true;
  license.domain_data = true;
  return license;
}

std::vector<License> ckan_open_licenses() {
  std::vector<License> list;
  list.push_back(open_stock("odc-pddl",
                            {"オープン・データ・コモンズ パブリックドメイン（PDDL）",
                             "Open Data Commons Public Domain Dedication and License (PDDL)"},
                            "http://www.opendefinition.org/licenses/odc-pddl"));
  list.back().attribution = false;
  list.back().aliases = {"pddl", "pddl-1.0", "odc-pddl-1.0"};
  list.push_back(open_stock("odc-odbl",
                            {"オープン・データベース・ライセンス（ODbL）",
                             "Open Data Commons Open Database License (ODbL)"},
                            "http://www.opendefinition.org/licenses/odc-odbl"));
  list.back().aliases = {"odbl", "odbl-1.0", "odc-odbl-1.0"};
  list.push_back(open_stock(
      "odc-by",
      {"オープン・データ・コモンズ 表示（ODC-BY）", "Open Data Commons Attribution License"},
      "http://www.opendefinition.org/licenses/odc-by"));
  list.back().aliases = {"odc-by-1.0"};
  list.push_back(open_stock("cc-zero",
                            {"CC0 1.0 全世界 パブリック・ドメイン提供", "Creative Commons CCZero"},
                            "https://creativecommons.org/publicdomain/zero/1.0/"));
  list.back().attribution = false;
  list.back().family = "Creative Commons";
  list.back().aliases = {"cc0", "cc0-1.0", "cczero", "cc-0", "cc zero 1.0", "cc0 1.0 universal"};
  list.push_back(open_stock(
      "cc-by", {"クリエイティブ・コモンズ 表示（版の指定なし）", "Creative Commons Attribution"},
      "http://www.opendefinition.org/licenses/cc-by"));
  list.back().family = "Creative Commons";
  list.push_back(open_stock("cc-by-sa",
                            {"クリエイティブ・コモンズ 表示 - 継承（版の指定なし）",
                             "Creative Commons Attribution Share-Alike"},
                            "http://www.opendefinition.org/licenses/cc-by-sa"));
  list.back().family = "Creative Commons";
  list.push_back(
      open_stock("gfdl", {"GNU 自由文書利用許諾契約書", "GNU Free Documentation License"}, ""));
  list.back().aliases = {"gfdl-1.3", "gnu fdl"};
  list.back().domain_data = false;
  return list;
}

std::vector<License> ckan_other_licenses() {
  std::vector<License> list;
  list.push_back(open_stock("other-open", {"その他（オープン）", "Other (Open)"}, ""));
  list.push_back(
      open_stock("other-pd", {"その他（パブリックドメイン）", "Other (Public Domain)"}, ""));
  list.back().attribution = false;
  list.push_back(open_stock("other-at", {"その他（表示）", "Other (Attribution)"}, ""));
  for (License& license : list) license.is_generic = true;
  list.push_back(open_stock(
      "uk-ogl", {"英国オープン・ガバメント・ライセンス", "UK Open Government Licence (OGL)"},
      "http://reference.data.gov.uk/id/open-government-licence"));
  list.back().aliases = {"ogl-uk-3.0", "uk-ogl-3.0"};
  list.push_back(stock(
      "cc-nc",
      {"クリエイティブ・コモンズ 非営利（版の指定なし）", "Creative Commons Non-Commercial (Any)"},
      "http://creativecommons.org/licenses/by-nc/2.0/"));
  list.back().od_conformance = "rejected";
  list.back().family = "Creative Commons";
  for (auto [id, ja, en] :
       {std::tuple{"other-nc", "その他（非営利）", "Other (Non-Commercial)"},
        std::tuple{"other-closed", "その他（非オープン）", "Other (Not Open)"}}) {
    list.push_back(stock(id, {ja, en}, ""));
    list.back().od_conformance = "rejected";
    list.back().is_generic = true;
  }
  return list;
}

struct CreativeCommons {
  std::string_view elements;  // "by-nc"
  std::string_view ja;
  std::string_view en;
};
constexpr CreativeCommons kCreativeCommons[] = {
    {"by", "表示", "Attribution"},
    {"by-sa", "表示 - 継承", "Attribution-ShareAlike"},
    {"by-nc", "表示 - 非営利", "Attribution-NonCommercial"},
    {"by-nd", "表示 - 改変禁止", "Attribution-NoDerivatives"},
    {"by-nc-sa", "表示 - 非営利 - 継承", "Attribution-NonCommercial-ShareAlike"},
    {"by-nc-nd", "表示 - 非営利 - 改変禁止", "Attribution-NonCommercial-NoDerivatives"}};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

// `edition`: "4.0" with the words for it, as in {"4.0", " 国際", " International"}.
License creative_commons(const CreativeCommons& kind, std::string_view version, LocalizedText area,
                         std::string_view jurisdiction) {
  const std::string dashed = std::string(kind.elements) + "-" + std::string(version);
  License license;
  license.id = "CC-" + upper(dashed);
  license.title.ja = "クリエイティブ・コモンズ・ライセンス " + std::string(kind.ja) + " " +
                     std::string(version) + area.ja;
  license.title.en =
      "Creative Commons " + std::string(kind.en) + " " + std::string(version) + area.en;
  license.url = "https://creativecommons.org/licenses/" + std::string(kind.elements) + "/" +
                std::string(version) + "/";
  if (!jurisdiction.empty()) {
    license.id += "-" + upper(jurisdiction);
    license.url += std::string(jurisdiction) + "/";
  }
  license.open = kind.elements == "by" || kind.elements == "by-sa";
  license.od_conformance = license.open ? "approved" : "rejected";
  license.domain_content = true;
  license.domain_data = version == "4.0";
  license.family = "Creative Commons";
  license.maintainer = "Creative Commons";
  return license;
}

std::vector<License> creative_commons_licenses() {
  std::vector<License> list;
  for (const CreativeCommons& kind : kCreativeCommons) {
    list.push_back(creative_commons(kind, "4.0", {" 国際", " International"}, ""));
    list.back().aliases = {"cc-" + std::string(kind.elements) + "-40-intl",
                           "cc-" + std::string(kind.elements) + "-4.0-intl",
                           "cc-" + std::string(kind.elements) + "-4.0-international"};
  }
  for (const CreativeCommons& kind : kCreativeCommons) {
    list.push_back(creative_commons(kind, "3.0", {" 非移植", " Unported"}, ""));
    list.push_back(creative_commons(kind, "2.1", {" 日本", " Japan"}, "jp"));
  }
  return list;
}

std::vector<License> japanese_licenses() {
  License pdl =
      stock("PDL-1.0", {"公共データ利用規約（第1.0版）", "Public Data License (Version 1.0)"},
            "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0");
  pdl.aliases = {"pdl1.0", "pdl", "公共データ利用規約", "公共データ利用規約 1.0",
                 "public data license 1.0"};
  pdl.maintainer = "デジタル庁";
  License terms = stock(
      "GJSTU-2.0",
      {"政府標準利用規約（第2.0版）", "Government of Japan Standard Terms of Use (Version 2.0)"},
      "https://www.kantei.go.jp/jp/singi/it2/densi/kettei/gl2_betten_1.pdf");
  terms.aliases = {"政府標準利用規約 2.0", "gov-jp-2.0"};
  terms.maintainer = "内閣官房";
  // Both declare themselves compatible with CC BY 4.0; the Open Definition has not reviewed them.
  for (License* license : {&pdl, &terms}) {
    license->open = true;
    license->domain_content = true;
    license->domain_data = true;
  }
  return {std::move(pdl), std::move(terms)};
}

std::vector<License> all_licenses() {
  std::vector<License> list;
  list.push_back(stock("notspecified", {"指定なし（要確認）", "License not specified"}, ""));
  list.back().aliases = {"指定なし", "未指定"};
  list.back().attribution = false;
  list.back().is_generic = true;
  for (auto* part : {&ckan_open_licenses, &ckan_other_licenses, &creative_commons_licenses,
                     &japanese_licenses}) {
    for (License& license : part()) list.push_back(std::move(license));
  }
  return list;
}

}  // namespace

const std::vector<License>& licenses() {
  static const std::vector<License> list = all_licenses();
  return list;
}

LocalizedText credit_line(const License& license, const Work& work) {
  if (!license.attribution) return {};
  LocalizedText line;
  line.ja = "「" + work.title + "」";
  line.en = "\"" + work.title + "\"";
  if (!work.creator.empty()) {
    line.ja += "、" + work.creator;
    line.en += ", " + work.creator;
  }
  line.ja += "、" + license.title.ja;
  line.en += ", " + license.title.en;
  if (!license.url.empty()) {
    line.ja += "（" + license.url + "）";
    line.en += " (" + license.url + ")";
  }
  if (!work.url.empty()) {
    line.ja += "、" + work.url;
    line.en += ", " + work.url;
  }
  return line;
}

}  // namespace minato::core
