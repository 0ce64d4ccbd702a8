#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harvest/sources/page/edition.h"

namespace minato::harvest {
namespace {

struct Case {
  std::string text;
  std::string rest;
  std::string edition;
};

void expect_file(const Case& c) {
  EditionRules rules;
  rules.file_name = true;
  rules.organization = "141003";
  const EditionSplit split = split_edition(c.text, rules);
  EXPECT_EQ(split.rest, c.rest) << c.text;
  EXPECT_EQ(split.edition, c.edition) << c.text;
}

void expect_words(const Case& c) {
  const EditionSplit split = split_edition(c.text);
  EXPECT_EQ(split.rest, c.rest) << c.text;
  EXPECT_EQ(split.edition, c.edition) << c.text;
}

TEST(PageEdition, IsTakenOutOfFileNames) {
  for (const Case& c :
       std::vector<Case>{{"R7_aed", "aed", "2025"},
                         {"R8_aed", "aed", "2026"},
                         {"aedR7", "aed", "2025"},
                         {"r070401_aed", "aed", "2025-04-01"},
                         {"R70401aed", "aed", "2025-04-01"},
                         {"aed_20250401", "aed", "2025-04-01"},
                         {"aed_2025_04_01", "aed", "2025-04-01"},
                         {"080803(UTF-8)", "(UTF-8)", "2026-08-03"},
                         {"zende-ta202606houjin", "zende-ta-houjin", "2026-06"},
                         {"opendata2025-10", "opendata", "2025-10"},
                         {"e1yokohama2603", "e1yokohama", "2026-03"},
                         {"dataset20250930", "dataset", "2025-09-30"},
                         {"toilet_v2", "toilet", "v00002"},
                         {"toilet_ver1.10", "toilet", "v00001.00010"},
                         {"toilet (1)", "toilet", "v00001"},
                         {"shisetsu_20250401_123456", "shisetsu", "2025-04-01T123456"},
                         {"shisetsu-20250401123456", "shisetsu", "2025-04-01T123456"},
                         {"list_1743465600", "list", "e1743465600"},
                         {"jinko_h30nendo", "jinko", "2018"},
                         {"jinko-latest", "jinko", "~latest"},
                         {"AED一覧（令和7年4月1日現在）", "AED一覧", "2025-04-01"}}) {
    expect_file(c);
  }
}

TEST(PageEdition, IsNotSeenInCodesAndPlainNumbers) {
  for (const std::string name : {"141003_aed", "142018_aed", "1234567_x", "route66", "aed-utf8",
                                 "area1399", "r2d2", "opendata_14", "data1", "99999999"}) {
    expect_file({name, name, ""});
  }
}

TEST(PageEdition, IsTakenOutOfTitles) {
  for (const Case& c : std::vector<Case>{{"令和6年度一般会計予算", "一般会計予算", "2024"},
                                         {"人口（令和６年４月１日現在）", "人口", "2024-04-01"},
                                         {"町丁別人口 令和元年10月末", "町丁別人口", "2019-10"},
                                         {"平成27年国勢調査", "国勢調査", "2015"},
                                         {"2025年版統計書", "統計書", "2025"},
                                         {"事故件数（2020年～2024年）", "事故件数", "2020+2024"},
                                         {"ごみ量 4月分", "ごみ量", "0000-04"},
                                         {"R7.4.1 公園一覧", "公園一覧", "2025-04-01"},
                                         {"統計書（第3版）", "統計書", "v00003"},
                                         {"税収 令和6年度第2四半期", "税収", "2024+q2"},
                                         {"AED設置箇所【最新版】", "AED設置箇所", "~latest"},
                                         {"令和7年度", "", "2025"}}) {
    expect_words(c);
  }
}

TEST(PageEdition, LeavesWordsThatOnlyLookAlike) {
  for (const std::string title : {"後期高齢者医療", "第1種低層住居", "ごみの分別", "AED設置箇所",
                                  "国道246号", "平和記念公園", "3歳児健診"}) {
    expect_words({title, title, ""});
  }
}

TEST(PageEdition, NewerComparesGreater) {
  const auto edition = [](std::string_view text) { return split_edition(text).edition; };
  EXPECT_LT(edition("令和5年度"), edition("令和6年度"));
  EXPECT_LT(edition("平成31年4月"), edition("令和元年5月"));
  EXPECT_LT(edition("2024年10月"), edition("2025年4月1日"));
  EXPECT_LT(edition("第9版"), edition("第10版"));
  EXPECT_LT(edition("2099年"), edition("最新"));
}

TEST(PageEdition, FindsTheFirstWholeDate) {
  const auto date = first_date("最終更新日：令和7年4月1日（2025年4月2日公開）");
  ASSERT_TRUE(date.has_value());
  EXPECT_EQ(date->year, 2025);
  EXPECT_EQ(date->month, 4);
  EXPECT_EQ(date->day, 1);
  EXPECT_FALSE(first_date("更新日：2025年2月30日").has_value());
  EXPECT_EQ(first_date("2025/04/03").value().day, 3);
  EXPECT_EQ(first_date("20250405").value().day, 5);
}

TEST(PageEdition, SurvivesAnyBytes) {
  for (const std::string& text : {std::string("\xff\xfe(((", 5), std::string(100000, '('),
                                  std::string(5000, '2'), std::string("令和")}) {
    EXPECT_LE(split_edition(text).rest.size(), text.size() * 3);
  }
}

}  // namespace
}  // namespace minato::harvest
