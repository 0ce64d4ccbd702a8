#include "http/range.h"

#include <gtest/gtest.h>

#include "http/server/reply_head.h"

namespace minato::http {
namespace {

using Kind = RangeSet::Kind;
using Ranges = std::vector<ByteRange>;

TEST(ParseRanges, ReadsTheThreeForms) {
  EXPECT_EQ(parse_ranges("bytes=0-4", 10).ranges, (Ranges{{0, 4}}));
  EXPECT_EQ(parse_ranges("bytes=4-", 10).ranges, (Ranges{{4, 9}}));
  EXPECT_EQ(parse_ranges("bytes=-3", 10).ranges, (Ranges{{7, 9}}));
  EXPECT_EQ(parse_ranges("bytes=-30", 10).ranges, (Ranges{{0, 9}}));
  EXPECT_EQ(parse_ranges("Bytes = 0-0, 2-100", 10).ranges, (Ranges{{0, 0}, {2, 9}}));
}

TEST(ParseRanges, KeepsTheOrderAskedUnlessRangesOverlap) {
  EXPECT_EQ(parse_ranges("bytes=8-9,0-1", 10).ranges, (Ranges{{8, 9}, {0, 1}}));
  EXPECT_EQ(parse_ranges("bytes=5-9,0-6", 10).ranges, (Ranges{{0, 9}}));
  EXPECT_EQ(parse_ranges("bytes=0-1,2-3", 10).ranges, (Ranges{{0, 3}}));
  EXPECT_EQ(parse_ranges("bytes=0-,0-,0-,0-", 10).ranges, (Ranges{{0, 9}}));
}

TEST(ParseRanges, IgnoresWhatIsMalformedOrTooMuch) {
  for (const char* header :
       {"", "bytes", "bytes=", "bytes=,", "items=0-1", "bytes=a-b", "bytes=-", "bytes=--1",
        "bytes=5-4", "bytes=0-1-2", "bytes=0-1,x", "bytes=+1-2", "bytes=0x1-2", "bytes=1 - 2",
        "bytes=0-1;2-3", "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,20-20"}) {
    EXPECT_EQ(parse_ranges(header, 100).kind, Kind::kWhole) << header;
  }
}

TEST(ParseRanges, KnowsWhatLiesOutside) {
  EXPECT_EQ(parse_ranges("bytes=10-", 10).kind, Kind::kUnsatisfiable);
  EXPECT_EQ(parse_ranges("bytes=-0", 10).kind, Kind::kUnsatisfiable);
  EXPECT_EQ(parse_ranges("bytes=0-", 0).kind, Kind::kUnsatisfiable);
  EXPECT_EQ(parse_ranges("bytes=-5", 0).kind, Kind::kUnsatisfiable);
  EXPECT_EQ(parse_ranges("bytes=99999999999999999999-", 10).kind, Kind::kUnsatisfiable);
  EXPECT_EQ(parse_ranges("bytes=0-99999999999999999999", 10).ranges, (Ranges{{0, 9}}));
  EXPECT_EQ(parse_ranges("bytes=50-60,1-2", 10).ranges, (Ranges{{1, 2}}));
  EXPECT_EQ(parse_ranges("bytes=0-18446744073709551615", UINT64_MAX).ranges,
            (Ranges{{0, UINT64_MAX - 1}}));
}

struct Asked {
  const char* range;
  const char* if_range = nullptr;
  const char* method = "GET";
};

Response ranged(const Asked& asked, Response response) {
  Request request;
  request.method = asked.method;
  request.headers.add("Range", asked.range);
  if (asked.if_range != nullptr) request.headers.add("If-Range", asked.if_range);
  apply_range(request, response);
  return response;
}

Response text_reply() {
  Response response;
  response.headers.set("Content-Type", "text/csv");
  response.headers.set("ETag", "\"v1\"");
  response.headers.set("Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT");
  response.body = std::string("0123456789");
  return response;
}

TEST(ApplyRange, CutsAString) {
  const Response response = ranged({"bytes=2-4"}, text_reply());
  EXPECT_EQ(response.status, 206);
  EXPECT_EQ(std::get<std::string>(response.body), "234");
  EXPECT_EQ(*response.headers.find("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(*response.headers.find("Content-Type"), "text/csv");
  EXPECT_EQ(*response.headers.find("Accept-Ranges"), "bytes");
}

TEST(ApplyRange, CutsAFileFromItsOwnOffset) {
  Response response = text_reply();
  response.body = FileSlice{nullptr, 1000, 500};
  response = ranged({"bytes=-100"}, std::move(response));
  const auto& slice = std::get<FileSlice>(response.body);
  EXPECT_EQ(slice.offset, 1400u);
  EXPECT_EQ(slice.length, 100u);
  EXPECT_EQ(*response.headers.find("Content-Range"), "bytes 400-499/500");
}

TEST(ApplyRange, SendsSeveralRangesAsParts) {
  const Response response = ranged({"bytes=0-1,5-6"}, text_reply());
  EXPECT_EQ(response.status, 206);
  const std::string type = *response.headers.find("Content-Type");
  ASSERT_TRUE(type.starts_with("multipart/byteranges; boundary="));
  const std::string boundary = type.substr(type.find('=') + 1);
  std::string body;
  for (const auto& part : std::get<BodyParts>(response.body)) body += std::get<std::string>(part);
  EXPECT_EQ(body, "--" + boundary +
                      "\r\nContent-Type: text/csv\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n--" +
                      boundary +
                      "\r\nContent-Type: text/csv\r\nContent-Range: bytes 5-6/10\r\n\r\n56\r\n--" +
                      boundary + "--\r\n");
  EXPECT_EQ(body_length(response), body.size());
  EXPECT_EQ(response.headers.find("Content-Range"), nullptr);
}

TEST(ApplyRange, AnswersAnUnsatisfiableRange) {
  const Response response = ranged({"bytes=10-"}, text_reply());
  EXPECT_EQ(response.status, 416);
  EXPECT_EQ(*response.headers.find("Content-Range"), "bytes */10");
}

TEST(ApplyRange, SendsEverythingWhenIfRangeDoesNotHold) {
  EXPECT_EQ(ranged({"bytes=0-1", "\"v1\""}, text_reply()).status, 206);
  EXPECT_EQ(ranged({"bytes=0-1", "Tue, 14 Nov 2023 22:13:20 GMT"}, text_reply()).status, 206);
  for (const char* other : {"\"v2\"", "W/\"v1\"", "Tue, 14 Nov 2023 22:13:21 GMT", "x", ""}) {
    EXPECT_EQ(ranged({"bytes=0-1", other}, text_reply()).status, 200) << other;
  }
}

TEST(ApplyRange, LeavesOtherRepliesAlone) {
  EXPECT_EQ(ranged({"bytes=0-1", nullptr, "HEAD"}, text_reply()).status, 200);
  EXPECT_EQ(ranged({"bytes=0-1", nullptr, "POST"}, text_reply()).status, 200);
  Response streamed = text_reply();
  streamed.body = BodySource([](std::string&) { return core::Result<bool>(false); });
  EXPECT_EQ(ranged({"bytes=0-1"}, std::move(streamed)).status, 200);
  Response missing = text_reply();
  missing.status = 404;
  EXPECT_EQ(ranged({"bytes=0-1"}, std::move(missing)).status, 404);
}

}  // namespace
}  // namespace minato::http
