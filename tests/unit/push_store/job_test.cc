#include <thread>

#include "unit/push_store/push_fixture.h"

namespace minato::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = ImportJob::State;

class PushJobs : public PushStoreTest {
 protected:
  std::vector<std::string> ids(const storage::ImportJobRequest& request) {
    std::vector<std::string> ids;
    const auto jobs = value_of(store_->jobs(request));
    for (const ImportJob& job : jobs) ids.push_back(job.id);
    return ids;
  }
};

TEST_F(PushJobs, AreKeptWithAllTheirFields) {
  ImportJob given = waiting_job("j1", "r1", 5);
  given.dataset_id = "d";
  given.organization_id = "o";
  given.caller.user_id = "u";
  given.caller.user_name = "hanako";
  given.caller.token_id = "t";
  given.caller.address = "192.0.2.1";
  given.caller.request_id = "q";
  given.blob = "b";
  given.bytes = 12;
  given.file_name = "人口.csv";
  given.media_type = "text/csv";
  given.confirmed = true;
  given.review = true;
  given.new_resource = "人口（CSV）";
  value_of(store_->add_job(given));
  const ImportJob found = job("j1");
  EXPECT_EQ(found.state, State::kWaiting);
  EXPECT_EQ(std::tie(found.resource_id, found.dataset_id, found.organization_id, found.blob),
            std::tie(given.resource_id, given.dataset_id, given.organization_id, given.blob));
  EXPECT_EQ(std::tie(found.caller.user_id, found.caller.user_name, found.caller.token_id),
            std::tie(given.caller.user_id, given.caller.user_name, given.caller.token_id));
  EXPECT_EQ(std::tie(found.caller.address, found.caller.request_id),
            std::tie(given.caller.address, given.caller.request_id));
  EXPECT_EQ(std::tie(found.bytes, found.file_name, found.media_type, found.confirmed),
            std::tie(given.bytes, given.file_name, given.media_type, given.confirmed));
  EXPECT_EQ(std::tie(found.review, found.new_resource), std::tie(given.review, given.new_resource));
  EXPECT_EQ(found.created, second(5));
  EXPECT_FALSE(found.started || found.ended);
  EXPECT_EQ(found.attempts, 0);
  EXPECT_FALSE(value_of(store_->job("j2")).has_value());
}

TEST_F(PushJobs, TheSameIdIsRefused) {
  add("j1", "r1", 1);
  EXPECT_FALSE(store_->add_job(waiting_job("j1", "r2", 2)).has_value());
  EXPECT_EQ(job("j1").resource_id, "r1");
}

TEST_F(PushJobs, AreListedNewestFirstAndByWhatTheyBelongTo) {
  for (int n = 1; n <= 4; ++n) {
    ImportJob made = waiting_job("j" + std::to_string(n), n % 2 == 0 ? "even" : "odd", n);
    made.dataset_id = n < 3 ? "old" : "new";
    made.organization_id = n == 4 ? "o2" : "o1";
    value_of(store_->add_job(made));
  }
  EXPECT_THAT(ids({}), ElementsAre("j4", "j3", "j2", "j1"));
  storage::ImportJobRequest request;
  request.resource_id = "even";
  EXPECT_THAT(ids(request), ElementsAre("j4", "j2"));
  request.dataset_id = "old";
  EXPECT_THAT(ids(request), ElementsAre("j2"));
  request.resource_id.clear();
  EXPECT_THAT(ids(request), ElementsAre("j2", "j1"));
  storage::ImportJobRequest of_organizations;
  of_organizations.organization_ids = {"o2", "o3"};
  EXPECT_THAT(ids(of_organizations), ElementsAre("j4"));
  of_organizations.organization_ids = {"o"};
  EXPECT_THAT(ids(of_organizations), IsEmpty());
  storage::ImportJobRequest page;
  page.offset = 1;
  page.limit = 2;
  EXPECT_THAT(ids(page), ElementsAre("j3", "j2"));
  ASSERT_EQ(claim("a", 10), "j1");
  storage::ImportJobRequest running;
  running.state = State::kRunning;
  EXPECT_THAT(ids(running), ElementsAre("j1"));
}

TEST_F(PushJobs, EndedOnesBeyondTheNewestOfAResourceAreForgotten) {
  for (int n = 1; n <= 4; ++n) {
    const std::string id = "j" + std::to_string(n);
    add(id, "r1", n);
    ASSERT_EQ(claim("a", 10), id);
    ASSERT_TRUE(end(id, "a", n == 1 ? State::kHeld : State::kDone));
  }
  add("waiting", "r1", 5);
  add("other", "r2", 1);
  value_of(store_->forget_jobs(2));
  EXPECT_THAT(ids({}), ElementsAre("waiting", "j4", "j3", "other", "j1")) << "j1 is held";
}

