#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/dataset_extras.h"
#include "formats/ckan_input/ckan_input.h"
#include "formats/dataset_document.h"

namespace minato::formats {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CkanInputTest : public testing::Test {
 protected:
  CkanInputTest() {
    organization_.id = "org-id";
    organization_.name = "141003";
    organization_.title = "横浜市";
    context_.site_url = "https://data.example.jp";
    context_.organization = [this](std::string_view name) {
      return name == "141003" || name == "org-id" ? &organization_ : nullptr;
    };
    context_.group = [this](std::string_view id) { return id == "bosai-id" ? &group_ : nullptr; };
    group_.id = "bosai-id";
    group_.name = "bosai";
  }

  std::string shown(const core::Dataset& dataset) {
    std::string text;
    JsonWriter json(text);
    write_ckan_dataset(json, dataset, context_);
    return text;
  }

  core::Dataset read(std::string_view json, core::Dataset dataset = {},
                     AbsentKeys absent = AbsentKeys::kClear) {
    wrongs_.clear();
    const auto dict = parse_json(json).value();
    EXPECT_EQ(ckan_shape_fault(dict), std::nullopt);
    CkanInput input{context_};
    input.absent = absent;
    read_ckan_dataset(dict, input, dataset, wrongs_);
    return dataset;
  }

  core::Resource read_resource(std::string_view json, core::Resource resource = {},
                               AbsentKeys absent = AbsentKeys::kClear) {
    wrongs_.clear();
    const auto dict = parse_json(json).value();
    CkanInput input{context_};
    input.absent = absent;
    read_ckan_resource(dict, input, resource, "/resources/0", wrongs_);
    return resource;
  }

  [[nodiscard]] std::vector<std::string> wrongs() const {
    std::vector<std::string> texts;
    for (const auto& wrong : wrongs_) texts.push_back(wrong.param + ": " + wrong.message.en);
    return texts;
  }

  core::Group organization_;
  core::Group group_;
  CkanContext context_;
  core::ErrorDetails wrongs_;
};

core::Resource upload() {
  core::Resource resource;
  resource.id = "r1";
  resource.dataset_id = "d1";
  resource.name = "人口";
  resource.url = "人口統計.csv";
  resource.url_type = "upload";
  resource.format = "CSV";
  resource.mimetype = "text/csv";
  resource.blob = std::string(64, 'a');
  resource.hash = resource.blob;
  resource.size = 12;
  resource.extras = {{"encoding", "utf-8"}};
  return resource;
}

core::Dataset full() {
  core::Dataset dataset;
  dataset.id = "d1";
  dataset.name = "jinko";
  dataset.title = "人口";
  dataset.title_kana = "ジンコウ";
  dataset.title_en = "Population";
  dataset.notes = "一行目\r\n二行目";
  dataset.notes_en = "Notes";
  dataset.owner_org = "org-id";
  dataset.license_id = "cc-by-4.0";
  dataset.frequency = "monthly";
  dataset.language = "ja";
  dataset.themes = {"2", "13"};
  dataset.spatial = {"141003"};
  dataset.temporal = {"2023-04", "2024-03"};
  dataset.contact = {"統計課", "tokei@example.jp", "https://example.jp", "045-000-0000"};
  dataset.groups = {"bosai-id"};
  dataset.tags = {{"t1", "人口", ""}, {"t2", "統計", ""}};
  dataset.extras = {{"source", "国勢調査"}, {"zeta", ""}};
  core::Resource link;
  link.id = "r2";
  link.dataset_id = "d1";
  link.url = "www.example.jp/a.csv";
  link.size = 3;
  link.hash = "md5:1";
  link.extras = {{"b", "2"}, {"a", "1"}};
  core::Resource copy = link;
  copy.id = "r3";
  copy.url = "https://example.jp/b.csv";
  copy.blob = std::string(64, 'b');
  copy.hash = copy.blob;
  dataset.resources = {upload(), link, copy};
  return dataset;
}

TEST_F(CkanInputTest, WhatWasShownComesBackUnchanged) {
  const core::Dataset dataset = full();
  EXPECT_EQ(read(shown(dataset), dataset), dataset);
  EXPECT_EQ(read(shown(dataset), dataset, AbsentKeys::kKeep), dataset);
  EXPECT_THAT(wrongs(), IsEmpty());
}

TEST_F(CkanInputTest, EveryShippedDatasetComesBackUnchanged) {
  namespace fs = std::filesystem;
  int count = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(MINATO_SOURCE_DIR) / "datasets")) {
    std::ifstream file(entry.path() / "dataset.json");
    if (!file) continue;
    std::stringstream text;
    text << file.rdbuf();
    core::Dataset dataset = parse_dataset_document(text.str()).value();
    dataset.id = "d1";
    core::take_fields_from_extras(dataset);
    for (std::size_t i = 0; i < dataset.resources.size(); ++i) {
      core::Resource& resource = dataset.resources[i];
      resource.id = "r" + std::to_string(i);
      resource.dataset_id = dataset.id;
      if (resource.url_type == "upload") resource.blob = std::string(64, 'c');
    }
    const core::Dataset back = read(shown(dataset), dataset);
    EXPECT_EQ(write_dataset_document(back), write_dataset_document(dataset)) << entry.path();
    EXPECT_EQ(back, dataset) << entry.path();
    EXPECT_THAT(wrongs(), IsEmpty()) << entry.path();
    ++count;
  }
  EXPECT_GT(count, 10);
}

