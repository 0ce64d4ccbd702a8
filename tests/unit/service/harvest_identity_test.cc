// Moves within a source, duplicates across sources.
#include "service/harvest/identity.h"

#include "unit/service/harvest_fixture.h"

namespace minato::service {
namespace {

using core::RecordReport;
using testing::ElementsAre;
using testing::IsEmpty;

class HarvestIdentity : public HarvestFixture {
 protected:
  // A record under another id, with the landing page (and title) of `like`.
  HarvestedDataset same_page(const std::string& remote_id, const HarvestedDataset& like) const {
    HarvestedDataset given = record(remote_id, like.dataset.title);
    given.dataset.url = like.dataset.url;
    return given;
  }
};

TEST_F(HarvestIdentity, ARecordThatChangesItsIdIsTheSameDataset) {
  const HarvestedDataset old = record("old", "人口");
  import({old, record("other", "他")});
  const core::Dataset before = dataset("141003-old");
  begin_job();
  const auto results = import({same_page("new", old), record("other", "他")});
  EXPECT_TRUE(results[0].moved);
  EXPECT_EQ(results[0].moved_from, "old");
  EXPECT_EQ(results[0].dataset_id, before.id);
  EXPECT_EQ(results[0].report, RecordReport::kUpdated);  // its file has another URL
  EXPECT_EQ(dataset(before.id).name, "141003-old");
  EXPECT_FALSE(origin("old"));
  EXPECT_EQ(origin("new")->dataset_id, before.id);
  EXPECT_FALSE(value_of(store->record(source.id, "old")));
  EXPECT_EQ(remembered("new").dataset_id, before.id);

  begin_job();
  const auto again = import(same_page("new", old));
  EXPECT_FALSE(again.moved);
  EXPECT_EQ(again.report, RecordReport::kUnchanged);
}

TEST_F(HarvestIdentity, AMoveThatBrokeOffIsFinished) {
  const HarvestedDataset old = record("old", "人口");
  import(old);
  const core::Dataset before = dataset("141003-old");
  begin_job();
  // The catalogue has moved it, the harvest store has not.
  storage::Origin moved = *origin("old");
  moved.remote_id = "new";
  expect_ok(catalog->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto done = writer.remove_origin(source.id, "old"); !done) return done;
    return writer.put_origin(moved);
  }));
  const auto result = import(same_page("new", old));
  EXPECT_TRUE(result.moved);
  EXPECT_EQ(result.dataset_id, before.id);
  EXPECT_FALSE(value_of(store->record(source.id, "old")));
  EXPECT_EQ(remembered("new").dataset_id, before.id);
}

TEST_F(HarvestIdentity, NobodyMovesWhileTheOldRecordIsStillThere) {
  const HarvestedDataset old = record("old", "人口");
  import(old);
  begin_job();
  const auto results = import({old, same_page("new", old)});
  EXPECT_EQ(results[1].report, RecordReport::kAdded);
  EXPECT_FALSE(results[1].moved);
}

TEST_F(HarvestIdentity, NobodyMovesInAnIncompleteListing) {
  const HarvestedDataset old = record("old", "人口");
  import(old);
  begin_job();
  job.complete_listing = false;
  expect_ok(store->save_job(job));
  EXPECT_FALSE(import(same_page("new", old)).moved);
  EXPECT_TRUE(origin("old"));
}

TEST_F(HarvestIdentity, ASharedLandingPageIdentifiesNobody) {
  const HarvestedDataset first = record("a", "甲");
  const HarvestedDataset second = same_page("b", first);
  import({first, second});
  begin_job();
  EXPECT_FALSE(import(same_page("c", first)).moved);
  const auto results = import({same_page("d", first), same_page("e", first)});
  EXPECT_EQ(results[0].report, RecordReport::kAdded);
  EXPECT_EQ(results[1].report, RecordReport::kAdded);
}

storage::HarvestObject named(std::string remote_id) {
  storage::HarvestObject object;
  object.remote_id = std::move(remote_id);
  return object;
}

TEST_F(HarvestIdentity, ThePageOfTheRecordIsALandingPageToo) {
  core::Dataset dataset;
  dataset.url = "https://www.city.example.jp/";
  storage::HarvestObject object = named("x");
  object.url = source.url + "/dataset/jinko";
  EXPECT_THAT(identity_keys(dataset, object, source),
              ElementsAre("landing:" + source.url + "/dataset/jinko"));
}

TEST_F(HarvestIdentity, TheRootOfAPortalIsNoLandingPage) {
  core::Dataset dataset;
  dataset.url = source.url + "/";
  EXPECT_THAT(identity_keys(dataset, named("x"), source), IsEmpty());
  dataset.url = source.url + "/dataset/x/";
  EXPECT_THAT(identity_keys(dataset, named("x"), source),
              ElementsAre("landing:" + source.url + "/dataset/x"));
  dataset.url = "http" + source.url.substr(5) + "/dataset/x#part";
  EXPECT_THAT(identity_keys(dataset, named("x"), source),
              ElementsAre("landing:" + source.url + "/dataset/x#part"));
}