TEST_F(PushJobs, FirstFilesThatCameToNothingCountForTheirDataset) {
  const auto add_new = [&](const std::string& id, const std::string& dataset, int at) {
    ImportJob job;
    job.id = id;
    job.resource_id = "resource of " + id;
    job.dataset_id = dataset;
    job.new_resource = "name";
    job.created = second(at);
    value_of(store_->add_job(job));
  };
  for (int n = 1; n <= 4; ++n) {
    const std::string id = "discarded" + std::to_string(n);
    add_new(id, "d1", n);
    ASSERT_TRUE(value_of(store_->cancel_job(id, second(10))));
  }
  add_new("failed", "d1", 5);
  ASSERT_EQ(claim("a", 10), "failed");
  ASSERT_TRUE(end("failed", "a", State::kFailed));
  add_new("published", "d1", 0);
  ASSERT_EQ(claim("a", 10), "published");
  ASSERT_TRUE(end("published", "a", State::kDone));
  add_new("of another", "d2", 0);
  ASSERT_TRUE(value_of(store_->cancel_job("of another", second(10))));
  add_new("waiting", "d1", 0);
  value_of(store_->forget_jobs(2));
  EXPECT_THAT(ids({}), testing::UnorderedElementsAre("failed", "discarded4", "published",
                                                     "of another", "waiting"));
}

TEST_F(PushJobs, AHeldOneIsConfirmedOnce) {
  add("j1", "r1", 1);
  EXPECT_FALSE(value_of(store_->confirm_job("j1"))) << "it waits for its turn";
  ASSERT_EQ(claim("a", 10), "j1");
  EXPECT_FALSE(value_of(store_->confirm_job("j1"))) << "it runs";
  ASSERT_TRUE(end("j1", "a", State::kHeld));
  EXPECT_EQ(claim("a", 11), "") << "it waits for a person";
  EXPECT_TRUE(value_of(store_->confirm_job("j1")));
  EXPECT_FALSE(value_of(store_->confirm_job("j1")));
  EXPECT_FALSE(value_of(store_->confirm_job("j2")));
  const ImportJob confirmed = job("j1");
  EXPECT_EQ(confirmed.state, State::kWaiting);
  EXPECT_TRUE(confirmed.confirmed);
  EXPECT_FALSE(confirmed.ended.has_value());
  EXPECT_EQ(claim("b", 12), "j1");
}

TEST_F(PushJobs, AWaitingOrHeldOneIsCancelledARunningOneIsNot) {
  add("waiting", "r1", 1);
  EXPECT_TRUE(value_of(store_->cancel_job("waiting", second(2))));
  EXPECT_FALSE(value_of(store_->cancel_job("waiting", second(3))));
  EXPECT_EQ(job("waiting").state, State::kCancelled);
  EXPECT_EQ(job("waiting").ended, second(2));
  EXPECT_EQ(claim("a", 10), "");
  add("running", "r1", 4);
  ASSERT_EQ(claim("a", 10), "running");
  EXPECT_FALSE(value_of(store_->cancel_job("running", second(11))));
  ASSERT_TRUE(end("running", "a", State::kHeld));
  EXPECT_TRUE(value_of(store_->cancel_job("running", second(12))));
  EXPECT_FALSE(value_of(store_->confirm_job("running")));
  EXPECT_FALSE(value_of(store_->cancel_job("nowhere", second(12))));
}

TEST_F(PushJobs, OfConfirmAndCancelOneWins) {
  for (int round = 0; round < 20; ++round) {
    const std::string id = "j" + std::to_string(round);
    add(id, id, round);
    ASSERT_EQ(claim("a", 100), id);
    ASSERT_TRUE(end(id, "a", State::kHeld));
    const auto other = another();
    bool confirmed = false;
    std::thread confirming([&] { confirmed = value_of(other->confirm_job(id)); });
    const bool cancelled = value_of(store_->cancel_job(id, second(101)));
    confirming.join();
    // Confirming first and cancelling then is allowed: it waits in between.
    EXPECT_TRUE(cancelled);
    EXPECT_EQ(job(id).state, State::kCancelled);
    EXPECT_EQ(job(id).confirmed, confirmed);
  }
}

}  // namespace
}  // namespace minato::test