TEST_F(CkanInputTest, UpdateClearsWhatIsAbsentAndPatchKeepsIt) {
  const core::Dataset dataset = full();
  const core::Dataset cleared = read(R"({"title":"新"})", dataset);
  EXPECT_EQ(cleared.title, "新");
  EXPECT_EQ(cleared.name, "jinko");
  EXPECT_EQ(cleared.notes, "");
  EXPECT_EQ(cleared.frequency, "");
  EXPECT_EQ(cleared.owner_org, "");
  EXPECT_THAT(cleared.tags, IsEmpty());
  EXPECT_THAT(cleared.extras, IsEmpty());
  EXPECT_EQ(cleared.resources, dataset.resources);
  core::Dataset patched = read(R"({"title":"新","notes":null})", dataset, AbsentKeys::kKeep);
  EXPECT_EQ(patched.notes, "");
  patched.title = dataset.title;
  patched.notes = dataset.notes;
  EXPECT_EQ(patched, dataset);
}

TEST_F(CkanInputTest, PrivacyAndStateAreNeverLostByLeavingThemOut) {
  core::Dataset dataset = full();
  dataset.is_private = true;
  dataset.state = core::State::kDraft;
  const core::Dataset after = read(R"({"title":"x"})", dataset);
  EXPECT_TRUE(after.is_private);
  EXPECT_EQ(after.state, core::State::kDraft);
  EXPECT_FALSE(read(R"({"private":"False"})", dataset).is_private);
  EXPECT_TRUE(read(R"({"private":"True"})", full()).is_private);
  EXPECT_EQ(read(R"({"state":"active"})", dataset).state, core::State::kActive);
  read(R"({"state":"published"})", dataset);
  EXPECT_THAT(wrongs(), ElementsAre("/state: Value must be one of ['active', 'draft', 'deleted']"));
}

TEST_F(CkanInputTest, WithoutATitleTheNameIsTheTitle) {
  EXPECT_EQ(read(R"({"name":"jinko"})").title, "jinko");
  core::Dataset untitled = full();
  untitled.title.clear();
  EXPECT_EQ(read(shown(untitled), untitled), untitled);
}

TEST_F(CkanInputTest, WrongTypesAreNamedByField) {
  read(R"({"name":5,"title":["a"],"notes":{"ja":"a"},"version":3,"extras":[{"key":"k"},
           {"key":"","value":"x"},{"key":"l","value":[1]}],"tags":[{"nam":"a"}],"groups":[{}],
           "resources":[{"url":"a"},{"size":"x","last_modified":"soon"},{"size":1.5}]})");
  EXPECT_THAT(
      wrongs(),
      ElementsAre("/name: Names must be strings", "/title: Must be a Unicode string value",
                  "/notes: Must be a Unicode string value", "/extras/0/value: Missing value",
                  "/extras/2/value: Must be a Unicode string value", "/extras/1/key: Missing value",
                  "/tags/0/name: Missing value", "/groups/0/id: Missing value",
                  "/resources/1/size: Invalid integer",
                  "/resources/1/last_modified: Date format incorrect",
                  "/resources/2/size: Invalid integer"));
}

