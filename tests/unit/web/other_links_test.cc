// Links of other sites: to CKAN's addresses, mangled, or by guess.
#include <gmock/gmock.h>

#include "http/url.h"
#include "markup.h"
#include "support/program_fixture.h"
#include "web/site/old_addresses.h"

namespace minato {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using web::moved_address;

TEST(OldAddresses, OfCkanLeadToOurPages) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"/dataset/groups/aed", "/dataset/aed"},
      {"/dataset/activity/aed/20", "/dataset/aed"},
      {"/dataset/aed/resource/r1/view/v1", "/dataset/aed/resource/r1"},
      {"/dataset/aed/resource/", "/dataset/aed"},
      {"/package/aed", "/dataset/aed"},
      {"/organization/activity/141003", "/organization/141003"},
      {"/group/about/bosai", "/group/bosai"},
      {"/tag/%E9%98%B2%E7%81%BD", "/dataset?tag=%E9%98%B2%E7%81%BD"},
      {"/tag/AED?page=2", "/dataset?tag=AED&page=2"},
      {"/ja/dataset/aed?x=1", "/dataset/aed?x=1"},
      {"/theme/13", "/dataset?theme=13"},
      {"/ja", "/"},
      {"/user/login", "/manage"},
      {"/dashboard", "/manage"}};
  for (const auto& [from, to] : expected) EXPECT_EQ(moved_address(from), to) << from;
}

TEST(OldAddresses, WithASlashBehindCapitalsOrPluralsLeadToOurPages) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"/dataset/", "/dataset"},
      {"/dataset/?q=a", "/dataset?q=a"},
      {"/en/", "/en"},
      {"/en/dataset/aed/", "/en/dataset/aed"},
      {"/EN/Dataset/aed", "/en/dataset/aed"},
      {"/docs/api/", "/docs/api"},
      {"/datasets", "/dataset"},
      {"/en/organizations", "/en/organization"},
      {"/index.html", "/"}};
  for (const auto& [from, to] : expected) EXPECT_EQ(moved_address(from), to) << from;
}

TEST(OldAddresses, NeverLeadElsewhereOrInCircles) {
  for (const std::string from :
       {"//example.com/", "//example.com", "/en//example.com/", "/dataset//", "/xyz", "/xyz/",
        "/api/3/nothing/", "/static/x/", "/dataset/aed/nothing", "/%2F%2Fexample.com/",
        "/dataset/%FF/", "", "*", "http://example.com/dataset/", "/feeds/", "/user/register"}) {
    const std::string to = moved_address(from);
    EXPECT_TRUE(to.empty() || (to[0] == '/' && !to.starts_with("//"))) << from << " " << to;
    EXPECT_TRUE(to.empty() || to != from) << from;
    EXPECT_EQ(to.empty() ? "" : moved_address(to), "") << from << " " << to;
  }
}

TEST(OldAddresses, KeepNamesEncoded) {
  EXPECT_EQ(moved_address("/dataset/groups/%E9%81%BF%20%22%3F"), "/dataset/%E9%81%BF%20%22%3F");
}

class OtherLinks : public ProgramTest {
 protected:
  support::RouteReply reply(const http::Params& params, const std::string& path = "/dataset") {
    return support::call_route(table_, {"GET", path + "?" + http::build_query(params), {}, ""});
  }
};

TEST_F(OtherLinks, OfCkansSearchPageShowTheSame) {
  const auto all = reply({{"organization", "141003"},
                          {"res_format", "csv"},
                          {"tags", "防災"},
                          {"license_id", "CC-BY"},
                          {"sort", "metadata_modified desc"},
                          {"_tags_limit", "0"}});
  EXPECT_EQ(all.status, 200);
  for (const char* chosen :
       {"organization=141003", "format=CSV", "tag=%E9%98%B2%E7%81%BD", "sort=-modified"}) {
    EXPECT_THAT(all.body, HasSubstr(chosen));
  }
  for (const char* sort : {"score desc, metadata_modified desc", "title_string asc", "name desc",
                           "views_recent desc", "nonsense", "metadata_created desc"}) {
    EXPECT_EQ(reply({{"sort", sort}}).status, 200) << sort;
  }
  EXPECT_THAT(reply({{"q", "*:*"}}).body, Not(HasSubstr("「*:*」")));
}

TEST_F(OtherLinks, ThatWereMangledShowWhatIsLeftOfThem) {
  for (const auto& [name, value] : http::Params{{"theme", "nonsense"},
                                                {"frequency", "now"},
                                                {"modified_since", "yesterday"},
                                                {"municipality", "Yokohama"},
                                                {"q", std::string(5000, 'a')}}) {
    EXPECT_EQ(reply({{name, value}}).status, 200) << name;
  }
}

TEST_F(OtherLinks, HaveTitlesThatTellThemApart) {
  EXPECT_THAT(reply({{"organization", "141003"}, {"tag", "防災"}}).body,
              HasSubstr("<title>データセット（横浜市、防災）"));
  EXPECT_THAT(reply({{"q", "AED"}, {"organization", "141003"}}, "/en/dataset").body,
              HasSubstr("<title>Results for “AED” ("));
}

}  // namespace
}  // namespace minato
