#include "service/audited_store.h"

#include "accounts_fixture.h"
#include "core/sha256.h"

namespace minato::service {
namespace {

using core::Result;
using storage::CatalogWriter;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class AuditedStoreTest : public AccountsTest {
 protected:
  AuditedStoreTest() {
    context_.caller.user_id = add_user("hanako").id;
    context_.caller.user_name = "hanako";
    context_.caller.token_id = "token-id";
    context_.caller.address = "192.0.2.1";
    context_.caller.request_id = "request-1";
  }

  static AuditSubject subject(const std::string& id) {
    return {"dataset.update", "dataset",     id,         "name-of-" + id, "city-id",
            "before",         "after " + id, "{\"x\":1}"};
  }
  // A write that makes a group, so that it can be seen whether it happened.
  static Result<Changes> make_group(CatalogWriter& writer, const std::string& id) {
    core::Group group;
    group.id = id;
    group.name = id;
    if (auto done = writer.put_group(group); !done) return tl::unexpected(done.error());
    return Changes{{subject(id)}, {}, "\"" + id + "\""};
  }
  Result<Written> make(const std::string& id) {
    return store_.write(context_, [&](CatalogWriter& writer) { return make_group(writer, id); });
  }
  bool exists(const std::string& group) {
    return value_of(reader()->group(core::GroupKind::kGroup, group)).has_value();
  }

  WriteContext context_;
};

TEST_F(AuditedStoreTest, LeavesOneEntryPerSubjectWithWhoWhatAndHashes) {
  const std::size_t before = log().size();
  clock_.time.us += 5;
  const Written written = value_of(make("first"));
  EXPECT_FALSE(written.replayed);
  EXPECT_EQ(written.result, "\"first\"");
  const auto entries = log();
  ASSERT_THAT(entries, SizeIs(before + 1));
  const core::AuditEntry& entry = entries.back();
  EXPECT_EQ(entry.number, static_cast<std::int64_t>(before) + 1);
  EXPECT_EQ(entry.time, clock_.time);
  EXPECT_EQ(entry.user_id, context_.caller.user_id);
  EXPECT_EQ(entry.user_name, "hanako");
  EXPECT_EQ(entry.token_id, "token-id");
  EXPECT_EQ(entry.address, "192.0.2.1");
  EXPECT_EQ(entry.request_id, "request-1");
  EXPECT_EQ(entry.action, "dataset.update");
  EXPECT_EQ(entry.subject_kind, "dataset");
  EXPECT_EQ(entry.subject_id, "first");
  EXPECT_EQ(entry.subject_name, "name-of-first");
  EXPECT_EQ(entry.organization_id, "city-id");
  EXPECT_EQ(entry.before_hash, core::sha256_hex("before"));
  EXPECT_EQ(entry.after_hash, core::sha256_hex("after first"));
  EXPECT_EQ(entry.detail, "{\"x\":1}");
  EXPECT_EQ(entry.previous, entries[before - 1].hash);
  EXPECT_EQ(entry.hash, auth::audit_hash(kAuditKey, entry));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(AuditedStoreTest, HashesNothingForWhatWasNotThere) {
  value_of(store_.write(context_, [](CatalogWriter&) -> Result<Changes> {
    AuditSubject created = subject("x");
    created.before.clear();
    AuditSubject gone = subject("y");
    gone.after.clear();
    return Changes{{created, gone}, {}, ""};
  }));
  const auto entries = log();
  EXPECT_EQ(entries[entries.size() - 2].before_hash, "");
  EXPECT_NE(entries[entries.size() - 2].after_hash, "");
  EXPECT_NE(entries.back().before_hash, "");
  EXPECT_EQ(entries.back().after_hash, "");
  EXPECT_EQ(entries.back().previous, entries[entries.size() - 2].hash);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(AuditedStoreTest, GoesOnWithTheChainOfAnotherProcess) {
  value_of(make("first"));
  auto other_storage = value_of(storage::sqlite::open_storage(folder_.path(), {}));
  AuditedStore other(*other_storage.catalog, clock_, kAuditKey);
  value_of(other.write(context_, [](CatalogWriter& w) { return make_group(w, "second"); }));
  value_of(make("third"));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(AuditedStoreTest, OfAFailedChangeNothingRemains) {
  const std::size_t before = log().size();
  const auto failed = store_.write(context_, [](CatalogWriter& writer) -> Result<Changes> {
    value_of(make_group(writer, "half"));
    return core::fail(core::ErrorCode::kConflict, "no-good", {"x", "x"});
  });
  EXPECT_EQ(error_of(failed), "no-good");
  EXPECT_FALSE(exists("half"));
  EXPECT_THAT(log(), SizeIs(before));
}

TEST_F(AuditedStoreTest, WithoutSubjectsWritesNothingDown) {
  const std::size_t before = log().size();
  const Written written = value_of(store_.write(context_, [](CatalogWriter&) -> Result<Changes> {
    storage::Activity activity;
    activity.object_id = "nothing";
    activity.type = "changed package";
    return Changes{{}, {activity}, "\"same\""};
  }));
  EXPECT_EQ(written.result, "\"same\"");
  EXPECT_THAT(log(), SizeIs(before));
  storage::ActivityRequest request;
  request.object_id = "nothing";
  request.public_only = false;
  EXPECT_THAT(value_of(reader()->history().activities(request)), IsEmpty());
}

TEST_F(AuditedStoreTest, GivesActivitiesIdTimeAndUser) {
  value_of(store_.write(context_, [](CatalogWriter&) -> Result<Changes> {
    storage::Activity activity;
    activity.object_id = "dataset-id";
    activity.organization_id = "city-id";
    activity.type = "changed package";
    activity.data = "{}";
    return Changes{{subject("dataset-id")}, {activity, activity}, ""};
  }));
  storage::ActivityRequest request;
  request.object_id = "dataset-id";
  const auto activities = value_of(reader()->history().activities(request));
  ASSERT_THAT(activities, SizeIs(2));
  EXPECT_NE(activities[0].id, activities[1].id);
  EXPECT_EQ(activities[0].id.size(), 36U);
  EXPECT_EQ(activities[0].time, clock_.time);
  EXPECT_EQ(activities[0].user_id, context_.caller.user_id);
}

TEST_F(AuditedStoreTest, AnswersAKnownKeyWithoutDoingItAgain) {
  context_.idempotency_key = "key-1";
  context_.request_hash = "hash-1";
  value_of(make("first"));
  const std::size_t entries = log().size();
  const Written again = value_of(make("second"));  // what it would do now does not matter
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.result, "\"first\"");
  EXPECT_FALSE(exists("second"));
  EXPECT_THAT(log(), SizeIs(entries));
}

TEST_F(AuditedStoreTest, RefusesAKeyThatComesWithAnotherRequest) {
  context_.idempotency_key = "key-1";
  context_.request_hash = "hash-1";
  value_of(make("first"));
  context_.request_hash = "hash-2";
  const auto reused = make("second");
  EXPECT_EQ(error_of(reused), "idempotency-key-reused");
  EXPECT_EQ(reused.error().code, core::ErrorCode::kConflict);
  EXPECT_FALSE(exists("second"));
}

TEST_F(AuditedStoreTest, KeepsTheKeysOfUsersApart) {
  context_.idempotency_key = "key-1";
  context_.request_hash = "hash-1";
  value_of(make("first"));
  context_.caller.user_id = add_user("taro").id;
  EXPECT_FALSE(value_of(make("second")).replayed);
  EXPECT_TRUE(exists("second"));
}

TEST_F(AuditedStoreTest, DoesNotRememberTheKeyOfAFailure) {
  context_.idempotency_key = "key-1";
  context_.request_hash = "hash-1";
  const auto failed = store_.write(context_, [](CatalogWriter&) -> Result<Changes> {
    return core::fail(core::ErrorCode::kConflict, "no-good", {"x", "x"});
  });
  EXPECT_EQ(error_of(failed), "no-good");
  EXPECT_FALSE(value_of(make("first")).replayed);
}

TEST_F(AuditedStoreTest, RemembersTheKeyOfAWriteThatHadNothingToDo) {
  context_.idempotency_key = "key-1";
  context_.request_hash = "hash-1";
  value_of(store_.write(context_, [](CatalogWriter&) -> Result<Changes> {
    return Changes{{}, {}, "\"same\""};
  }));
  const Written again = value_of(make("first"));
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.result, "\"same\"");
  EXPECT_FALSE(exists("first"));
}

TEST_F(AuditedStoreTest, ForgetsKeysAfterTwoDays) {
  context_.idempotency_key = "key-1";
  context_.request_hash = "hash-1";
  value_of(make("first"));
  clock_.time.us += 2 * kDayUs - 1;
  EXPECT_TRUE(value_of(make("second")).replayed);
  clock_.time.us += 2;
  EXPECT_FALSE(value_of(make("second")).replayed);
  EXPECT_TRUE(exists("second"));
  // Not only passed over: another key's write has cleaned up behind it.
  clock_.time.us += 3 * kDayUs;
  context_.idempotency_key = "key-2";
  value_of(make("third"));
  const auto old = value_of(reader()->history().answered_key(context_.caller.user_id, "key-1"));
  EXPECT_FALSE(old.has_value());
}

}  // namespace
}  // namespace minato::service
