#include "http/negotiation.h"

#include <gtest/gtest.h>

#include "http/field_list.h"

namespace minato::http {
namespace {

using core::Language;

TEST(Negotiation, ChoosesTheBestCoding) {
  EXPECT_EQ(choose_coding(""), Coding::kIdentity);
  EXPECT_EQ(choose_coding("gzip, deflate, br, zstd"), Coding::kZstd);
  EXPECT_EQ(choose_coding("gzip, deflate, br"), Coding::kGzip);
  EXPECT_EQ(choose_coding("GZIP"), Coding::kGzip);
  EXPECT_EQ(choose_coding("x-gzip"), Coding::kGzip);
  EXPECT_EQ(choose_coding("zstd;q=0.5, gzip;q=0.9"), Coding::kGzip);
  EXPECT_EQ(choose_coding("zstd;q=0, gzip;q=0"), Coding::kIdentity);
  EXPECT_EQ(choose_coding("*"), Coding::kZstd);
  EXPECT_EQ(choose_coding("*;q=0.5, zstd;q=0"), Coding::kGzip);
  EXPECT_EQ(choose_coding("identity;q=1, gzip;q=0.5"), Coding::kIdentity);
  EXPECT_EQ(choose_coding("br"), Coding::kIdentity);
}

TEST(Negotiation, ChoosesJapaneseUnlessEnglishIsPreferred) {
  EXPECT_EQ(choose_language(""), Language::kJa);
  EXPECT_EQ(choose_language("ja"), Language::kJa);
  EXPECT_EQ(choose_language("en-US,en;q=0.9"), Language::kEn);
  EXPECT_EQ(choose_language("en-US,en;q=0.9,ja;q=0.8"), Language::kEn);
  EXPECT_EQ(choose_language("ja,en-US;q=0.9,en;q=0.8"), Language::kJa);
  EXPECT_EQ(choose_language("fr, en;q=0.5"), Language::kEn);
  EXPECT_EQ(choose_language("fr, *;q=0.5"), Language::kJa);
  EXPECT_EQ(choose_language("en;q=0"), Language::kJa);
  EXPECT_EQ(choose_language("EN"), Language::kEn);
}

TEST(Negotiation, ChoosesAMediaTypeByTheMostSpecificRange) {
  const std::vector<std::string> offered = {"application/json", "text/csv", "text/html"};
  EXPECT_EQ(choose_media_type("", offered), 0u);
  EXPECT_EQ(choose_media_type("*/*", offered), 0u);
  EXPECT_EQ(choose_media_type("text/csv", offered), 1u);
  EXPECT_EQ(choose_media_type("text/*, text/csv;q=0.1", offered), 2u);
  EXPECT_EQ(choose_media_type("text/html,application/xhtml+xml,*/*;q=0.8", offered), 2u);
  EXPECT_EQ(choose_media_type("Text/CSV;charset=utf-8;q=0.4, application/json;q=0.3", offered), 1u);
  EXPECT_EQ(choose_media_type("application/json;q=0, */*", offered), 1u);
  EXPECT_EQ(choose_media_type("image/png", offered), std::nullopt);
  EXPECT_EQ(choose_media_type("*/*;q=0", offered), std::nullopt);
  EXPECT_EQ(choose_media_type("*/*", {}), std::nullopt);
}

TEST(QualityList, LeavesOutMalformedMembers) {
  EXPECT_TRUE(parse_quality_list("").empty());
  EXPECT_TRUE(parse_quality_list(" , ,, ").empty());
  for (const char* bad : {"a;q=2", "a;q=1.5", "a;q=", "a;q=x", "a;q=0.1234", "a;q=-1", "a;q=0x1"}) {
    EXPECT_TRUE(parse_quality_list(bad).empty() || parse_quality_list(bad)[0].quality == 1000)
        << bad;
  }
  EXPECT_TRUE(parse_quality_list("a;q=2").empty());
  ASSERT_EQ(parse_quality_list("a ; Q=0.25 ; x=y").size(), 1u);
  EXPECT_EQ(parse_quality_list("a ; Q=0.25 ; x=y")[0].quality, 250);
  EXPECT_EQ(parse_quality_list("a;q=1.000")[0].quality, 1000);
}

TEST(QualityList, ReadsFiftyMembersAtMost) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "a,";
  EXPECT_EQ(parse_quality_list(many).size(), 50u);
}

TEST(MediaTypeOf, DropsParametersAndCase) {
  EXPECT_EQ(media_type_of(" Text/CSV ; charset=utf-8"), "text/csv");
  EXPECT_EQ(media_type_of(""), "");
}

}  // namespace
}  // namespace minato::http
