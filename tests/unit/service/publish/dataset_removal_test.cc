// Removing, restoring, purging, and publishing as scheduled.
#include "core/sha256.h"
#include "formats/dataset_document.h"
#include "unit/service/publish/dataset_fixture.h"

namespace minato::service {
namespace {

using core::Dataset;
using core::State;
using testing::ElementsAre;

TEST_F(DatasetTest, RemovesADatasetWithATombstone) {
  const Dataset dataset = created();
  valid(datasets_.remove("jinko", "新しい統計にまとめました。", by("ken")));
  EXPECT_EQ(dataset_now(dataset.id).state, State::kDeleted);
  const auto tombstone = valid(reader()->history().tombstone(dataset.id));
  ASSERT_TRUE(tombstone);
  EXPECT_EQ(tombstone->reason, "新しい統計にまとめました。");
  EXPECT_EQ(tombstone->user_id, "ken-id");
  const auto entry = audit().back();
  EXPECT_EQ(entry.action, "dataset.delete");
  EXPECT_EQ(entry.detail, R"({"reason":"新しい統計にまとめました。"})");
  const auto activity = activities_of(dataset.id).at(0);
  EXPECT_EQ(activity.type, "deleted package");
  EXPECT_TRUE(activity.is_public);
}

TEST_F(DatasetTest, LetsADatasetBeRemovedTwice) {
  const Dataset dataset = created();
  valid(datasets_.remove("jinko", "理由", by("ken")));
  valid(datasets_.remove("jinko", "", by("ken")));
  EXPECT_EQ(audit().size(), 2U);
  EXPECT_EQ(valid(reader()->history().tombstone(dataset.id))->reason, "理由");
}

TEST_F(DatasetTest, LetsOnlyEditorsRemoveADataset) {
  created();
  const auto error = [&](const std::string& user, const std::string& id) {
    const auto done = datasets_.remove(id, "", by(user));
    return done ? std::string("done") : done.error().id;
  };
  EXPECT_EQ(error("", "jinko"), "authentication-required");
  EXPECT_EQ(error("aya", "jinko"), "permission-denied");
  EXPECT_EQ(error("mari", "jinko"), "permission-denied");
  EXPECT_EQ(error("ken", "none"), "dataset-not-found");
  EXPECT_EQ(error("ken", "jinko"), "done");
}

TEST_F(DatasetTest, RestoresADataset) {
  const Dataset dataset = created();
  valid(datasets_.remove("jinko", "まちがい", by("ken")));
  valid(change(dataset.id.c_str(), [](Dataset& d) { d.state = State::kActive; }));
  EXPECT_EQ(dataset_now("jinko").state, State::kActive);
  EXPECT_FALSE(valid(reader()->history().tombstone(dataset.id)));
  EXPECT_EQ(audit().back().action, "dataset.restore");
}

TEST_F(DatasetTest, RestoresADatasetOnlyUnderAFreeName) {
  const Dataset dataset = created();
  valid(datasets_.remove("jinko", "", by("ken")));
  created("jinko");
  const auto refused = datasets_.change(
      dataset.id,
      [](DatasetEdit& edit) -> core::Result<void> {
        edit.dataset.state = State::kActive;
        return {};
      },
      by("ken"));
  ASSERT_FALSE(refused);
  EXPECT_THAT(wrongs_of(refused.error()), ElementsAre("/name: That URL is already in use."));
}

TEST_F(DatasetTest, RemovesByAChangeOfStateAsCkanDoes) {
  const Dataset dataset = created();
  const auto remove = [](Dataset& d) { d.state = State::kDeleted; };
  EXPECT_EQ(id_of(change("jinko", remove, "mari")), "permission-denied");
  valid(change("jinko", remove));
  EXPECT_TRUE(valid(reader()->history().tombstone(dataset.id)));
  EXPECT_EQ(audit().back().action, "dataset.delete");
  EXPECT_EQ(activities_of(dataset.id).at(0).type, "deleted package");
}

// Two versions of a table with one row, as an import leaves them.
class TablesTest : public DatasetTest {
 protected:
  void add_tables(const std::string& resource_id) {
    for (std::int64_t version = 1; version <= 2; ++version) {
      core::TableSchema schema;
      schema.columns.resize(1);
      schema.columns[0].name = "人口";
      auto writer = valid(storage_.tables->create({resource_id, version}, schema));
      const core::ValueView row[] = {std::string_view("1")};
      valid(writer->append(row));
      valid(writer->finish({}));
      storage::TableVersion published;
      published.table_id = published.resource_id = resource_id;
      published.version = version;
      published.created = clock_.now();
      valid(write(
          [&](storage::CatalogWriter& to) { return to.publish_tables(resource_id, {published}); }));
    }
    valid(write([&](storage::CatalogWriter& to) {
      return to.put_table_definition({resource_id, {"人口"}, {"alias"}});
    }));
  }
  bool has_rows(const std::string& resource_id, std::int64_t version) {
    return storage_.tables->size({resource_id, version}).has_value();
  }
};

TEST_F(TablesTest, DropTheirRowsWithTheirResource) {
  DatasetEdit edit = wanted();
  edit.dataset.resources = {link("https://example.jp/a.csv"), link("https://example.jp/b.csv")};
  const Dataset dataset = created(edit);
  const std::string gone = dataset.resources[0].id;
  add_tables(gone);
  valid(change("jinko", [](Dataset& d) { d.resources.erase(d.resources.begin()); }));
  EXPECT_TRUE(valid(reader()->tables_of(gone)).empty());
  EXPECT_TRUE(valid(reader()->table_versions(gone)).empty());
  EXPECT_FALSE(valid(reader()->table_definition(gone)));
  EXPECT_FALSE(has_rows(gone, 1));
  EXPECT_FALSE(has_rows(gone, 2));
  EXPECT_EQ(dataset_now("jinko").resources.at(0).position, 0);
}

TEST_F(TablesTest, StayWhenTheChangeFails) {
  DatasetEdit edit = wanted();
  edit.dataset.resources = {link("https://example.jp/a.csv")};
  const std::string id = created(edit).resources[0].id;
  add_tables(id);
  EXPECT_EQ(id_of(change("jinko",
                         [](Dataset& d) {
                           d.resources.clear();
                           d.name = "A";
                         })),
            "dataset-invalid");
  EXPECT_TRUE(has_rows(id, 2));
  EXPECT_EQ(valid(reader()->tables_of(id)).size(), 1U);
}

TEST_F(TablesTest, AreGoneWithAPurgedDataset) {
  DatasetEdit edit = wanted();
  edit.dataset.resources = {link("https://example.jp/a.csv")};
  const Dataset dataset = created(edit);
  const std::string id = dataset.resources[0].id;
  add_tables(id);
  valid(change("jinko", [](Dataset& d) { d.name = "jinko2"; }));
  valid(datasets_.remove("jinko2", "理由", by("ken")));
  const auto refused = datasets_.purge("jinko2", by("mika"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "permission-denied");
  valid(datasets_.purge("jinko2", by("root")));
  EXPECT_FALSE(valid(reader()->dataset(dataset.id)));
  EXPECT_FALSE(valid(reader()->history().tombstone(dataset.id)));
  EXPECT_FALSE(valid(reader()->table_definition(id)));
  EXPECT_TRUE(valid(reader()->table_versions(id)).empty());
  EXPECT_FALSE(has_rows(id, 1));
  EXPECT_FALSE(has_rows(id, 2));
  EXPECT_EQ(audit().back().action, "dataset.purge");
  EXPECT_EQ(audit().back().after_hash, "");
  for (const char* name : {"jinko", "jinko2"}) {
    EXPECT_EQ(id_of(change(name, [](Dataset& d) { d.notes = "x"; })), "dataset-not-found");
  }
}

TEST_F(DatasetTest, TellsNobodyButSysadminsWhatCouldBePurged) {
  const auto error = [&](const std::string& user) {
    return datasets_.purge("none", by(user)).error().id;
  };
  EXPECT_EQ(error(""), "authentication-required");
  EXPECT_EQ(error("mika"), "permission-denied");
  EXPECT_EQ(error("root"), "dataset-not-found");
}

TEST_F(DatasetTest, PublishesDraftsWhenTheirTimeHasCome) {
  DatasetEdit edit = wanted();
  edit.dataset.state = State::kDraft;
  edit.dataset.publish_at = core::Timestamp{clock_.now().us + 3'600'000'000};
  const Dataset draft = created(edit);
  EXPECT_EQ(draft.publish_at, edit.dataset.publish_at);
  EXPECT_THAT(valid(datasets_.publish_due()), ElementsAre());
  pass_time(3'600);
  EXPECT_THAT(valid(datasets_.publish_due()), ElementsAre("jinko"));
  const Dataset published = dataset_now("jinko");
  EXPECT_EQ(published.state, State::kActive);
  EXPECT_EQ(published.publish_at, std::nullopt);
  EXPECT_EQ(published.modified, clock_.now());
  EXPECT_THAT(valid(datasets_.publish_due()), ElementsAre());
  EXPECT_EQ(audit().back().action, "dataset.publish");
  EXPECT_EQ(audit().back().user_id, "");
  const auto activity = activities_of(draft.id).at(0);
  EXPECT_EQ(activity.type, "new package");
  EXPECT_TRUE(activity.is_public);
}

TEST_F(DatasetTest, PublishesADraftWithoutLicenceWhenItGetsOne) {
  DatasetEdit edit = wanted();
  edit.dataset.state = State::kDraft;
  edit.dataset.license_id = "";
  edit.dataset.publish_at = clock_.now();
  created(edit);
  created("other");
  EXPECT_THAT(valid(datasets_.publish_due()), ElementsAre());
  EXPECT_EQ(dataset_now("jinko").state, State::kDraft);
  EXPECT_EQ(audit().size(), 2U);
  valid(change("jinko", [](Dataset& d) { d.license_id = "CC-BY-4.0"; }));
  EXPECT_THAT(valid(datasets_.publish_due()), ElementsAre("jinko"));
}

TEST_F(DatasetTest, ForgetsTheScheduleOfADraftThatIsPublishedByHand) {
  DatasetEdit edit = wanted();
  edit.dataset.state = State::kDraft;
  edit.dataset.publish_at = core::Timestamp{clock_.now().us + 3'600'000'000};
  created(edit);
  const Dataset published =
      valid(change("jinko", [](Dataset& d) { d.state = State::kActive; })).dataset;
  EXPECT_EQ(published.publish_at, std::nullopt);
  const auto refused = change("jinko", [](Dataset& d) { d.publish_at = core::Timestamp{1}; });
  ASSERT_FALSE(refused);
  EXPECT_THAT(wrongs_of(refused.error()),
              ElementsAre("/publish_at: Only a draft can have a publication time"));
}

TEST_F(DatasetTest, KeepsTheScheduleInTheDocument) {
  Dataset dataset = wanted().dataset;
  dataset.publish_at = support::at("2030-01-02T03:04:05.000006Z");
  const std::string document = formats::write_dataset_document(dataset);
  EXPECT_EQ(valid(formats::parse_dataset_document(document)).publish_at, dataset.publish_at);
}

}  // namespace
}  // namespace minato::service
