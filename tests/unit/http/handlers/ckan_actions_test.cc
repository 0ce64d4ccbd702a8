// Every read action of CKAN's contract (1.7 to 1.10), apart from package_search.
#include "ckan_fixture.h"

#include <set>

#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http {
namespace {

using testing::HasSubstr;

using CkanActions = CkanTest;

TEST_F(CkanActions, StatusShowTellsTheSiteAndTheCompatibleVersion) {
  const auto reply = action("status_show");
  EXPECT_EQ(reply.at("/result"),
            R"({"site_title":"かながわデータ","site_description":"説明",)"
            R"("site_url":"https://data.example.jp","error_emails_to":null,"locale_default":"ja",)"
            R"("extensions":["datastore","harvest"],"ckan_version":"2.11.5"})");
}

TEST_F(CkanActions, HelpShowDescribesEveryAction) {
  for (const auto& row : ckan::read_actions()) {
    const auto reply = action("help_show?name=" + std::string(row.name));
    EXPECT_EQ(reply.status, 200) << row.name;
    for (const auto& parameter : row.parameters) {
      EXPECT_THAT(reply.at("/result"), HasSubstr(std::string(parameter.name))) << row.name;
    }
    EXPECT_FALSE(row.summary.ja.empty() || row.summary.en.empty()) << row.name;
    EXPECT_FALSE(row.result.ja.empty() || row.result.en.empty()) << row.name;
  }
  for (const auto& row : ckan::write_actions()) {
    const auto reply = action("help_show?name=" + std::string(row.name));
    EXPECT_EQ(reply.status, 200) << row.name;
    for (const auto& parameter : row.parameters) {
      EXPECT_THAT(reply.at("/result"), HasSubstr(std::string(parameter.name))) << row.name;
    }
    EXPECT_FALSE(row.summary.ja.empty() || row.summary.en.empty()) << row.name;
    EXPECT_FALSE(row.result.ja.empty() || row.result.en.empty()) << row.name;
  }
  EXPECT_EQ(action("help_show?name=nope").status, 404);
  EXPECT_EQ(action("help_show").at("/error/name/0"), R"("Missing value")");
}

TEST_F(CkanActions, WriteActionsAreSortedAndNotReadActions) {
  std::string_view last;
  for (const auto& row : ckan::write_actions()) {
    const std::string_view name = row.name;
    EXPECT_LT(last, name);
    last = name;
    EXPECT_EQ(ckan::find_read_action(name), nullptr);
    EXPECT_EQ(post("/api/3/action/" + std::string(name), "{}").status, 403) << name;
    EXPECT_EQ(get("/api/3/action/" + std::string(name)).status, 400) << name;
  }
}

TEST_F(CkanActions, LicensesHaveTextsForBooleans) {
  const auto reply = action("license_list");
  EXPECT_EQ(reply.status, 200);
  EXPECT_GE(reply.json["result"].Size(), 15u);
  std::set<std::string> ids;
  for (const auto& license : reply.json["result"].GetArray()) {
    ids.insert(license["id"].GetString());
    EXPECT_THAT(license["domain_data"].GetString(),
                testing::AnyOf(testing::StrEq("True"), testing::StrEq("False")));
  }
  EXPECT_TRUE(ids.contains("cc-by"));
  EXPECT_TRUE(ids.contains("notspecified"));
}

TEST_F(CkanActions, PackageListPages) {
  EXPECT_EQ(action("package_list?limit=2").at("/result"), R"(["aed","population"])");
  EXPECT_EQ(action("package_list?offset=2").at("/result"), R"(["shelters"])");
  EXPECT_EQ(action("package_list?limit=0").at("/result"), "[]");
  EXPECT_EQ(action("package_list?limit=-1&offset=x").at("/error/offset/0"), R"("Invalid integer")");
}

TEST_F(CkanActions, PackageShowHasTheKeysThatClientsRead) {
  const auto reply = action("package_show?id=population");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.at("/result/id"), R"("population-id")");
  EXPECT_EQ(reply.at("/result/title"), R"("人口統計 令和5年度")");
  EXPECT_EQ(reply.at("/result/metadata_modified"), R"("2024-05-01T09:30:00.000000")");
  EXPECT_EQ(reply.at("/result/organization/title"), R"("神奈川県")");
  EXPECT_EQ(reply.at("/result/tags/0/name"), R"("人口")");
  EXPECT_EQ(reply.at("/result/resources/0/format"), R"("CSV")");
  EXPECT_EQ(reply.at("/result/resources/0/url"),
            R"("https://data.example.jp/dataset/population-id/resource/population-r1/download/)"
            R"(%E4%BA%BA%E5%8F%A3.csv")");
  EXPECT_EQ(action("package_show?id=population-id").at("/result"), reply.at("/result"));
  EXPECT_EQ(action("package_show?name_or_id=population").at("/result"), reply.at("/result"));
  EXPECT_EQ(action("package_show?id=shelters").at("/result/groups/0/name"), R"("bosai")");
}

