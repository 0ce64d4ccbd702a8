#include "core/names.h"

#include <gtest/gtest.h>

namespace minato::core {
namespace {

std::vector<std::string> english(const ErrorDetails& wrongs) {
  std::vector<std::string> texts;
  for (const ErrorDetail& wrong : wrongs) {
    EXPECT_FALSE(wrong.message.ja.empty()) << wrong.message.en;
    texts.push_back(wrong.message.en);
  }
  return texts;
}
using Texts = std::vector<std::string>;

TEST(CheckName, SaysWhatCkanSays) {
  EXPECT_EQ(english(check_name("ai-ocr_2024")), Texts{});
  EXPECT_EQ(english(check_name("")), Texts{"Missing value"});
  EXPECT_EQ(english(check_name("a")), Texts{"Must be at least 2 characters long"});
  EXPECT_EQ(english(check_name(std::string(101, 'a'))),
            Texts{"Name must be a maximum of 100 characters long"});
  EXPECT_EQ(english(check_name(std::string(100, 'a'))), Texts{});
  EXPECT_EQ(english(check_name("search")), Texts{"That name cannot be used"});
  const Texts ascii{
      "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"};
  EXPECT_EQ(english(check_name("A B")), ascii);
  EXPECT_EQ(english(check_name("人口統計")), ascii);
  EXPECT_EQ(english(check_name("ａｂ")), ascii);
  EXPECT_EQ(english(check_name(std::string_view("a\0b", 3))), ascii);
}

TEST(CheckTagName, TakesKanaAndKanjiButNoMarks) {
  for (const char* tag : {"観光 施設", "オープンデータ", "AI-OCR", "令和5年度", "v1.0", "ﾃﾞｰﾀ",
                          "佐々木", "〇", "e_kanagawa"}) {
    const bool too_short = std::string(tag) == "〇";
    EXPECT_EQ(check_tag_name(tag).size(), too_short ? 1U : 0U) << tag;
  }
  for (const char* tag : {"観光・施設", "人口（年齢別）", "港、海", "a/b", "「港」", "R&D"}) {
    const ErrorDetails wrongs = check_tag_name(tag, "/tags/3");
    ASSERT_EQ(wrongs.size(), 1U) << tag;
    EXPECT_EQ(wrongs[0].message.en,
              "Tag \"" + std::string(tag) +
                  "\" can only contain alphanumeric characters, spaces (\" \"), hyphens (\"-\"), "
                  "underscores (\"_\") or dots (\".\")");
    EXPECT_EQ(wrongs[0].param, "/tags/3");
  }
}

TEST(CheckTagName, CountsCharactersNotBytes) {
  EXPECT_EQ(english(check_tag_name("a")), Texts{"Tag \"a\" length is less than minimum 2"});
  EXPECT_TRUE(check_tag_name("観光").empty());
  std::string long_tag;
  for (int i = 0; i < 100; ++i) long_tag += "港";
  EXPECT_TRUE(check_tag_name(long_tag).empty());
  EXPECT_EQ(english(check_tag_name(long_tag + "港")),
            Texts{"Tag \"" + long_tag + "港\" length is more than maximum 100"});
}

TEST(CheckTagName, NeverRepeatsBrokenBytes) {
  const ErrorDetails wrongs = check_tag_name("\xFF\xFE\x80");
  ASSERT_EQ(wrongs.size(), 1U);
  EXPECT_EQ(wrongs[0].message.en.find('\xFF'), std::string::npos);
}

TEST(CheckEmail, FollowsHtml5) {
  for (const char* email :
       {"", "a@b", "opendata@pref.kanagawa.lg.jp", "x.y+z@e-mail.example", "o'neil@example.jp"}) {
    EXPECT_TRUE(check_email(email, "author_email").empty()) << email;
  }
  for (const char* email : {"a", "@b", "a@", "a@-b.jp", "a@b-.jp", "a@b..jp", "a b@c.jp", "a@b@c",
                            "港@example.jp", "a@港.jp", "a@b.jp\n"}) {
    EXPECT_EQ(check_email(email, "author_email").size(), 1U) << email;
  }
  EXPECT_EQ(english(check_email("x", "author_email")), Texts{"Email x is not a valid format"});
}

TEST(CheckMunicipalityCode, KnowsTheCheckDigit) {
  for (const char* code : {"140007", "141003", "142018", "142085", "144029", "011002", "131016"}) {
    EXPECT_TRUE(check_municipality_code(code, "spatial").empty()) << code;
  }
  for (const char* code : {"140008", "14000", "1400070", "", "14000a", "１４０００７", "141030"}) {
    EXPECT_EQ(check_municipality_code(code, "spatial").size(), 1U) << code;
  }
}

TEST(CheckExtras, RefusesDoubleAndReservedKeys) {
  EXPECT_EQ(english(check_extras({{"k", "1"}, {"k", "2"}})), Texts{"Duplicate key \"k\""});
  EXPECT_EQ(english(check_extras({{"title", "1"}})),
            Texts{"There is a schema field with the same name"});
  EXPECT_EQ(english(check_extras({{"", "1"}})), Texts{"Missing value"});
  EXPECT_TRUE(check_extras({{"更新頻度", "月次"}, {"empty", ""}}).empty());
}

TEST(CheckDate, TakesYearsMonthsAndDays) {
  for (const char* date : {"", "2024", "2024-04", "2024-04-01"}) {
    EXPECT_TRUE(check_date(date, "start").empty()) << date;
  }
  for (const char* date :
       {"24", "2024-13", "2024-02-30", "令和6年", "2024/04/01", "2024-04-01T00:00"}) {
    EXPECT_EQ(check_date(date, "start").size(), 1U) << date;
  }
}

Dataset sound_dataset() {
  Dataset dataset;
  dataset.name = "jinko";
  dataset.title = "人口";
  dataset.owner_org = "org";
  dataset.themes = {"2"};
  dataset.spatial = {"140007"};
  dataset.frequency = "monthly";
  dataset.resources.resize(1);
  return dataset;
}

std::vector<std::string> params(const ErrorDetails& wrongs) {
  std::vector<std::string> list;
  for (const ErrorDetail& wrong : wrongs) list.push_back(wrong.param);
  return list;
}

TEST(CheckDataset, PointsAtEveryWrongField) {
  Dataset dataset = sound_dataset();
  EXPECT_EQ(params(check_dataset(dataset)), Texts{});
  dataset.name = "A";
  dataset.themes = {"2", "17"};
  dataset.frequency = "月次";
  dataset.spatial = {"140000"};
  dataset.temporal.end = "never";
  dataset.author_email = "nobody";
  dataset.tags = {{"", "港", ""}, {"", "観光", ""}, {"", "観光", ""}};
  dataset.resources[0].size = -1;
  EXPECT_EQ(params(check_dataset(dataset)),
            (Texts{"/name", "/author_email", "/themes/1", "/spatial/0", "/frequency",
                   "/temporal/end", "/tags/0", "/tags/2", "/resources/0/size"}));
}

TEST(CheckDataset, RefusesPrivateOnesWithoutOrganization) {
  Dataset dataset = sound_dataset();
  dataset.owner_org.clear();
  dataset.is_private = true;
  EXPECT_EQ(english(check_dataset(dataset)),
            Texts{"Datasets with no organization can't be private."});
}

TEST(CheckDataset, RefusesWhatCannotBeServed) {
  Dataset dataset = sound_dataset();
  dataset.notes = std::string(kMaxTextBytes + 1, 'x');
  dataset.title = "a\xFF";
  dataset.url = std::string("http://a/\0b", 11);
  EXPECT_EQ(params(check_dataset(dataset)), (Texts{"/title", "/notes", "/url"}));
}

TEST(CheckGroup, LooksAtKindAndPlace) {
  Group group;
  group.name = "140007";
  group.municipality_kind = "都道府県";
  group.latitude = 35.4;
  group.longitude = 139.6;
  EXPECT_EQ(params(check_group(group)), Texts{});
  group.municipality_kind = "区";
  group.latitude = 369.56056;
  EXPECT_EQ(params(check_group(group)), (Texts{"/municipality_kind", "/latitude"}));
}

}  // namespace
}  // namespace minato::core
