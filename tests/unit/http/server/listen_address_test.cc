#include "http/server/listen_address.h"

#include <gtest/gtest.h>

#include <string>

namespace minato::http {
namespace {

TEST(ListenAddress, TakesNumericAddressesOfBothFamilies) {
  EXPECT_EQ(parse_listen_address("0.0.0.0", 80)->to_string(), "0.0.0.0:80");
  EXPECT_EQ(parse_listen_address("localhost", 80)->to_string(), "127.0.0.1:80");
  EXPECT_EQ(parse_listen_address("::1", 80)->to_string(), "[::1]:80");
  EXPECT_EQ(parse_listen_address("[::]", 80)->to_string(), "[::]:80");
}

TEST(ListenAddress, NamesWhatIsNoAddress) {
  for (const auto* text : {"", "example.jp", "127.0.0.1:80", "1.2.3", "[]", "::1%"}) {
    const auto parsed = parse_listen_address(text, 80);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().id, "listen-address-invalid");
    EXPECT_NE(parsed.error().message.ja.find(text), std::string::npos);
  }
}

TEST(ListenAddress, SaysWhenTheAddressIsNotOurs) {
  // TEST-NET-1 (RFC 5737) is never assigned.
  const auto probed = probe_listen_address({"192.0.2.1", false, 0});
  ASSERT_FALSE(probed);
  EXPECT_EQ(probed.error().id, "listen-address-unavailable");
  EXPECT_TRUE(probe_listen_address({"127.0.0.1", false, 0}));
}

}  // namespace
}  // namespace minato::http