TEST_F(CkanActions, PackageShowGuardsWhatIsNotPublic) {
  for (const char* name : {"secret", "draft-one"}) {
    const auto reply = action("package_show?id=" + std::string(name));
    EXPECT_EQ(reply.status, 403) << name;
    EXPECT_EQ(reply.at("/error/__type"), R"("Authorization Error")");
    EXPECT_THAT(reply.at("/error/message"), HasSubstr("Access denied: User"));
    EXPECT_THAT(reply.at("/error/message"), HasSubstr("not authorized to read package"));
  }
  EXPECT_EQ(action("package_show?id=gone").status, 404);
  EXPECT_EQ(action("resource_show?id=secret-r1").status, 403);
}

TEST_F(CkanActions, CurrentPackagesComeLastChangedFirst) {
  const auto reply = action("current_package_list_with_resources");
  EXPECT_EQ(reply.json["result"].Size(), 3u);
  EXPECT_EQ(reply.at("/result/0/name"), R"("population")");
  EXPECT_EQ(action("current_package_list_with_resources?limit=1&offset=1").at("/result/0/name"),
            R"("shelters")");
  EXPECT_EQ(action("current_package_list_with_resources?limit=1&page=3").at("/result/0/name"),
            R"("aed")");
  EXPECT_EQ(action("current_package_list_with_resources?page=0").at("/error/page/0"),
            R"("Must be larger than 0")");
  for (int i = 0; i < 20; ++i) {
    core::Dataset dataset;
    dataset.id = dataset.name = "extra-" + std::to_string(i);
    store_.put(dataset);
  }
  EXPECT_EQ(action("current_package_list_with_resources").json["result"].Size(), 10u);
}

TEST_F(CkanActions, PackageAutocompleteSaysWhatMatched) {
  EXPECT_EQ(action("package_autocomplete?q=popul").at("/result"),
            R"([{"name":"population","title":"人口統計 令和5年度","match_field":"name",)"
            R"("match_displayed":"population"}])");
  EXPECT_EQ(action("package_autocomplete?q=%E9%81%BF%E9%9B%A3").at("/result/0/match_displayed"),
            R"x("避難所一覧 (shelters)")x");
  EXPECT_EQ(action("package_autocomplete?q=e&limit=1").json["result"].Size(), 1u);
  EXPECT_EQ(action("package_autocomplete").at("/error/q/0"), R"("Missing value")");
}

TEST_F(CkanActions, ResourceShowTakesIdsOnly) {
  const auto reply = action("resource_show?id=shelters-r2");
  EXPECT_EQ(reply.at("/result/package_id"), R"("shelters-id")");
  EXPECT_EQ(reply.at("/result/position"), "1");
  EXPECT_EQ(action("resource_show?id=shelters").status, 404);
  EXPECT_EQ(action("resource_show").at("/error/id/0"), R"("Missing value")");
}

