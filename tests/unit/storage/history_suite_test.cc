// Audit log, activities, former names, tombstones and answered keys: what every CatalogStore keeps.
#include <gmock/gmock.h>

#include "unit/storage/store_suite.h"

namespace minato::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

core::AuditEntry entry(std::int64_t number) {
  core::AuditEntry entry;
  entry.number = number;
  entry.time = at(number);
  entry.user_id = "u";
  entry.user_name = "hanako";
  entry.token_id = "t";
  entry.address = "192.0.2.1";
  entry.request_id = "r";
  entry.action = "dataset.update";
  entry.subject_kind = "dataset";
  entry.subject_id = "d";
  entry.subject_name = "人口";
  entry.organization_id = "o";
  entry.before_hash = "b";
  entry.after_hash = "a";
  entry.detail = "{}";
  entry.previous = "hash " + std::to_string(number - 1);
  entry.hash = "hash " + std::to_string(number);
  return entry;
}

core::AuditHead head(std::int64_t number) {
  return {number, "hash " + std::to_string(number), "seal " + std::to_string(number)};
}

storage::Activity activity(const std::string& id, std::int64_t second, const std::string& type) {
  storage::Activity activity;
  activity.id = id;
  activity.time = at(second);
  activity.user_id = "user-" + id.substr(0, 1);
  activity.object_id = "object-" + id.substr(0, 1);
  activity.organization_id = "organization";
  activity.type = type;
  activity.data = R"({"actor": "hanako"})";
  return activity;
}

class HistorySuite : public StoreSuite {
 protected:
  template <typename Work>
  core::Result<void> change(Work work) {
    return store_->write([&](storage::CatalogWriter& w) { return work(w.history()); });
  }
  core::Result<void> append(std::int64_t number) {
    return change([&](auto& history) { return history.append_audit(entry(number), head(number)); });
  }
  void put_activities() {
    storage::Activity hidden = activity("a4", 4, "changed package");
    hidden.is_public = false;
    storage::Activity of_organization = activity("o5", 5, "changed organization");
    of_organization.object_id = "organization";
    of_organization.organization_id.clear();
    for (const auto& put : {activity("a1", 1, "new package"), activity("b2", 2, "new package"),
                            activity("a3", 3, "changed package"), hidden, of_organization}) {
      ASSERT_TRUE(change([&](auto& history) { return history.put_activity(put); }).has_value());
    }
  }
  std::vector<std::string> ids(const storage::ActivityRequest& request) {
    std::vector<std::string> ids;
    const auto activities = reader()->history().activities(request);
    for (const auto& found : *activities) ids.push_back(found.id);
    return ids;
  }
};

TEST_P(HistorySuite, AnEmptyLogHasAnEmptyHead) {
  EXPECT_EQ(*reader()->history().audit_head(), core::AuditHead{});
}

TEST_P(HistorySuite, TheLogGivesItsEntriesInOrder) {
  for (std::int64_t number = 1; number <= 3; ++number) ASSERT_TRUE(append(number).has_value());
  EXPECT_EQ(*reader()->history().audit_head(), head(3));
  std::vector<core::AuditEntry> seen;
  ASSERT_TRUE(reader()
                  ->history()
                  .each_audit_entry(2,
                                    [&](const core::AuditEntry& found) {
                                      seen.push_back(found);
                                      return true;
                                    })
                  .has_value());
  EXPECT_THAT(seen, ElementsAre(entry(2), entry(3)));
}

TEST_P(HistorySuite, TheLogStopsWhenItsReaderHasEnough) {
  for (std::int64_t number = 1; number <= 3; ++number) ASSERT_TRUE(append(number).has_value());
  int seen = 0;
  ASSERT_TRUE(reader()
                  ->history()
                  .each_audit_entry(1, [&](const core::AuditEntry&) { return ++seen < 2; })
                  .has_value());
  EXPECT_EQ(seen, 2);
}

