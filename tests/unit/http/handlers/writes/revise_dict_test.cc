#include "http/handlers/ckan/writes/revise_dict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/json.h"

namespace minato::http::ckan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kDict =
    R"({"id":"d","title":"t","private":false,"resources":[)"
    R"({"id":"aaaaa1","name":"one"},{"id":"bbbbb2","name":"two"},{"id":"ccccc3","name":"three"}]})";

rapidjson::Document parsed(std::string_view json) { return formats::parse_json(json).value(); }

std::string text(const rapidjson::Value& value) {
  std::string out;
  formats::JsonWriter(out).value(value);
  return out;
}

std::vector<std::string> unmatched(std::string_view wanted) {
  std::vector<std::string> places;
  find_unmatched(parsed(kDict), parsed(wanted), "", places);
  return places;
}

std::string filtered(const std::vector<std::string>& patterns) {
  auto dict = parsed(kDict);
  filter_dict(dict, patterns);
  return text(dict);
}

// The dictionary afterwards, or the fault.
std::string put(std::string_view dict, std::string_view place, std::string_view value) {
  auto target = parsed(dict);
  const auto fault = put_at(target, place, parsed(value), target.GetAllocator());
  return fault ? "fault: " + *fault : text(target);
}

TEST(ReviseMatch, NamesThePlacesThatDiffer) {
  EXPECT_THAT(unmatched(R"({"id":"d","resources":[{"name":"one"}]})"), IsEmpty());
  EXPECT_THAT(unmatched(R"({"title":"x","none":1,"resources":[{},{"name":"2"},{},{}]})"),
              ElementsAre("title", "none", "resources__1__name", "resources__3"));
  EXPECT_THAT(unmatched(R"({"private":"false"})"), IsEmpty());
  EXPECT_THAT(unmatched(R"({"private":"true"})"), ElementsAre("private"));
}

TEST(ReviseMatch, PlacesGoByIndexOrId) {
  const auto dict = parsed(kDict);
  EXPECT_TRUE(matches_at(dict, "resources__1__name", parsed(R"("two")")));
  EXPECT_TRUE(matches_at(dict, "resources__-1__name", parsed(R"("three")")));
  EXPECT_TRUE(matches_at(dict, "resources__bbbbb__name", parsed(R"("two")")));
  EXPECT_FALSE(matches_at(dict, "resources__bbbb__name", parsed(R"("two")")));
  EXPECT_FALSE(matches_at(dict, "resources__9__name", parsed(R"("two")")));
  EXPECT_FALSE(matches_at(dict, "title__x", parsed(R"("two")")));
}

TEST(ReviseFilter, TakesAwayAndProtects) {
  EXPECT_EQ(filtered({"-resources__1", "-private"}),
            R"({"id":"d","title":"t","resources":[{"id":"aaaaa1","name":"one"},)"
            R"({"id":"ccccc3","name":"three"}]})");
  EXPECT_EQ(filtered({"+title", "-*"}), R"({"title":"t"})");
  EXPECT_EQ(filtered({"-*", "+resources__0__name"}), R"({"resources":[{"name":"one"}]})");
  EXPECT_EQ(filtered({"-resources__*__name", "-none", "-resources__7", " "}),
            R"({"id":"d","title":"t","private":false,"resources":[{"id":"aaaaa1"},)"
            R"({"id":"bbbbb2"},{"id":"ccccc3"}]})");
  EXPECT_EQ(filtered({}), kDict);
}

TEST(ReviseUpdate, MergesElementByElement) {
  auto dict = parsed(kDict);
  const auto update = parsed(R"({"title":"new","resources":[{},{"name":"zwei","x":1}],"y":[1]})");
  EXPECT_EQ(merge_dict(dict, update, dict.GetAllocator()), std::nullopt);
  EXPECT_EQ(text(dict),
            R"({"id":"d","title":"new","private":false,"resources":[{"id":"aaaaa1","name":"one"},)"
            R"({"id":"bbbbb2","name":"zwei","x":1},{"id":"ccccc3","name":"three"}],"y":[1]})");
}

TEST(ReviseUpdate, PutsAtPlaces) {
  constexpr std::string_view kSmall = R"({"r":[{"id":"abcdef","n":1}]})";
  EXPECT_EQ(put(kSmall, "r__0__n", "2"), R"({"r":[{"id":"abcdef","n":2}]})");
  EXPECT_EQ(put(kSmall, "r__-1__m", "2"), R"({"r":[{"id":"abcdef","n":1,"m":2}]})");
  EXPECT_EQ(put(kSmall, "r__abcde", R"({"n":3})"), R"({"r":[{"id":"abcdef","n":3}]})");
  EXPECT_EQ(put(kSmall, "r__extend", R"([{"n":9}])"), R"({"r":[{"id":"abcdef","n":1},{"n":9}]})");
  EXPECT_EQ(put(kSmall, "new", R"("x")"), R"({"r":[{"id":"abcdef","n":1}],"new":"x"})");
}

TEST(ReviseUpdate, SaysWhatIsNotThere) {
  constexpr std::string_view kSmall = R"({"r":[{"n":1}],"t":"x"})";
  EXPECT_EQ(put(kSmall, "r__1__n", "2"), "fault: there is no element 1");
  EXPECT_EQ(put(kSmall, "q__0", "2"), "fault: there is no q");
  EXPECT_EQ(put(kSmall, "t__0", "2"), "fault: there is nothing at 0");
  EXPECT_EQ(put(kSmall, "r__extend", "2"), "fault: extend: must be a list");
}

}  // namespace
}  // namespace minato::http::ckan
