#include "core/uuid.h"

#include <gtest/gtest.h>

#include <set>

namespace minato::core {
namespace {

TEST(RandomUuid, IsAVersion4AndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = random_uuid();
    ASSERT_TRUE(is_uuid(id)) << id;
    ASSERT_EQ(id[14], '4');
    ASSERT_NE(std::string("89ab").find(id[19]), std::string::npos);
    ASSERT_TRUE(seen.insert(id).second);
  }
}

TEST(StableUuid, IsTheSameOnEveryMachine) {
  // Computed with Python's uuid.uuid5 in the namespace 6b1f0c52-9d3e-4a77-8c14-2fe5a0936db8.
  EXPECT_EQ(stable_uuid("dataset", "ai-ocr-forms"), "50bb50a0-9076-51a3-8a24-bbd5c930ffa5");
  EXPECT_EQ(stable_uuid("organization", "140007"), "23debfc5-aa46-5ae0-9034-ad523b222904");
  EXPECT_EQ(stable_uuid("tag", "観光"), "f20f3641-af57-5228-acc2-4666c3266729");
}

TEST(IsUuid, TakesOnlyTheLowerCaseText) {
  EXPECT_TRUE(is_uuid("6b1f0c52-9d3e-4a77-8c14-2fe5a0936db8"));
  EXPECT_FALSE(is_uuid("6B1F0C52-9d3e-4a77-8c14-2fe5a0936db8"));
  EXPECT_FALSE(is_uuid("6b1f0c52-9d3e-4a77-8c14-2fe5a0936db"));
  EXPECT_FALSE(is_uuid("6b1f0c5209d3e-4a77-8c14-2fe5a0936db8"));
  EXPECT_FALSE(is_uuid(""));
}

}  // namespace
}  // namespace minato::core
