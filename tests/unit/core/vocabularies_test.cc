#include "core/vocabularies.h"

#include <gtest/gtest.h>

#include <set>

#include "core/search_fields.h"

namespace minato::core {
namespace {

TEST(Themes, AreThe17FieldsOfEStat) {
  EXPECT_EQ(themes().size(), 17U);
  EXPECT_EQ(find_theme("13")->name.ja, "行財政");
  EXPECT_EQ(find_theme("人口・世帯")->code, "2");
  EXPECT_EQ(find_theme("02")->code, "2");
  EXPECT_EQ(find_theme("Other")->code, "99");
  EXPECT_EQ(find_theme("17"), nullptr);
  EXPECT_EQ(find_theme(""), nullptr);
}

TEST(Themes, KnowTheSpellingsSeenInTheWild) {
  const auto code = [](std::string_view raw) {
    const Theme* theme = find_theme(raw);
    return theme == nullptr ? std::string("-") : theme->code;
  };
  EXPECT_EQ(code("1401"), "14");
  EXPECT_EQ(code("201"), "2");
  EXPECT_EQ(code("9999"), "99");
  EXPECT_EQ(code("防災"), "14");
  EXPECT_EQ(code("http://publications.europa.eu/resource/authority/data-theme/TRAN"), "10");
  EXPECT_EQ(code("ENVI"), "14");
  EXPECT_EQ(code("1701"), "-");
}

TEST(Themes, MeanOneThingEach) {
  std::set<std::string> spellings;
  for (const Theme& theme : themes()) {
    EXPECT_EQ(find_theme(theme.name.ja), &theme);
    for (const std::string& alias : theme.aliases) {
      EXPECT_TRUE(spellings.insert(alias).second) << alias;
      EXPECT_EQ(find_theme(alias), &theme) << alias;
    }
  }
}

TEST(Frequencies, KnowTheSpellingsSeenInTheWild) {
  const auto code = [](std::string_view raw) {
    const Frequency* frequency = find_frequency(raw);
    return frequency == nullptr ? std::string("-") : frequency->code;
  };
  EXPECT_EQ(code("月次"), "monthly");
  EXPECT_EQ(code("毎月"), "monthly");
  EXPECT_EQ(code("Monthly"), "monthly");
  EXPECT_EQ(code("R/P1M"), "monthly");
  EXPECT_EQ(code("http://publications.europa.eu/resource/authority/frequency/QUARTERLY"),
            "quarterly");
  EXPECT_EQ(code("四半期"), "quarterly");
  EXPECT_EQ(code("毎年"), "annual");
  EXPECT_EQ(code("年1回"), "annual");
  EXPECT_EQ(code("2年"), "biennial");
  EXPECT_EQ(code("随時"), "as_needed");
  EXPECT_EQ(code("不定期"), "irregular");
  EXPECT_EQ(code("never"), "never");
  EXPECT_EQ(code(""), "-");
  EXPECT_EQ(code("たまに"), "-");
}

TEST(Frequencies, MeanOneThingEach) {
  std::set<std::string> spellings;
  for (const Frequency& frequency : frequencies()) {
    EXPECT_EQ(find_frequency(frequency.code), &frequency);
    EXPECT_EQ(find_frequency(frequency.name.ja), &frequency) << frequency.name.ja;
    for (const std::string& alias : frequency.aliases) {
      EXPECT_TRUE(spellings.insert(alias).second) << alias;
      EXPECT_EQ(find_frequency(alias), &frequency) << alias;
    }
  }
}

TEST(FileFormats, AreNormalisedAsCkanDoes) {
  EXPECT_EQ(normalise_format("csv"), "CSV");
  EXPECT_EQ(normalise_format(" text/csv "), "CSV");
  EXPECT_EQ(normalise_format("text/csv; charset=Shift_JIS"), "CSV");
  EXPECT_EQ(normalise_format(".xlsx"), "XLSX");
  EXPECT_EQ(normalise_format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            "XLSX");
  EXPECT_EQ(normalise_format("application/json"), "JSON");
  EXPECT_EQ(normalise_format("application/geo+json"), "GeoJSON");
  EXPECT_EQ(normalise_format("SHP"), "SHP");
  EXPECT_EQ(normalise_format("text/html"), "HTML");
  EXPECT_EQ(normalise_format("html5"), "HTML");
  EXPECT_EQ(normalise_format("http://publications.europa.eu/resource/authority/file-type/CSV"),
            "CSV");
  EXPECT_EQ(normalise_format("https://www.iana.org/assignments/media-types/text/csv"), "CSV");
  EXPECT_EQ(normalise_format("SHP,CSV"), "SHP,CSV");
  EXPECT_EQ(normalise_format(""), "");
}

TEST(FileFormats, HaveNoSpellingTwice) {
  std::set<std::string> spellings;
  for (const FileFormat& format : file_formats()) {
    EXPECT_EQ(find_file_format(format.name), &format) << format.name;
    for (const std::string& alias : format.aliases) {
      EXPECT_TRUE(spellings.insert(alias).second) << alias;
    }
    for (const std::string& extension : format.extensions) {
      EXPECT_TRUE(spellings.insert(extension).second) << extension;
    }
  }
}

TEST(FileFormats, AreGuessedFromTheNameInAUrl) {
  EXPECT_EQ(format_of_url("https://example.jp/files/%E4%BA%BA%E5%8F%A3.CSV?v=2#top"), "CSV");
  EXPECT_EQ(format_of_url("人口.xlsx"), "XLSX");
  EXPECT_EQ(format_of_url("https://example.zip"), "");
  EXPECT_EQ(format_of_url("https://example.jp/a.b/data"), "");
  EXPECT_EQ(format_of_url("https://example.jp/download/.csv"), "CSV");
  EXPECT_EQ(format_of_url("data.unknown"), "");
  EXPECT_EQ(format_of_url(""), "");
  EXPECT_EQ(mimetype_of_file("人口.csv"), "text/csv");
  EXPECT_EQ(mimetype_of_file("shape.shp"), "application/octet-stream");
}

TEST(MunicipalityKinds, AreFive) {
  EXPECT_EQ(find_municipality_kind("政令指定都市")->english, "designated city");
  EXPECT_EQ(find_municipality_kind("village")->id, "村");
  EXPECT_EQ(find_municipality_kind("区"), nullptr);
}

TEST(SearchFields, HaveCkansTypes) {
  EXPECT_EQ(search_field("").type, FieldType::kText);
  EXPECT_EQ(search_field("text").name, "");
  EXPECT_EQ(search_field("title").type, FieldType::kText);
  EXPECT_EQ(search_field("tags").type, FieldType::kString);
  EXPECT_EQ(search_field("metadata_modified").type, FieldType::kDate);
  EXPECT_EQ(search_field("num_tags").type, FieldType::kInteger);
  EXPECT_EQ(search_field("isopen").type, FieldType::kBoolean);
  EXPECT_EQ(search_field("更新頻度").name, "extras_更新頻度");
  EXPECT_EQ(search_field("extras_x").name, "extras_x");
  EXPECT_EQ(search_field("vocab_genre").name, "vocab_genre");
  EXPECT_TRUE(is_sort_field("title_string"));
  EXPECT_FALSE(is_sort_field("title"));
}

}  // namespace
}  // namespace minato::core
