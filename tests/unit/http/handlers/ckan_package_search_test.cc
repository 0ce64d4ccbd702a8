#include "ckan_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;

class CkanPackageSearch : public CkanTest {
 protected:
  CkanReply search(std::string json) {
    return post("/api/3/action/package_search", std::move(json));
  }
  // Names of the results, in order.
  std::string names(std::string json) {
    const auto reply = search(std::move(json));
    std::string list;
    if (reply.status != 200) return reply.body;
    for (const auto& dataset : reply.json["result"]["results"].GetArray()) {
      list += (list.empty() ? "" : " ") + std::string(dataset["name"].GetString());
    }
    return list;
  }
};

TEST_F(CkanPackageSearch, FindsAllByDefault) {
  const auto reply = search("{}");
  EXPECT_EQ(reply.at("/result/count"), "3");
  EXPECT_EQ(reply.at("/result/sort"), R"("score desc, metadata_modified desc")");
  EXPECT_EQ(reply.at("/result/facets"), "{}");
  EXPECT_EQ(reply.at("/result/search_facets"), "{}");
  EXPECT_EQ(reply.at("/result/results/0/name"), R"("population")");
  for (const char* all : {R"({"q":""})", R"({"q":"*:*"})", R"({"q":"\"\""})", R"({"q":"''"})"}) {
    EXPECT_EQ(search(all).at("/result/count"), "3") << all;
  }
}

TEST_F(CkanPackageSearch, FindsJapaneseWords) {
  EXPECT_EQ(names(R"({"q":"避難"})"), "shelters");
  EXPECT_EQ(names(R"({"q":"人口 世帯"})"), "population");
  EXPECT_EQ(names(R"({"q":"title:避難所"})"), "shelters");
  EXPECT_EQ(names(R"({"q":"火星"})"), "");
  EXPECT_EQ(store_.missed_searches().at("火星"), 1);
}

TEST_F(CkanPackageSearch, FiltersAsClientsDo) {
  EXPECT_EQ(names(R"({"fq":"organization:141003","sort":"name asc"})"), "aed shelters");
  EXPECT_EQ(names(R"({"fq":"+organization:141003 -groups:bosai"})"), "aed");
  EXPECT_EQ(names(R"({"fq":"tags:\"防災\"","sort":"name desc"})"), "shelters aed");
  EXPECT_EQ(names(R"x({"fq":"res_format:(XLSX OR GeoJSON)","sort":"name asc"})x"), "aed shelters");
  EXPECT_EQ(names(R"x({"fq":"(groups:bosai OR groups:b)"})x"), "shelters");
  EXPECT_EQ(names(R"({"fq":"-dataset_type:harvest","rows":1})"), "population");
  EXPECT_EQ(names(R"({"fq_list":["tags:防災","res_format:CSV"]})"), "shelters");
  EXPECT_EQ(names(R"({"fq":"tags:防災","fq_list":["res_format:CSV"]})"), "shelters");
  EXPECT_EQ(names(R"({"fq":["tags:防災","res_format:CSV"]})"), "shelters");
  EXPECT_EQ(names(R"({"fq":"num_tags:[2 TO *]","sort":"id asc"})"), "aed population shelters");
  EXPECT_EQ(names(R"({"fq":"extras_source:国勢調査"})"), "population");
  EXPECT_EQ(names(R"({"q":"name:\"aed\" OR id:\"population-id\"","sort":"name asc"})"),
            "aed population");
}

TEST_F(CkanPackageSearch, HarvestersMeanTheOrganizationsTogether) {
  EXPECT_EQ(names(R"({"fq":"organization:140007 OR organization:141003 )"
                  R"(metadata_modified:[2024-04-15T00:00:00Z TO *]"})"),
            "population");
}

TEST_F(CkanPackageSearch, QgisCallsLikeThis) {
  const auto reply =
      action("package_search?q=&fq=(groups:bosai+OR+groups:b)&sort=name%20asc&rows=10&start=0");
  EXPECT_EQ(reply.at("/result/count"), "1");
}

TEST_F(CkanPackageSearch, SortsAndPages) {
  EXPECT_EQ(names(R"({"sort":"metadata_modified asc"})"), "aed shelters population");
  EXPECT_EQ(names(R"({"sort":"name desc","rows":1,"start":1})"), "population");
  EXPECT_EQ(names(R"({"sort":"name asc","start":3})"), "");
  EXPECT_EQ(search(R"({"sort":"name asc, id desc"})").at("/result/sort"), R"("name asc, id desc")");
}

