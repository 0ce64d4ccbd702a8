#include "harvest/fetch/head_parser.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

TEST(HeadParser, ReadsFieldsAndTheirContinuations) {
  HeadParser parser({});
  for (const char* line : {"HTTP/1.1 103 Early Hints\r\n", "Link: </x>\r\n", "\r\n",
                           "HTTP/1.1 200 OK\r\n", "Content-TYPE:\t text/csv \r\n",
                           " ; charset=utf-8\r\n", "no field at all\r\n", "Empty:\r\n"}) {
    EXPECT_TRUE(parser.add_line(line));
  }
  const ResponseHead head = parser.take(200);
  EXPECT_EQ(head.status, 200);
  ASSERT_EQ(head.fields.size(), 2U);
  EXPECT_EQ(head.find("content-type"), "text/csv ; charset=utf-8");
  EXPECT_EQ(head.fields[1].first, "empty");
  EXPECT_EQ(head.find("link"), "");
}

TEST(HeadParser, HasLimits) {
  TransferLimits limits;
  limits.max_header_fields = 2;
  HeadParser few(limits);
  EXPECT_TRUE(few.add_line("A: 1\r\n"));
  EXPECT_TRUE(few.add_line("B: 2\r\n"));
  EXPECT_FALSE(few.add_line("C: 3\r\n"));
  limits.max_header_bytes = 10;
  HeadParser small(limits);
  EXPECT_TRUE(small.add_line("A: 1\r\n"));
  EXPECT_FALSE(small.add_line("HTTP/1.1 200 OK\r\n"));
}

}  // namespace
}  // namespace minato::harvest
