#include "service/harvest/sources.h"

#include <fstream>

#include "unit/service/harvest_fixture.h"

namespace minato::service {
namespace {

using core::SourceKind;
using core::SourceState;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class HarvestSources : public HarvestFixture {
 protected:
  HarvestStores stores() { return {*store, *catalog, clock}; }
  static NewSource page(const std::string& url) {
    NewSource wanted;
    wanted.kind = SourceKind::kPage;
    wanted.url = url;
    wanted.organization = "142018";
    return wanted;
  }
  std::string refused(const NewSource& wanted) {
    const auto added = add_source(wanted, stores());
    return added ? "" : added.error().id;
  }
  const std::string csv = std::string(MINATO_SOURCE_DIR) + "/datasets/publishers.csv";
};

TEST_F(HarvestSources, AddsOneAndNamesItAfterItsOrganization) {
  const auto added = value_of(add_source(page("https://www.example.jp/opendata"), stores()));
  EXPECT_EQ(added.name, "142018");
  EXPECT_EQ(added.title, "横須賀市");
  EXPECT_EQ(added.state, SourceState::kActive);
  ASSERT_TRUE(added.next_run);
  EXPECT_GT(*added.next_run, clock.now());
  EXPECT_EQ(*value_of(store->source("142018")), added);
  EXPECT_EQ(value_of(add_source(page("https://www.example.jp/2"), stores())).name, "142018-page");
  EXPECT_EQ(value_of(add_source(page("https://www.example.jp/3"), stores())).name, "142018-page-2");
}

TEST_F(HarvestSources, RefusesWhatCannotBeHarvested) {
  NewSource wanted = page("ftp://example.jp/");
  EXPECT_EQ(refused(wanted), "harvest-source-url");
  wanted.url = "https://user:secret@example.jp/";
  EXPECT_EQ(refused(wanted), "harvest-source-url");
  wanted.url = "https://example.jp/";
  wanted.organization = "999999";
  EXPECT_EQ(refused(wanted), "harvest-organization-unknown");
  wanted.organization = "142018";
  wanted.name = "横須賀";
  EXPECT_EQ(refused(wanted), "harvest-source-name");
  wanted.name = "yokosuka";
  wanted.options = R"({"organisations":["a"]})";
  EXPECT_EQ(refused(wanted), "harvest-options");
  wanted.options = "{}";
  wanted.schedule = "daily";
  EXPECT_EQ(refused(wanted), "harvest-schedule");
  wanted.schedule = "every 6h";
  EXPECT_EQ(refused(wanted), "");
  EXPECT_EQ(refused(wanted), "harvest-source-exists");
  wanted.name = "other";
  wanted.url = "https://EXAMPLE.jp:443/";
  wanted.options = " { } ";
  EXPECT_EQ(refused(wanted), "harvest-source-exists");
  wanted.options = R"({"link_depth":1})";
  EXPECT_EQ(refused(wanted), "");
}

TEST_F(HarvestSources, PlansAsTheScheduleSays) {
  NewSource wanted = page("https://example.jp/");
  wanted.schedule = "every 6h";
  EXPECT_EQ(value_of(add_source(wanted, stores())).next_run->us,
            clock.now().us + std::int64_t{6} * 3600 * 1'000'000);
  wanted.url = "https://example.jp/2";
  wanted.schedule = "Manual";
  const auto manual = value_of(add_source(wanted, stores()));
  EXPECT_EQ(manual.schedule, "manual");
  EXPECT_FALSE(manual.next_run);
}

TEST_F(HarvestSources, ChangesTheState) {
  const auto frozen =
      value_of(set_source_state("141003", SourceState::kFrozen, "サイト改修のため", stores()));
  EXPECT_EQ(frozen.state, SourceState::kFrozen);
  EXPECT_EQ(frozen.notice, "サイト改修のため");
  const auto resumed = value_of(set_source_state("141003", SourceState::kActive, "", stores()));
  EXPECT_EQ(resumed.state, SourceState::kActive);
  EXPECT_EQ(resumed.notice, "");
  EXPECT_EQ(resumed.next_run, clock.now());
  EXPECT_EQ(set_source_state("nobody", SourceState::kPaused, "", stores()).error().id,
            "harvest-source-not-found");
}

TEST_F(HarvestSources, ChangesWhatIsGivenAndNothingElse) {
  const auto before = value_of(add_source(page("https://example.jp/"), stores()));
  SourceChange change;
  change.options = R"({"robots_permission":"デジタル推進課 2026-04-01"})";
  change.schedule = "every 6h";
  const auto after = value_of(change_source(before.name, change, stores()));
  EXPECT_EQ(after.options, *change.options);
  EXPECT_EQ(after.next_run->us, clock.now().us + std::int64_t{6} * 3600 * 1'000'000);
  EXPECT_EQ(after.url, before.url);
  EXPECT_EQ(after.title, before.title);
  EXPECT_EQ(*value_of(store->source(before.id)), after);

  change = {};
  change.options = R"({"link_depht":1})";
  EXPECT_EQ(change_source(before.name, change, stores()).error().id, "harvest-options");
  change = {};
  change.url = "ftp://example.jp/";
  EXPECT_EQ(change_source(before.name, change, stores()).error().id, "harvest-source-url");
  EXPECT_EQ(*value_of(store->source(before.id)), after);
}

TEST_F(HarvestSources, LoadsAllPublishersOnce) {
  expect_ok(store->remove_source(source.id));
  const auto names = value_of(load_publisher_sources(csv, stores()));
  EXPECT_THAT(names, SizeIs(34));
  const auto prefecture = value_of(find_source("140007", *store));
  EXPECT_EQ(prefecture.kind, SourceKind::kCkan);
  EXPECT_EQ(prefecture.url, "https://catalog.opendata.pref.kanagawa.jp");
  EXPECT_EQ(prefecture.options, "{}");
  EXPECT_EQ(prefecture.title, "神奈川県");
  const auto yokosuka = value_of(find_source("142018", *store));
  EXPECT_EQ(yokosuka.options, R"({"organizations":["142018"]})");
  const auto fujisawa = value_of(find_source("142051", *store));
  EXPECT_EQ(fujisawa.kind, SourceKind::kPage);
  EXPECT_THAT(fujisawa.url, HasSubstr("datalibrary.html"));
  EXPECT_EQ(fujisawa.options, R"({"link_depth":1})");
  const auto hiratsuka = value_of(find_source("142034", *store));
  EXPECT_EQ(hiratsuka.state, SourceState::kDisabled) << "its page is only the town's front page";
  const auto odawara = value_of(find_source("142069", *store));
  EXPECT_EQ(odawara.state, SourceState::kDisabled);
  EXPECT_EQ(odawara.url, "");
  EXPECT_THAT(odawara.notice, HasSubstr("オープンデータのページは確認できていない"));
  EXPECT_EQ(set_source_state("142069", SourceState::kActive, "", stores()).error().id,
            "harvest-source-url");

  expect_ok(store->remove_source(yokosuka.id));
  EXPECT_THAT(value_of(load_publisher_sources(csv, stores())), IsEmpty());
  EXPECT_FALSE(value_of(store->source("142018")));
}

TEST_F(HarvestSources, FillsInTheUrlOfAPublisherThatWaitedForOne) {
  value_of(load_publisher_sources(csv, stores()));
  const auto before = value_of(find_source("142018", *store));
  core::HarvestSource waiting = before;
  waiting.url.clear();
  waiting.state = SourceState::kDisabled;
  waiting.notice = "分かっていない";
  expect_ok(store->put_source(waiting));
  NewSource other = page("https://example.jp/other");
  other.name = "yokosuka";
  EXPECT_EQ(value_of(add_source(other, stores())).name, "yokosuka");
  const auto filled = value_of(add_source(page("https://example.jp/"), stores()));
  EXPECT_EQ(filled.id, before.id);
  EXPECT_EQ(filled.name, "142018");
  EXPECT_EQ(filled.kind, SourceKind::kPage);
  EXPECT_EQ(filled.state, SourceState::kActive);
  EXPECT_EQ(filled.notice, "");
  EXPECT_EQ(*value_of(store->source("142018")), filled);
}

TEST_F(HarvestSources, BeginsInTheComingNightAndNotAtOnce) {
  value_of(load_publisher_sources(csv, stores()));
  std::set<std::int64_t> moments;
  for (const core::HarvestSource& one : value_of(store->sources())) {
    if (one.name == "141003") continue;
    ASSERT_TRUE(one.next_run);
    const std::int64_t japan = one.next_run->us / 1'000'000 + 9 * 3600;
    EXPECT_GE(japan % 86400, 2 * 3600);
    EXPECT_LT(japan % 86400, 5 * 3600);
    EXPECT_GT(*one.next_run, clock.now());
    EXPECT_LE(one.next_run->us, clock.now().us + std::int64_t{86400} * 1'000'000);
    moments.insert(japan);
  }
  EXPECT_GT(moments.size(), 25U);
}

TEST_F(HarvestSources, LeavesASourceAloneThatHasAPublishersName) {
  const auto names = value_of(load_publisher_sources(csv, stores()));
  EXPECT_THAT(names, SizeIs(33));
  EXPECT_EQ(*value_of(store->source("141003")), source);
}

TEST_F(HarvestSources, SaysWhenTheListIsMissing) {
  EXPECT_EQ(load_publisher_sources("/nowhere.csv", stores()).error().id, "publishers-missing");
}

}  // namespace
}  // namespace minato::service
