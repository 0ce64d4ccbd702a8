#include "unit/push_store/push_fixture.h"

namespace minato::test {
namespace {

class PushUploads : public PushStoreTest {
 protected:
  static Upload upload(const std::string& id, const std::string& user, std::int64_t created) {
    Upload upload;
    upload.id = id;
    upload.user_id = user;
    upload.file_name = "人口統計.csv";
    upload.media_type = "text/csv";
    upload.size = std::int64_t{3} << 30;
    upload.sha256 = "announced";
    upload.received = 7;
    upload.created = second(created);
    upload.expires = second(created + 100);
    return upload;
  }
  static std::vector<std::string> ids(const std::vector<Upload>& uploads) {
    std::vector<std::string> ids;
    for (const Upload& upload : uploads) ids.push_back(upload.id);
    return ids;
  }
};

TEST_F(PushUploads, AreKeptWithAllTheirFieldsAndReplaced) {
  const Upload begun = upload("u1", "hanako", 1);
  value_of(store_->put_upload(begun));
  auto found = value_of(store_->upload("u1"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(std::tie(found->id, found->user_id, found->file_name, found->media_type, found->size),
            std::tie(begun.id, begun.user_id, begun.file_name, begun.media_type, begun.size));
  EXPECT_EQ(std::tie(found->sha256, found->received, found->blob, found->created, found->expires),
            std::tie(begun.sha256, begun.received, begun.blob, begun.created, begun.expires));
  EXPECT_EQ(found->state, Upload::State::kOpen);
  Upload complete = begun;
  complete.received = complete.size;
  complete.state = Upload::State::kComplete;
  complete.blob = "blob";
  value_of(store_->put_upload(complete));
  found = value_of(store_->upload("u1"));
  EXPECT_EQ(found->received, complete.size);
  EXPECT_EQ(found->state, Upload::State::kComplete);
  EXPECT_EQ(found->blob, "blob");
  EXPECT_FALSE(value_of(store_->upload("u2")).has_value());
}

TEST_F(PushUploads, AreListedByUserAndByTheEndOfTheirTime) {
  value_of(store_->put_upload(upload("late", "hanako", 2)));
  value_of(store_->put_upload(upload("early", "hanako", 1)));
  value_of(store_->put_upload(upload("other", "taro", 3)));
  EXPECT_THAT(ids(value_of(store_->uploads_of("hanako"))), ::testing::ElementsAre("early", "late"));
  EXPECT_THAT(ids(value_of(store_->uploads_of("nobody"))), ::testing::IsEmpty());
  EXPECT_THAT(ids(value_of(store_->uploads_expired(second(100)))), ::testing::IsEmpty());
  EXPECT_THAT(ids(value_of(store_->uploads_expired(second(102)))),
              ::testing::ElementsAre("early", "late"));
}

TEST_F(PushUploads, AreGoneWhenRemoved) {
  value_of(store_->put_upload(upload("u1", "hanako", 1)));
  value_of(store_->remove_upload("u1"));
  value_of(store_->remove_upload("u1"));
  EXPECT_FALSE(value_of(store_->upload("u1")).has_value());
}

}  // namespace
}  // namespace minato::test
