#include "http/address.h"

#include <gtest/gtest.h>

namespace minato::http {
namespace {

TEST(Address, ReadsBothFamilies) {
  EXPECT_TRUE(parse_address("127.0.0.1")->is_loopback());
  EXPECT_TRUE(parse_address("127.9.9.9")->is_loopback());
  EXPECT_TRUE(parse_address("::1")->is_loopback());
  EXPECT_TRUE(parse_address("[::1]")->is_loopback());
  EXPECT_FALSE(parse_address("::2")->is_loopback());
  EXPECT_FALSE(parse_address("128.0.0.1")->is_loopback());
  EXPECT_EQ(parse_address("::ffff:192.0.2.1"), parse_address("192.0.2.1"));
  EXPECT_FALSE(parse_address("2001:db8::1")->is_ipv4());
}

TEST(Address, RefusesAnythingElse) {
  for (const char* text :
       {"", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4:80", "[1.2.3.4]", "[::1",
        "::1]", ":::", "fe80::1%eth0", " 1.2.3.4", "1.2.3.4 ", "01.2.3.4567",
        "1111:2222:3333:4444:5555:6666:7777:8888:9999"}) {
    EXPECT_FALSE(parse_address(text).has_value()) << text;
  }
}

TEST(Cidr, ContainsByPrefix) {
  const auto contains = [](const char* range, const char* address) {
    return parse_cidr(range).value().contains(parse_address(address).value());
  };
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.1.2"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("192.0.2.128/25", "192.0.2.200"));
  EXPECT_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(contains("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(contains("192.0.2.1", "192.0.2.2"));
  EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(contains("2001:db8::/32", "2001:db8:1::1"));
  EXPECT_TRUE(contains("::/0", "2001:db8:1::1"));
}

TEST(Cidr, RefusesMalformedRanges) {
  for (const char* text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x",
                           "2001:db8::/129", "10.0.0/8", "any"}) {
    const auto range = parse_cidr(text);
    ASSERT_FALSE(range.has_value()) << text;
    EXPECT_EQ(range.error().id, "cidr-invalid");
  }
}

TEST(ClientAddress, BelievesOnlyTrustedProxies) {
  const std::vector<Cidr> trusted = {parse_cidr("127.0.0.0/8").value(),
                                     parse_cidr("10.0.0.0/8").value()};
  EXPECT_EQ(client_address("203.0.113.9", "1.2.3.4", trusted), "203.0.113.9");
  EXPECT_EQ(client_address("127.0.0.1", "", trusted), "127.0.0.1");
  EXPECT_EQ(client_address("127.0.0.1", "1.2.3.4", trusted), "1.2.3.4");
  EXPECT_EQ(client_address("127.0.0.1", "1.2.3.4", {}), "127.0.0.1");
  EXPECT_EQ(client_address("127.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.7", trusted), "1.2.3.4");
  EXPECT_EQ(client_address("127.0.0.1", "1.2.3.4:5678", trusted), "1.2.3.4");
  EXPECT_EQ(client_address("127.0.0.1", "[2001:db8::1]:443", trusted), "2001:db8::1");
  EXPECT_EQ(client_address("127.0.0.1", "1.2.3.4, garbage", trusted), "127.0.0.1");
  EXPECT_EQ(client_address("127.0.0.1", "10.0.0.1, 10.0.0.2", trusted), "10.0.0.1");
}

}  // namespace
}  // namespace minato::http
