#include "web/catalogue/structured_data.h"

#include <gtest/gtest.h>

#include <set>

#include "formats/json.h"
#include "hostile.h"
#include "support/program_fixture.h"

namespace minato::web {
namespace {

class StructuredData : public ProgramTest {
 protected:
  // The JSON of the page's only block of it.
  rapidjson::Document read(const std::string& target) {
    const std::string page = support::call_route(table_, {"GET", target, {}, ""}).body;
    const std::string open = "<script type=\"application/ld+json\">";
    const std::size_t begin = page.find(open);
    if (begin == std::string::npos) throw std::runtime_error("no JSON-LD in " + target);
    EXPECT_EQ(page.find(open, begin + 1), std::string::npos);
    const std::size_t end = page.find("</script>", begin);
    auto json = formats::parse_json(page.substr(begin + open.size(), end - begin - open.size()));
    if (!json) throw std::runtime_error(json.error().message.en);
    return *std::move(json);
  }
  static std::string text(const rapidjson::Value& value, const char* pointer) {
    const rapidjson::Value* at = &value;
    for (std::string_view rest = pointer; !rest.empty();) {
      const std::size_t end = std::min(rest.find('/'), rest.size());
      const std::string step(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (at->IsArray()) {
        const auto place = static_cast<rapidjson::SizeType>(std::stoul(step));
        if (place >= at->Size()) return "(none)";
        at = &(*at)[place];
      } else {
        at = formats::find_member(*at, step);
      }
      if (at == nullptr) return "(none)";
    }
    return at->IsString() ? at->GetString() : "(no text)";
  }
  void change(const std::string& name, const std::function<void(core::Dataset&)>& edit) {
    core::Dataset dataset = *catalog_.dataset(name);
    edit(dataset);
    store_.put(dataset);
  }
};

TEST_F(StructuredData, TellsSearchEnginesWhatGoogleAsksOfDatasets) {
  change("population", [](core::Dataset& d) {
    d.temporal = {"2023-04-01", ""};
    d.spatial = {"140007"};
    d.contact.email = "tokei@example.jp";
  });
  const auto json = read("/dataset/population");
  EXPECT_EQ(text(json, "@context"), "https://schema.org/");
  const rapidjson::Value& dataset = json["@graph"][0];
  const std::string url = "https://data.example.jp/dataset/population";
  for (const auto& [pointer, expected] : std::vector<std::pair<const char*, std::string>>{
           {"@type", "Dataset"},
           {"@id", url},
           {"url", url},
           {"identifier", url},
           {"name", "人口統計 令和5年度"},
           {"inLanguage", "ja"},
           {"dateModified", "2024-05-01T09:30:00Z"},
           {"datePublished", "2024-01-01T00:00:00Z"},
           {"temporalCoverage", "2023-04-01/.."},
           {"spatialCoverage/0/name", "神奈川県"},
           {"spatialCoverage/1/geo/box", "35.23 139.11 35.53 139.7"},
           {"creator/@type", "Organization"},
           {"creator/name", "神奈川県"},
           {"creator/contactPoint/email", "tokei@example.jp"},
           {"publisher/name", "神奈川県"},
           {"keywords/0", "人口"},
           {"includedInDataCatalog/@type", "DataCatalog"},
           {"includedInDataCatalog/url", "https://data.example.jp/"},
           {"distribution/0/@type", "DataDownload"},
           {"distribution/0/encodingFormat", "text/csv"},
           {"distribution/0/contentSize", "12 B"},
           {"distribution/0/contentUrl", url + "/resource/population-r1/download"},
           {"variableMeasured/0/name", "地域"},
           {"variableMeasured/5/name", "更新日"}}) {
    EXPECT_EQ(text(dataset, pointer), expected) << pointer;
  }
  EXPECT_TRUE(dataset["isAccessibleForFree"].GetBool());
  EXPECT_TRUE(text(dataset, "license").starts_with("https://"));
  // Google wants 50 characters at least.
  EXPECT_GE(dataset["description"].GetStringLength(), 100U);
}

TEST_F(StructuredData, TheEnglishPageSpeaksEnglish) {
  change("population", [](core::Dataset& d) { d.title_en = "Population"; });
  const auto json = read("/en/dataset/population");
  const rapidjson::Value& dataset = json["@graph"][0];
  EXPECT_EQ(text(dataset, "name"), "Population");
  EXPECT_EQ(text(dataset, "alternateName"), "人口統計 令和5年度");
  EXPECT_EQ(text(dataset, "publisher/name"), "Kanagawa Prefecture");
  EXPECT_EQ(text(dataset, "url"), "https://data.example.jp/en/dataset/population");
  EXPECT_EQ(text(dataset, "@id"), "https://data.example.jp/dataset/population");
}

TEST_F(StructuredData, BreadcrumbsLeadFromTheStartPage) {
  const auto json = read("/dataset/population");
  const rapidjson::Value& list = json["@graph"][1];
  EXPECT_EQ(text(list, "@type"), "BreadcrumbList");
  EXPECT_EQ(text(list, "itemListElement/0/item"), "https://data.example.jp/");
  EXPECT_EQ(text(list, "itemListElement/1/item"), "https://data.example.jp/dataset");
  EXPECT_EQ(text(list, "itemListElement/2/item"), "https://data.example.jp/organization/140007");
  EXPECT_EQ(text(list, "itemListElement/3/name"), "人口統計 令和5年度");
  EXPECT_EQ(list["itemListElement"][3]["position"].GetInt(), 4);
}

TEST_F(StructuredData, HostileTextStaysWithinItsString) {
  change("aed", [](core::Dataset& d) {
    d.title = d.notes = d.version = kHostile;
    d.tags = {{"t", kHostile, ""}};
    d.resources.front().name = d.resources.front().description = kHostile;
    d.resources.front().columns = {{kHostile, kHostile, "string", kHostile, kHostile}};
  });
  const auto json = read("/dataset/aed");
  const rapidjson::Value& dataset = json["@graph"][0];
  EXPECT_EQ(text(dataset, "name"), kHostile);
  EXPECT_EQ(text(dataset, "keywords/0"), kHostile);
  EXPECT_EQ(text(dataset, "distribution/0/name"), kHostile);
  EXPECT_EQ(text(dataset, "variableMeasured/0/name"), kHostile);
}

TEST_F(StructuredData, NoLinkOfAnotherSchemeIsTold) {
  change("aed", [](core::Dataset& d) { d.url = d.contact.url = "javascript:alert(1)"; });
  const auto json = read("/dataset/aed");
  EXPECT_EQ(text(json["@graph"][0], "sameAs"), "(none)");
  EXPECT_EQ(text(json["@graph"][0], "creator/contactPoint/url"), "(none)");
}

TEST_F(StructuredData, ATableOfAnotherFormatCanBeHadAsCsv) {
  storage::TableVersion table;
  table.table_id = table.resource_id = "aed-r1";
  table.version = 1;
  ASSERT_TRUE(store_.write(
      [&](storage::CatalogWriter& writer) { return writer.publish_tables("aed-r1", {table}); }));
  const auto json = read("/dataset/aed");
  EXPECT_EQ(text(json["@graph"][0], "distribution/1/contentUrl"),
            "https://data.example.jp/api/v1/tables/aed-r1/export.csv");
}

TEST_F(StructuredData, TheSiteOffersItsSearch) {
  const WebSources sources{catalog_,  tables_.tables(), harvest_.status(), audited_, accounts_,
                           datasets_, uploads_,         imports_,          "secret", "{}"};
  const http::Request request;
  const Visit visit{sources, catalog_, request, core::Language::kEn,
                    Texts::in(core::Language::kEn)};
  const auto json = formats::parse_json(website_json_ld(visit));
  ASSERT_TRUE(json);
  EXPECT_EQ(text(*json, "@type"), "WebSite");
  EXPECT_EQ(text(*json, "url"), "https://data.example.jp/en");
  EXPECT_EQ(text(*json, "potentialAction/@type"), "SearchAction");
  EXPECT_EQ(text(*json, "potentialAction/target/urlTemplate"),
            "https://data.example.jp/en/dataset?q={search_term_string}");
}

}  // namespace
}  // namespace minato::web
