#include "harvest/fetch/response_head.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

TEST(ContentType, SplitsTypeAndCharset) {
  const ContentType type = parse_content_type("Text/CSV ; header=present; Charset = \"Shift_JIS\"");
  EXPECT_EQ(type.media_type, "text/csv");
  EXPECT_EQ(type.charset, "shift_jis");
  EXPECT_EQ(parse_content_type("application/json").charset, "");
  EXPECT_EQ(parse_content_type("").media_type, "");
  EXPECT_EQ(parse_content_type(";").media_type, "");
  EXPECT_EQ(parse_content_type("text/\x80").media_type, "");
}

TEST(Validator, IsOnlySentBackWhenItIsHarmless) {
  EXPECT_EQ(validator_of("W/\"abc\""), "W/\"abc\"");
  EXPECT_EQ(validator_of("\"a\x01\""), "");
  EXPECT_EQ(validator_of(std::string(2'000, 'x')), "");
}

TEST(ResponseHead, KnowsRedirectsAndLengths) {
  ResponseHead head{302, {{"location", "/x"}, {"content-length", "12"}}};
  EXPECT_TRUE(head.is_redirect());
  EXPECT_EQ(head.announced_bytes(), 12U);
  head.status = 304;
  EXPECT_FALSE(head.is_redirect());
  head = {301, {{"content-length", "12, 12"}}};
  EXPECT_FALSE(head.is_redirect());
  EXPECT_FALSE(head.announced_bytes());
}

}  // namespace
}  // namespace minato::harvest