TEST_F(HarvestIdentity, AUuidIsAKeyWhereverItStands) {
  const std::string uuid = "2f6d9a52-6c1e-4c5e-9b1a-0f5b4d4f8e11";
  EXPECT_THAT(identity_keys({}, named(uuid), source), ElementsAre("id:" + uuid));
  EXPECT_THAT(identity_keys({}, named("https://a.example.jp/dataset/" + uuid + "/"), source),
              ElementsAre("id:" + uuid));
  core::Dataset dataset;
  dataset.extras = {{"guid", "urn:uuid:" + uuid}};
  EXPECT_THAT(identity_keys(dataset, named("x"), source), ElementsAre("id:" + uuid));
}

TEST_F(HarvestIdentity, TheSameDatasetOfAnotherSourceIsADuplicate) {
  const std::string uuid = "2f6d9a52-6c1e-4c5e-9b1a-0f5b4d4f8e11";
  const ImportedRecord first = import(record(uuid, "人口"));
  use(add("142018", "https://other.example.jp"));
  const ImportedRecord second = import(record("https://other.example.jp/d/" + uuid, "住民"));
  EXPECT_EQ(second.report, RecordReport::kDuplicate);
  EXPECT_EQ(second.duplicate_of, first.dataset_name);
  EXPECT_EQ(remembered("https://other.example.jp/d/" + uuid).duplicate_of, first.dataset_id);
  EXPECT_FALSE(origin("https://other.example.jp/d/" + uuid));
  begin_job();
  EXPECT_EQ(import(record("https://other.example.jp/d/" + uuid, "住民")).report,
            RecordReport::kDuplicate);
}

TEST_F(HarvestIdentity, ADuplicateIsPublishedWhenTheFirstIsGone) {
  const HarvestedDataset given = record("a", "人口");
  const ImportedRecord first = import(given);
  const core::HarvestSource one = source;
  use(add("142018", "https://other.example.jp"));
  const HarvestedDataset copy = same_page("b", given);
  HarvestedDataset linked = copy;
  linked.dataset.resources = given.dataset.resources;
  EXPECT_EQ(import(linked).report, RecordReport::kDuplicate);
  core::Dataset gone = dataset(first.dataset_id);
  gone.state = core::State::kDeleted;
  put(gone);
  begin_job();
  EXPECT_EQ(import(linked).report, RecordReport::kAdded);
}

TEST_F(HarvestIdentity, SameFilesNeedTheSameTitleToo) {
  const HarvestedDataset given = record("a", "人口");
  import(given);
  use(add("142018", "https://other.example.jp"));
  HarvestedDataset other = record("b", "地図");
  other.dataset.resources = given.dataset.resources;
  EXPECT_EQ(import(other).report, RecordReport::kAdded);
  HarvestedDataset same = record("c", "ＪＩＮＫＯ");
  same.dataset.title = "人口 ";
  same.dataset.resources = given.dataset.resources;
  EXPECT_EQ(import(same).report, RecordReport::kDuplicate);
}

TEST_F(HarvestIdentity, OnePageOfANationalFileMakesNoDuplicatesOfTowns) {
  HarvestedDataset first = record("a", "食品等営業許可・届出一覧");
  first.dataset.url = "https://national.example.jp/food";
  import(first);
  use(add("142018", "https://other.example.jp"));
  HarvestedDataset second = record("b", "食品等営業許可・届出一覧");
  second.dataset.url = first.dataset.url;
  EXPECT_EQ(import(second).report, RecordReport::kAdded);
}

TEST_F(HarvestIdentity, TwoSourcesAtTheSameTimePublishADatasetOnce) {
  // Both looked before either wrote: the second one looks again while it writes.
  const std::string uuid = "2f6d9a52-6c1e-4c5e-9b1a-0f5b4d4f8e11";
  const core::HarvestSource one = source;
  const core::HarvestSource other = add("142018", "https://other.example.jp");
  class Race final : public storage::CatalogStore {
   public:
    Race(storage::CatalogStore& store, std::function<void()> meanwhile)
        : store_(store), meanwhile_(std::move(meanwhile)) {}
    core::Result<std::unique_ptr<storage::CatalogReader>> read(core::Deadline deadline) override {
      return store_.read(deadline);
    }
    core::Result<void> write(
        std::function<core::Result<void>(storage::CatalogWriter&)> change) override {
      meanwhile_();
      return store_.write(std::move(change));
    }
    std::uint64_t revision() override { return store_.revision(); }
    void note_missed_search(std::string_view) override {}
    void note_token_use(std::string_view, core::Timestamp) override {}

   private:
    storage::CatalogStore& store_;
    std::function<void()> meanwhile_;
  };
  const HarvestedDataset ours = record(uuid, "人口");
  const HarvestImportContext mine{one, options, job.id};
  use(other);
  Race race(*catalog,
            [&] { EXPECT_EQ(import(record("x/" + uuid, "人口")).report, RecordReport::kAdded); });
  const auto results =
      value_of(import_harvested({ours}, mine, HarvestTarget{race, *store, clock, false, false}));
  EXPECT_EQ(results[0].report, RecordReport::kDuplicate);
}

}  // namespace
}  // namespace minato::service
