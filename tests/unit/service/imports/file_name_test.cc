#include <gtest/gtest.h>

#include "service/imports/uploads.h"

namespace minato::service {
namespace {

std::string name_of(std::string_view name) {
  auto safe = safe_file_name(name);
  return safe ? *safe : "(" + safe.error().id + ")";
}

TEST(SafeFileName, JapaneseNamesStayAsTheyAre) {
  EXPECT_EQ(name_of("人口統計.csv"), "人口統計.csv");
  EXPECT_EQ(name_of("令和５年度 (１)　最終版.xlsx"), "令和５年度 (１)　最終版.xlsx");
  // か and a combining voiced mark: macOS; it is not composed.
  EXPECT_EQ(name_of("か\u3099い.csv"), "か\u3099い.csv");
}

TEST(SafeFileName, OfAPathTheLastPartIsKept) {
  EXPECT_EQ(name_of("C:\\Users\\市役所\\人口.csv"), "人口.csv");
  EXPECT_EQ(name_of("../../etc/passwd"), "passwd");
  EXPECT_EQ(name_of("/tmp/a.csv"), "a.csv");
}

TEST(SafeFileName, ControlCharactersAreDropped) {
  EXPECT_EQ(name_of("a\r\nb\t.csv"), "ab.csv");
  EXPECT_EQ(name_of("\u202Egpj.exe"), "gpj.exe");
  EXPECT_EQ(name_of("  a.csv  "), "a.csv");
}

TEST(SafeFileName, RefusesWhatIsNoName) {
  const std::string invalid = "(file-name-invalid)";
  EXPECT_EQ(name_of(""), invalid);
  EXPECT_EQ(name_of("folder/"), invalid);
  EXPECT_EQ(name_of(".."), invalid);
  EXPECT_EQ(name_of("\x01\x02"), invalid);
  EXPECT_EQ(name_of(std::string_view("a\0.csv", 6)), invalid);
  EXPECT_EQ(name_of("\x83\x5C.csv"), invalid);  // Shift_JIS
  EXPECT_EQ(name_of(std::string(252, 'a') + ".csv"), invalid);
  EXPECT_EQ(name_of(std::string(251, 'a') + ".csv").size(), 255U);
}

}  // namespace
}  // namespace minato::service
