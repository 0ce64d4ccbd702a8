#include "storage/files/file_blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

using storage::files::FileBlobStore;

constexpr std::string_view kHashOfAbc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class BlobStore : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = FileBlobStore::open(blobs());
    ASSERT_TRUE(store.has_value());
    store_ = std::move(*store);
  }
  [[nodiscard]] std::string blobs() const { return folder_.path() + "/blobs"; }
  [[nodiscard]] std::string place_of_abc() const {
    return blobs() + "/ba/" + std::string(kHashOfAbc.substr(2));
  }
  std::string get(std::string_view hash) {
    const auto fd = store_->open(hash);
    if (!fd) return "error " + fd.error().id;
    std::string bytes(10'000'000, '\0');
    const ssize_t got = read(*fd, bytes.data(), bytes.size());
    close(*fd);
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
  }

  TempDir folder_;
  std::unique_ptr<FileBlobStore> store_;
};

TEST_F(BlobStore, KeepsBytesUnderTheirHash) {
  const auto info = store_->put_bytes("abc");
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->sha256, kHashOfAbc);
  EXPECT_EQ(info->size, 3U);
  EXPECT_EQ(get(kHashOfAbc), "abc");
  EXPECT_TRUE(std::filesystem::exists(place_of_abc()));
}

TEST_F(BlobStore, CopiesAFileOfSeveralBlocks) {
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes += std::to_string(i);
  write_file(folder_.path() + "/source", bytes);
  const auto info = store_->put_file(folder_.path() + "/source");
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->size, bytes.size());
  EXPECT_EQ(info->sha256, store_->put_bytes(bytes)->sha256);
  EXPECT_EQ(get(info->sha256), bytes);
}

TEST_F(BlobStore, KeepsEmptyFiles) {
  const auto info = store_->put_bytes("");
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->size, 0U);
  EXPECT_EQ(get(info->sha256), "");
}

TEST_F(BlobStore, StoringTheSameBytesTwiceHealsABrokenCopy) {
  ASSERT_TRUE(store_->put_bytes("abc").has_value());
  write_file(place_of_abc(), "ab");
  ASSERT_TRUE(store_->put_bytes("abc").has_value());
  EXPECT_EQ(get(kHashOfAbc), "abc");
}

TEST_F(BlobStore, RefusesWhatIsNoHash) {
  for (const std::string_view hash :
       {"", "abc", "../../../../etc/passwd", "/etc/passwd",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "../816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}) {
    const auto fd = store_->open(hash);
    ASSERT_FALSE(fd.has_value()) << hash;
    EXPECT_EQ(fd.error().id, "blob-hash-invalid");
  }
}

TEST_F(BlobStore, SaysWhenItDoesNotKeepABlob) {
  const auto fd = store_->open(kHashOfAbc);
  ASSERT_FALSE(fd.has_value());
  EXPECT_EQ(fd.error().code, core::ErrorCode::kNotFound);
}

TEST_F(BlobStore, RefusesSourcesThatAreNoFiles) {
  const std::string pipe_path = folder_.path() + "/pipe";
  ASSERT_EQ(mkfifo(pipe_path.c_str(), 0600), 0);
  for (const auto& path : {folder_.path(), folder_.path() + "/missing", pipe_path}) {
    const auto info = store_->put_file(path);
    ASSERT_FALSE(info.has_value()) << path;
    EXPECT_EQ(info.error().id, "blob-source-unreadable");
  }
}

TEST_F(BlobStore, LeavesNoDraftBehind) {
  ASSERT_TRUE(store_->put_bytes("abc").has_value());
  ASSERT_FALSE(store_->put_file(folder_.path()).has_value());
  int entries = 0;
  for (const auto& entry : std::filesystem::directory_iterator(blobs())) {
    EXPECT_EQ(entry.path().filename(), "ba");
    ++entries;
  }
  EXPECT_EQ(entries, 1);
}

TEST_F(BlobStore, RemovesOldDraftsOfCrashedProcesses) {
  write_file(blobs() + "/draft-old", "x");
  write_file(blobs() + "/draft-new", "x");
  std::filesystem::last_write_time(
      blobs() + "/draft-old",
      std::filesystem::file_time_type::clock::now() - std::chrono::hours(48));
  ASSERT_TRUE(FileBlobStore::open(blobs()).has_value());
  EXPECT_FALSE(std::filesystem::exists(blobs() + "/draft-old"));
  EXPECT_TRUE(std::filesystem::exists(blobs() + "/draft-new"));
}

TEST_F(BlobStore, RefusesAFileInPlaceOfItsFolder) {
  write_file(folder_.path() + "/file", "x");
  const auto store = FileBlobStore::open(folder_.path() + "/file");
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().id, "blob-dir-invalid");
}

