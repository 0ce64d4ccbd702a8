#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "http/documents/documents.h"
#include "http/url.h"
#include "markup.h"
#include "support/program_fixture.h"
#include "web/site/api_document.h"
#include "web/site/api_example.h"
#include "web/site/sample_table.h"

namespace minato::web {
namespace {

using testing::HasSubstr;
using testing::Not;

class Docs : public ProgramTest {
 protected:
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
};

TEST(HalfOf, SplitsTextsInTwoLanguages) {
  using core::Language;
  EXPECT_EQ(half_of("公開団体 / Organizations", Language::kJa), "公開団体");
  EXPECT_EQ(half_of("公開団体 / Organizations", Language::kEn), "Organizations");
  EXPECT_EQ(half_of("一行目です。\n二行目。 /\nOne line\nand another\n", Language::kEn),
            "One line and another");
  EXPECT_EQ(half_of("末尾の / のない URL / Without the slash", Language::kJa),
            "末尾の / のない URL");
  EXPECT_EQ(half_of("日本語の段落。\n\nA paragraph.", Language::kEn), "A paragraph.");
  EXPECT_EQ(half_of("JSON / XML", Language::kJa), "JSON / XML");
  EXPECT_EQ(half_of("", Language::kEn), "");
}

TEST(HalfOf, JoinsLinesThatWereBrokenToFit) {
  using core::Language;
  EXPECT_EQ(half_of("日本語の\n続き。 /\nEnglish.", Language::kJa), "日本語の続き。");
  EXPECT_EQ(half_of("JSON\nの形。 / Shape.", Language::kJa), "JSON の形。");
}

TEST(ApiDocument, IsReadCompletely) {
  const ApiDocument document =
      read_api_document(*http::openapi_json("https://x.example"), core::Language::kJa);
  EXPECT_GT(document.operations.size(), 60U);
  std::set<std::string> ids;
  for (const ApiOperation& operation : document.operations) {
    EXPECT_TRUE(ids.insert(operation.id).second) << operation.id;
    EXPECT_FALSE(operation.title.empty()) << operation.id;
    EXPECT_FALSE(operation.responses.empty()) << operation.id;
    EXPECT_NE(operation.tag, "pages");
    for (const ApiField& field : operation.parameters) {
      EXPECT_FALSE(field.name.empty()) << operation.id;
      EXPECT_FALSE(field.place.empty()) << operation.id << field.name;
      EXPECT_FALSE(field.type.empty()) << operation.id << field.name;
    }
  }
}

TEST(ApiDocument, ResolvesReferencesAndMembers) {
  const ApiDocument document =
      read_api_document(*http::openapi_json("https://x.example"), core::Language::kEn);
  const auto operation =
      std::find_if(document.operations.begin(), document.operations.end(),
                   [](const ApiOperation& one) { return one.id == "listDatasets"; });
  ASSERT_NE(operation, document.operations.end());
  const auto& parameters = operation->parameters;
  const auto limit = std::find_if(parameters.begin(), parameters.end(),
                                  [](const ApiField& one) { return one.name == "limit"; });
  ASSERT_NE(limit, parameters.end());
  EXPECT_EQ(limit->type, "integer");
  EXPECT_EQ(limit->limits, "from 0 to 1000, 20 unless given");
  EXPECT_TRUE(std::any_of(parameters.begin(), parameters.end(),
                          [](const ApiField& one) { return one.name == "organization"; }));
  std::set<std::string> members;
  for (const ApiField& field : operation->responses.front().body.fields) {
    EXPECT_TRUE(members.insert(field.name).second) << field.name;
  }
  EXPECT_TRUE(members.contains("data[].title"));
  EXPECT_TRUE(members.contains("meta.count.value"));
}

TEST_F(Docs, EveryOperationHasItsPlaceUnderItsSection) {
  const ApiDocument document =
      read_api_document(*http::openapi_json("https://x.example"), core::Language::kJa);
  std::set<std::string> seen;
  for (const ApiTag& tag : document.tags) {
    const auto ids = read_markup(get("/docs/api/" + tag.name).body).values("id");
    seen.insert(ids.begin(), ids.end());
  }
  const auto ids = read_markup(get("/docs/api").body).values("id");
  const std::set<std::string> overview(ids.begin(), ids.end());
  for (const ApiOperation& operation : document.operations) {
    EXPECT_TRUE(seen.contains(operation.id)) << operation.id;
    EXPECT_TRUE(overview.contains(operation.id)) << operation.id;
  }
  EXPECT_EQ(get("/docs/api/none").status, 404);
}

std::string unescaped(std::string text) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{"&apos;", "'"},
                                                                                 {"&#39;", "'"},
                                                                                 {"&quot;", "\""},
                                                                                 {"&gt;", ">"},
                                                                                 {"&lt;", "<"},
                                                                                 {"&amp;", "&"}}) {
    text = std::regex_replace(text, std::regex(from), to);
  }
  return text;
}