TEST_F(CkanPackageSearch, ShowsThePublicOnlyWhateverIsAsked) {
  EXPECT_EQ(search(R"({"include_private":true,"include_drafts":true,"include_deleted":true})")
                .at("/result/count"),
            "3");
  for (const char* fq : {"capacity:private", "private:true", "+state:draft", "state:deleted",
                         "name:secret", "state:(draft OR active) +name:draft-one"}) {
    EXPECT_EQ(names(std::string(R"({"include_private":true,"fq":")") + fq + "\"}"), "") << fq;
  }
}

TEST_F(CkanPackageSearch, FacetsHaveTitlesAndComeLastNameFirst) {
  const auto reply = search(R"({"rows":0,"facet.field":["organization","license_id","groups"]})");
  EXPECT_EQ(reply.at("/result/search_facets/organization/items"),
            R"([{"name":"140007","display_name":"神奈川県","count":1},)"
            R"({"name":"141003","display_name":"横浜市","count":2}])");
  EXPECT_EQ(reply.at("/result/facets/organization/141003"), "2");
  EXPECT_EQ(reply.at("/result/search_facets/groups/items/0/display_name"), R"("防災")");
  EXPECT_NE(reply.at("/result/search_facets/license_id/items/0/display_name"), R"("cc-by")");
}

TEST_F(CkanPackageSearch, FacetFieldsInAnySpelling) {
  for (const char* field : {"tags", "%5B%22tags%22%5D"}) {
    const auto reply = action("package_search?rows=0&facet.field=" + std::string(field));
    EXPECT_EQ(reply.at("/result/facets/tags/防災"), "2") << field;
  }
  const auto repeated = action("package_search?rows=0&facet.field=tags&facet.field=res_format");
  EXPECT_EQ(repeated.at("/result/facets/res_format/CSV"), "2");
  const auto doubled = search(R"({"facet.field":["tags","tags"]})");
  EXPECT_EQ(doubled.json["result"]["search_facets"].MemberCount(), 1u);
  const auto extra = search(R"({"facet.field":["source"]})");
  EXPECT_EQ(extra.at("/result/facets/source/国勢調査"), "1");
}

TEST_F(CkanPackageSearch, FacetSettings) {
  EXPECT_EQ(search(R"({"facet":"false","facet.field":["tags"]})").at("/result/facets"), "{}");
  EXPECT_EQ(search(R"({"facet":false,"facet.field":["tags"]})").at("/result/search_facets"), "{}");
  EXPECT_EQ(search(R"({"facet.field":["tags"],"facet.mincount":2})").at("/result/facets/tags"),
            R"({"防災":2})");
  EXPECT_EQ(search(R"({"facet.field":["tags"],"facet.limit":1})").at("/result/facets/tags"),
            R"({"防災":2})");
  EXPECT_GE(search(R"({"facet.field":["tags"],"facet.limit":-1})")
                .json["result"]["facets"]["tags"]
                .MemberCount(),
            4u);
  EXPECT_EQ(search(R"({"facet.limit":-2})").status, 409);
  EXPECT_EQ(search(R"({"facet.mincount":-1})").at("/error/facet.mincount/0"),
            R"("Must be a natural number")");
  EXPECT_EQ(search(R"({"facet":"maybe"})").status, 409);
  EXPECT_EQ(search(R"({"facet.field":["title"]})").status, 409);
  EXPECT_EQ(search(R"({"facet.field":"[\"tags\""})").at("/error/facet.field/0"),
            R"("Could not parse as valid JSON")");
}

TEST_F(CkanPackageSearch, RowsAndStartAreNaturalNumbers) {
  EXPECT_EQ(search(R"({"rows":-1})").at("/error/rows/0"), R"("Must be a natural number")");
  EXPECT_EQ(search(R"({"start":"x"})").at("/error/start/0"), R"("Invalid integer")");
  EXPECT_EQ(search(R"({"rows":0})").at("/result/results"), "[]");
}

