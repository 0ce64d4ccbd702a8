#include "http/handlers/ckan/multipart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "http/handlers/ckan/part_head.h"

namespace minato::http::ckan {
namespace {

constexpr std::string_view kBoundary = "xyz";

Body in_memory(std::string bytes) {
  Body body;
  body.size = bytes.size();
  body.memory = std::move(bytes);
  return body;
}

Body in_spool(std::string_view bytes) {
  char path[] = "/tmp/minato-test-XXXXXX";
  Body body;
  body.spool = FileDescriptor(::mkstemp(path));
  ::unlink(path);
  EXPECT_EQ(::write(body.spool.get(), bytes.data(), bytes.size()),
            static_cast<ssize_t>(bytes.size()));
  body.size = bytes.size();
  return body;
}

std::string part(std::string_view head, std::string_view content) {
  return "--xyz\r\n" + std::string(head) + "\r\n\r\n" + std::string(content) + "\r\n";
}

std::string disposition(std::string_view parameters) {
  return "Content-Disposition: form-data; " + std::string(parameters);
}

std::string fault(std::string bytes, std::string_view boundary = kBoundary) {
  const auto parts = parse_multipart(in_memory(std::move(bytes)), boundary);
  if (parts) return "(none)";
  EXPECT_EQ(parts.error().id, "multipart-syntax");
  return parts.error().message.en;
}

TEST(Multipart, GivesTextsAndThePlacesOfFiles) {
  const std::string file = "a,b\r\n1,\"--xyz\"\r\n--xy\r\n";
  const std::string bytes = "preamble\r\n" + part(disposition("name=\"title\""), "人口\r\n統計") +
                            part(disposition("name=upload; filename=\"x.csv\"") +
                                     "\r\nContent-Type: text/csv; charset=utf-8",
                                 file) +
                            "--xyz--\r\nepilogue";
  for (const bool spooled : {false, true}) {
    const Body body = spooled ? in_spool(bytes) : in_memory(bytes);
    const auto parts = parse_multipart(body, kBoundary);
    ASSERT_TRUE(parts.has_value()) << parts.error().message.en;
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ((*parts)[0].name, "title");
    EXPECT_EQ((*parts)[0].text, "人口\r\n統計");
    EXPECT_FALSE((*parts)[0].is_file);
    EXPECT_TRUE((*parts)[1].is_file);
    EXPECT_EQ((*parts)[1].file_name, "x.csv");
    EXPECT_EQ((*parts)[1].media_type, "text/csv; charset=utf-8");
    EXPECT_EQ(bytes.substr((*parts)[1].offset, (*parts)[1].length), file);
  }
}

TEST(Multipart, FindsDelimitersAcrossTheWindow) {
  constexpr std::size_t kWindow = std::size_t{256} * 1024;
  const std::string head = part(disposition("name=\"upload\"; filename=\"a\""), "");
  const std::size_t before = head.size() - 2;
  for (std::size_t shift = 0; shift < 12; ++shift) {
    const std::string content(kWindow + 2 - shift, 'x');
    const std::string bytes = part(disposition("name=\"upload\"; filename=\"a\""), content) +
                              part(disposition("name=\"b\""), "end") + "--xyz--";
    const auto parts = parse_multipart(in_spool(bytes), kBoundary);
    ASSERT_TRUE(parts.has_value()) << shift;
    EXPECT_EQ((*parts)[0].offset, before);
    EXPECT_EQ((*parts)[0].length, content.size()) << shift;
    EXPECT_EQ((*parts)[1].text, "end");
  }
}

TEST(Multipart, EmptyPartsAreEmpty) {
  const auto parts = parse_multipart(in_memory(part(disposition("name=\"a\""), "") + "--xyz\r\n" +
                                               disposition("name=\"b\"") + "\r\n\r\n--xyz--"),
                                     kBoundary);
  ASSERT_TRUE(parts.has_value());
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ((*parts)[0].text, "");
  EXPECT_EQ((*parts)[1].text, "");
}

TEST(Multipart, SaysWhatIsBroken) {
  const std::string good = part(disposition("name=\"a\""), "1");
  EXPECT_EQ(fault("", ""), "the boundary is missing");
  EXPECT_EQ(fault(""), "the boundary is not in the body");
  EXPECT_EQ(fault("hello"), "the boundary is not in the body");
  EXPECT_EQ(fault("--xyz"), "a delimiter line is malformed");
  EXPECT_EQ(fault("--xyzzy\r\n"), "a delimiter line is malformed");
  EXPECT_EQ(fault(good), "the closing delimiter is missing");
  EXPECT_EQ(fault(good.substr(0, good.size() - 3)), "the closing delimiter is missing");
  EXPECT_EQ(fault("--xyz\r\nContent-Disposition: form-data"), "the head of a part does not end");
  EXPECT_EQ(fault("--xyz\r\nX: " + std::string(9000, 'x') + "\r\n\r\n1\r\n--xyz--"),
            "the head of a part does not end");
  EXPECT_EQ(fault(part("Content-Type: text/plain", "1") + "--xyz--"), "a part has no name");
  EXPECT_EQ(fault(part(disposition("name=\"\""), "1") + "--xyz--"), "a part has no name");
  std::string many;
  for (int i = 0; i < 201; ++i) many += good;
  EXPECT_EQ(fault(many + "--xyz--"), "more than 200 parts");
  std::string large;
  for (int i = 0; i < 3; ++i) large += part(disposition("name=\"a\""), std::string(400'000, 'x'));
  EXPECT_EQ(fault(large + "--xyz--"), "the parts that are no files are larger than 1 MB");
}

TEST(Multipart, BoundariesOfHeaders) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(boundary_of("multipart/form-data; charset=utf-8; Boundary=\"a b;c\""), "a b;c");
  EXPECT_EQ(boundary_of("multipart/form-data"), "");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')), "");
}

std::string file_name(std::string_view parameters) {
  return read_part_head(disposition("name=\"upload\"; " + std::string(parameters)) + "\r\n")
      .file_name.value_or("(none)");
}

TEST(PartHead, JapaneseFileNamesSurviveHoweverTheyAreWritten) {
  EXPECT_EQ(file_name("filename=\"人口統計.csv\""), "人口統計.csv");
  EXPECT_EQ(file_name("filename*=UTF-8''%E4%BA%BA%E5%8F%A3%E7%B5%B1%E8%A8%88.csv"), "人口統計.csv");
  EXPECT_EQ(file_name("filename=\"=?utf-8?B?5Lq6?=\"; filename*=utf-8'ja'%E4%BA%BA.csv"), "人.csv");
  EXPECT_EQ(file_name("filename*=UTF-8''%E4%BA%BA.csv; filename=\"hito.csv\""), "人.csv");
}

TEST(PartHead, BrokenExtendedNamesFallBack) {
  EXPECT_EQ(file_name("filename=\"a.csv\"; filename*=UTF-8''%E4%ZZ"), "a.csv");
  EXPECT_EQ(file_name("filename=\"a.csv\"; filename*=EUC-JP''%E4%BA"), "a.csv");
  EXPECT_EQ(file_name("filename=\"a.csv\"; filename*=nothing"), "a.csv");
  EXPECT_EQ(file_name("filename=\"a.csv\"; filename*=UTF-8''%FF.csv"), "a.csv");
}

TEST(PartHead, QuotesAndSemicolonsInNames) {
  EXPECT_EQ(file_name(R"(filename="a\"b;c.csv")"), "a\"b;c.csv");
  EXPECT_EQ(file_name("filename=\"a%22b.csv\""), "a\"b.csv");
  EXPECT_EQ(file_name(R"(filename="C:\data\a.csv")"), R"(C:\data\a.csv)");
  EXPECT_EQ(file_name("filename=\"\""), "");
  EXPECT_EQ(file_name("x=1"), "(none)");
}

}  // namespace
}  // namespace minato::http::ckan
