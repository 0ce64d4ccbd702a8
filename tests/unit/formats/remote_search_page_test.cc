#include "formats/remote/search_page.h"

#include <gtest/gtest.h>

#include "formats/remote/json_slices.h"

namespace minato::formats {
namespace {

std::string error_id(std::string_view body) {
  const auto page = read_search_page(body);
  return page ? "none" : page.error().id;
}

TEST(SearchPage, CutsAReplyIntoRecords) {
  const auto page = read_search_page(
      R"( {"help":"https://e.jp", "success":true, "result":{"count":7,"results":[
          {"id":"1","name":"a\u3042","metadata_modified":"2024","type":"dataset","private":true,
           "organization":{"id":"o1","name":"o"},"groups":[{"name":"g"},"h"],"resources":[]},
          {"id":"2","organization":"p","owner_org":"p1","dataset_type":"harvest"},
          {"id":3,"notes":"\ud800 bad","x":[1,{"y":"]}\"\\"}]}, null ]}} )");
  ASSERT_TRUE(page) << page.error().message.en;
  EXPECT_EQ(page->count, 7);
  ASSERT_EQ(page->records.size(), 4U);
  const RecordHead& first = page->records[0];
  EXPECT_EQ(first.id, "1");
  EXPECT_EQ(first.name, "aあ");
  EXPECT_EQ(first.modified, "2024");
  EXPECT_EQ(first.type, "dataset");
  EXPECT_TRUE(first.is_private);
  EXPECT_TRUE(first.is_whole);
  EXPECT_EQ(first.organizations, (std::vector<std::string>{"o", "o1"}));
  EXPECT_EQ(first.groups, (std::vector<std::string>{"g", "h"}));
  EXPECT_TRUE(first.json.starts_with(R"({"id":"1")") && first.json.ends_with("[]}"));
  EXPECT_FALSE(page->records[1].is_whole);
  EXPECT_EQ(page->records[1].type, "harvest");
  EXPECT_EQ(page->records[1].organizations, (std::vector<std::string>{"p", "p1"}));
  EXPECT_EQ(page->records[2].id, "3");
  EXPECT_EQ(page->records[3].id, "");
}

TEST(SearchPage, TakesRepliesThatAreNotQuiteCkans) {
  for (const std::string_view body :
       {R"({"result":{"count":1,"results":[{"id":"1"}]}})", R"({"result":[{"id":"1"}]})",
        R"([{"id":"1"}])", R"({"count":1,"results":[{"id":"1"}]})",
        "\xEF\xBB\xBF{\"success\":true,\"result\":{\"results\":[{\"id\":\"1\"}]}}"}) {
    const auto page = read_search_page(body);
    ASSERT_TRUE(page) << body;
    EXPECT_EQ(page->records.size(), 1U) << body;
  }
}

TEST(SearchPage, TellsWhyItIsNone) {
  EXPECT_EQ(error_id("<!DOCTYPE html><html></html>"), "harvest-reply");
  EXPECT_EQ(error_id(""), "harvest-reply");
  EXPECT_EQ(error_id("\"Bad request\""), "harvest-reply");
  EXPECT_EQ(error_id(R"({"help":"x"})"), "harvest-reply");
  EXPECT_EQ(error_id(R"({"success":true,"result":{"count":1}})"), "harvest-reply");
  EXPECT_EQ(error_id(R"({"success":true,"result":{"count":1,"results":[{"id":"1")"), "json-syntax");
  EXPECT_EQ(error_id(R"({"success":true,"result":{"results":[{"id":"1"]]}})"), "json-syntax");
  EXPECT_EQ(error_id(R"({"error":"gone"})"), "harvest-remote-error");
  const auto refused = read_search_page(
      R"({"success":false,"error":{"__type":"Authorization Error","message":"Access denied"}})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "harvest-remote-error");
  EXPECT_NE(refused.error().message.en.find("Access denied"), std::string::npos);
}

TEST(SearchPage, EndsInDeepJson) {
  const std::string deep = R"({"result":{"results":[{"id":)" + std::string(100'000, '[');
  EXPECT_EQ(error_id(deep), "json-too-deep");
}

TEST(SearchPage, ReadsTheReplyOfPackageShow) {
  EXPECT_EQ(*read_show_reply(R"({"success":true,"result":{"id":"1"}})"), R"({"id":"1"})");
  EXPECT_EQ(*read_show_reply(R"({"result":[{"id":"1"}]})"), R"({"id":"1"})");
  EXPECT_EQ(read_show_reply(R"({"result":[]})").error().id, "harvest-reply");
  EXPECT_EQ(read_show_reply(R"({"success":false,"error":{"message":"Not found"}})").error().id,
            "harvest-remote-error");
}

TEST(JsonSlices, CutOneLevel) {
  const auto slices = slice_json(R"({"a" : 1 ,"b":[ 1, "]" ] , "a\"c":"x\\", "d":{} })");
  ASSERT_TRUE(slices);
  ASSERT_EQ(slices->size(), 4U);
  EXPECT_EQ((*slices)[0].value, "1");
  EXPECT_EQ((*slices)[1].value, R"([ 1, "]" ])");
  EXPECT_EQ((*slices)[2].key, "a\"c");
  EXPECT_EQ(text_of_slice((*slices)[2].value), "x\\");
  EXPECT_EQ(slice_of(*slices, "d"), "{}");
  EXPECT_TRUE(slice_json(" [ ] ")->empty());
  for (const std::string_view bad : {"", "1", "{", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "[1]]",
                                     "[1 2", "{a:1}", "[\"", "[}"}) {
    EXPECT_FALSE(slice_json(bad)) << bad;
  }
}

}  // namespace
}  // namespace minato::formats
