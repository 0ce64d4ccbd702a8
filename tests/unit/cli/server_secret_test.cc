#include "cli/server_secret.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/temp_dir.h"

namespace minato::cli {
namespace {

TEST(ServerSecret, IsMadeOnceAndOnlyForItsOwner) {
  const test::TempDir dir;
  const auto first = server_secret(dir.path());
  ASSERT_TRUE(first);
  EXPECT_EQ(first->size(), 32U);
  EXPECT_EQ(server_secret(dir.path()).value(), *first);
  struct stat info {};
  ASSERT_EQ(::stat((dir.path() + "/secret.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  const test::TempDir other;
  EXPECT_NE(server_secret(other.path()).value(), *first);
}

TEST(ServerSecret, OfADamagedOrMissingPlaceIsAClearError) {
  EXPECT_EQ(server_secret("/nonexistent").error().id, "secret-unusable");
  const test::TempDir dir;
  std::ofstream(dir.path() + "/secret.key") << "short";
  const auto result = server_secret(dir.path());
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.en.find("secret.key"), std::string::npos);
  std::ofstream(dir.path() + "/secret.key") << std::string(33, 'x');
  EXPECT_FALSE(server_secret(dir.path()));
}

TEST(DerivedSecret, IsAnotherForEachLabelAndSecret) {
  const std::string secret(32, 's');
  EXPECT_EQ(derived_secret(secret, "token").size(), 32U);
  EXPECT_EQ(derived_secret(secret, "token"), derived_secret(secret, "token"));
  EXPECT_NE(derived_secret(secret, "token"), derived_secret(secret, "audit"));
  EXPECT_NE(derived_secret(secret, "token"), derived_secret(std::string(32, 't'), "token"));
  EXPECT_NE(derived_secret(secret, "token"), secret);
}

}  // namespace
}  // namespace minato::cli