TEST_F(BlobStore, TakesAFileAway) {
  const std::string source = folder_.path() + "/upload";
  write_file(source, "abc");
  chmod(source.c_str(), 0600);
  struct stat before {};
  ASSERT_EQ(stat(source.c_str(), &before), 0);
  const auto info = store_->take_file(source);
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->sha256, kHashOfAbc);
  EXPECT_EQ(info->size, 3U);
  EXPECT_EQ(get(kHashOfAbc), "abc");
  EXPECT_FALSE(std::filesystem::exists(source));
  struct stat after {};
  ASSERT_EQ(stat(place_of_abc().c_str(), &after), 0);
  EXPECT_EQ(after.st_ino, before.st_ino) << "copied, although it could be moved";
  EXPECT_EQ(after.st_mode & 0777U, 0640U);
}

TEST_F(BlobStore, TakesBytesItHasAlready) {
  ASSERT_TRUE(store_->put_bytes("abc").has_value());
  const auto open_before = store_->open(kHashOfAbc);
  ASSERT_TRUE(open_before.has_value());
  const std::string source = folder_.path() + "/upload";
  write_file(source, "abc");
  ASSERT_TRUE(store_->take_file(source).has_value());
  EXPECT_FALSE(std::filesystem::exists(source));
  EXPECT_EQ(get(kHashOfAbc), "abc");
  char bytes[4] = {};
  EXPECT_EQ(::read(*open_before, bytes, sizeof bytes), 3) << "who reads it goes on";
  close(*open_before);
}

TEST_F(BlobStore, TakesAFileFromAnotherFileSystem) {
  const std::string source = "/dev/shm/minato-blob-" + std::to_string(getpid());
  struct stat memory {};
  struct stat here {};
  if (stat("/dev/shm", &memory) != 0 || stat(blobs().c_str(), &here) != 0 ||
      memory.st_dev == here.st_dev) {
    GTEST_SKIP() << "one file system only";
  }
  write_file(source, "abc");
  const auto info = store_->take_file(source);
  EXPECT_FALSE(std::filesystem::exists(source));
  std::filesystem::remove(source);
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(get(kHashOfAbc), "abc");
}

TEST_F(BlobStore, LeavesAFileThatItCannotTake) {
  const auto missing = store_->take_file(folder_.path() + "/nothing");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().id, "blob-source-unreadable");
  const auto folder = store_->take_file(folder_.path());
  ASSERT_FALSE(folder.has_value());
  EXPECT_EQ(folder.error().id, "blob-source-unreadable");
  // The place of its bytes cannot be made: something else is there.
  const std::string source = folder_.path() + "/upload";
  write_file(source, "abc");
  std::filesystem::create_directories(place_of_abc() + "/in-the-way");
  const auto blocked = store_->take_file(source);
  ASSERT_FALSE(blocked.has_value());
  EXPECT_EQ(blocked.error().id, "storage-io");
  EXPECT_EQ(file_bytes(source), "abc");
}

}  // namespace
}  // namespace minato::test
