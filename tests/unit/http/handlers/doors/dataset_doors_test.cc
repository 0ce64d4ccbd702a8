// Doors to one dataset, its resources, files and tables: who comes through, and what the others
// are told.
#include "doors_fixture.h"

namespace minato::http {
namespace {

// "{}" stands for the dataset's name.
struct Door {
  std::string target;
  int closed = 403;  // what a private dataset or a draft answers to those who may not see it
};

const std::vector<Door>& doors() {
  static const std::vector<Door> all = {
      {"/api/3/action/package_show?id={}"},
      {"/api/3/action/package_show?id={}-id"},
      {"/api/action/package_show?name_or_id={}"},
      {"/api/3/action/resource_show?id={}-r1"},
      {"/api/3/action/resource_view_list?id={}-r1"},
      {"/api/3/action/datastore_search?resource_id={}-r1"},
      {"/api/3/action/datastore_search?resource_id={}-r1&records_format=csv"},
      {"/api/3/action/datastore_info?id={}-r1"},
      {"/api/3/action/harvest_object_show?id=object-{}", 404},
      {"/api/3/action/harvest_object_show?dataset_id={}-id", 404},
      {"/datastore/dump/{}-r1", 404},
      {"/datastore/dump/{}-r1?format=json", 404},
      {"/api/v1/datasets/{}"},
      {"/api/v1/datasets/{}-id"},
      {"/api/v1/tables/{}-r1"},
      {"/api/v1/tables/{}-r1?version=1"},
      {"/api/v1/tables/{}-r1/rows"},
      {"/api/v1/tables/{}-r1/rows/1"},
      {"/api/v1/tables/{}-r1/rows.csv"},
      {"/api/v1/tables/{}-r1/rows.xlsx"},
      {"/api/v1/tables/{}-r1/aggregate?agg=count(*)"},
      {"/api/v1/tables/{}-r1/aggregate.csv?agg=count(*)"},
      {"/api/v1/tables/{}-r1/facets?facet=c1"},
      {"/api/v1/tables/{}-r1/versions"},
      {"/api/v1/tables/{}-r1/versions/1/file"},
      {"/api/v1/tables/{}-r1/openapi.json"},
      {"/api/v1/tables/{}-r1/export.csv"},
      {"/api/v1/tables/{}-r1/export.tsv"},
      {"/api/v1/tables/{}-r1/export.json"},
      {"/api/v1/tables/{}-r1/export.ndjson"},
      {"/api/v1/tables/{}-r1/export.xlsx"},
      {"/dataset/{}"},
      {"/en/dataset/{}-id"},
      {"/dataset/{}/resource/{}-r1"},
      {"/dataset/{}/resource/{}-r1?view=columns"},
      {"/dataset/{}/resource/{}-r1?view=chart"},
      {"/dataset/{}/resource/{}-r1?view=api"},
      {"/dataset/{}/resource/{}-r1?view=reading"},
      {"/dataset/{}/resource/{}-r1/download"},
      {"/dataset/{}-id/resource/{}-r1/download/a.csv"},
  };
  return all;
}

std::string filled(std::string text, std::string_view name) {
  for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}", at)) {
    text.replace(at, 2, name);
  }
  return text;
}

int expected(const Door& door, std::string_view who, std::string_view name) {
  if (readable(who).contains(std::string(name))) return 200;
  return name == "gone" ? 404 : door.closed;
}

TEST_F(Doors, OpenForThoseWhoMayReadTheDataset) {
  for (const Door& door : doors()) {
    for (const Looker& looker : lookers()) {
      for (const std::string_view name : kDatasets) {
        const std::string target = filled(door.target, name);
        const auto reply = get(target, looker.caller);
        EXPECT_EQ(reply.status, expected(door, looker.who, name))
            << looker.who << ' ' << target << '\n'
            << reply.body.substr(0, 300);
      }
    }
  }
}

TEST_F(Doors, TellNothingOfADatasetWhenTheyStayClosed) {
  for (const Door& door : doors()) {
    for (const std::string_view name : {"veiled", "sketch", "gone"}) {
      const std::string target = filled(door.target, name);
      EXPECT_EQ(get(target).body.find(word_of(name)), std::string::npos) << target;
    }
  }
}

// What one caller was shown must not be kept for the next.
TEST_F(Doors, CloseAgainBehindThoseWhoMay) {
  for (const Door& door : doors()) {
    const std::string target = filled(door.target, "veiled");
    EXPECT_EQ(get(target, lookers().back().caller).status, 200) << target;
    EXPECT_EQ(get(target).status, door.closed) << target;
    EXPECT_EQ(get(filled(door.target, "open")).status, 200) << target;
  }
}

TEST_F(Doors, CloseWhenADatasetBecomesPrivate) {
  for (const Door& door : doors()) EXPECT_EQ(get(filled(door.target, "open")).status, 200);
  core::Dataset open = dataset("open");
  open.is_private = true;
  put(open);
  for (const Door& door : doors()) {
    EXPECT_EQ(get(filled(door.target, "open")).status, door.closed) << door.target;
  }
}

TEST_F(Doors, ReadScopesAreEnoughToLook) {
  core::Caller reader = lookers()[3].caller;
  reader.scopes = {"read"};
  EXPECT_EQ(get("/api/v1/datasets/veiled", reader).status, 200);
  EXPECT_EQ(shown("/api/v1/datasets?include=private", reader),
            (std::set<std::string>{"open", "veiled"}));
}

// A script of any page asks by JSONP; it sees what everybody sees.
TEST_F(Doors, ScriptsAreAnonymous) {
  const std::string target = "/api/3/action/package_show?id=veiled&callback=f";
  EXPECT_EQ(get(target, lookers().back().caller).status, 403);
}

}  // namespace
}  // namespace minato::http
