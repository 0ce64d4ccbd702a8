#include "http/content_disposition.h"

#include <gtest/gtest.h>

namespace minato::http {
namespace {

TEST(ContentDisposition, NamesAsciiFilesPlainly) {
  EXPECT_EQ(attachment("data 1.csv"), "attachment; filename=\"data 1.csv\"");
  EXPECT_EQ(inline_file("a.pdf"), "inline; filename=\"a.pdf\"");
}

TEST(ContentDisposition, EncodesJapaneseAndFallsBack) {
  EXPECT_EQ(attachment("人口.csv"),
            "attachment; filename=\"__.csv\"; filename*=UTF-8''%E4%BA%BA%E5%8F%A3.csv");
}

TEST(ContentDisposition, NeverBreaksOutOfItsField) {
  for (const std::string& name :
       {std::string("a\r\nX: y.csv"), std::string("a\"; filename=\"b"), std::string("a\0b", 3),
        std::string("..\\..\\a/b"), std::string("\xFF\xFE"), std::string("人\r\n\"口")}) {
    const std::string field = attachment(name);
    EXPECT_EQ(field.find_first_of(std::string("\r\n\0\\/", 5)), std::string::npos) << field;
    const std::string quoted = field.substr(field.find('"') + 1);
    EXPECT_TRUE(quoted.find('"') == quoted.size() - 1 ||
                quoted.substr(quoted.find('"')).starts_with("\"; filename*=UTF-8''"))
        << field;
  }
  EXPECT_EQ(attachment("a%41.csv"), "attachment; filename=\"a_41.csv\"");
}

TEST(ContentDisposition, GivesNamelessFilesAName) {
  for (const char* name : {"", ".", ".."}) {
    EXPECT_EQ(attachment(name), "attachment; filename=\"download\"");
  }
}

}  // namespace
}  // namespace minato::http
