#include "service/imports/uploads.h"

#include <gtest/gtest.h>

#include <thread>

#include "core/sha256.h"
#include "imports_fixture.h"

namespace minato::service {
namespace {

using core::ErrorCode;

class UploadParts : public ImportsFixture {
 protected:
  core::Caller caller_ = editor().caller;

  storage::Upload begin(std::int64_t size, const std::string& sha256 = {}) {
    return value_of(uploads_->begin({"C:\\人口.csv", "text/csv", size, sha256}, caller_));
  }
  core::Result<storage::Upload> append(const std::string& id, std::int64_t offset,
                                       std::string_view bytes, std::string_view sha256 = {}) {
    return uploads_->append(id, offset, {-1, bytes, static_cast<std::int64_t>(bytes.size())},
                            sha256, caller_);
  }
  std::string error_of(const core::Result<storage::Upload>& result) {
    return result ? "" : result.error().id;
  }
  std::string kept(const std::string& blob) {
    const int fd = value_of(storage_->blobs->open(blob));
    std::string bytes(1 << 20, '\0');
    bytes.resize(static_cast<std::size_t>(::read(fd, bytes.data(), bytes.size())));
    ::close(fd);
    return bytes;
  }
  std::uintmax_t file_size(const std::string& id) {
    return std::filesystem::file_size(folder_.path() + "/uploads/" + id);
  }
};

TEST_F(UploadParts, PartsBecomeAFile) {
  const auto upload = begin(9, core::sha256_hex("abcdefghi"));
  EXPECT_EQ(upload.file_name, "人口.csv");
  EXPECT_EQ(append(upload.id, 0, "abcd")->received, 4);
  EXPECT_EQ(append(upload.id, 4, "efghi", core::sha256_hex("efghi"))->received, 9);
  const StoredFile file = value_of(uploads_->complete(upload.id, caller_));
  EXPECT_EQ(file.blob, core::sha256_hex("abcdefghi"));
  EXPECT_EQ(file.bytes, 9);
  EXPECT_EQ(file.file_name, "人口.csv");
  EXPECT_EQ(file.media_type, "text/csv");
  EXPECT_EQ(kept(file.blob), "abcdefghi");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/uploads/" + upload.id));
  EXPECT_EQ(value_of(uploads_->complete(upload.id, caller_)).blob, file.blob) << "twice";
}

TEST_F(UploadParts, GoOnAfterARestart) {
  const auto upload = begin(6);
  ASSERT_TRUE(append(upload.id, 0, "abc"));
  open();
  EXPECT_EQ(value_of(uploads_->find(upload.id, caller_)).received, 3);
  ASSERT_TRUE(append(upload.id, 3, "def"));
  EXPECT_EQ(kept(value_of(uploads_->complete(upload.id, caller_)).blob), "abcdef");
}

TEST_F(UploadParts, BytesOfAPartThatWasNotFinishedAreCutOff) {
  const auto upload = begin(6);
  ASSERT_TRUE(append(upload.id, 0, "abc"));
  std::ofstream(folder_.path() + "/uploads/" + upload.id, std::ios::app) << "HALF A PART";
  open();
  ASSERT_TRUE(append(upload.id, 3, "def"));
  EXPECT_EQ(file_size(upload.id), 6U);
  EXPECT_EQ(kept(value_of(uploads_->complete(upload.id, caller_)).blob), "abcdef");
}

TEST_F(UploadParts, AreTakenInOrderOnly) {
  const auto upload = begin(6);
  ASSERT_TRUE(append(upload.id, 0, "abc"));
  const auto gap = append(upload.id, 4, "ef");
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().code, ErrorCode::kConflict);
  EXPECT_EQ(gap.error().id, "upload-offset-mismatch");
  EXPECT_THAT(gap.error().message.en, testing::HasSubstr("begins at 3"));
  EXPECT_EQ(error_of(append(upload.id, 2, "cd")), "upload-offset-mismatch");
  EXPECT_EQ(error_of(append(upload.id, -1, "a")), "upload-offset-mismatch");
  EXPECT_EQ(error_of(append(upload.id, 3, "defg")), "upload-part-too-long");
  EXPECT_EQ(file_size(upload.id), 3U);
}

TEST_F(UploadParts, ThePartThatCameBeforeIsNoError) {
  const auto upload = begin(6);
  ASSERT_TRUE(append(upload.id, 0, "abc"));
  EXPECT_EQ(append(upload.id, 0, "abc")->received, 3);
  EXPECT_EQ(error_of(append(upload.id, 0, "abX")), "upload-offset-mismatch");
  ASSERT_TRUE(append(upload.id, 3, "def"));
  ASSERT_TRUE(uploads_->complete(upload.id, caller_));
  EXPECT_EQ(append(upload.id, 3, "def")->received, 6) << "the file is in the blob store now";
  EXPECT_EQ(error_of(append(upload.id, 3, "deX")), "upload-offset-mismatch");
}

TEST_F(UploadParts, WrongChecksumsKeepNothing) {
  const auto upload = begin(3, core::sha256_hex("other"));
  EXPECT_EQ(error_of(append(upload.id, 0, "abc", std::string(64, '0'))), "checksum-mismatch");
  EXPECT_EQ(file_size(upload.id), 0U);
  EXPECT_EQ(error_of(append(upload.id, 0, "abc", "xyz")), "checksum-invalid");
  ASSERT_TRUE(append(upload.id, 0, "abc"));
  const auto done = uploads_->complete(upload.id, caller_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().id, "checksum-mismatch");
  EXPECT_EQ(done.error().code, ErrorCode::kInvalidArgument);
  EXPECT_FALSE(storage_->blobs->open(core::sha256_hex("abc")));
}

TEST_F(UploadParts, AreNotCompleteBeforeTheEnd) {
  const auto upload = begin(3);
  ASSERT_TRUE(append(upload.id, 0, "ab"));
  const auto done = uploads_->complete(upload.id, caller_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().id, "upload-incomplete");
  EXPECT_EQ(done.error().code, ErrorCode::kConflict);
}

TEST_F(UploadParts, APartThatHoldsLessThanItSaysKeepsNothing) {
  const auto upload = begin(10);
  const auto cut = uploads_->append(upload.id, 0, {-1, "abc", 10}, {}, caller_);
  EXPECT_EQ(error_of(cut), "upload-part-truncated");
  EXPECT_EQ(value_of(uploads_->find(upload.id, caller_)).received, 0);
  EXPECT_EQ(file_size(upload.id), 0U);
}

TEST_F(UploadParts, ACrashBetweenTheMoveAndItsNoteIsRepaired) {
  auto upload = begin(3);
  upload = value_of(append(upload.id, 0, "abc"));
  upload.blob = core::sha256_hex("abc");
  check(storage_->push->put_upload(upload));
  ASSERT_TRUE(storage_->blobs->take_file(folder_.path() + "/uploads/" + upload.id));
  open();
  EXPECT_EQ(value_of(uploads_->complete(upload.id, caller_)).blob, upload.blob);
}

TEST_F(UploadParts, AreTheirOwners) {
  const auto upload = begin(3);
  core::Caller other = caller_;
  other.user_id = "user-2";
  EXPECT_EQ(error_of(uploads_->find(upload.id, other)), "upload-not-found");
  EXPECT_EQ(error_of(uploads_->append(upload.id, 0, {-1, "abc", 3}, {}, other)),
            "upload-not-found");
  EXPECT_FALSE(uploads_->abort(upload.id, other));
  other.sysadmin = true;
  EXPECT_TRUE(uploads_->find(upload.id, other));
  EXPECT_EQ(error_of(uploads_->find("../secret.key", caller_)), "upload-not-found");
}

TEST_F(UploadParts, NeedSomebodyWhoMayPublish) {
  core::Caller caller;
  EXPECT_EQ(error_of(uploads_->begin({"a.csv", "", 3, ""}, caller)), "authentication-required");
  caller.user_id = "user-3";
  EXPECT_EQ(error_of(uploads_->begin({"a.csv", "", 3, ""}, caller)), "permission-denied");
  caller.roles["g"] = core::Role::kMember;
  EXPECT_EQ(error_of(uploads_->begin({"a.csv", "", 3, ""}, caller)), "permission-denied");
}

TEST_F(UploadParts, HaveLimits) {
  const auto large = uploads_->begin({"a.csv", "", (std::int64_t{1} << 30) + 1, ""}, caller_);
  EXPECT_EQ(error_of(large), "upload-too-large");
  EXPECT_EQ(large.error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(error_of(uploads_->begin({"a.csv", "", -1, ""}, caller_)), "upload-size-invalid");
  EXPECT_EQ(error_of(uploads_->begin({"/", "", 1, ""}, caller_)), "file-name-invalid");
  for (int i = 0; i < 20; ++i) begin(1);
  const auto many = uploads_->begin({"a.csv", "", 1, ""}, caller_);
  EXPECT_EQ(error_of(many), "too-many-uploads");
  EXPECT_EQ(many.error().code, ErrorCode::kRateLimited);
}

TEST_F(UploadParts, ExpireUnlessTheyGoOn) {
  const auto stale = begin(6);
  const auto alive = begin(6);
  clock_.move(47 * 3600);
  ASSERT_TRUE(append(alive.id, 0, "abc"));
  clock_.move(2 * 3600);
  EXPECT_EQ(error_of(uploads_->find(stale.id, caller_)), "upload-not-found");
  check(uploads_->remove_expired());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/uploads/" + stale.id));
  EXPECT_FALSE(value_of(storage_->push->upload(stale.id)));
  EXPECT_EQ(append(alive.id, 3, "def")->received, 6);
}

TEST_F(UploadParts, FilesThatNobodyKnowsAreRemovedWhenOld) {
  begin(1);
  const std::string young = folder_.path() + "/uploads/" + core::sha256_hex("young");
  const std::string old = folder_.path() + "/uploads/" + core::sha256_hex("old");
  std::ofstream(young) << "x";
  std::ofstream(old) << "x";
  std::filesystem::last_write_time(
      old, std::filesystem::file_time_type::clock::now() - std::chrono::hours(49));
  check(uploads_->remove_expired());
  EXPECT_TRUE(std::filesystem::exists(young));
  EXPECT_FALSE(std::filesystem::exists(old));
}

TEST_F(UploadParts, AbortRemovesEverything) {
  const auto upload = begin(6);
  ASSERT_TRUE(append(upload.id, 0, "abc"));
  check(uploads_->abort(upload.id, caller_));
  EXPECT_EQ(error_of(append(upload.id, 3, "def")), "upload-not-found");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/uploads/" + upload.id));
}

// The same part from several clients at once, through stores of their own: as many processes.
TEST_F(UploadParts, RequestsAtTheSameTimeCorruptNothing) {
  constexpr int kClients = 4;
  constexpr int kParts = 20;
  const std::string piece(10'000, 'a');
  std::string whole;
  for (int i = 0; i < kParts; ++i) whole += std::string(piece.size(), static_cast<char>('a' + i));
  const auto upload = begin(static_cast<std::int64_t>(whole.size()), core::sha256_hex(whole));
  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&] {
      auto storage = value_of(storage::sqlite::open_storage(folder_.path(), {}));
      Uploads uploads(*storage.push, *storage.blobs, clock_, upload_options());
      int tries = 0;
      for (std::int64_t at = 0; at < static_cast<std::int64_t>(whole.size()) && ++tries < 500;) {
        const auto size = static_cast<std::int64_t>(piece.size());
        const auto part =
            std::string_view(whole).substr(static_cast<std::size_t>(at), piece.size());
        if (uploads.append(upload.id, at, {-1, part, size}, {}, caller_)) at += size;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(value_of(uploads_->complete(upload.id, caller_)).blob, core::sha256_hex(whole));
}

TEST_F(UploadParts, AnEmptyFileIsAFile) {
  const auto upload = begin(0);
  EXPECT_EQ(value_of(uploads_->complete(upload.id, caller_)).bytes, 0);
}

TEST_F(UploadParts, SmallFilesComeInOneRequest) {
  const StoredFile file = stored("a,b\n1,2\n", "x/y/小.csv");
  EXPECT_EQ(file.file_name, "小.csv");
  EXPECT_EQ(file.blob, core::sha256_hex("a,b\n1,2\n"));
  EXPECT_EQ(file.media_type, "text/csv");
  const auto wrong = uploads_->store({"a.csv", "", 0, std::string(64, '1')}, {-1, "abc", 3});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().id, "checksum-mismatch");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() + "/uploads"));
}

}  // namespace
}  // namespace minato::service