TEST_F(CkanActions, ResourceSearchMatchesPartsWithoutCase) {
  const auto reply = action("resource_search?query=format:csv");
  EXPECT_EQ(reply.at("/result/count"), "2");
  EXPECT_EQ(reply.at("/result/results/0/format"), R"("CSV")");
  EXPECT_EQ(action("resource_search?query=url:example.jp&query=format:json").at("/result/count"),
            "1");
  EXPECT_EQ(action("resource_search?query=%5B%22url:example%22,%22name:aed%22%5D")
                .at("/result/results/0/id"),
            R"("aed-r1")");
  EXPECT_EQ(action("resource_search?query=hash:aaaa").at("/result/count"), "1");
  EXPECT_EQ(action("resource_search?query=name:secret").at("/result/count"), "0");
  EXPECT_EQ(action("resource_search?query=name:&order_by=format&limit=1&offset=2")
                .at("/result/results/0/format"),
            R"("GeoJSON")");
}

TEST_F(CkanActions, ResourceSearchExplainsBadQueries) {
  EXPECT_EQ(action("resource_search").at("/error/query/0"), R"("Missing value")");
  EXPECT_EQ(action("resource_search?query=csv").at("/error/query/0"),
            R"x("Must be <field>:<value> pair(s)")x");
  EXPECT_EQ(action("resource_search?query=x:y").at("/error/query/0"),
            R"("Field \"x\" not recognised in resource_search.")");
  EXPECT_EQ(action("resource_search?query=name:a&order_by=x").status, 409);
}

TEST_F(CkanActions, ResourcesHaveNoViews) {
  EXPECT_EQ(action("resource_view_list?id=aed-r1&limit=0").at("/result"), "[]");
  EXPECT_EQ(action("resource_view_list?id=zz").status, 404);
  EXPECT_EQ(action("resource_view_show?id=zz").status, 404);
  EXPECT_EQ(action("resource_view_show").status, 409);
}

TEST_F(CkanActions, FormatAutocompleteIsInLowerCase) {
  EXPECT_EQ(action("format_autocomplete?q=").at("/result"), R"(["csv","geojson","xlsx"])");
  EXPECT_EQ(action("format_autocomplete?q=XL&limit=5").at("/result"), R"(["xlsx"])");
  EXPECT_EQ(action("format_autocomplete").status, 409);
}

TEST_F(CkanActions, TagsByNameOrAsDictionaries) {
  EXPECT_EQ(action("tag_list").at("/result"), R"(["人口","統計","避難所","防災"])");
  EXPECT_EQ(action("tag_list?query=%E9%98%B2&all_fields=true").at("/result"),
            R"([{"id":"tag-防災","name":"防災","vocabulary_id":null,"display_name":"防災"}])");
  EXPECT_EQ(action("tag_list?q=%E9%98%B2").at("/result"), R"(["防災"])");
  EXPECT_EQ(action("tag_list?vocabulary_id=wards").at("/result"), R"(["鶴見区"])");
  EXPECT_EQ(action("tag_list?vocabulary_id=nothing").status, 404);
}

TEST_F(CkanActions, TagShowMayHaveItsDatasets) {
  EXPECT_EQ(action("tag_show?id=%E9%98%B2%E7%81%BD").at("/result/packages"), "(nothing)");
  const auto reply = action("tag_show?id=%E9%98%B2%E7%81%BD&include_datasets=true");
  EXPECT_EQ(reply.json["result"]["packages"].Size(), 2u);
  EXPECT_EQ(reply.at("/result/packages/0/name"), R"("shelters")");
  EXPECT_EQ(action("tag_show?id=zz").status, 404);
}