TEST_P(HistorySuite, AnEntryThatDoesNotFollowIsRefusedAndNothingOfItsChangeRemains) {
  ASSERT_TRUE(append(1).has_value());
  for (const std::int64_t wrong : {0, 1, 3}) {
    const auto done = store_->write([&](storage::CatalogWriter& w) -> core::Result<void> {
      if (auto put = w.put_dataset(small_dataset("with-it")); !put) return put;
      return w.history().append_audit(entry(wrong), head(wrong));
    });
    EXPECT_FALSE(done.has_value()) << wrong;
  }
  EXPECT_FALSE(
      change([&](auto& history) { return history.append_audit(entry(2), head(3)); }).has_value());
  EXPECT_EQ(*reader()->history().audit_head(), head(1));
  EXPECT_FALSE(get("with-it").has_value());
  EXPECT_TRUE(append(2).has_value());
}

TEST_P(HistorySuite, ActivitiesComeNewestFirst) {
  put_activities();
  storage::ActivityRequest request;
  EXPECT_THAT(ids(request), ElementsAre("o5", "a3", "b2", "a1"));
  request.public_only = false;
  EXPECT_THAT(ids(request), ElementsAre("o5", "a4", "a3", "b2", "a1"));
  request.offset = 1;
  request.limit = 2;
  EXPECT_THAT(ids(request), ElementsAre("a4", "a3"));
}

TEST_P(HistorySuite, ActivitiesAreThoseOfAnObjectAnOrganizationOrAUser) {
  put_activities();
  storage::ActivityRequest of_object;
  of_object.object_id = "object-a";
  EXPECT_THAT(ids(of_object), ElementsAre("a3", "a1"));
  storage::ActivityRequest of_organization;
  of_organization.organization_id = "organization";
  EXPECT_THAT(ids(of_organization), ElementsAre("o5", "a3", "b2", "a1"));
  storage::ActivityRequest of_user;
  of_user.user_id = "user-b";
  EXPECT_THAT(ids(of_user), ElementsAre("b2"));
}

TEST_P(HistorySuite, ActivitiesAreChosenByTypeAndTime) {
  put_activities();
  storage::ActivityRequest request;
  request.types = {"new package", "changed organization"};
  EXPECT_THAT(ids(request), ElementsAre("o5", "b2", "a1"));
  request.types = {"package"};
  EXPECT_THAT(ids(request), IsEmpty());
  request.types.clear();
  request.without_types = {"new package"};
  EXPECT_THAT(ids(request), ElementsAre("o5", "a3"));
  storage::ActivityRequest between;
  between.after = at(1);
  between.before = at(5);
  EXPECT_THAT(ids(between), ElementsAre("a3", "b2"));
  // Forwards from a moment: the first ones after it.
  storage::ActivityRequest forwards;
  forwards.after = at(1);
  forwards.limit = 2;
  EXPECT_THAT(ids(forwards), ElementsAre("a3", "b2"));
}

TEST_P(HistorySuite, AnActivityKeepsAllItsFields) {
  put_activities();
  const auto found = *reader()->history().activity("b2");
  ASSERT_TRUE(found.has_value());
  const auto put = activity("b2", 2, "new package");
  EXPECT_EQ(std::tie(found->time, found->user_id, found->object_id, found->organization_id),
            std::tie(put.time, put.user_id, put.object_id, put.organization_id));
  EXPECT_EQ(std::tie(found->type, found->data, found->is_public),
            std::tie(put.type, put.data, put.is_public));
  EXPECT_FALSE(reader()->history().activity("none")->has_value());
}

TEST_P(HistorySuite, AFormerNameLeadsToTheDatasetThatHadItLast) {
  put_all({small_dataset("now"), small_dataset("later")});
  const auto note = [&](const std::string& dataset) {
    return change([&](auto& history) {
      return history.put_former_dataset_name("before", small_dataset(dataset).id);
    });
  };
  EXPECT_FALSE(reader()->history().dataset_formerly("before")->has_value());
  ASSERT_TRUE(note("now").has_value());
  EXPECT_EQ(**reader()->history().dataset_formerly("before"), small_dataset("now").id);
  ASSERT_TRUE(note("later").has_value());
  EXPECT_EQ(**reader()->history().dataset_formerly("before"), small_dataset("later").id);
}