TEST_F(CkanPackageSearch, RowsAreCutAt1000) {
  std::vector<core::Dataset> many(1005);
  for (std::size_t i = 0; i < many.size(); ++i) {
    many[i].id = many[i].name = "many-" + std::to_string(i);
  }
  store_.put(many);
  const auto reply = search(R"({"rows":100000})");
  EXPECT_EQ(reply.json["result"]["results"].Size(), 1000u);
  EXPECT_EQ(reply.at("/result/count"), "1008");
}

TEST_F(CkanPackageSearch, SettingsOfSolrAndPluginsAreAccepted) {
  EXPECT_EQ(
      search(R"({"qf":"title^4","bf":"1","boost":["x"],"tie":0.1,"mm":"2","defType":"edismax",)"
             R"("df":"text","wt":"json","ext_bbox":"1,2,3,4","extras":{"a":"b"},)"
             R"("use_default_schema":true})")
          .status,
      200);
}

TEST_F(CkanPackageSearch, NamesEveryUnknownParameter) {
  const auto reply = search(R"({"a":1,"b'\"<":2})");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.json["error"]["message"].GetString(), HasSubstr("['a', 'b'\"<']"));
  EXPECT_EQ(action("package_search?rows=0&callback=f").status, 200);
}

TEST_F(CkanPackageSearch, SyntaxErrorsSayWhere) {
  for (const char* fq : {"title:(", "a:[1 TO", "\\\"open", "{!lucene}x", "AND"}) {
    const auto reply = search(std::string(R"({"fq":")") + fq + "\"}");
    EXPECT_EQ(reply.status, 409) << fq;
    EXPECT_EQ(reply.at("/error/__type"), R"("Search Error")") << fq;
    EXPECT_THAT(reply.at("/error/message"), HasSubstr("Search error: ")) << fq;
  }
  EXPECT_EQ(search(R"({"q":"title:("})").status, 409);
}

TEST_F(CkanPackageSearch, FlGivesFlatDictionaries) {
  EXPECT_EQ(
      search(
          R"({"fq":"name:shelters","fl":["name","tags","num_tags","res_format","organization"]})")
          .at("/result/results"),
      R"([{"name":"shelters","tags":["避難所","防災"],"num_tags":2,)"
      R"("res_format":["CSV","GeoJSON"],"organization":"141003"}])");
  EXPECT_EQ(action("package_search?fq=name:aed&fl=id,name").at("/result/results"),
            R"([{"id":"aed-id","name":"aed"}])");
  EXPECT_EQ(action("package_search?fq=name:population&fl=extras_source&fl=nosuch&fl=id&fl=id")
                .at("/result/results"),
            R"([{"extras_source":"国勢調査","id":"population-id"}])");
  EXPECT_EQ(search(R"({"fq":"name:aed","fl":["*"]})").at("/result/results/0/metadata_modified"),
            R"("2024-03-01T00:00:00.000000Z")");
}

TEST_F(CkanPackageSearch, AnswersWithTheClockInThemAreNotKept) {
  EXPECT_EQ(search(R"({"fq":"metadata_modified:[NOW-2MONTHS TO *]"})").cache_control, "no-store");
  EXPECT_EQ(names(R"({"fq":"metadata_modified:[NOW-2MONTHS TO *]"})"), "population");
  EXPECT_EQ(action("package_search?fq=metadata_modified:%5BNOW-7DAYS%20TO%20*%5D&callback=f")
                .cache_control,
            "no-store");
  EXPECT_EQ(search(R"({"fq":"metadata_modified:[* TO 2024-01-01T00:00:00Z]"})").cache_control, "");
}

TEST_F(CkanPackageSearch, HostileSizesAreRefused) {
  EXPECT_EQ(search(R"({"q":")" + std::string(500'000, 'a') + "\"}").status, 409);
  EXPECT_EQ(search(R"({"fq":")" + std::string(4000, '(') + "\"}").status, 409);
  std::string filters = "\"*:*\"";
  for (int i = 0; i < 60; ++i) filters += ",\"*:*\"";
  EXPECT_EQ(search("{\"fq_list\":[" + filters + "]}").status, 409);
  EXPECT_EQ(search("{\"facet.field\":[" + filters + "]}").status, 409);
  EXPECT_EQ(search(R"({"q":["a"],"rows":{},"fq":5,"sort":[]})").status, 409);
}

}  // namespace
}  // namespace minato::http