TEST_F(CkanActions, TagSearchCountsAllAndPages) {
  const auto reply = action("tag_search?query=%E9%98%B2&limit=1");
  EXPECT_EQ(reply.at("/result"),
            R"({"count":1,"results":[{"id":"tag-防災","name":"防災","vocabulary_id":null}]})");
  EXPECT_EQ(action("tag_search").at("/result"), R"({"count":0,"results":[]})");
  EXPECT_EQ(action("tag_autocomplete?query=%E4%BA%BA").at("/result"), R"(["人口"])");
}

TEST_F(CkanActions, VocabulariesHoldTheirTags) {
  EXPECT_EQ(action("vocabulary_list").at("/result/0/name"), R"("wards")");
  EXPECT_EQ(action("vocabulary_show?id=wards").at("/result/tags/0/vocabulary_id"), R"("wards-id")");
  EXPECT_EQ(action("vocabulary_show?id=wards-id").at("/result/tags/0/name"), R"("鶴見区")");
}

TEST_F(CkanActions, OrganizationListSorts) {
  EXPECT_EQ(action("organization_list").at("/result"), R"(["141003","140007"])");
  EXPECT_EQ(action("organization_list?sort=title%20desc").at("/result/0"), R"("140007")");
  EXPECT_EQ(action("organization_list?sort=name").at("/result/0"), R"("140007")");
  EXPECT_EQ(action("organization_list?sort=package_count").at("/result/0"), R"("141003")");
  EXPECT_EQ(action("organization_list?sort=package_count%20asc").at("/result/0"), R"("140007")");
  EXPECT_EQ(action("organization_list?order_by=packages").at("/result/0"), R"("141003")");
  EXPECT_EQ(action("organization_list?sort=x").status, 409);
  EXPECT_THAT(action("organization_list?sort=x").at("/error/message"), HasSubstr("sort by field"));
  EXPECT_EQ(action("organization_list?sort=name%20down").status, 409);
}

TEST_F(CkanActions, OrganizationListFiltersAndPages) {
  EXPECT_EQ(action("organization_list?q=%E6%A8%AA").at("/result"), R"(["141003"])");
  EXPECT_EQ(action("organization_list?organizations=140007").at("/result"), R"(["140007"])");
  EXPECT_EQ(action("organization_list?organizations=%5B%22140007%22%5D").at("/result"),
            R"(["140007"])");
  EXPECT_EQ(action("organization_list?limit=1&offset=1").at("/result"), R"(["140007"])");
  EXPECT_EQ(action("organization_list?type=committee").at("/result"), "[]");
  EXPECT_EQ(post("/api/3/action/organization_list", R"({"type":[]})").status, 409);
  EXPECT_EQ(action("organization_list?type=organization").json["result"].Size(), 2u);
}

TEST_F(CkanActions, AllFieldsAreNotCutAt25) {
  for (int i = 0; i < 60; ++i) {
    core::Group group;
    group.kind = core::GroupKind::kOrganization;
    group.id = group.name = "org-" + std::to_string(i);
    store_.put(group);
  }
  const auto reply = action("organization_list?all_fields=true");
  EXPECT_EQ(reply.json["result"].Size(), 62u);
  const auto city = action("organization_list?all_fields=true&organizations=141003");
  EXPECT_EQ(city.at("/result/0/package_count"), "2");
  EXPECT_EQ(city.at("/result/0/extras"), "(nothing)");
  EXPECT_EQ(city.at("/result/0/is_organization"), "true");
}

TEST_F(CkanActions, ShowsAnOrganizationWithItsDatasets) {
  const auto reply = action("organization_show?id=141003");
  EXPECT_EQ(reply.at("/result/title"), R"("横浜市")");
  EXPECT_EQ(reply.at("/result/package_count"), "2");
  EXPECT_EQ(reply.at("/result/groups/0/name"), R"("140007")");
  EXPECT_EQ(reply.at("/result/packages"), "(nothing)");
  const auto full = action("organization_show?id=141003-id&include_datasets=true");
  EXPECT_EQ(full.json["result"]["packages"].Size(), 2u);
  EXPECT_EQ(action("organization_show?id=bosai").status, 404);
  EXPECT_EQ(action("organization_show?id=149999").status, 404);
  EXPECT_EQ(action("organization_show").at("/error/id/0"), R"("Missing value")");
}

