#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "harvest/sources/file_name.h"
#include "harvest/sources/source.h"
#include "support/fake_fetcher.h"
#include "support/recording_sink.h"
#include "text/encoding.h"

namespace minato::harvest {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kPage = "https://www.town.example/opendata/index.html";

class FileSourceTest : public ::testing::Test {
 protected:
  FileSourceTest() {
    source_.kind = core::SourceKind::kFile;
    source_.organization = "142051";
    source_.title = "藤沢市";
  }

  core::Result<core::Dataset> gather() {
    sink_.records.clear();
    auto made = make_file_source({.source = source_,
                                  .options = options_,
                                  .fetcher = fetcher_,
                                  .clock = clock_,
                                  .since = {},
                                  .work_directory = {}});
    if (!made) return tl::unexpected(made.error());
    if (auto done = (*made)->gather(sink_); !done) return tl::unexpected(done.error());
    return (*made)->read(sink_.records.at(0));
  }

  core::HarvestSource source_;
  formats::SourceOptions options_;
  test::FakeFetcher fetcher_;
  core::SystemClock clock_;
  test::RecordingSink sink_;
};

TEST_F(FileSourceTest, AFixedAddressNeedsNoRequest) {
  source_.url =
      "https://i2fas.example/faspub/opendatadownload.jsp?param={code5}_food_business_all.csv";
  options_.title = "食品等営業許可・届出一覧";
  options_.description = "団体コード {code6}";
  options_.landing_page = "https://i2fas.example/";
  options_.license = "PDL1.0";
  options_.frequency = "月次";
  options_.themes = {"15"};
  options_.remote_name = "food-business";
  const auto dataset = gather();
  ASSERT_TRUE(dataset) << dataset.error().message.en;
  EXPECT_THAT(fetcher_.requests, IsEmpty());
  EXPECT_EQ(sink_.records[0].remote_id, "food-business");
  EXPECT_EQ(dataset->name, "food-business");
  EXPECT_EQ(dataset->title, "食品等営業許可・届出一覧");
  EXPECT_EQ(dataset->notes, "団体コード 142051");
  EXPECT_EQ(dataset->url, "https://i2fas.example/");
  EXPECT_EQ(dataset->license_id, "PDL1.0");
  EXPECT_EQ(dataset->frequency, "月次");
  ASSERT_THAT(dataset->resources, SizeIs(1));
  EXPECT_EQ(dataset->resources[0].id, "file");
  EXPECT_EQ(dataset->resources[0].name, "14205_food_business_all.csv");
  EXPECT_EQ(dataset->resources[0].format, "CSV");
  EXPECT_EQ(dataset->resources[0].url,
            "https://i2fas.example/faspub/opendatadownload.jsp?param=14205_food_business_all.csv");
}

TEST_F(FileSourceTest, ThePatternFindsTheNewestEdition) {
  source_.url = kPage;
  options_.pattern = "zende-ta[0-9]{6}houjin\\.csv";
  const std::string page =
      "<html><body><a href='zende-ta202405houjin.csv'>5月</a>"
      "<a href='/files/zende-ta202406houjin.csv'>法人一覧</a>"
      "<a href='zende-ta202312houjin.csv'>12月</a><a href='other.pdf'>x</a></body></html>";
  fetcher_.put(kPage, page, "text/html");
  const auto dataset = gather();
  ASSERT_TRUE(dataset) << dataset.error().message.en;
  EXPECT_EQ(dataset->resources[0].url, "https://www.town.example/files/zende-ta202406houjin.csv");
  EXPECT_EQ(dataset->resources[0].name, "法人一覧");
  EXPECT_EQ(dataset->title, "藤沢市");
  EXPECT_EQ(dataset->url, kPage);
  const std::string id = sink_.records[0].remote_id;
  const std::string content = sink_.records[0].content;

  fetcher_.put(kPage, page + "<a href='zende-ta202407houjin.csv'>7月</a>", "text/html");
  const auto later = gather();
  EXPECT_EQ(later->resources[0].url, "https://www.town.example/opendata/zende-ta202407houjin.csv");
  EXPECT_EQ(later->resources[0].id, "file");
  EXPECT_EQ(sink_.records[0].remote_id, id);
  EXPECT_NE(sink_.records[0].content, content);
}

TEST_F(FileSourceTest, LinkTextsTellEditionsWhereNamesDoNot) {
  source_.url = kPage;
  options_.pattern = "人口統計";
  std::string page;
  text::encode_cp932(
      "<html><head><meta charset='Shift_JIS'></head><body>"
      "<a href='a.xlsx'>人口統計（令和5年4月1日現在）</a>"
      "<a href='b.xlsx'>人口統計（令和6年4月1日現在）</a></body></html>",
      page);
  fetcher_.put(kPage, page, "text/html");
  const auto dataset = gather();
  ASSERT_TRUE(dataset) << dataset.error().message.en;
  EXPECT_EQ(dataset->resources[0].url, "https://www.town.example/opendata/b.xlsx");
}

TEST_F(FileSourceTest, OfEqualOnesTheFirstOnThePageIsTaken) {
  source_.url = kPage;
  options_.pattern = "\\.csv$";
  fetcher_.put(kPage, "<base href='/base/'><a href='b.csv'>b</a><a href='a.csv'>a</a>",
               "text/html");
  const auto dataset = gather();
  ASSERT_TRUE(dataset);
  EXPECT_EQ(dataset->resources[0].url, "https://www.town.example/base/b.csv");
}

TEST_F(FileSourceTest, SaysWhenNothingFits) {
  source_.url = kPage;
  options_.pattern = "aed";
  fetcher_.put(kPage, "<a href='x.csv'>x</a>", "text/html");
  const auto dataset = gather();
  ASSERT_FALSE(dataset);
  EXPECT_EQ(dataset.error().id, "harvest-file-no-match");
  EXPECT_THAT(dataset.error().message.ja, HasSubstr("リンク 1 個"));
}

TEST_F(FileSourceTest, RefusesWhatCannotBeUsed) {
  source_.url = "opendata/index.html";
  EXPECT_EQ(gather().error().id, "harvest-source-url");
  source_.url = kPage;
  options_.pattern = "(";
  EXPECT_EQ(gather().error().id, "harvest-pattern");
}

TEST(FileName, IsDecodedAndFoundInQueries) {
  EXPECT_EQ(file_name_of_url("https://a.example/x/%E4%BA%BA%E5%8F%A3.csv?v=1"), "人口.csv");
  EXPECT_EQ(file_name_of_url("https://a.example/get.jsp?param=14205_food.csv"), "14205_food.csv");
  EXPECT_EQ(file_name_of_url("https://a.example/%90l%8C%FB.csv"), "%90l%8C%FB.csv");
}

TEST(FileName, EditionsDoNotChangeTheKey) {
  const auto key = [](const char* url) { return editionless_url(url, "142051"); };
  EXPECT_EQ(key("https://a.example/f/R6_aed.csv"), key("https://a.example/f/R7_aed.csv"));
  EXPECT_EQ(key("https://a.example/f/%E4%BB%A4%E5%92%8C6%E5%B9%B4%E5%BA%A6aed.csv"),
            key("https://a.example/f/%E4%BB%A4%E5%92%8C7%E5%B9%B4%E5%BA%A6aed.csv"));
  EXPECT_NE(key("https://a.example/f/R6_aed.csv"), key("https://a.example/f/R6_toilet.csv"));
  EXPECT_NE(key("https://a.example/f/aed.csv"), key("https://a.example/f/aed.xlsx"));
}

}  // namespace
}  // namespace minato::harvest
