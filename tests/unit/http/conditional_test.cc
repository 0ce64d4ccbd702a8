#include "http/conditional.h"

#include <gtest/gtest.h>

namespace minato::http {
namespace {

using core::Timestamp;

constexpr std::int64_t kSecond = 1'000'000;
const Timestamp kNoon{1'700'000'000 * kSecond + 123'456};  // Tue, 14 Nov 2023 22:13:20 GMT
constexpr const char* kDate = "Tue, 14 Nov 2023 22:13:20 GMT";
constexpr const char* kEarlier = "Tue, 14 Nov 2023 22:13:19 GMT";
constexpr const char* kLater = "Tue, 14 Nov 2023 22:13:21 GMT";

Precondition evaluate(const std::vector<std::pair<const char*, const char*>>& fields,
                      const char* method = "GET", Validators validators = {"\"v1\"", kNoon}) {
  Request request;
  request.method = method;
  for (const auto& [name, value] : fields) request.headers.add(name, value);
  return evaluate_preconditions(request, validators);
}

TEST(Preconditions, ProceedWithoutAny) { EXPECT_EQ(evaluate({}), Precondition::kProceed); }

TEST(Preconditions, IfNoneMatchComparesWeakly) {
  EXPECT_EQ(evaluate({{"If-None-Match", "\"v1\""}}), Precondition::kNotModified);
  EXPECT_EQ(evaluate({{"If-None-Match", "W/\"v1\""}}), Precondition::kNotModified);
  EXPECT_EQ(evaluate({{"If-None-Match", "\"a,b\", \"v1\""}}), Precondition::kNotModified);
  EXPECT_EQ(evaluate({{"If-None-Match", "\"a\""}, {"If-None-Match", "\"v1\""}}),
            Precondition::kNotModified);
  EXPECT_EQ(evaluate({{"If-None-Match", "*"}}, "HEAD"), Precondition::kNotModified);
  EXPECT_EQ(evaluate({{"If-None-Match", "\"v2\""}}), Precondition::kProceed);
  EXPECT_EQ(evaluate({{"If-None-Match", "\"v1\""}}, "PUT"), Precondition::kFailed);
}

TEST(Preconditions, IfNoneMatchOverridesIfModifiedSince) {
  EXPECT_EQ(evaluate({{"If-None-Match", "\"v2\""}, {"If-Modified-Since", kLater}}),
            Precondition::kProceed);
}

TEST(Preconditions, IfModifiedSinceComparesSeconds) {
  EXPECT_EQ(evaluate({{"If-Modified-Since", kDate}}), Precondition::kNotModified);
  EXPECT_EQ(evaluate({{"If-Modified-Since", kLater}}), Precondition::kNotModified);
  EXPECT_EQ(evaluate({{"If-Modified-Since", kEarlier}}), Precondition::kProceed);
  EXPECT_EQ(evaluate({{"If-Modified-Since", kDate}}, "POST"), Precondition::kProceed);
  EXPECT_EQ(evaluate({{"If-Modified-Since", "yesterday"}}), Precondition::kProceed);
  EXPECT_EQ(evaluate({{"If-Modified-Since", kLater}}, "GET", {"\"v1\"", std::nullopt}),
            Precondition::kProceed);
}

TEST(Preconditions, IfMatchComparesStrongly) {
  EXPECT_EQ(evaluate({{"If-Match", "\"v0\", \"v1\""}}), Precondition::kProceed);
  EXPECT_EQ(evaluate({{"If-Match", "*"}}), Precondition::kProceed);
  EXPECT_EQ(evaluate({{"If-Match", "W/\"v1\""}}), Precondition::kFailed);
  EXPECT_EQ(evaluate({{"If-Match", "\"v2\""}}), Precondition::kFailed);
  EXPECT_EQ(evaluate({{"If-Match", "\"v1\""}, {"If-Unmodified-Since", kEarlier}}),
            Precondition::kProceed);
  EXPECT_EQ(evaluate({{"If-Match", "\"v1\""}, {"If-None-Match", "\"v1\""}}),
            Precondition::kNotModified);
}

TEST(Preconditions, IfUnmodifiedSinceFailsWhenChangedLater) {
  EXPECT_EQ(evaluate({{"If-Unmodified-Since", kEarlier}}), Precondition::kFailed);
  EXPECT_EQ(evaluate({{"If-Unmodified-Since", kDate}}), Precondition::kProceed);
}

TEST(EtagList, SurvivesHostileText) {
  for (const char* list : {"", ",", "v1", "\"v1", "W/", "W/\"", "\"", ",,,\"", "v1\"", "W/v1\"",
                           "\"x\" y \"v1\"", "\"\xFF\""}) {
    EXPECT_FALSE(etag_matches(list, "\"v1\"", true)) << list;
  }
  EXPECT_FALSE(etag_matches("\"\"", "", true));
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "\"x\",";
  EXPECT_TRUE(etag_matches(many + "\"v1\"", "\"v1\"", false));
}

TEST(Etag, IsOfTheBytesAndTheCoding) {
  const std::string etag = strong_etag("abc");
  EXPECT_EQ(etag, "\"ba7816bf8f01cfea414140de5dae2223\"");
  EXPECT_NE(etag, strong_etag("abd"));
  EXPECT_EQ(etag_in_coding("\"a\"", Coding::kGzip), "\"a-gzip\"");
  EXPECT_EQ(etag_in_coding("\"a\"", Coding::kZstd), "\"a-zstd\"");
  EXPECT_EQ(etag_in_coding("\"a\"", Coding::kIdentity), "\"a\"");
  EXPECT_EQ(etag_in_coding("W/\"a\"", Coding::kGzip), "W/\"a-gzip\"");
}

TEST(NotModified, KeepsValidatorsAndDropsWhatDescribesABody) {
  Response response;
  for (const char* name : {"Content-Type", "Content-Encoding", "Last-Modified", "ETag", "Vary",
                           "Cache-Control", "Content-Disposition", "X-Request-Id"}) {
    response.headers.set(name, "x");
  }
  response.body = std::string("body");
  make_not_modified(response);
  EXPECT_EQ(response.status, 304);
  EXPECT_TRUE(std::get<std::string>(response.body).empty());
  std::string names;
  for (const auto& field : response.headers.all()) names += field.first + " ";
  EXPECT_EQ(names, "ETag Vary Cache-Control X-Request-Id ");
}

TEST(NotModified, KeepsTheDateWhereItIsTheOnlyValidator) {
  Response response;
  response.headers.set("Last-Modified", kDate);
  make_not_modified(response);
  EXPECT_NE(response.headers.find("Last-Modified"), nullptr);
}

}  // namespace
}  // namespace minato::http
