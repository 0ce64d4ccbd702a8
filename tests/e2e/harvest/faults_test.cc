#include <gmock/gmock.h>

#include <cstdlib>
#include <set>

#include "e2e/harvest/harvest_house.h"
#include "e2e/harvest/shown_catalogue.h"

namespace minato::test {
namespace {

using pretend::Prefecture;
using testing::HasSubstr;

// How a site is ill, and the id of the error that must be told: one of these.
struct Illness {
  const char* site;
  const char* fault;
  std::set<std::string> told;
};

const std::vector<Illness>& illnesses() {
  static const std::vector<Illness> all = {
      {"141500", "html", {"harvest-reply"}},
      {"142018", "status500", {"harvest-status"}},
      {"142034", "redirect-metadata", {"harvest-address"}},
      {"142042", "redirect-loopback", {"harvest-address"}},
      {"142051", "redirect-loop", {"harvest-redirects"}},
      {"142077", "truncate", {"harvest-truncated"}},
      {"142107", "gzip-bomb", {"harvest-too-large"}},
      {"142115", "drip", {"harvest-too-slow", "harvest-timeout"}},
      {"142131", "hang", {"harvest-timeout", "harvest-too-slow"}},
      {"142140", "busy", {"harvest-status"}},
  };
  return all;
}

// Sources that share the site of this one are as ill.
bool is_ill(const Prefecture& prefecture, const pretend::SourceNote& source) {
  const auto host = [](const std::string& url) { return url.substr(0, url.find('/', 8)); };
  for (const Illness& illness : illnesses()) {
    if (host(prefecture.source(illness.site).url) == host(source.url)) return true;
  }
  return false;
}

void expect_told(const HarvestHouse& house, const Prefecture& prefecture, const RunReport& report) {
  for (const Illness& illness : illnesses()) {
    const std::string name = HarvestHouse::source_name(prefecture.source(illness.site));
    EXPECT_EQ(report.lines.at(name).status, "failed") << report.lines.at(name).text;
    const RunLine& line = report.lines.at(name);
    EXPECT_TRUE(illness.told.contains(line.error_id)) << illness.fault << ": " << line.text;
    EXPECT_THAT(house.harvest({"show", name}), HasSubstr(line.error_id)) << illness.fault;
  }
}

TEST(HarvestWithIllSites, TheHealthyFinishTheIllSayWhyAndNothingIsLost) {
  pretend::PrefectureOptions options;
  options.ckan_datasets = 60;
  Prefecture prefecture(options);
  HarvestHouse house({"total_timeout_s = 3", "low_speed_s = 2", "low_speed_bytes_s = 100",
                      "connect_timeout_s = 2", "max_retries = 1", "grace_days = 0",
                      "grace_runs = 1"});
  house.add_sources(prefecture);
  for (const Illness& illness : illnesses()) prefecture.set_fault(illness.site, illness.fault);
  const RunReport report = house.run();
  EXPECT_EQ(report.status, 1);
  expect_told(house, prefecture, report);
  const auto server = house.serve();
  const ShownCatalogue partial = read_catalogue(*server);
  for (const auto& source : prefecture.sources()) {
    const auto shown = of_organization(partial, source.code);
    if (is_ill(prefecture, source)) {
      EXPECT_TRUE(shown.empty()) << source.code;
    } else {
      EXPECT_EQ(outline(shown), outline(prefecture.expected(source.code))) << source.code;
      EXPECT_EQ(report.lines.at(HarvestHouse::source_name(source)).status, "succeeded");
    }
  }

  for (const Illness& illness : illnesses()) prefecture.set_fault(illness.site, "none");
  const RunReport cured = house.run();
  EXPECT_EQ(cured.status, 0) << cured.err;
  const ShownCatalogue whole = read_catalogue(*server);
  for (const auto& source : prefecture.sources()) {
    EXPECT_EQ(outline(of_organization(whole, source.code)),
              outline(prefecture.expected(source.code)))
        << source.code;
  }

  for (const Illness& illness : illnesses()) prefecture.set_fault(illness.site, illness.fault);
  const RunReport relapsed = house.run();
  EXPECT_EQ(relapsed.status, 1);
  for (const auto& [name, line] : relapsed.lines) EXPECT_EQ(line.deleted, 0) << line.text;
  EXPECT_EQ(full_text(read_catalogue(*server)), full_text(whole));
}

// One CKAN and what may befall it.
class OneCkan : public testing::Test {
 protected:
  OneCkan() : prefecture_(some()), house_({"grace_days = 0", "grace_runs = 1", "max_retries = 3"}) {
    house_.add_sources(prefecture_);
  }
  RunLine run(const std::string& fault) {
    prefecture_.set_fault("141500", fault);
    return house_.run().lines.at("141500-ckan");
  }
  ShownCatalogue shown() { return read_catalogue(*house_.serve()); }
  [[nodiscard]] std::string expected() const { return outline(prefecture_.expected("141500")); }

  Prefecture prefecture_;
  HarvestHouse house_;

 private:
  static pretend::PrefectureOptions some() {
    pretend::PrefectureOptions options;
    options.only = {"141500"};
    return options;
  }
};

TEST_F(OneCkan, EveryThirdReplyBeingAnErrorCostsNothing) {
  EXPECT_EQ(run("status500:3").status, "succeeded");
  EXPECT_EQ(outline(shown()), expected());
}

TEST_F(OneCkan, WaitsWhenItIsAskedTo) {
  EXPECT_EQ(run("busy:1").status, "succeeded");
  EXPECT_EQ(outline(shown()), expected());
}

TEST_F(OneCkan, WrongLengthsPublishNothingHalf) {
  EXPECT_EQ(run("wrong-length").status, "failed");
  EXPECT_TRUE(shown().empty());
  EXPECT_EQ(run("none").status, "succeeded");
  const std::string whole = full_text(shown());
  run("wrong-length");
  EXPECT_EQ(full_text(shown()), whole);
}

TEST_F(OneCkan, OneBadRecordIsOneError) {
  const RunLine line = run("bad-record");
  EXPECT_EQ(line.status, "succeeded") << line.text;
  EXPECT_EQ(line.errored, 1) << line.text;
  EXPECT_EQ(line.added, 113) << line.text;
}

TEST_F(OneCkan, EndlessPagesEndInAnErrorAndDeleteNothing) {
  EXPECT_EQ(run("none").status, "succeeded");
  const std::string whole = full_text(shown());
  EXPECT_EQ(run("endless").deleted, 0);
  EXPECT_EQ(full_text(shown()), whole);
}

// 63,000 as a soak (HARVEST_SOAK=1), fewer otherwise.
TEST_F(OneCkan, ManyDatasetsAreHarvestedWithoutGrowing) {
  const bool is_soak = std::getenv("HARVEST_SOAK") != nullptr;
  const std::int64_t count = is_soak ? 63'000 : 3'000;
  const RunLine line = run("many:" + std::to_string(count));
  EXPECT_EQ(line.status, "succeeded") << line.text;
  EXPECT_EQ(line.added, count) << line.text;
  EXPECT_EQ(run("many:" + std::to_string(count)).not_modified, count);
}

}  // namespace
}  // namespace minato::test