TEST_F(CkanInputTest, ListsOfSomethingElseThanObjectsAreAFault) {
  const auto fault = [](std::string_view json) {
    return ckan_shape_fault(parse_json(json).value()).value_or("");
  };
  EXPECT_EQ(fault(R"({"tags":["a"]})"),
            "Only lists of dicts can be placed against subschema ('tags',) not <class 'list'>");
  EXPECT_EQ(fault(R"({"resources":"a"})"),
            "Only lists of dicts can be placed against subschema ('resources',) not <class 'str'>");
  EXPECT_EQ(fault(R"({"extras":{"a":1}})"),
            "Only lists of dicts can be placed against subschema ('extras',) not <class 'dict'>");
  EXPECT_EQ(fault(R"({"groups":5})"),
            "Only lists of dicts can be placed against subschema ('groups',) not <class 'int'>");
  EXPECT_EQ(fault(R"({"groups":null,"tags":[]})"), "");
}

TEST_F(CkanInputTest, UnknownKeysAreIgnoredUnlessTheyHoldLists) {
  EXPECT_EQ(read(R"({"name":"aa","isopen":true,"tracking_summary":{"total":1},"x":"y","list":["a"],
                     "relationships_as_subject":[{"a":1}]})")
                .name,
            "aa");
  EXPECT_THAT(wrongs(), IsEmpty());
  read(R"({"name":"aa","odd":[{"a":1,"b":2}]})");
  EXPECT_THAT(wrongs(), ElementsAre("/__junk: The input field [('odd', 0, 'a'), ('odd', 0, 'b')] "
                                    "was not expected."));
}

TEST_F(CkanInputTest, TagsComeFromTheListAndTheText) {
  const auto names = [](const core::Dataset& dataset) {
    std::vector<std::string> all;
    for (const auto& tag : dataset.tags) all.push_back(tag.id + "=" + tag.name);
    return all;
  };
  EXPECT_THAT(names(read(R"({"tags":[{"name":"b"},{"name":"b"}],"tag_string":" a , c,,b"})")),
              ElementsAre("=a", "=b", "=c"));
  EXPECT_THAT(names(read(R"({"tags":[{"name":"人口"},{"name":"県"}]})", full())),
              ElementsAre("t1=人口", "=県"));
  EXPECT_THAT(names(read(R"({"tag_string":"県"})", full(), AbsentKeys::kKeep)),
              ElementsAre("t1=人口", "=県", "t2=統計"));
}

TEST_F(CkanInputTest, ExtrasOfOursBecomeFields) {
  const core::Dataset dataset = read(R"({"extras":[{"key":"theme","value":"[\"13\"]"},
      {"key":"frequency","value":"monthly"},{"key":"spatial_codes","value":"[\"141003\"]"},
      {"key":"spatial_text","value":"横浜市"},{"key":"own","value":5}]})");
  EXPECT_THAT(dataset.themes, ElementsAre("13"));
  EXPECT_EQ(dataset.frequency, "monthly");
  EXPECT_THAT(dataset.spatial, ElementsAre("141003"));
  EXPECT_THAT(dataset.extras, ElementsAre(core::Extra{"own", "5"}));
  EXPECT_EQ(read(R"({"extras":[{"key":"spatial_text","value":"港"}]})").extras.size(), 1U);
}

TEST_F(CkanInputTest, ExtrasGivenTwiceAreWrongWhateverTheyAre) {
  read(R"({"extras":[{"key":"frequency","value":"monthly"},{"key":"a","value":""},
                     {"key":"frequency","value":"annual"}]})");
  EXPECT_THAT(wrongs(), ElementsAre("/extras/2/key: Duplicate key \"frequency\""));
  read(R"({"extras":[{"key":"title","value":"x"}]})");
  EXPECT_THAT(wrongs(), ElementsAre("/extras/0/key: There is a schema field with the same name"));
}

