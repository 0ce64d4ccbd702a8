#include <atomic>
#include <thread>

#include "core/sha256.h"
#include "unit/service/publish/dataset_fixture.h"

namespace minato::service {
namespace {

using core::Dataset;
using core::Resource;
using testing::ElementsAre;

TEST_F(DatasetTest, ChangesADatasetAndTellsOfIt) {
  const Dataset before = created();
  pass_time();
  const auto written =
      valid(change("jinko", [](Dataset& dataset) { dataset.notes = "毎月 1 日の人口です。"; }));
  EXPECT_TRUE(written.changed);
  EXPECT_FALSE(written.replayed);
  EXPECT_EQ(written.dataset, dataset_now("jinko"));
  EXPECT_EQ(written.dataset.notes, "毎月 1 日の人口です。");
  EXPECT_EQ(written.dataset.created, before.created);
  EXPECT_EQ(written.dataset.modified, clock_.now());
  EXPECT_NE(DatasetWrites::etag(written.dataset), DatasetWrites::etag(before));
  EXPECT_THAT(audited_actions(), ElementsAre("dataset.create", "dataset.update"));
  const auto activities = activities_of(before.id);
  ASSERT_EQ(activities.size(), 2U);
  EXPECT_EQ(activities[0].type, "changed package");
}

TEST_F(DatasetTest, WritesNothingWhenNothingChanges) {
  DatasetEdit edit = wanted();
  edit.dataset.tags = {{"", "人口", ""}, {"", "統計", ""}};
  edit.dataset.resources = {link("https://example.jp/a.csv")};
  edit.dataset.extras = {{"b", "1"}, {"a", "2"}};
  const Dataset before = created(edit);
  pass_time();
  const auto written = valid(change("jinko", [](Dataset& dataset) {
    // As a client sends it back: without ids, in another order.
    dataset.owner_org = "141003";
    dataset.tags = {{"", "統計", ""}, {"", "人口", ""}};
    dataset.extras = {{"a", "2"}, {"b", "1"}};
    dataset.resources[0].format = "csv";
    dataset.created = dataset.modified = {};
    dataset.creator_user_id = "";
  }));
  EXPECT_FALSE(written.changed);
  EXPECT_EQ(written.dataset, before);
  EXPECT_EQ(dataset_now("jinko"), before);
  EXPECT_THAT(audited_actions(), ElementsAre("dataset.create"));
  EXPECT_EQ(activities_of(before.id).size(), 1U);
}

TEST_F(DatasetTest, LetsOnlyEditorsOfItsOrganizationChangeADataset) {
  created();
  const auto touch = [&](const std::string& user) {
    return id_of(datasets_.change(
        "jinko",
        [&](DatasetEdit& edit) -> core::Result<void> {
          edit.dataset.notes = "by " + user;
          return {};
        },
        by(user)));
  };
  EXPECT_EQ(touch(""), "authentication-required");
  EXPECT_EQ(touch("aya"), "permission-denied");
  EXPECT_EQ(touch("mari"), "permission-denied");
  EXPECT_EQ(touch("ken"), "written");
  EXPECT_EQ(touch("mika"), "written");
  EXPECT_EQ(touch("emi"), "written");
  EXPECT_EQ(touch("root"), "written");
  EXPECT_EQ(touch("op"), "written");
  EXPECT_EQ(dataset_now("jinko").notes, "by op");
}

TEST_F(DatasetTest, TellsNobodyWhichDatasetsThereAre) {
  const auto nothing = [](DatasetEdit&) -> core::Result<void> { return {}; };
  EXPECT_EQ(id_of(datasets_.change("none", nothing, by(""))), "authentication-required");
  EXPECT_EQ(id_of(datasets_.change_of_resource("none", nothing, by(""))),
            "authentication-required");
  EXPECT_EQ(id_of(datasets_.change("none", nothing, by("ken"))), "dataset-not-found");
  EXPECT_EQ(id_of(datasets_.change_of_resource("none", nothing, by("ken"))), "resource-not-found");
}

TEST_F(DatasetTest, MovesADatasetOnlyWhereTheCallerMayAddOne) {
  created();
  const auto move = [](Dataset& dataset) { dataset.owner_org = "140007"; };
  const auto refused = change("jinko", move, "ken");
  ASSERT_FALSE(refused);
  EXPECT_THAT(wrongs_of(refused.error()),
              ElementsAre("/owner_org: You cannot add a dataset to this organization"));
  EXPECT_EQ(valid(change("jinko", move, "emi")).dataset.owner_org, "140007-id");
  EXPECT_EQ(id_of(change(
                "jinko", [](Dataset& d) { d.notes = "x"; }, "ken")),
            "permission-denied");
  const auto orphaned = change(
      "jinko", [](Dataset& d) { d.owner_org = ""; }, "emi");
  ASSERT_FALSE(orphaned);
  EXPECT_THAT(wrongs_of(orphaned.error()),
              ElementsAre("/owner_org: An organization must be provided"));
}

TEST_F(DatasetTest, KeepsTheFormerNameAfterARename) {
  const Dataset dataset = created();
  valid(change("jinko", [](Dataset& d) { d.name = "jinko-tokei"; }));
  EXPECT_EQ(valid(reader()->history().dataset_formerly("jinko")), dataset.id);
  // Scripts that know the old name go on.
  EXPECT_EQ(valid(change("jinko", [](Dataset& d) { d.notes = "新"; })).dataset.name, "jinko-tokei");
  // A new dataset of that name is meant from then on.
  const Dataset other = created("jinko");
  EXPECT_EQ(valid(change("jinko", [](Dataset& d) { d.notes = "別"; })).dataset.id, other.id);
}

TEST_F(DatasetTest, RefusesTheNameOfAnother) {
  const Dataset other = created("taken");
  created();
  const auto refused = change("jinko", [](Dataset& d) { d.name = "taken"; });
  ASSERT_FALSE(refused);
  EXPECT_THAT(wrongs_of(refused.error()), ElementsAre("/name: That URL is already in use."));
  // Nor may a name lead to another dataset by its id.
  const auto hijack = datasets_.change(
      "jinko",
      [&](DatasetEdit& edit) -> core::Result<void> {
        edit.dataset.name = other.id;
        return {};
      },
      by("ken"));
  ASSERT_FALSE(hijack);
  EXPECT_THAT(wrongs_of(hijack.error()), ElementsAre("/name: That URL is already in use."));
  // A deleted one gives its name free.
  valid(datasets_.remove("taken", "", by("ken")));
  EXPECT_EQ(valid(change("jinko", [](Dataset& d) { d.name = "taken"; })).dataset.name, "taken");
}

TEST_F(DatasetTest, LetsNobodyChangeTheId) {
  const Dataset dataset = created();
  const auto refused = change(
      "jinko", [](Dataset& d) { d.id = "other"; }, "root");
  ASSERT_FALSE(refused);
  EXPECT_THAT(wrongs_of(refused.error()),
              ElementsAre("/id: Cannot change value of key from " + dataset.id +
                          " to other. This key is read-only"));
}

TEST_F(DatasetTest, LetsOnlySysadminsSetTheTimeOfChange) {
  created();
  pass_time();
  const auto mirror = [](Dataset& d) {
    d.modified = support::at("2020-01-01T00:00:00Z");
    d.creator_user_id = "aya-id";
    d.notes += "x";
  };
  EXPECT_EQ(valid(change("jinko", mirror, "ken")).dataset.modified, clock_.now());
  EXPECT_EQ(dataset_now("jinko").creator_user_id, "ken-id");
  EXPECT_EQ(valid(change("jinko", mirror, "root")).dataset.modified,
            support::at("2020-01-01T00:00:00Z"));
  EXPECT_EQ(dataset_now("jinko").creator_user_id, "aya-id");
}

TEST_F(DatasetTest, GivesEachStateATimeOfItsOwn) {
  const Dataset first = created();
  const Dataset second = valid(change("jinko", [](Dataset& d) { d.notes = "2"; })).dataset;
  EXPECT_GT(second.modified, first.modified);  // although the clock stands still
}

TEST_F(DatasetTest, ChangesTheTimesOfThoseResourcesOnlyThatChange) {
  DatasetEdit edit = wanted();
  edit.dataset.resources = {link("https://example.jp/a.csv"), link("https://example.jp/b.csv")};
  const Dataset before = created(edit);
  pass_time();
  const Dataset after = valid(change("jinko", [](Dataset& d) {
                          d.resources[1].name = "二番目";
                          d.resources.push_back({});
                          d.resources[2].url = "https://example.jp/c.xlsx";
                        })).dataset;
  EXPECT_EQ(after.resources[0], before.resources[0]);
  EXPECT_EQ(after.resources[1].metadata_modified, clock_.now());
  EXPECT_EQ(after.resources[1].created, before.resources[1].created);
  EXPECT_EQ(after.resources[1].last_modified, std::nullopt);  // its file is the same
  EXPECT_EQ(after.resources[2].created, clock_.now());
  EXPECT_EQ(after.resources[2].format, "XLSX");
}

TEST_F(DatasetTest, KeepsAnUploadWhenTheClientSendsItsUrlBack) {
  DatasetEdit edit = wanted();
  Resource file = link("人口統計.csv");
  file.url_type = "upload";
  file.blob = core::sha256_hex("bytes");
  file.size = 5;
  edit.dataset.resources = {file};
  const Dataset before = created(edit);
  EXPECT_EQ(before.resources[0].format, "CSV");
  EXPECT_EQ(before.resources[0].hash, file.blob);
  EXPECT_EQ(before.resources[0].last_modified, clock_.now());
  pass_time();
  const auto written = valid(change("jinko", [](Dataset& d) {
    d.resources[0].url = "https://data.example.jp/dataset/x/resource/y/download/%E4%BA%BA.csv";
  }));
  EXPECT_FALSE(written.changed);
  const auto replaced = valid(change("jinko", [](Dataset& d) {
                          d.resources[0].url = "新しい人口.csv";
                          d.resources[0].blob = core::sha256_hex("more bytes");
                        })).dataset.resources[0];
  EXPECT_EQ(replaced.url, "新しい人口.csv");
  EXPECT_EQ(replaced.hash, replaced.blob);
  EXPECT_EQ(replaced.last_modified, clock_.now());
}

TEST_F(DatasetTest, MakesALinkOfAnotherCataloguesUpload) {
  DatasetEdit edit = wanted();
  Resource elsewhere = link("https://ckan.example.jp/download/a.csv");
  elsewhere.url_type = "upload";
  edit.dataset.resources = {elsewhere};
  EXPECT_EQ(created(edit).resources[0].url_type, "");
}

TEST_F(DatasetTest, ForgetsTheKeptCopyOfALinkThatChanges) {
  DatasetEdit edit = wanted();
  Resource copy = link("https://example.jp/a.csv");
  copy.blob = core::sha256_hex("bytes");
  copy.size = 5;
  edit.dataset.resources = {copy};
  created(edit);
  const Resource after = valid(change("jinko", [](Dataset& d) {
                           d.resources[0].url = "https://example.jp/b.csv";
                         })).dataset.resources[0];
  EXPECT_EQ(after.blob, "");
  EXPECT_EQ(after.hash, "");
  EXPECT_EQ(after.size, std::nullopt);
}

TEST_F(DatasetTest, NeverTakesTheResourceOfAnotherDataset) {
  DatasetEdit edit = wanted("other");
  edit.dataset.resources = {link("https://example.jp/a.csv")};
  const std::string taken = created(edit).resources[0].id;
  edit = wanted();
  edit.dataset.resources = {link("https://example.jp/b.csv")};
  edit.dataset.resources[0].id = taken;
  EXPECT_THAT(wrongs(edit), ElementsAre("/resources/0/id: Resource id already exists."));
  edit.dataset.resources[0].id = core::stable_uuid("test", "mine");
  EXPECT_EQ(created(edit).resources[0].id, core::stable_uuid("test", "mine"));
}

TEST_F(DatasetTest, FindsTheDatasetOfAResource) {
  DatasetEdit edit = wanted();
  edit.dataset.resources = {link("https://example.jp/a.csv")};
  const std::string id = created(edit).resources[0].id;
  const auto written = valid(datasets_.change_of_resource(
      id,
      [&](DatasetEdit& change) -> core::Result<void> {
        change.dataset.resources[0].name = "人口";
        change.note = change.dataset.resources[0].id;
        return {};
      },
      by("ken")));
  EXPECT_EQ(written.dataset.resources[0].name, "人口");
  EXPECT_EQ(written.note, id);
}

TEST_F(DatasetTest, FailsAsTheEditDoes) {
  created();
  const auto failed = datasets_.change(
      "jinko",
      [](DatasetEdit& edit) -> core::Result<void> {
        edit.dataset.notes = "never";
        return core::fail(core::ErrorCode::kPreconditionFailed, "changed-meanwhile", {"", ""});
      },
      by("ken"));
  EXPECT_EQ(id_of(failed), "changed-meanwhile");
  EXPECT_EQ(dataset_now("jinko").notes, "");
}

TEST_F(DatasetTest, LetsADatasetThatNeverHadALicenceBeEdited) {
  core::Dataset old = dataset("old", "141003-id");
  old.license_id = "";
  put(old);
  EXPECT_EQ(id_of(change("old", [](Dataset& d) { d.notes = "説明"; })), "written");
  EXPECT_EQ(id_of(change("old", [](Dataset& d) { d.is_private = true; })), "written");
  EXPECT_EQ(id_of(change("old", [](Dataset& d) { d.is_private = false; })), "dataset-invalid");
}

TEST_F(DatasetTest, HidesActivitiesOfWhatNobodySees) {
  DatasetEdit edit = wanted();
  edit.dataset.is_private = true;
  const Dataset dataset = created(edit);
  EXPECT_TRUE(activities_of(dataset.id).empty());
  storage::ActivityRequest request;
  request.object_id = dataset.id;
  request.public_only = false;
  ASSERT_EQ(valid(reader()->history().activities(request)).size(), 1U);
  valid(change("jinko", [](Dataset& d) { d.is_private = false; }));
  EXPECT_EQ(activities_of(dataset.id).size(), 1U);
}

TEST_F(DatasetTest, KeepsALargeDatasetOutOfTheActivities) {
  DatasetEdit edit = wanted();
  for (int i = 0; i < 300; ++i) edit.dataset.resources.push_back(link("https://example.jp/a.csv"));
  const Dataset dataset = created(edit);
  const auto activity = activities_of(dataset.id).at(0);
  EXPECT_LT(activity.data.size(), 1'000U);
  EXPECT_THAT(activity.data, testing::HasSubstr(R"("num_resources":300)"));
}

TEST_F(DatasetTest, ChangesManyDatasetsOrNone) {
  created("one");
  created("two");
  DatasetEdit edit = wanted("three");
  edit.dataset.owner_org = "140007";
  created(edit, "emi");
  const auto hide = [](DatasetEdit& change) -> core::Result<void> {
    change.dataset.is_private = true;
    return {};
  };
  const auto error = [&](const std::vector<std::string>& ids, const std::string& organization,
                         const std::string& user) {
    const auto done = datasets_.change_all(ids, organization, hide, by(user));
    return done ? std::string("done") : done.error().id;
  };
  EXPECT_EQ(error({"one", "three"}, "141003", "emi"), "dataset-not-found");
  EXPECT_EQ(error({"one", "none"}, "", "ken"), "dataset-not-found");
  EXPECT_EQ(error({"one", "three"}, "", "ken"), "permission-denied");
  EXPECT_EQ(error({"one"}, "no-such", "ken"), "organization-not-found");
  EXPECT_EQ(error(std::vector<std::string>(1001, "one"), "", "ken"), "too-many-datasets");
  EXPECT_EQ(audit().size(), 3U);
  EXPECT_FALSE(dataset_now("one").is_private);
  EXPECT_EQ(error({"one", "two", "one"}, "141003", "ken"), "done");
  EXPECT_TRUE(dataset_now("one").is_private);
  EXPECT_TRUE(dataset_now("two").is_private);
  EXPECT_EQ(audit().size(), 5U);
}

TEST_F(DatasetTest, AnswersARepeatedKeyWithoutWritingAgain) {
  WriteContext context = by("ken");
  context.idempotency_key = "k1";
  context.request_hash = core::sha256_hex("request");
  DatasetEdit edit = wanted();
  edit.note = "メモ";
  const auto first = valid(datasets_.create(edit, false, context));
  EXPECT_EQ(first.note, "メモ");
  const auto again = valid(datasets_.create(edit, false, context));
  EXPECT_TRUE(again.replayed);
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.dataset, first.dataset);
  EXPECT_EQ(again.note, "メモ");
  EXPECT_EQ(audit().size(), 1U);
  context.request_hash = core::sha256_hex("another request");
  EXPECT_EQ(id_of(datasets_.create(edit, false, context)), "idempotency-key-reused");
  context.request_hash = core::sha256_hex("request");
  valid(datasets_.purge("jinko", by("root")));
  EXPECT_EQ(id_of(datasets_.create(edit, false, context)), "dataset-not-found");
}

TEST_F(DatasetTest, LosesNothingWhenTwoChangeTheSameDataset) {
  created();
  constexpr int kChanges = 25;
  std::atomic<int> failures = 0;
  const auto work = [&](const std::string& key) {
    for (int i = 0; i < kChanges; ++i) {
      const auto done = datasets_.change(
          "jinko",
          [&](DatasetEdit& edit) -> core::Result<void> {
            edit.dataset.extras.push_back({key + std::to_string(i), "1"});
            return {};
          },
          by("ken"));
      if (!done) ++failures;
    }
  };
  std::thread other([&] { work("a"); });
  work("b");
  other.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(dataset_now("jinko").extras.size(), 2U * kChanges);
  EXPECT_EQ(audit().size(), 1U + 2U * kChanges);
}

}  // namespace
}  // namespace minato::service
