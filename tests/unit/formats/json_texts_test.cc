#include "formats/json_texts.h"

#include <gmock/gmock.h>

namespace minato::formats {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

TEST(JsonTexts, AreReadAsTheyWereWritten) {
  EXPECT_EQ(write_json_texts({"人口", "a\"b"}), "[\"人口\",\"a\\\"b\"]");
  EXPECT_THAT(read_json_texts(write_json_texts({"人口", "a\"b"})),
              Optional(ElementsAre("人口", "a\"b")));
  EXPECT_THAT(read_json_texts(" [ ] "), Optional(IsEmpty()));
}

TEST(JsonTexts, RefuseWhatIsNoListOfTexts) {
  EXPECT_EQ(read_json_texts("[1]"), std::nullopt);
  EXPECT_EQ(read_json_texts("\"a\""), std::nullopt);
  EXPECT_EQ(read_json_texts("a, b"), std::nullopt);
  EXPECT_EQ(read_json_texts(""), std::nullopt);
}

TEST(CompactJson, IsOneSpellingForOtherBlanks) {
  EXPECT_EQ(compact_json(" { \"a\" : [ 1 , 2 ] } "), "{\"a\":[1,2]}");
  EXPECT_EQ(compact_json("{"), std::nullopt);
}

}  // namespace
}  // namespace minato::formats
