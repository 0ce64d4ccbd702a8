#include "harvest/fetch/address.h"

#include <gtest/gtest.h>

namespace minato::harvest {
namespace {

bool is_public_text(const char* text) { return is_public(parse_address(text).value()); }

TEST(Address, KnowsThePublicInternet) {
  for (const char* text :
       {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "192.167.0.1", "100.63.0.1",
        "100.128.0.1", "223.255.255.255", "169.253.1.1", "2606:4700::1111", "2400:4000::1",
        "2002:808:808::1", "64:ff9b::808:808", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
}

TEST(Address, RefusesSpecialIpv4) {
  for (const char* text :
       {"0.0.0.0",         "0.1.2.3",        "10.0.0.1",        "10.255.255.255",  "100.64.0.1",
        "100.127.255.255", "127.0.0.1",      "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "172.31.255.255",  "192.0.0.1",      "192.0.2.7",       "192.88.99.1",     "192.168.1.1",
        "198.18.0.1",      "198.19.255.255", "198.51.100.3",    "203.0.113.9",     "224.0.0.1",
        "239.255.255.255", "240.0.0.1",      "255.255.255.255"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(Address, RefusesSpecialIpv6) {
  for (const char* text :
       {"::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1",
        "2001:db8::1", "2001::1", "2001:2::1", "3fff::1", "100::1", "64:ff9b:1::1", "5f00::1"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(Address, SeesThroughIpv6ThatStandsForIpv4) {
  for (const char* text : {"::ffff:127.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1",
                           "2002:7f00:1::1", "2002:a9fe:a9fe::", "64:ff9b::10.1.2.3"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(AddressRange, ComparesOnlyTheNetworkBits) {
  const auto range = AddressRange::parse("172.16.0.0/12");
  ASSERT_TRUE(range);
  EXPECT_TRUE(range->contains(parse_address("172.31.9.9").value()));
  EXPECT_FALSE(range->contains(parse_address("172.32.0.0").value()));
  EXPECT_TRUE(AddressRange::parse("0.0.0.0/0")->contains(parse_address("8.8.8.8").value()));
  EXPECT_TRUE(AddressRange::parse("10.1.2.3")->contains(parse_address("10.1.2.3").value()));
  EXPECT_FALSE(AddressRange::parse("10.1.2.3")->contains(parse_address("10.1.2.4").value()));
  EXPECT_FALSE(AddressRange::parse("0.0.0.0/0")->contains(parse_address("::1").value()));
}

TEST(AddressGuard, OpensTheNamedRangesOnly) {
  const auto guard = AddressGuard::create({"127.0.0.0/8", "fd00:1::/32"});
  ASSERT_TRUE(guard);
  EXPECT_TRUE(guard->permits(parse_address("127.0.0.2").value()));
  EXPECT_TRUE(guard->permits(parse_address("::ffff:127.0.0.2").value()));
  EXPECT_TRUE(guard->permits(parse_address("fd00:1::5").value()));
  EXPECT_TRUE(guard->permits(parse_address("8.8.8.8").value()));
  EXPECT_FALSE(guard->permits(parse_address("::1").value()));
  EXPECT_FALSE(guard->permits(parse_address("fd00:2::5").value()));
  EXPECT_FALSE(guard->permits(parse_address("10.0.0.1").value()));
  EXPECT_FALSE(guard->permits(parse_address("169.254.169.254").value()));
}

TEST(AddressGuard, RefusesRangesThatAreNone) {
  for (const char* text : {"", "localhost", "127.0.0.0/33", "127.0.0.0/", "127.0.0.0/-1", "::/129",
                           "127.0.0/8", "10.0.0.0/8x"}) {
    const auto guard = AddressGuard::create({"10.0.0.0/8", text});
    ASSERT_FALSE(guard) << text;
    EXPECT_EQ(guard.error().id, "harvest-networks");
    EXPECT_EQ(guard.error().code, core::ErrorCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace minato::harvest
