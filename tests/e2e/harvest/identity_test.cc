#include <gmock/gmock.h>

#include <set>

#include "e2e/harvest/harvest_house.h"
#include "e2e/harvest/shown_catalogue.h"

namespace minato::test {
namespace {

using pretend::Prefecture;

// One source of each kind, harvested once.
class KnownSources : public testing::Test {
 protected:
  KnownSources() : prefecture_(some()), house_({"grace_days = 0", "grace_runs = 2"}) {
    house_.add_sources(prefecture_);
    first_run_ = house_.run();
    before_ = shown();
  }
  void SetUp() override { ASSERT_EQ(first_run_.status, 0) << first_run_.err; }
  RunReport run_with(const std::string& fault) {
    for (const auto& source : prefecture_.sources()) prefecture_.set_fault(source.code, fault);
    return house_.run();
  }
  ShownCatalogue shown() { return read_catalogue(*house_.serve()); }
  static std::set<std::string> ids(const ShownCatalogue& catalogue) {
    std::set<std::string> all;
    for (const ShownDataset& dataset : catalogue) all.insert(dataset.id);
    return all;
  }
  void expect_as_expected(const ShownCatalogue& catalogue) {
    for (const auto& source : prefecture_.sources()) {
      EXPECT_EQ(outline(of_organization(catalogue, source.code)),
                outline(prefecture_.expected(source.code)))
          << source.code;
    }
  }

  Prefecture prefecture_;
  HarvestHouse house_;
  RunReport first_run_;
  ShownCatalogue before_;

 private:
  static pretend::PrefectureOptions some() {
    pretend::PrefectureOptions options;
    options.only = {"141500", "142069", "142107", "142158", "142042", "142174"};
    return options;
  }
};

TEST_F(KnownSources, ChangedIdsAreMovesNotNewDatasets) {
  const RunReport report = run_with("new-ids");
  for (const auto& [name, line] : report.lines) {
    EXPECT_EQ(line.added + line.deleted + line.errored, 0) << line.text;
  }
  const ShownCatalogue after = shown();
  EXPECT_EQ(ids(after), ids(before_));
  expect_as_expected(after);
}

TEST_F(KnownSources, RenamedFilesAreNewVersionsOfTheSameResources) {
  const RunReport report = run_with("renamed-files");
  for (const auto& [name, line] : report.lines) {
    EXPECT_EQ(line.added + line.deleted + line.errored, 0) << line.text;
  }
  const ShownCatalogue after = shown();
  expect_as_expected(after);
  ASSERT_EQ(after.size(), before_.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    ASSERT_EQ(after[i].resources.size(), before_[i].resources.size()) << after[i].name;
    for (std::size_t k = 0; k < after[i].resources.size(); ++k) {
      EXPECT_EQ(after[i].resources[k].id, before_[i].resources[k].id) << after[i].name;
    }
  }
}

TEST_F(KnownSources, AThirdVanishingIsHeldUntilAPersonConfirms) {
  for (int i = 0; i < 3; ++i) {
    const RunReport report = run_with("third-gone");
    for (const auto& [name, line] : report.lines) EXPECT_EQ(line.deleted, 0) << line.text;
  }
  EXPECT_EQ(full_text(shown()), full_text(before_));
  for (const auto& source : prefecture_.sources()) {
    if (source.kind == "file") continue;  // its one dataset is there
    std::ignore = house_.harvest({"confirm", HarvestHouse::source_name(source)});
  }
  std::ignore = run_with("third-gone");
  expect_as_expected(shown());
  const RunReport back = run_with("none");  // what comes back is the old dataset again
  EXPECT_EQ(back.status, 0);
  EXPECT_EQ(ids(shown()), ids(before_));
}

TEST_F(KnownSources, ADryRunChangesNothingAndTellsWhatWould) {
  prefecture_.set_edition(2);
  const RunReport dry = house_.run({"--dry-run"});
  EXPECT_EQ(dry.status, 0) << dry.err;
  EXPECT_EQ(dry.lines.at("141500-ckan").added, 2) << dry.lines.at("141500-ckan").text;
  EXPECT_EQ(full_text(shown()), full_text(before_));
  EXPECT_EQ(house_.run().lines.at("141500-ckan").added, 2);
}

}  // namespace
}  // namespace minato::test