TEST_F(CkanActions, ShowsAGroupAndItsDatasets) {
  EXPECT_EQ(action("group_list").at("/result"), R"(["bosai"])");
  EXPECT_EQ(action("group_show?id=bosai&include_datasets=yes").at("/result/packages/0/name"),
            R"("shelters")");
  EXPECT_EQ(action("group_show?id=141003").status, 404);
  EXPECT_EQ(action("group_package_show?id=bosai").at("/result/0/name"), R"("shelters")");
  EXPECT_EQ(action("group_package_show?id=141003&limit=1").json["result"].Size(), 1u);
  EXPECT_EQ(action("group_package_show?id=zz").status, 404);
}

TEST_F(CkanActions, SuggestsGroupsAndOrganizations) {
  EXPECT_EQ(action("organization_autocomplete?q=%E6%A8%AA").at("/result"),
            R"([{"id":"141003-id","name":"141003","title":"横浜市"}])");
  EXPECT_EQ(action("group_autocomplete?q=bo").at("/result/0/title"), R"("防災")");
  EXPECT_EQ(action("organization_autocomplete?q=&limit=1").json["result"].Size(), 1u);
  EXPECT_EQ(action("group_autocomplete").status, 409);
}

TEST_F(CkanActions, AnonymousCallersHaveNoMemberships) {
  EXPECT_EQ(action("organization_list_for_user").at("/result"), "[]");
  EXPECT_EQ(action("group_list_authz?available_only=true").at("/result"), "[]");
  EXPECT_EQ(action("member_list?id=141003").status, 403);
  EXPECT_EQ(action("member_list?id=zz").status, 404);
  EXPECT_EQ(action("member_list").status, 409);
  EXPECT_EQ(action("member_roles_list").at("/result/1/value"), R"("editor")");
  EXPECT_EQ(action("member_roles_list?group_type=group").at("/result/1/value"), R"("member")");
}

TEST_F(CkanActions, TokensChangeNothingYet) {
  Request request;
  request.method = "GET";
  request.headers.set("Authorization", "no-such-token");
  request.headers.set("X-CKAN-API-Key", "no-such-token");
  EXPECT_EQ(call(std::move(request), "/api/3/action/package_show?id=secret").status, 403);
}

TEST_F(CkanActions, UtilAddressesWrapSuggestions) {
  for (const std::string version : {"1", "2"}) {
    const std::string util = "/api/" + version + "/util";
    EXPECT_EQ(get(util + "/dataset/autocomplete?incomplete=popul").at("/ResultSet/Result/0/name"),
              R"("population")");
    EXPECT_EQ(get(util + "/tag/autocomplete?incomplete=%E9%98%B2").body,
              R"({"ResultSet":{"Result":[{"Name":"防災"}]}})");
    EXPECT_EQ(get(util + "/resource/format_autocomplete?incomplete=cs").body,
              R"({"ResultSet":{"Result":[{"Format":"csv"}]}})");
    EXPECT_EQ(get(util + "/organization/autocomplete?q=%E6%A8%AA").at("/0/name"), R"("141003")");
    EXPECT_EQ(get(util + "/group/autocomplete?q=bosai").at("/0/title"), R"("防災")");
    EXPECT_EQ(get(util + "/user/autocomplete?q=a").body, "[]");
    EXPECT_EQ(get(util + "/tag/autocomplete").body, R"({"ResultSet":{"Result":[]}})");
    EXPECT_EQ(get(util + "/tag/autocomplete?incomplete=a&limit=x").status, 409);
  }
  EXPECT_EQ(get("/api/3/util/tag/autocomplete").status, 404);
}

}  // namespace
}  // namespace minato::http
