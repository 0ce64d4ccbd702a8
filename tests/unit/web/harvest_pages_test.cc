#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/program_fixture.h"
#include "web/site/harvest_view.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::Not;

class HarvestPages : public ProgramTest {
 protected:
  std::string body(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""}).body;
  }
};

core::SourceStatus active_source() {
  core::SourceStatus status;
  status.source.state = core::SourceState::kActive;
  status.last_confirmed = support::at("2024-06-14T00:00:00Z");
  status.source.next_run = support::at("2024-06-15T00:00:00Z");
  return status;
}

TEST(HarvestHealth, FollowsStateFailuresAndSchedule) {
  const core::Timestamp now = support::at("2024-06-15T12:00:00Z");
  core::SourceStatus status = active_source();
  EXPECT_EQ(health_of(status, now), HarvestHealth::kGood);
  status.source.failures = 1;
  EXPECT_EQ(health_of(status, now), HarvestHealth::kLate);
  status = active_source();
  status.source.next_run = support::at("2024-06-14T11:00:00Z");
  EXPECT_EQ(health_of(status, now), HarvestHealth::kLate);
  status = active_source();
  status.source.deletions_held = true;
  EXPECT_EQ(health_of(status, now), HarvestHealth::kLate);
  status = active_source();
  status.last_confirmed.reset();
  EXPECT_EQ(health_of(status, now), HarvestHealth::kNew);
  status.source.state = core::SourceState::kPaused;
  EXPECT_EQ(health_of(status, now), HarvestHealth::kStopped);
  status.source.state = core::SourceState::kFrozen;
  EXPECT_EQ(health_of(status, now), HarvestHealth::kStopped);
  status.source.state = core::SourceState::kDisabled;
  EXPECT_EQ(health_of(status, now), HarvestHealth::kUnset);
}

TEST(HarvestHealth, NamesReadBack) {
  for (const auto health : {HarvestHealth::kGood, HarvestHealth::kLate, HarvestHealth::kStopped,
                            HarvestHealth::kUnset, HarvestHealth::kNew}) {
    EXPECT_EQ(find_health(health_name(health)), health);
  }
  EXPECT_FALSE(find_health("lost"));
}

TEST_F(HarvestPages, ListTellsStatesAndReasons) {
  const std::string page = body("/harvest");
  EXPECT_THAT(page, HasSubstr("<span class=\"state good\">順調</span>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"state unset\">未設定</span>"));
  EXPECT_THAT(page, HasSubstr("オープンデータのページが見つかっていません。"));
  EXPECT_THAT(page, HasSubstr("5日前"));
  EXPECT_THAT(body("/en/harvest"), HasSubstr("lang=\"ja\">オープンデータのページが"));
}

TEST_F(HarvestPages, ListIsNarrowedToAState) {
  const std::string page = body("/harvest?state=unset");
  EXPECT_THAT(page, HasSubstr("href=\"/harvest/143821\""));
  EXPECT_THAT(page, Not(HasSubstr("href=\"/harvest/141003\"")));
  EXPECT_THAT(body("/harvest?state=nonsense"), HasSubstr("href=\"/harvest/141003\""));
}

TEST_F(HarvestPages, OneSourceShowsItsFaultsWithCures) {
  const std::string page = body("/harvest/141003");
  EXPECT_THAT(page, HasSubstr("成功（一部に失敗あり）"));
  EXPECT_THAT(page, HasSubstr("名前が不正"));
  EXPECT_THAT(page, HasSubstr("直し方"));
  EXPECT_THAT(page, HasSubstr("href=\"/docs/errors#harvest-status\""));
  EXPECT_THAT(page, HasSubstr("href=\"https://yokohama.example.jp/aed.csv\""));
  EXPECT_THAT(page, HasSubstr("?job=" + harvest_.job_id()));
  EXPECT_THAT(body("/en/harvest/141003"), HasSubstr("Bad name"));
}

TEST_F(HarvestPages, NeverTellOptions) {
  for (const char* page : {"/harvest", "/harvest/141003", "/organization/141003"}) {
    EXPECT_THAT(body(page), Not(HasSubstr("very-secret"))) << page;
    EXPECT_THAT(body(page), Not(HasSubstr("api_key"))) << page;
  }
}

TEST_F(HarvestPages, AreNeverKeptForARevisionOfTheCatalogue) {
  std::size_t seen = 0;
  for (const http::Route& route : table_.rows()) {
    if (!route.operation.starts_with("showHarvest")) continue;
    EXPECT_EQ(route.cache, http::CacheRule::kNone) << route.operation;
    ++seen;
  }
  EXPECT_EQ(seen, 4U);
}

TEST_F(HarvestPages, SourcesAreFoundByNameAndMovedToFromTheirId) {
  const auto moved = support::call_route(table_, {"GET", "/en/harvest/141003-source", {}, ""});
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(*moved.headers.find("Location"), "/en/harvest/141003");
  EXPECT_EQ(support::call_route(table_, {"GET", "/harvest/none", {}, ""}).status, 404);
}

TEST_F(HarvestPages, AJobOfAnotherSourceIsNotShown) {
  EXPECT_THAT(body("/harvest/143821?job=" + harvest_.job_id()), Not(HasSubstr("名前が不正")));
  EXPECT_EQ(support::call_route(table_, {"GET", "/harvest/141003?job=none", {}, ""}).status, 404);
}

}  // namespace
}  // namespace minato::web
