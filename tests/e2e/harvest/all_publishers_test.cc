#include <gmock/gmock.h>

#include "e2e/harvest/harvest_house.h"
#include "e2e/harvest/shown_catalogue.h"

namespace minato::test {
namespace {

using pretend::Prefecture;
using pretend::SiteCounts;

SiteCounts sum(const Prefecture& prefecture) {
  SiteCounts all;
  for (const auto& [name, counts] : prefecture.counts()) {
    all.requests += counts.requests;
    all.bodies += counts.bodies;
    all.bytes += counts.bytes;
  }
  return all;
}

void expect_first_harvest(const Prefecture& prefecture, const RunReport& report) {
  EXPECT_EQ(report.status, 0) << report.err;
  EXPECT_EQ(report.lines.size(), 34U);
  for (const auto& source : prefecture.sources()) {
    const auto line = report.lines.find(HarvestHouse::source_name(source));
    ASSERT_NE(line, report.lines.end()) << source.code;
    const auto wanted = prefecture.expected(source.code);
    const auto expected = static_cast<std::int64_t>(wanted.datasets.size());
    EXPECT_EQ(line->second.status, "succeeded") << line->second.text;
    EXPECT_EQ(line->second.added, expected) << line->second.text;
    EXPECT_EQ(line->second.updated, 0) << line->second.text;
    EXPECT_EQ(line->second.errored, 0) << line->second.text;
    EXPECT_EQ(line->second.tables, wanted.tables) << line->second.text;
    EXPECT_EQ(line->second.files_failed, wanted.useless_links) << line->second.text;
  }
}

void expect_shown(const Prefecture& prefecture, const ShownCatalogue& catalogue) {
  std::size_t total = 0;
  for (const auto& source : prefecture.sources()) {
    const auto expected = prefecture.expected(source.code);
    total += expected.datasets.size();
    EXPECT_EQ(outline(of_organization(catalogue, source.code)), outline(expected)) << source.code;
  }
  EXPECT_EQ(catalogue.size(), total);
}

TEST(HarvestOfAllPublishers, GivesEveryDatasetAndTableAndTheSecondFetchesAlmostNothing) {
  Prefecture prefecture;
  HarvestHouse house;
  house.add_sources(prefecture);
  const auto server = house.serve();  // stays up while it is harvested beside it
  expect_first_harvest(prefecture, house.run());
  const ShownCatalogue first = read_catalogue(*server);
  expect_shown(prefecture, first);
  const SiteCounts all = sum(prefecture);

  prefecture.reset_counts();
  const RunReport again = house.run();
  EXPECT_EQ(again.status, 0) << again.err;
  for (const auto& [name, line] : again.lines) {
    EXPECT_EQ(line.added + line.updated + line.deleted + line.errored, 0) << line.text;
    EXPECT_GT(line.not_modified, 0) << line.text;
  }
  const ShownCatalogue second = read_catalogue(*server);
  EXPECT_EQ(full_text(second), full_text(first));
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    EXPECT_EQ(second[i].modified, first[i].modified) << first[i].name;
  }
  const SiteCounts little = sum(prefecture);
  EXPECT_LT(little.bodies, all.bodies / 5);
  EXPECT_LT(little.bytes, all.bytes / 5);
}

TEST(HarvestOfAllPublishers, FollowsANewEdition) {
  pretend::PrefectureOptions some;
  some.only = {"141500", "142123", "142069", "142107", "142140",
               "142166", "141305", "142042", "142174", "143413"};
  Prefecture prefecture(some);
  HarvestHouse house({"grace_days = 0", "grace_runs = 1"});
  house.add_sources(prefecture);
  EXPECT_EQ(house.run().status, 0);
  const auto server = house.serve();
  const ShownCatalogue before = read_catalogue(*server);
  expect_shown(prefecture, before);
  prefecture.set_edition(2);
  const RunReport report = house.run();
  EXPECT_EQ(report.status, 0) << report.err;
  EXPECT_GT(report.lines.at("141500-ckan").updated, 0);
  EXPECT_EQ(report.lines.at("141500-ckan").added, 2);
  EXPECT_EQ(report.lines.at("141500-ckan").deleted, 1);
  EXPECT_EQ(report.lines.at("142042-page").added, 1);
  const ShownCatalogue after = read_catalogue(*server);
  expect_shown(prefecture, after);
  std::map<std::string, std::string> ids;  // renamed files are the same resources
  for (const auto& dataset : before) {
    for (const auto& resource : dataset.resources) ids[resource.id] = dataset.name;
  }
  for (const auto& dataset : of_organization(after, "142042")) {
    if (dataset.title == prefecture.expected("142042").datasets.back().title) continue;  // new
    for (const auto& resource : dataset.resources) EXPECT_TRUE(ids.contains(resource.id));
  }
}

TEST(HarvestOfAllPublishers, RefusesAForbiddenApiWithoutPermission) {
  pretend::PrefectureOptions some;
  some.only = {"140007", "141500"};
  some.ckan_datasets = 10;
  const Prefecture prefecture(some);
  HarvestHouse house;
  house.add_source(prefecture.source("140007"), "pref", "{}");
  house.add_source(prefecture.source("141500"), "sagamihara", "{}");
  const RunReport report = house.run();
  EXPECT_EQ(report.status, 1);
  EXPECT_EQ(report.lines.at("pref").status, "failed") << report.lines.at("pref").text;
  EXPECT_EQ(report.lines.at("sagamihara").status, "succeeded");
  EXPECT_THAT(house.harvest({"show", "pref"}), testing::HasSubstr("robots"));
  EXPECT_EQ(prefecture.counts().at("140007").bodies, 0);
}

}  // namespace
}  // namespace minato::test
