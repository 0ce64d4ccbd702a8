// Doors to many datasets: lists, searches, facets, counts, feeds and suggestions.
#include <rapidjson/pointer.h>

#include "doors_fixture.h"
#include "formats/json.h"

namespace minato::http {
namespace {

using Names = std::set<std::string>;

const std::string kAll = "include_private=true&include_drafts=true&include_deleted=true";

// What everybody sees is all that anybody sees.
const std::vector<std::string>& public_doors() {
  static const std::vector<std::string> all = {
      "/api/3/action/package_search",
      "/api/3/action/package_search?q=zqveiledqz+OR+zqsketchqz+OR+zqgoneqz+OR+zqopenqz",
      "/api/3/action/package_search?fq=state:(active+OR+draft+OR+deleted)",
      "/api/3/action/package_search?fq=private:true+OR+private:false",
      "/api/3/action/package_search?rows=0&facet.field=[\"tags\",\"res_format\",\"name\"]",
      "/api/3/action/package_search?fl=title,tags",
      "/api/3/action/package_autocomplete?q=zq",
      "/api/3/action/resource_search?query=name:zq",
      "/api/3/action/tag_list",
      "/api/3/action/tag_list?all_fields=true&query=zq",
      "/api/3/action/tag_search?query=zq",
      "/api/3/action/tag_autocomplete?query=zq",
      "/api/3/action/format_autocomplete?q=zq&limit=100",
      "/api/3/action/group_show?id=bosai&include_datasets=true",
      "/api/3/action/group_package_show?id=bosai",
      "/api/2/util/dataset/autocomplete?incomplete=zq",
      "/api/2/util/tag/autocomplete?incomplete=zq",
      "/api/2/util/resource/format_autocomplete?incomplete=zq",
      "/api/v1/datasets",
      "/api/v1/datasets?q=zqveiledqz",
      "/api/v1/datasets?limit=0&facet=tag,format",
      "/feeds/dataset.atom",
      "/feeds/organization/141003.atom",
      "/feeds/group/bosai.atom",
      "/feeds/custom.atom?fq=state:draft+OR+state:active",
      "/organization/141003/opendata_list.csv",
      "/",
      "/en",
      "/dataset",
      "/dataset?organization=141003",
      "/organization/141003",
      "/group/bosai",
  };
  return all;
}

// The words that were asked for come back in links and forms.
bool echoes(const std::string& target) { return target.find("zqveiledqz") != std::string::npos; }

TEST_F(Doors, ListsShowOnlyWhatIsPublicUnlessAskedForMore) {
  for (const std::string& target : public_doors()) {
    for (const Looker& looker : lookers()) {
      Names seen = shown(target, looker.caller);
      if (echoes(target)) seen.erase("veiled");
      const Names wanted = target == "/api/v1/datasets?q=zqveiledqz" ? Names{} : Names{"open"};
      EXPECT_EQ(seen, wanted) << looker.who << ' ' << target;
    }
  }
}

TEST_F(Doors, WidenedListsShowWhatTheCallerMaySee) {
  const std::vector<std::string> targets = {
      "/api/3/action/package_search?" + kAll,
      "/api/3/action/package_search?rows=0&facet.field=tags&" + kAll,
      "/api/3/action/package_search?rows=0&facet.field=res_format&" + kAll,
      "/api/3/action/package_search?fl=title&" + kAll,
      "/api/v1/datasets?include=private,draft,deleted",
      "/api/v1/datasets?include=private&include=draft&include=deleted&limit=0&facet=tag",
  };
  for (const std::string& target : targets) {
    for (const Looker& looker : lookers()) {
      EXPECT_EQ(shown(target, looker.caller), readable(looker.who)) << looker.who << ' ' << target;
    }
  }
}

Names one_kind(std::string_view who, const std::string& kind) {
  Names wanted{"open"};
  if (readable(who).contains(kind)) wanted.insert(kind);
  return wanted;
}

TEST_F(Doors, EachFlagWidensItsOwnKindOnly) {
  for (const Looker& looker : lookers()) {
    for (const auto& [flag, include, kind] : {std::tuple{"include_private", "private", "veiled"},
                                              std::tuple{"include_drafts", "draft", "sketch"},
                                              std::tuple{"include_deleted", "deleted", "gone"}}) {
      const Names wanted = one_kind(looker.who, kind);
      const std::string ckan = std::string("/api/3/action/package_search?") + flag + "=true";
      EXPECT_EQ(shown(ckan, looker.caller), wanted) << looker.who << ' ' << flag;
      EXPECT_EQ(shown(std::string("/api/v1/datasets?include=") + include, looker.caller), wanted)
          << looker.who << ' ' << include;
    }
  }
}

TEST_F(Doors, NamesOfWidenedListsAreSortedAndPaged) {
  const std::string list = "/api/3/action/package_list?" + kAll;
  const auto result = [&](const std::string& target, const core::Caller& caller) {
    const auto reply = get(target, caller);
    const std::size_t at = reply.body.find("\"result\":");
    return at == std::string::npos ? reply.body : reply.body.substr(at + 9);
  };
  EXPECT_EQ(result("/api/3/action/package_list", lookers().back().caller), "[\"open\"]}");
  EXPECT_EQ(result(list, {}), "[\"open\"]}");
  EXPECT_EQ(result(list, lookers()[3].caller), "[\"open\",\"veiled\"]}");
  EXPECT_EQ(result(list, lookers()[4].caller), "[\"gone\",\"open\",\"sketch\",\"veiled\"]}");
  EXPECT_EQ(result(list + "&offset=1&limit=2", lookers()[4].caller), "[\"open\",\"sketch\"]}");
  EXPECT_EQ(result(list + "&offset=9", lookers()[4].caller), "[]}");
}

TEST_F(Doors, PrivateDatasetsOfAnOrganizationAreShownToItsMembers) {
  for (const std::string target :
       {"/api/3/action/organization_show?id=141003&include_datasets=true",
        "/api/3/action/group_package_show?id=141003"}) {
    for (const Looker& looker : lookers()) {
      EXPECT_EQ(shown(target, looker.caller), one_kind(looker.who, "veiled"))
          << looker.who << ' ' << target;
    }
  }
  for (const Looker& looker : lookers()) {
    const Names wanted = looker.who == "sysadmin" ? Names{"open", "veiled"} : Names{"open"};
    EXPECT_EQ(shown("/api/3/action/current_package_list_with_resources", looker.caller), wanted)
        << looker.who;
  }
}

TEST_F(Doors, TablesAreListedForThoseWhoMaySeeThem) {
  for (const Looker& looker : lookers()) {
    const auto reply =
        get("/api/3/action/datastore_search?resource_id=_table_metadata", looker.caller);
    Names listed;
    for (const std::string_view name : kDatasets) {
      const bool is_there =
          reply.body.find("\"" + std::string(name) + "-r1\"") != std::string::npos;
      if (is_there) listed.insert(std::string(name));
    }
    EXPECT_EQ(listed, readable(looker.who)) << looker.who;
  }
}

TEST_F(Doors, TagsOfHiddenDatasetsAreNotThere) {
  for (const Looker& looker : lookers()) {
    for (const std::string_view name : kDatasets) {
      const int wanted = name == "open" ? 200 : 404;
      EXPECT_EQ(get("/api/3/action/tag_show?id=" + word_of(name), looker.caller).status, wanted);
      EXPECT_EQ(get("/feeds/tag/" + word_of(name) + ".atom", looker.caller).status, wanted);
    }
  }
}

struct Count {
  std::string target;
  const char* pointer;
  bool of_members;  // counts what members of the organization see, not only what everybody does
};

TEST_F(Doors, CountsAreOfWhatIsSeen) {
  const std::vector<Count> counts = {
      {"/api/3/action/package_search?rows=0", "/result/count", false},
      {"/api/3/action/resource_search?query=name:zq", "/result/count", false},
      {"/api/3/action/tag_search?query=zq", "/result/count", false},
      {"/api/3/action/organization_show?id=141003", "/result/package_count", true},
      {"/api/3/action/group_show?id=bosai", "/result/package_count", false},
      {"/api/3/action/group_list?all_fields=true", "/result/0/package_count", false},
      {"/api/3/action/organization_list?all_fields=true&organizations=141003",
       "/result/0/package_count", false},
      {"/api/v1/datasets?limit=0", "/meta/count/value", false},
      {"/api/v1/organizations/141003", "/data/dataset_count", false},
  };
  for (const Count& count : counts) {
    for (const Looker& looker : lookers()) {
      const auto reply = get(count.target, looker.caller);
      const auto document = formats::parse_json(reply.body);
      ASSERT_TRUE(document) << reply.body;
      const auto* value = rapidjson::Pointer(count.pointer).Get(*document);
      ASSERT_NE(value, nullptr) << count.target << '\n' << reply.body;
      const bool more = count.of_members && readable(looker.who).contains("veiled");
      EXPECT_EQ(value->GetInt(), more ? 2 : 1) << looker.who << ' ' << count.target;
    }
  }
}

TEST_F(Doors, CountsOfWidenedSearchesAreOfWhatTheCallerSees) {
  for (const Looker& looker : lookers()) {
    const auto reply = get("/api/3/action/package_search?rows=0&" + kAll, looker.caller);
    const std::string wanted = "\"count\":" + std::to_string(readable(looker.who).size());
    EXPECT_NE(reply.body.find(wanted), std::string::npos) << looker.who << ' ' << reply.body;
  }
}

TEST_F(Doors, UnknownWordsOfIncludeAreRefused) {
  const auto reply = get("/api/v1/datasets?include=hidden");
  EXPECT_EQ(reply.status, 400);
  EXPECT_NE(reply.body.find("\"param\":\"include\""), std::string::npos) << reply.body;
}

}  // namespace
}  // namespace minato::http