TEST_P(HistorySuite, AFormerNameIsHiddenWhileALiveDatasetHasIt) {
  put_all({small_dataset("now")});
  ASSERT_TRUE(change([&](auto& history) {
                return history.put_former_dataset_name("before", small_dataset("now").id);
              }).has_value());
  core::Dataset heir = small_dataset("before");
  ASSERT_TRUE(put(heir).has_value());
  EXPECT_FALSE(reader()->history().dataset_formerly("before")->has_value());
  heir.state = core::State::kDeleted;
  ASSERT_TRUE(put(heir).has_value());
  EXPECT_TRUE(reader()->history().dataset_formerly("before")->has_value());
  core::Dataset again = small_dataset("now");
  again.name = "before";
  ASSERT_TRUE(put(again).has_value());
  EXPECT_FALSE(reader()->history().dataset_formerly("before")->has_value());
}

TEST_P(HistorySuite, GroupsHaveFormerNamesToo) {
  put_surroundings();
  ASSERT_TRUE(change([&](auto& history) {
                return history.put_former_group_name("old", full_organization().id);
              }).has_value());
  EXPECT_EQ(**reader()->history().group_formerly("old"), full_organization().id);
  EXPECT_FALSE(reader()->history().group_formerly("other")->has_value());
}

TEST_P(HistorySuite, ATombstoneIsReplacedAndGoesWithItsDataset) {
  put_all({small_dataset("dead")});
  const std::string id = small_dataset("dead").id;
  const auto put_stone = [&](const std::string& reason) {
    return change([&](auto& history) {
      return history.put_tombstone({id, reason, "hanako", at(9)});
    });
  };
  ASSERT_TRUE(put_stone("誤り").has_value());
  ASSERT_TRUE(put_stone("統合").has_value());
  const auto stone = *reader()->history().tombstone(id);
  ASSERT_TRUE(stone.has_value());
  EXPECT_EQ(stone->reason, "統合");
  EXPECT_EQ(stone->user_id, "hanako");
  EXPECT_EQ(stone->time, at(9));
  ASSERT_TRUE(change([&](auto& history) { return history.remove_tombstone(id); }).has_value());
  EXPECT_FALSE(reader()->history().tombstone(id)->has_value());
  ASSERT_TRUE(put_stone("誤り").has_value());
  ASSERT_TRUE(change([&](auto& history) {
                return history.put_former_dataset_name("before", id);
              }).has_value());
  ASSERT_TRUE(
      store_->write([&](storage::CatalogWriter& w) { return w.purge_dataset(id); }).has_value());
  EXPECT_FALSE(reader()->history().tombstone(id)->has_value());
  EXPECT_FALSE(reader()->history().dataset_formerly("before")->has_value());
}

TEST_P(HistorySuite, AnAnsweredKeyBelongsToItsUserAndIsForgottenWithTime) {
  const auto put_key = [&](const std::string& user, const std::string& key, std::int64_t second) {
    return change([&](auto& history) {
      return history.put_answered_key({user, key, "request " + user, "{\"a\":1}", at(second)});
    });
  };
  ASSERT_TRUE(put_key("hanako", "k", 1).has_value());
  ASSERT_TRUE(put_key("taro", "k", 2).has_value());
  const auto found = *reader()->history().answered_key("hanako", "k");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->request_hash, "request hanako");
  EXPECT_EQ(found->result, "{\"a\":1}");
  EXPECT_EQ(found->time, at(1));
  EXPECT_FALSE(reader()->history().answered_key("hanako", "other")->has_value());
  ASSERT_TRUE(
      change([&](auto& history) { return history.forget_answered_keys(at(2)); }).has_value());
  EXPECT_FALSE(reader()->history().answered_key("hanako", "k")->has_value());
  EXPECT_TRUE(reader()->history().answered_key("taro", "k")->has_value());
}

INSTANTIATE_TEST_SUITE_P(Stores, HistorySuite, ::testing::ValuesIn(all_stores()), factory_name);

}  // namespace
}  // namespace minato::test