// What the curl commands of a page ask for, but those that write and those with a placeholder in
// capitals.
std::vector<std::string> calls_of(const std::string& body) {
  static const std::regex code("<code id=\"[A-Za-z0-9-]+\">(curl (?:-G )?&[^<]*)</code>");
  static const std::regex url("'https://data\\.example\\.jp([^']*)'");
  static const std::regex value("--data-urlencode '([^=]+)=([^']*)'");
  std::vector<std::string> calls;
  for (std::sregex_iterator it(body.begin(), body.end(), code), end; it != end; ++it) {
    const std::string command = unescaped((*it)[1]);
    std::smatch found;
    if (!std::regex_search(command, found, url)) continue;
    const std::string target = found[1];
    if (std::regex_search(target, std::regex("/[A-Z_]+(?:[/.?]|$)"))) continue;
    http::Params query;
    for (std::sregex_iterator v(command.begin(), command.end(), value); v != end; ++v) {
      query.emplace_back((*v)[1], (*v)[2]);
    }
    calls.push_back(target + (query.empty() ? "" : "?" + http::build_query(query)));
  }
  return calls;
}

TEST_F(Docs, ExamplesOfTheStartPageWork) {
  const std::string body = get("/docs").body;
  const auto calls = calls_of(body);
  EXPECT_GE(calls.size(), 6U);
  for (const std::string& target : calls) EXPECT_EQ(get(target).status, 200) << target;
  EXPECT_THAT(body, HasSubstr("href=\"/dataset/population/resource/population-r1\""));
}

TEST_F(Docs, ExamplesOfTheReferenceWork) {
  std::size_t tried = 0;
  for (const char* tag : {"datasets", "organizations", "tables", "harvest", "feeds"}) {
    for (const std::string& target : calls_of(get(std::string("/docs/api/") + tag).body)) {
      // Without coordinates in the sample a map format has nothing to answer.
      if (target.find("geojson") != std::string::npos) continue;
      EXPECT_EQ(get(target).status, 200) << target;
      ++tried;
    }
  }
  EXPECT_GT(tried, 20U);
}

TEST_F(Docs, WritesNeverNameWhatExists) {
  const std::string body = get("/docs/api/writes").body;
  EXPECT_THAT(body, HasSubstr("curl -X DELETE"));
  EXPECT_THAT(body, Not(HasSubstr("/api/v1/datasets/population")));
  EXPECT_THAT(body, HasSubstr("$TOKEN"));
}

TEST(CurlGet, KeepsValuesReadableAndQuoted) {
  EXPECT_EQ(curl_get("https://x/a", {}), "curl 'https://x/a'");
  EXPECT_EQ(curl_get("https://x/a", {{"limit", "3"}}), "curl 'https://x/a?limit=3'");
  EXPECT_EQ(curl_get("https://x/a", {{"q", "計画's"}}),
            "curl -G 'https://x/a' \\\n  --data-urlencode 'q=計画'\\''s'");
}

TEST(SampleTable, ReachesAwkwardColumnsByAlias) {
  core::TableSchema schema;
  schema.rows = 3;
  schema.columns.resize(3);
  schema.columns[0].name = "limit";
  schema.columns[0].statistics.distinct = 2;
  schema.columns[0].statistics.examples = {core::Value("a,b"), core::Value("c")};
  schema.columns[1].name = "人口 (人)";
  schema.columns[1].type = core::ColumnType::kInteger;
  schema.columns[1].statistics.distinct = 3;
  schema.columns[1].statistics.max = std::int64_t{12};
  schema.columns[2].name = "年度";
  const auto sample = sample_of(schema);
  ASSERT_TRUE(sample);
  EXPECT_EQ(sample->columns, (std::vector<std::string>{"c1", "c2", "年度"}));
  EXPECT_EQ(sample->text_column, "c1");
  EXPECT_EQ(sample->text_value, "c");
  EXPECT_EQ(sample->number_column, "c2");
  EXPECT_EQ(sample->number_value, "12");
}

TEST(SampleTable, AnEmptyTableIsNone) { EXPECT_FALSE(sample_of({})); }

TEST_F(Docs, ErrorCatalogueHasAnAnchorPerErrorInBothLanguages) {
  EXPECT_THAT(get("/docs/errors").body, HasSubstr("id=\"parameter-invalid\""));
  EXPECT_THAT(get("/en/docs/errors").body, HasSubstr("id=\"parameter-invalid\""));
}

}  // namespace
}  // namespace minato::web
