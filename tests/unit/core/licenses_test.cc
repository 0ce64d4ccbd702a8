#include "core/licenses.h"

#include <gtest/gtest.h>

#include <set>

namespace minato::core {
namespace {

std::string id_of(std::string_view raw) {
  const License* license = find_license(raw);
  return license == nullptr ? "-" : license->id;
}

struct Seen {
  const char* raw;
  const char* id;
};

TEST(FindLicense, KnowsTheSpellingsSeenInTheWild) {
  constexpr Seen kSeen[] = {
      {"CC-BY-4.0", "CC-BY-4.0"},
      {"cc-by-4.0", "CC-BY-4.0"},
      {"cc-by-40-intl", "CC-BY-4.0"},
      {"CC BY 4.0", "CC-BY-4.0"},
      {"ＣＣ　ＢＹ　４．０", "CC-BY-4.0"},
      {"CC BY4.0国際", "CC-BY-4.0"},
      {"クリエイティブ・コモンズ 表示 4.0 国際", "CC-BY-4.0"},
      {"クリエイティブ・コモンズ・ライセンス 表示4.0国際（CC BY 4.0）", "CC-BY-4.0"},
      {"クリエイティブ・コモンズ 表示 4.0 国際 ライセンスの下に提供されています。", "CC-BY-4.0"},
      {"https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"},
      {"http://creativecommons.org/licenses/by/4.0/deed.ja", "CC-BY-4.0"},
      {"https://creativecommons.org/licenses/by/4.0/legalcode.ja", "CC-BY-4.0"},
      {"https://creativecommons.org/licenses/by/2.1/jp/", "CC-BY-2.1-JP"},
      {"CC BY 2.1 JP", "CC-BY-2.1-JP"},
      {"クリエイティブ・コモンズ 表示 2.1 日本", "CC-BY-2.1-JP"},
      {"http://creativecommons.org/licenses/by/3.0/deed.ja", "CC-BY-3.0"},
      {"CC BY-SA 4.0", "CC-BY-SA-4.0"},
      {"cc-by", "cc-by"},
      {"CC BY", "cc-by"},
      {"クリエイティブ・コモンズ 表示（CC BY）", "cc-by"},
      {"cc-zero", "cc-zero"},
      {"CC0", "cc-zero"},
      {"CC0 1.0", "cc-zero"},
      {"https://creativecommons.org/publicdomain/zero/1.0/deed.ja", "cc-zero"},
      {"PDL1.0", "PDL-1.0"},
      {"PDL 1.0", "PDL-1.0"},
      {"公共データ利用規約（第1.0版）", "PDL-1.0"},
      {"https://www.digital.go.jp/resources/open_data/public_data_license_v1.0", "PDL-1.0"},
      {"政府標準利用規約（第2.0版）", "GJSTU-2.0"},
      {"notspecified", "notspecified"},
      {"odc-odbl", "odc-odbl"},
      {"other-closed", "other-closed"},
  };
  for (const Seen& seen : kSeen) EXPECT_EQ(id_of(seen.raw), seen.id) << seen.raw;
}

TEST(FindLicense, TellsRestrictedOnesFromOpenOnes) {
  constexpr Seen kSeen[] = {
      {"cc-by-nc", "cc-nc"},
      {"CC BY-NC 4.0", "CC-BY-NC-4.0"},
      {"CC-BY-NC-4.0", "CC-BY-NC-4.0"},
      {"cc-by-nc-40-intl", "CC-BY-NC-4.0"},
      {"https://creativecommons.org/licenses/by-nc/4.0/deed.ja", "CC-BY-NC-4.0"},
      {"クリエイティブ・コモンズ 表示-非営利 4.0 国際", "CC-BY-NC-4.0"},
      {"クリエイティブ・コモンズ 表示－改変禁止 4.0 国際", "CC-BY-ND-4.0"},
      {"クリエイティブ・コモンズ 表示 - 非営利 - 改変禁止 4.0", "CC-BY-NC-ND-4.0"},
      {"CC BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"},
      {"CC BY-ND 4.0", "CC-BY-ND-4.0"},
  };
  for (const Seen& seen : kSeen) {
    EXPECT_EQ(id_of(seen.raw), seen.id) << seen.raw;
    ASSERT_NE(find_license(seen.raw), nullptr);
    EXPECT_FALSE(find_license(seen.raw)->open) << seen.raw;
  }
}

TEST(FindLicense, NeverGuesses) {
  for (const char* raw :
       {"", "クリエイティブ・コモンズ", "CC", "政府標準利用規約", "公共データ利用規約（第2.0版）",
        "CC BY 4.0 または CC BY-NC 4.0", "CC BY 9.9", "CC BY-ND", "利用規約を参照", "4.0", "by",
        "https://creativecommons.org/licenses/by/2.5/",
        "https://creativecommons.org/licenses/by/2.1/fr/", "https://example.jp/terms",
        "https://creativecommons.org/licenses/", "CCBYXYZ について\xFF"}) {
    const std::string id = id_of(raw);
    EXPECT_TRUE(id == "-" || (std::string(raw).starts_with("CCBYXYZ") && id == "cc-by"))
        << raw << " -> " << id;
  }
  EXPECT_EQ(find_license(std::string(100'000, 'c')), nullptr);
}

TEST(Licenses, HaveUniqueIdsAndBothTitles) {
  std::set<std::string> ids;
  for (const License& license : licenses()) {
    EXPECT_TRUE(ids.insert(license.id).second) << license.id;
    EXPECT_FALSE(license.title.ja.empty()) << license.id;
    EXPECT_FALSE(license.title.en.empty()) << license.id;
    EXPECT_EQ(find_license(license.id), &license) << license.id;
    EXPECT_EQ(find_license(license.title.ja), &license) << license.title.ja;
    if (license.url.empty()) continue;
    EXPECT_EQ(find_license(license.url), &license) << license.url;
  }
  for (const char* stock :
       {"notspecified", "odc-pddl", "odc-odbl", "odc-by", "cc-zero", "cc-by", "cc-by-sa", "gfdl",
        "other-open", "other-pd", "other-at", "uk-ogl", "cc-nc", "other-nc", "other-closed"}) {
    EXPECT_TRUE(ids.contains(stock)) << stock;
  }
}

TEST(CreditLine, NamesTitleCreatorLicenceAndPlace) {
  const Work work = {"人口", "神奈川県", "https://data.example.jp/dataset/jinko"};
  const LocalizedText line = credit_line(*find_license("cc-by-4.0"), work);
  EXPECT_EQ(
      line.ja,
      "「人口」、神奈川県、クリエイティブ・コモンズ・ライセンス 表示 4.0 国際"
      "（https://creativecommons.org/licenses/by/4.0/）、https://data.example.jp/dataset/jinko");
  EXPECT_EQ(
      line.en,
      "\"人口\", 神奈川県, Creative Commons Attribution 4.0 International "
      "(https://creativecommons.org/licenses/by/4.0/), https://data.example.jp/dataset/jinko");
  EXPECT_TRUE(credit_line(*find_license("cc0"), work).empty());
}

}  // namespace
}  // namespace minato::core
