// The exchanges of CKAN's contract that every client relies on, in its order.
#include "ckan_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using CkanGoldenExchanges = CkanTest;

TEST_F(CkanGoldenExchanges, TellTheVersionOfTheApi) {
  EXPECT_EQ(get("/api/3").body, R"({"version": 3})");
  EXPECT_EQ(get("/api/3/").at("/version"), "3");
  EXPECT_EQ(get("/api/2").at("/version"), "2");
  EXPECT_EQ(get("/api/1").at("/version"), "1");
  EXPECT_EQ(get("/api").at("/version"), "1");
  EXPECT_EQ(get("/api/").at("/version"), "1");
  EXPECT_EQ(get("/api/4").status, 404);
}

TEST_F(CkanGoldenExchanges, SiteReadIsTrueInAnEnvelope) {
  const auto reply = get("/api/action/site_read");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.content_type, "application/json;charset=utf-8");
  EXPECT_EQ(reply.body,
            R"({"help":"https://data.example.jp/api/3/action/help_show?name=site_read",)"
            R"("success":true,"result":true})");
}

TEST_F(CkanGoldenExchanges, PackageListByPost) {
  const auto reply = post("/api/action/package_list", "{}");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/result"), R"(["aed","population","shelters"])");
}

TEST_F(CkanGoldenExchanges, PackageListRefusesBadNumbers) {
  const auto negative = action("package_list?limit=-1");
  EXPECT_EQ(negative.status, 409);
  EXPECT_EQ(negative.at("/success"), "false");
  EXPECT_EQ(negative.at("/help"),
            R"("https://data.example.jp/api/3/action/help_show?name=package_list")");
  EXPECT_EQ(negative.at("/error"),
            R"({"__type":"Validation Error","limit":["Must be a natural number"]})");
  EXPECT_EQ(negative.at("/result"), "(nothing)");
  EXPECT_EQ(action("package_list?limit=x").status, 409);
  EXPECT_EQ(action("package_list?limit=x").at("/error/limit"), R"(["Invalid integer"])");
}

TEST_F(CkanGoldenExchanges, PackageShowNeedsAnIdThatExists) {
  const auto missing = action("package_show");
  EXPECT_EQ(missing.status, 409);
  EXPECT_EQ(missing.at("/error"),
            R"({"__type":"Validation Error","name_or_id":["Missing value"]})");
  const auto unknown = action("package_show?id=zz");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.at("/error"), R"({"__type":"Not Found Error","message":"Not found"})");
}

TEST_F(CkanGoldenExchanges, WritingNeedsAUser) {
  const auto reply = post("/api/3/action/package_create", R"({"title":"x"})");
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(reply.at("/error/__type"), R"("Authorization Error")");
  EXPECT_EQ(reply.at("/error/message"),
            R"("Access denied: Action package_create requires an authenticated user")");
}

TEST_F(CkanGoldenExchanges, UnknownActionsAreABareString) {
  for (const char* target : {"/api/3/action/nope", "/api/action/nope"}) {
    EXPECT_EQ(post(target, "{}").status, 400);
    EXPECT_EQ(post(target, "{}").body, R"("Bad request: Action name not known: nope")");
    EXPECT_EQ(get(target).status, 400);
  }
}

TEST_F(CkanGoldenExchanges, ABodyMustBeAnObject) {
  const auto reply = post("/api/3/action/package_list", "[1]");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body,
            R"("Bad request: JSON Error: Request data JSON decoded to [1] but it needs to be a )"
            R"(dictionary.")");
  const auto broken = post("/api/3/action/package_list", R"({"a":)");
  EXPECT_EQ(broken.status, 400);
  EXPECT_THAT(broken.body, StartsWith(R"("Bad request: JSON Error: )"));
}

