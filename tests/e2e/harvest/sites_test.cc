// The pretend prefecture itself: a test that leans on it must know what it leans on.
#include <gmock/gmock.h>
#include <rapidjson/document.h>

#include <set>

#include "e2e/harvest/site_client.h"
#include "support/pretend_prefecture/prefecture.h"

namespace minato::test {
namespace {

using pretend::Prefecture;
using pretend::PrefectureOptions;

constexpr const char* kSearch = "/api/3/action/package_search?sort=id+asc&rows=100&start=";

PrefectureOptions only(std::set<std::string> codes) {
  PrefectureOptions options;
  options.only = std::move(codes);
  return options;
}

std::set<std::string> all_ids(const std::string& url, std::size_t& count) {
  std::set<std::string> ids;
  for (std::size_t start = 0;; start += 100) {
    rapidjson::Document reply;
    reply.Parse(ask(url + kSearch + std::to_string(start)).body.c_str());
    const auto& result = reply["result"];
    count = result["count"].GetUint();
    if (result["results"].Empty()) return ids;
    for (const auto& dataset : result["results"].GetArray()) ids.insert(dataset["id"].GetString());
  }
}

TEST(PretendPrefecture, HasEveryPublisherAndWhatItMustGive) {
  const Prefecture prefecture;
  ASSERT_EQ(prefecture.sources().size(), 34U);
  std::set<std::string> urls;
  std::int64_t tables = 0;
  for (const auto& source : prefecture.sources()) {
    const auto expected = prefecture.expected(source.code);
    EXPECT_GT(expected.datasets.size(), 0U) << source.code;
    tables += expected.tables;
    for (const auto& dataset : expected.datasets) {
      for (const auto& table : dataset.tables) urls.insert(table.url);
    }
  }
  EXPECT_EQ(prefecture.expected("140007").datasets.size(), 800U);
  EXPECT_EQ(prefecture.expected("141003").datasets.size(), 650U);
  EXPECT_EQ(prefecture.expected("141500").datasets.size(), 114U);
  EXPECT_EQ(static_cast<std::int64_t>(urls.size()), tables);  // no file twice
  std::set<std::string> bodies;
  for (const std::string& url : urls) {
    const HttpReply file = ask(url);
    ASSERT_EQ(file.status, 200) << url;
    EXPECT_TRUE(bodies.insert(file.body).second) << "the same bytes as another file: " << url;
  }
}

TEST(PretendPrefecture, PagesThroughACkanWithoutGapsOrRepetitions) {
  const Prefecture prefecture(only({"141500"}));
  std::size_t count = 0;
  EXPECT_EQ(all_ids(prefecture.source("141500").url, count).size(), 114U);
  EXPECT_EQ(count, 114U);
}

TEST(PretendPrefecture, FiltersBySolrsLanguage) {
  const Prefecture prefecture(only({"142018"}));
  const auto count = [&prefecture](const std::string& fq) {
    rapidjson::Document reply;
    reply.Parse(
        ask(prefecture.source("142018").url + "/api/3/action/package_search?rows=0&fq=" + fq)
            .body.c_str());
    return reply.HasMember("result") ? reply["result"]["count"].GetInt() : -1;
  };
  EXPECT_EQ(count("organization:142018"), 60);
  EXPECT_EQ(count("organization:%22142018%22"), 60);
  EXPECT_EQ(count("organization:(142018%20OR%20142123)"), 105);
  EXPECT_EQ(count("organization:142018+OR+organization:142123"), 105);
  EXPECT_EQ(count("-organization:142018"), 45 + 12 + 300);
  EXPECT_EQ(count("(organization:142018)+AND+metadata_modified:[2024-01-01T05:00:00Z+TO+*]"), 30);
  EXPECT_EQ(count("metadata_modified:[2030-01-01T00:00:00.000000Z%20TO%20*]"), 0);
  EXPECT_EQ(count("organization:["), -1);
}

TEST(PretendPrefecture, AnswersConditionalRequestsAndHead) {
  const Prefecture prefecture(only({"142042"}));
  const std::string url = prefecture.expected("142042").datasets.at(0).tables.at(0).url;
  const HttpReply whole = ask(url);
  EXPECT_EQ(ask(url, {{"If-None-Match", whole.header("etag")}}).status, 304);
  EXPECT_EQ(ask(url, {{"If-Modified-Since", whole.header("last-modified")}}).status, 304);
  EXPECT_EQ(ask(url, {{"If-None-Match", "\"another\""}}).status, 200);
  const HttpReply head = ask(url, {}, "HEAD");
  EXPECT_EQ(head.header("content-length"), std::to_string(whole.body.size()));
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(prefecture.counts().at("142042").unchanged, 2);
}

TEST(PretendPrefecture, ForbidsTheApiOfThePrefecture) {
  const Prefecture prefecture(only({"140007", "141500"}));
  const auto robots = [&prefecture](const std::string& code) {
    return ask(prefecture.source(code).url + "/robots.txt");
  };
  EXPECT_THAT(robots("140007").body, testing::HasSubstr("Disallow: /api/"));
  EXPECT_EQ(robots("141500").status, 404);
}

TEST(PretendPrefecture, AnEditionAddsUpdatesAndRemovesALittle) {
  Prefecture prefecture(only({"141500", "142042"}));
  std::size_t count = 0;
  const std::string url = prefecture.source("141500").url;
  const auto before = all_ids(url, count);
  prefecture.set_edition(2);
  const auto after = all_ids(url, count);
  std::set<std::string> gone;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::inserter(gone, gone.end()));
  EXPECT_EQ(gone.size(), 1U);
  EXPECT_EQ(after.size(), 115U);
  const auto renamed = prefecture.expected("142042");
  EXPECT_EQ(renamed.datasets.size(), 5U);
  EXPECT_THAT(renamed.datasets.at(2).tables.at(0).url, testing::HasSubstr("R8_"));
}

TEST(PretendPrefecture, IsIllAsTold) {
  Prefecture prefecture(only({"141500"}));
  const std::string api = prefecture.source("141500").url + kSearch + "0";
  const auto with = [&](const std::string& fault) {
    prefecture.set_fault("141500", fault);
    return ask(api);
  };
  EXPECT_EQ(with("status500").status, 500);
  EXPECT_EQ(with("busy:1").header("retry-after"), "1");
  EXPECT_EQ(ask(api).status, 200);
  EXPECT_FALSE(with("truncate").complete);
  EXPECT_FALSE(with("wrong-length").complete);
  EXPECT_THAT(with("html").body, testing::StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(with("redirect-metadata").header("location"), testing::HasSubstr("169.254.169.254"));
  EXPECT_EQ(with("gzip-bomb:1000").header("content-encoding"), "gzip");
  EXPECT_LT(ask(api).body.size(), 2'000'000U);
  EXPECT_THROW(prefecture.set_fault("141500", "flood"), std::invalid_argument);
  EXPECT_TRUE(with("none").complete);
}

TEST(PretendPrefecture, ChangesWhatItHasAsTold) {
  Prefecture prefecture(only({"141500"}));
  std::size_t count = 0;
  const std::string url = prefecture.source("141500").url;
  const auto before = all_ids(url, count);
  prefecture.set_fault("141500", "new-ids");
  for (const std::string& id : all_ids(url, count)) EXPECT_FALSE(before.contains(id));
  prefecture.set_fault("141500", "third-gone");
  EXPECT_EQ(all_ids(url, count).size(), 76U);
  prefecture.set_fault("141500", "many");
  EXPECT_THAT(ask(url + kSearch + "62999").body, testing::HasSubstr("\"count\":63000"));
  prefecture.set_fault("141500", "endless");
  EXPECT_EQ(ask(url + kSearch + "0").body, ask(url + kSearch + "5000").body);
  prefecture.set_fault("141500", "none");
  EXPECT_EQ(all_ids(url, count), before);
}

}  // namespace
}  // namespace minato::test
