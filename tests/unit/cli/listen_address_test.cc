#include "cli/listen_address.h"

#include <gtest/gtest.h>

namespace minato::cli {
namespace {

TEST(ListenAddress, ReadsIpv4Ipv6AndNames) {
  const auto v4 = parse_listen_address("127.0.0.1:8080");
  ASSERT_TRUE(v4);
  EXPECT_EQ(v4->host, "127.0.0.1");
  EXPECT_EQ(v4->port, 8080);
  const auto v6 = parse_listen_address("[::1]:0");
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->host, "::1");
  EXPECT_EQ(v6->port, 0);
  EXPECT_EQ(parse_listen_address("localhost:65535")->port, 65535);
}

TEST(ListenAddress, RefusesEverythingElse) {
  for (const char* text :
       {"", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1: 80", "127.0.0.1:80x", "::1:80", "[::1", "[]:80", "[::1]"}) {
    const auto result = parse_listen_address(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().id, "listen-address-invalid");
  }
}

TEST(ListenAddress, LinksNeverNameTheUnspecifiedAddress) {
  EXPECT_EQ(http_url({"127.0.0.1", 80}), "http://127.0.0.1:80");
  EXPECT_EQ(http_url({"::1", 80}), "http://[::1]:80");
  EXPECT_EQ(http_url({"0.0.0.0", 80}), "http://localhost:80");
  EXPECT_EQ(http_url({"::", 80}), "http://localhost:80");
}

}  // namespace
}  // namespace minato::cli