TEST_F(CkanGoldenExchanges, CurlSendsJsonAsAForm) {
  constexpr auto kForm = "application/x-www-form-urlencoded";
  EXPECT_EQ(post("/api/3/action/package_show", R"({"id":"aed"})", kForm).at("/result/name"),
            R"("aed")");
  EXPECT_EQ(post("/api/3/action/package_show", "%7B%22id%22%3A%22aed%22%7D=1", kForm).status, 200);
  EXPECT_EQ(post("/api/3/action/package_show", "id=aed", kForm).at("/result/name"), R"("aed")");
}

TEST_F(CkanGoldenExchanges, WritingNeedsPost) {
  const auto reply = action("package_create?name=x");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(
      reply.body,
      R"("Bad request: JSON Error: Invalid request. Please use POST method for your request")");
}

TEST_F(CkanGoldenExchanges, JsonpWrapsASuccess) {
  const auto reply = action("status_show?callback=f");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.content_type, "application/javascript;charset=utf-8");
  EXPECT_THAT(reply.body, StartsWith(R"(f({"help":)"));
  EXPECT_THAT(reply.body, testing::EndsWith("});"));
}

TEST_F(CkanGoldenExchanges, FacetsComeWithoutRows) {
  const auto reply =
      action("package_search?rows=0&facet.field=%5B%22tags%22,%22res_format%22%5D&facet.limit=3");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/result/count"), "3");
  EXPECT_EQ(reply.at("/result/results"), "[]");
  EXPECT_EQ(reply.at("/result/facets/tags/防災"), "2");
  EXPECT_EQ(reply.at("/result/search_facets/res_format/title"), R"("res_format")");
  EXPECT_EQ(reply.at("/result/search_facets/res_format/items"),
            R"([{"name":"XLSX","display_name":"XLSX","count":1},)"
            R"({"name":"GeoJSON","display_name":"GeoJSON","count":1},)"
            R"({"name":"CSV","display_name":"CSV","count":2}])");
}

TEST_F(CkanGoldenExchanges, ManyRowsAreFine) {
  const auto reply = action("package_search?rows=100000");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/result/count"), "3");
}

TEST_F(CkanGoldenExchanges, SearchRefusesUnknownParametersAndSorts) {
  const auto parameter = action("package_search?nosuch=1");
  EXPECT_EQ(parameter.status, 400);
  EXPECT_EQ(parameter.at("/error"),
            R"({"__type":"Search Query Error","message":)"
            R"("Search Query is invalid: Invalid search parameters: ['nosuch']"})");
  const auto sort = action("package_search?sort=nofield%20asc");
  EXPECT_EQ(sort.status, 400);
  EXPECT_EQ(sort.at("/error/__type"), R"("Search Query Error")");
  EXPECT_THAT(sort.at("/error/message"), HasSubstr(R"(Invalid \"sort\" parameter)"));
}

TEST_F(CkanGoldenExchanges, HarvestersPageUntilAnEmptyPage) {
  const std::string query =
      "package_search?fq=metadata_modified:%5B2024-04-01T00:00:00.000000Z%20TO%20*%5D"
      "&sort=id%20asc&rows=1&start=";
  EXPECT_EQ(action(query + "0").at("/result/results/0/name"), R"("population")");
  EXPECT_EQ(action(query + "1").at("/result/results/0/name"), R"("shelters")");
  EXPECT_EQ(action(query + "2").at("/result/results"), "[]");
  EXPECT_EQ(action(query + "100").at("/result/count"), "2");
}

TEST_F(CkanGoldenExchanges, DatastoreOfAMissingResource) {
  const auto reply = post("/api/3/action/datastore_search", R"({"resource_id":"none"})");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.at("/error/message"), R"("Not found: Resource \"none\" was not found.")");
}

TEST_F(CkanGoldenExchanges, SqlIsUnknown) {
  const auto reply = action("datastore_search_sql?sql=SELECT%201");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body, R"("Bad request: Action name not known: datastore_search_sql")");
}

}  // namespace
}  // namespace minato::http