TEST_F(CkanInputTest, ListedResourcesAreChangedAddedAndRemoved) {
  const core::Dataset after = read(
      R"({"resources":[{"url":"http://new.example.jp/n.csv"},{"id":"r1","name":"新"}]})", full());
  ASSERT_EQ(after.resources.size(), 2U);
  EXPECT_EQ(after.resources[0].id, "");
  EXPECT_EQ(after.resources[1].id, "r1");
  EXPECT_EQ(after.resources[1].name, "新");
  EXPECT_EQ(after.resources[1].blob, std::string(64, 'a'));
  read(R"({"resources":[{"id":"r1"},{"id":"r1"}]})", full());
  EXPECT_THAT(wrongs(), ElementsAre("/resources/1/id: Resource id already exists."));
}

TEST_F(CkanInputTest, AKeptFileKeepsWhatDescribesIt) {
  const core::Resource after = read_resource(
      R"({"name":"x","size":99,"hash":"lie","url_type":null,"mimetype":"text/plain"})", upload());
  EXPECT_EQ(after.url, "人口統計.csv");
  EXPECT_EQ(after.url_type, "upload");
  EXPECT_EQ(after.size, 12);
  EXPECT_EQ(after.hash, upload().hash);
  EXPECT_EQ(after.mimetype, "text/plain");
  EXPECT_EQ(after.description, "");
  EXPECT_THAT(after.extras, IsEmpty());
}

TEST_F(CkanInputTest, AFileGoesWhenTheAddressIsAnothersOrTheClientSaysSo) {
  for (const char* json : {R"({"url":"https://other.example.jp/x.csv"})",
                           R"({"clear_upload":"true","url":"https://other.example.jp/x.csv"})"}) {
    const core::Resource after = read_resource(json, upload(), AbsentKeys::kKeep);
    EXPECT_EQ(after.url, "https://other.example.jp/x.csv") << json;
    EXPECT_EQ(after.url_type, "") << json;
    EXPECT_EQ(after.blob, "") << json;
    EXPECT_EQ(after.size, std::nullopt) << json;
    EXPECT_EQ(after.name, "人口") << json;
  }
  EXPECT_EQ(read_resource(R"({"url":"新しい名前.csv"})", upload()).url, "新しい名前.csv");
  EXPECT_EQ(read_resource(R"({"url":"新しい名前.csv"})", upload()).url_type, "upload");
}

TEST_F(CkanInputTest, NobodyMakesAFileOfOursByWord) {
  const core::Resource after =
      read_resource(R"({"url":"a.csv","url_type":"upload","blob":"bb","hash":"h","size":"5"})");
  EXPECT_EQ(after.url_type, "");
  EXPECT_EQ(after.blob, "");
  EXPECT_EQ(after.hash, "h");
  EXPECT_EQ(after.size, 5);
  EXPECT_THAT(after.extras, ElementsAre(core::Extra{"blob", "bb"}));
}

TEST_F(CkanInputTest, UnknownKeysOfAResourceAreItsExtras) {
  const core::Resource after = read_resource(
      R"({"url":"a","n":1,"flag":true,"list":["a",1],"none":null,"package_id":"p","upload":"x"})");
  EXPECT_THAT(after.extras, ElementsAre(core::Extra{"flag", "true"},
                                        core::Extra{"list", R"(["a",1])"}, core::Extra{"n", "1"}));
  const core::Resource patched =
      read_resource(R"({"encoding":null,"new":"1"})", upload(), AbsentKeys::kKeep);
  EXPECT_THAT(patched.extras, ElementsAre(core::Extra{"new", "1"}));
}

TEST_F(CkanInputTest, SizesAreIntegersOrDigits) {
  EXPECT_EQ(read_resource(R"({"size":" 12 "})").size, 12);
  EXPECT_EQ(read_resource(R"({"size":12.0})").size, 12);
  EXPECT_EQ(read_resource(R"({"size":""})").size, std::nullopt);
  for (const char* size : {R"("1e3")", "true", "[1]", "1e300", R"("99999999999999999999")"}) {
    read_resource(std::string(R"({"size":)") + size + "}");
    EXPECT_THAT(wrongs(), ElementsAre("/resources/0/size: Invalid integer")) << size;
  }
}

TEST_F(CkanInputTest, OnlyThoseWhoMaySetIdentitiesAreHeard) {
  const auto dict = parse_json(R"({"metadata_modified":"2020-01-02T03:04:05.000006",
                                   "creator_user_id":"u9"})")
                        .value();
  core::Dataset dataset = full();
  CkanInput input{context_};
  read_ckan_dataset(dict, input, dataset, wrongs_);
  EXPECT_EQ(dataset.creator_user_id, "");
  EXPECT_EQ(dataset.modified, full().modified);
  input.may_set_identity = true;
  read_ckan_dataset(dict, input, dataset, wrongs_);
  EXPECT_EQ(dataset.creator_user_id, "u9");
  EXPECT_EQ(core::to_ckan_time(dataset.modified), "2020-01-02T03:04:05.000006");
}

}  // namespace
}  // namespace minato::formats
