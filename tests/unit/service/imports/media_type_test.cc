#include "service/imports/media_type.h"

#include <gtest/gtest.h>

namespace minato::service {
namespace {

using namespace std::string_view_literals;

constexpr auto kXls = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;
constexpr auto kZip = "PK\x03\x04\x14\0\0\0\0\0________________\x05\0\0\0a.csv"sv;

TEST(MediaType, IsThatOfTheBytes) {
  EXPECT_EQ(media_type_of("%PDF-1.7 ...", "a.csv", "text/csv"), "application/pdf");
  EXPECT_EQ(media_type_of("\x89PNG\r\n\x1A\n", "a", ""), "image/png");
  EXPECT_EQ(media_type_of("\xFF\xD8\xFF\xE0", "a.png", ""), "image/jpeg");
  EXPECT_EQ(media_type_of(kXls, "a.xlsx", ""), "application/vnd.ms-excel");
  EXPECT_EQ(media_type_of("\x1F\x8B\x08", "a.csv", ""), "application/gzip");
  EXPECT_EQ(media_type_of(kZip, "a.xlsx", ""), "application/zip");
  EXPECT_EQ(media_type_of("<!DOCTYPE html><html>", "a.csv", "text/csv"), "text/html");
}

TEST(MediaType, OfTextIsThatOfTheName) {
  EXPECT_EQ(media_type_of("名前,数\n", "人口.csv", "application/vnd.ms-excel"), "text/csv");
  EXPECT_EQ(media_type_of("名前\t数\n", "人口.TSV", ""), "text/tab-separated-values");
  EXPECT_EQ(media_type_of("a,b\n", "人口.xlsx", ""), "text/plain");
  EXPECT_EQ(media_type_of("{\"type\": \"FeatureCollection\"}", "a.geojson", ""),
            "application/geo+json");
}

TEST(MediaType, OfUnknownBytesIsTheNamesAndThenTheClients) {
  const auto bytes =
      "\0\0\0\x18"
      "ftypmp42"sv;
  EXPECT_EQ(media_type_of(bytes, "a.mp4", "text/html"), "video/mp4");
  EXPECT_EQ(media_type_of(bytes, "a", "video/mp4"), "video/mp4");
  EXPECT_EQ(media_type_of(bytes, "a", "evil/type"), "application/octet-stream");
  EXPECT_EQ(media_type_of(bytes, "a.csv", "text/csv"), "text/csv");
}

TEST(FormatOfFile, StandsUnlessTheBytesSpeakAgainstIt) {
  EXPECT_EQ(format_of_file(kZip, "GTFS"), "GTFS");
  EXPECT_EQ(format_of_file(kXls, "CSV"), "XLS");
  EXPECT_EQ(format_of_file("%PDF-1.4", "CSV"), "PDF");
  EXPECT_EQ(format_of_file("a,b\n1,2\n", ""), "CSV");
  EXPECT_EQ(format_of_file("<html>", "CSV"), "HTML");
}

}  // namespace
}  // namespace minato::service
