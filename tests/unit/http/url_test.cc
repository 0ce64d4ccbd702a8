#include "http/url.h"

#include <gtest/gtest.h>

namespace minato::http {
namespace {

using Segments = std::vector<std::string>;

TEST(PercentDecode, TurnsEscapesIntoUtf8) {
  EXPECT_EQ(percent_decode("%E4%BA%BA%e5%8f%a3").value(), "人口");
  EXPECT_EQ(percent_decode("a%20b+c").value(), "a b+c");
  EXPECT_EQ(percent_decode("a%20b+c", true).value(), "a b c");
  EXPECT_EQ(percent_decode("人口").value(), "人口");
  EXPECT_EQ(percent_decode("").value(), "");
}

struct BadText {
  const char* text;
  const char* id;
};

class BadPercentText : public testing::TestWithParam<BadText> {};

TEST_P(BadPercentText, IsRefused) {
  const auto decoded = percent_decode(GetParam().text);
  ASSERT_FALSE(decoded.has_value()) << GetParam().text;
  EXPECT_EQ(decoded.error().id, GetParam().id) << GetParam().text;
  EXPECT_EQ(decoded.error().code, core::ErrorCode::kInvalidArgument);
  EXPECT_FALSE(decoded.error().hint.ja.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Hostile, BadPercentText,
    testing::Values(BadText{"%", "url-escape-invalid"}, BadText{"%4", "url-escape-invalid"},
                    BadText{"abc%zz", "url-escape-invalid"},
                    BadText{"%u3042", "url-escape-invalid"}, BadText{"%00", "url-nul"},
                    BadText{"a%00b", "url-nul"}, BadText{"%C0%AF", "url-not-utf8"},  // overlong '/'
                    BadText{"%E0%80%AF", "url-not-utf8"},                            // overlong '/'
                    BadText{"%F0%80%80%AF", "url-not-utf8"},                         // overlong '/'
                    BadText{"%ED%A0%80", "url-not-utf8"},                            // surrogate
                    BadText{"%F4%90%80%80", "url-not-utf8"},    // above U+10FFFF
                    BadText{"%F5%80%80%80", "url-not-utf8"},    // no such lead byte
                    BadText{"%E4%BA", "url-not-utf8"},          // cut
                    BadText{"%80", "url-not-utf8"},             // tail only
                    BadText{"%90%6C%8C%FB", "url-not-utf8"}));  // Shift_JIS of 人口

TEST(Utf8, AcceptsTheEdgesOfEachLength) {
  for (const char* text :
       {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_valid_utf8(text));
  }
}

TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encode("aZ09-._~ /?&=+%人"), "aZ09-._~%20%2F%3F%26%3D%2B%25%E4%BA%BA");
}

TEST(SplitTarget, TakesOriginAndAbsoluteForms) {
  const auto origin = split_target("/a/b?x=1?2").value();
  EXPECT_EQ(origin.path, "/a/b");
  EXPECT_EQ(origin.query, "x=1?2");
  EXPECT_EQ(split_target("http://example.jp:80/a?b").value().path, "/a");
  EXPECT_EQ(split_target("http://example.jp").value().path, "/");
  const auto no_path = split_target("http://example.jp?q=1").value();
  EXPECT_EQ(no_path.path, "/");
  EXPECT_EQ(no_path.query, "q=1");
}

TEST(SplitTarget, RefusesWhatIsNoPath) {
  for (const char* target :
       {"", "*", "a/b", "?x", "/a#b", "/a?b#c", "ftp://x/", "example.jp:443"}) {
    const auto parts = split_target(target);
    ASSERT_FALSE(parts.has_value()) << target;
    EXPECT_EQ(parts.error().id, "url-target-invalid");
  }
}

TEST(DecodePath, SplitsBeforeItDecodes) {
  EXPECT_EQ(decode_path("/a%2Fb/c").value(), (Segments{"a/b", "c"}));
  EXPECT_EQ(decode_path("/").value(), (Segments{""}));
  EXPECT_EQ(decode_path("/a/").value(), (Segments{"a", ""}));
  EXPECT_EQ(decode_path("//a").value(), (Segments{"", "a"}));
}

TEST(DecodePath, RefusesDotSegmentsHoweverWritten) {
  for (const char* path : {"/../etc/passwd", "/a/..", "/a/./b", "/%2e%2e/x", "/.%2E", "/%2e"}) {
    const auto segments = decode_path(path);
    ASSERT_FALSE(segments.has_value()) << path;
    EXPECT_EQ(segments.error().id, "path-dot-segment");
  }
  EXPECT_TRUE(decode_path("/...").has_value());
  EXPECT_TRUE(decode_path("/.well-known/x").has_value());
}

TEST(DecodePath, RefusesControlCharacters) {
  for (const char* path : {"/a%0D%0Ab", "/%09", "/%7F", "/a%1B"}) {
    const auto segments = decode_path(path);
    ASSERT_FALSE(segments.has_value()) << path;
    EXPECT_EQ(segments.error().id, "path-control-character");
  }
}

TEST(ParseQuery, KeepsOrderAndRepeats) {
  const Params params = parse_query("b=2&a=1&b=3&c&d=&&e=x=y+z%20w&%E5%90%8D=%E5%80%A4").value();
  EXPECT_EQ(params, (Params{{"b", "2"},
                            {"a", "1"},
                            {"b", "3"},
                            {"c", ""},
                            {"d", ""},
                            {"e", "x=y z w"},
                            {"名", "値"}}));
}

TEST(ParseQuery, NamesTheParameterWhoseValueIsBad) {
  const auto params = parse_query("q=ok&fq=%ZZ");
  ASSERT_FALSE(params.has_value());
  ASSERT_EQ(params.error().details.size(), 1u);
  EXPECT_EQ(params.error().details[0].param, "fq");
}

TEST(ParseQuery, HasLimitsOfCountAndSize) {
  std::string many;
  for (int i = 0; i < 200; ++i) many += "a=1&";
  EXPECT_TRUE(parse_query(many).has_value());
  EXPECT_EQ(parse_query(many + "a=1").error().id, "query-too-many-parameters");
  const auto large = parse_query("q=" + std::string(16 * 1024, 'x'));
  EXPECT_EQ(large.error().id, "query-too-long");
  EXPECT_EQ(large.error().code, core::ErrorCode::kTooLarge);
}

TEST(CanonicalQuery, IsTheSameForEquivalentQueries) {
  const auto canonical = [](std::string_view query) {
    return canonical_query(parse_query(query).value());
  };
  EXPECT_EQ(canonical("b=1&a=x+y"), "a=x%20y&b=1");
  EXPECT_EQ(canonical("a=x%20y&b=1"), canonical("b=%31&&a=x+y"));
  EXPECT_NE(canonical("a=1&a=2"), canonical("a=2&a=1"));
  EXPECT_NE(canonical("a=1%26b=2"), canonical("a=1&b=2"));
}

}  // namespace
}  // namespace minato::http
