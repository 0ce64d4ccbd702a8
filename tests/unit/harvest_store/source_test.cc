#include "unit/harvest_store/harvest_fixture.h"

namespace minato::test {
namespace {

class HarvestSources : public HarvestStoreTest {};

TEST_F(HarvestSources, GivesBackWhatWasPut) {
  core::HarvestSource source = some_source("z");
  source.state = core::SourceState::kFrozen;
  source.notice = "移転作業中";
  source.schedule = "every 6h";
  source.next_run = after(5);
  source.last_success = after(6);
  source.unchanged_runs = 7;
  source.failures = 8;
  source.deletions_held = true;
  value_of(store_->put_source(source));
  EXPECT_EQ(value_of(store_->source("id-z")), source);
  EXPECT_EQ(value_of(store_->source("z")), source);
  EXPECT_EQ(value_of(store_->source("y")), std::nullopt);
}

TEST_F(HarvestSources, AreListedByName) {
  value_of(store_->put_source(some_source("c")));
  value_of(store_->put_source(some_source("b")));
  std::string names;
  for (const auto& source : value_of(store_->sources())) names += source.name;
  EXPECT_EQ(names, "abc");
}

TEST_F(HarvestSources, ReplacingKeepsWhatHangsOnIt) {
  const std::string job_id = new_job();
  auto changed = some_source("a");
  changed.title = "another";
  value_of(store_->put_source(changed));
  EXPECT_EQ(value_of(store_->source("a"))->title, "another");
  EXPECT_TRUE(value_of(store_->job(job_id)).has_value());
}

TEST_F(HarvestSources, TakeNoNameThatAnotherHas) {
  auto second = some_source("a");
  second.id = "id-2";
  EXPECT_EQ(id_of(store_->put_source(second)), "harvest-source-exists");
  value_of(store_->put_source(some_source("b")));
  const auto renamed = store_->change_source("id-b", [](auto& source) { source.name = "a"; });
  EXPECT_EQ(id_of(renamed), "harvest-source-exists");
  EXPECT_TRUE(value_of(store_->source("b")).has_value());
}

TEST_F(HarvestSources, ChangeIsReadChangedAndWritten) {
  const auto changed = value_of(store_->change_source("id-a", [](auto& s) { s.failures += 2; }));
  EXPECT_EQ(changed.failures, 2);
  EXPECT_EQ(value_of(store_->source("a"))->failures, 2);
  EXPECT_EQ(id_of(store_->change_source("id-x", [](auto&) {})), "harvest-source-not-found");
}

TEST_F(HarvestSources, AChangeThatThrowsLeavesNothingBehind) {
  const auto bad = [](core::HarvestSource& source) {
    source.title = "half";
    throw std::logic_error("broken");
  };
  EXPECT_THROW(static_cast<void>(store_->change_source("id-a", bad)), std::logic_error);
  EXPECT_EQ(value_of(store_->source("a"))->title, "横浜市");
  value_of(store_->change_source("id-a", [](auto& source) { source.title = "whole"; }));
  EXPECT_EQ(value_of(store_->source("a"))->title, "whole");
}

TEST_F(HarvestSources, RemovalTakesEverythingAlong) {
  const std::string job_id = new_job();
  value_of(store_->add_objects(job_id, {some_object("r")}));
  value_of(store_->put_records({some_record("r")}));
  value_of(store_->put_keys("id-a", {"r"}, {{"k", "id-a", "r"}}));
  storage::HarvestFile file;
  file.resource_id = "resource";
  file.source_id = "id-a";
  value_of(store_->save_file(file));
  value_of(store_->remove_source("id-a"));
  EXPECT_FALSE(value_of(store_->source("a")).has_value());
  EXPECT_FALSE(value_of(store_->job(job_id)).has_value());
  EXPECT_FALSE(value_of(store_->object("object-r")).has_value());
  EXPECT_FALSE(value_of(store_->record("id-a", "r")).has_value());
  EXPECT_TRUE(value_of(store_->find_keys({"k"})).empty());
  EXPECT_FALSE(value_of(store_->file("resource")).has_value());
  EXPECT_EQ(id_of(store_->put_records({some_record("r")})), "harvest-source-not-found");
  EXPECT_EQ(id_of(store_->add_objects(job_id, {some_object("r")})), "harvest-job-not-found");
}

TEST_F(HarvestSources, OfAPublisherAreMadeOnlyOnce) {
  EXPECT_TRUE(value_of(store_->put_publisher_source("142018", some_source("yokosuka"))));
  value_of(store_->remove_source("id-yokosuka"));
  EXPECT_FALSE(value_of(store_->put_publisher_source("142018", some_source("yokosuka"))));
  EXPECT_FALSE(value_of(store_->source("yokosuka")).has_value());
  EXPECT_EQ(value_of(store_->known_publishers()), std::set<std::string>{"142018"});
}

TEST_F(HarvestSources, APublisherWhoseSourceCannotBeMadeStaysUnknown) {
  auto taken = some_source("a");
  taken.id = "another";
  EXPECT_EQ(id_of(store_->put_publisher_source("140007", taken)), "harvest-source-exists");
  EXPECT_TRUE(value_of(store_->known_publishers()).empty());
}

}  // namespace
}  // namespace minato::test
