#include "http/message.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <utility>

namespace minato::http {
namespace {

TEST(Headers, FindsNamesWithoutCaseAndKeepsOrder) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("X", "1");
  headers.add("accept", "");
  headers.add("ACCEPT", "b");
  EXPECT_EQ(*headers.find("aCCEPT"), "a");
  EXPECT_EQ(headers.joined("accept"), "a, , b");
  EXPECT_EQ(headers.find("Accep"), nullptr);
  EXPECT_EQ(headers.joined("y"), "");
}

TEST(Headers, SetReplacesAllOfThatName) {
  Headers headers;
  headers.add("A", "1");
  headers.add("b", "2");
  headers.add("a", "3");
  headers.set("A", "4");
  ASSERT_EQ(headers.all().size(), 2U);
  EXPECT_EQ(*headers.find("a"), "4");
  headers.remove("B");
  EXPECT_EQ(headers.all().size(), 1U);
}

TEST(FileDescriptor, ClosesOnceWhoeverOwnsItLast) {
  int fd = -1;
  {
    FileDescriptor first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    fd = first.get();
    FileDescriptor second(std::move(first));
    FileDescriptor third;
    third = std::move(second);
    EXPECT_EQ(third.get(), fd);
    EXPECT_NE(::fcntl(fd, F_GETFD), -1);
  }
  EXPECT_EQ(::fcntl(fd, F_GETFD), -1);
}

TEST(Request, GivesTheFirstOfRepeatedParameters) {
  Request request;
  request.query_params = {{"a", "1"}, {"a", "2"}};
  request.path_params = {{"id", "x"}};
  EXPECT_EQ(*request.query_param("a"), "1");
  EXPECT_EQ(request.query_param("b"), nullptr);
  EXPECT_EQ(*request.path_param("id"), "x");
}

}  // namespace
}  // namespace minato::http
