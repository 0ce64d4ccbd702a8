#include "http/server/admission.h"

#include <gtest/gtest.h>

namespace minato::http {
namespace {

TEST(Admission, CapsConnections) {
  Admission admission({2, 0, 100});
  EXPECT_TRUE(admission.enter("a", 3));
  EXPECT_TRUE(admission.enter("b", 4));
  EXPECT_FALSE(admission.enter("c", 5));
  admission.leave("c");
  admission.leave("a");
  EXPECT_TRUE(admission.enter("c", 3));
}

TEST(Admission, CapsConnectionsOfOneClient) {
  Admission admission({0, 2, 100});
  EXPECT_TRUE(admission.enter("192.0.2.1", 3));
  EXPECT_TRUE(admission.enter("192.0.2.1", 4));
  EXPECT_FALSE(admission.enter("192.0.2.1", 5));
  EXPECT_TRUE(admission.enter("192.0.2.2", 6));
  admission.leave("192.0.2.1");
  admission.leave("192.0.2.1");
  EXPECT_TRUE(admission.enter("192.0.2.1", 7));
}

TEST(Admission, RefusesTheLastDescriptors) {
  Admission admission({0, 0, 10});
  EXPECT_TRUE(admission.enter("a", 9));
  EXPECT_FALSE(admission.enter("a", 10));
}

TEST(Admission, CountsAnIpv6NetworkAsOneClient) {
  EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
  EXPECT_EQ(client_network("2001:db8:1:2:ffff::1"), "2001:db8:1:2::");
  EXPECT_EQ(client_network("192.0.2.1"), "192.0.2.1");
}

}  // namespace
}  // namespace minato::http
