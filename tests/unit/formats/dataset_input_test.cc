#include "formats/dataset_input/dataset_input.h"

#include <gmock/gmock.h>

#include "formats/ckan_json.h"
#include "formats/dataset_input/merge_patch.h"

namespace minato::formats {
namespace {

rapidjson::Document json(std::string_view text) {
  auto parsed = parse_json(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? std::move(*parsed) : rapidjson::Document();
}

std::string merged_text(std::string_view target, std::string_view patch) {
  rapidjson::Document document = json(target);
  merge_patch(document, json(patch), document.GetAllocator());
  std::string text;
  JsonWriter(text).value(document);
  return text;
}

// RFC 7396, appendix A.
TEST(MergePatch, DoesWhatTheRfcShows) {
  struct Case {
    const char* original;
    const char* patch;
    const char* result;
  };
  for (const Case& c : std::initializer_list<Case>{
           {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
           {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
           {R"({"a":"b"})", R"({"a":null})", R"({})"},
           {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
           {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
           {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
           {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
           {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
           {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
           {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
           {R"({"a":"foo"})", R"(null)", R"(null)"},
           {R"({"a":"foo"})", R"("bar")", R"("bar")"},
           {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
           {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
           {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"}}) {
    EXPECT_EQ(merged_text(c.original, c.patch), c.result) << c.original << ' ' << c.patch;
  }
}

core::Dataset sample() {
  core::Dataset dataset;
  dataset.id = "id";
  dataset.name = "name";
  dataset.title = "題";
  dataset.owner_org = "org-id";
  dataset.license_id = "cc-by";
  dataset.is_private = true;
  dataset.state = core::State::kDraft;
  dataset.temporal = {"2020", "2021"};
  dataset.tags = {{"t1", "人口", ""}, {"t2", "鶴見区", "wards"}};
  dataset.extras = {{"a", "1"}, {"b", "2"}};
  core::Resource file;
  file.id = "r1";
  file.name = "表";
  file.url = "人口.csv";
  file.url_type = "upload";
  file.blob = file.hash = std::string(64, 'a');
  file.size = 12;
  dataset.resources = {file};
  return dataset;
}

core::Dataset read(std::string_view text, InputMode mode, core::ErrorDetails* wrongs = nullptr) {
  core::Dataset dataset = sample();
  core::ErrorDetails own;
  read_dataset_input(json(text), {mode, "https://data.example.jp"}, dataset,
                     wrongs == nullptr ? own : *wrongs);
  return dataset;
}

TEST(DatasetInput, AnEmptyPatchChangesNothing) {
  EXPECT_EQ(read("{}", InputMode::kPatch), sample());
}

TEST(DatasetInput, TakesShortAndLongForms) {
  for (const char* text :
       {R"({"organization":"x","license":"CC0-1.0","themes":["1"],"groups":["g"],
            "frequency":"monthly","spatial":["141003"]})",
        R"({"organization":{"name":"x"},"license":{"id":"CC0-1.0"},"themes":[{"code":"1"}],
            "groups":[{"name":"g","title":"G"}],"frequency":{"code":"monthly"},
            "spatial":[{"code":"141003","title":"横浜市"}]})"}) {
    const core::Dataset dataset = read(text, InputMode::kPatch);
    EXPECT_EQ(dataset.owner_org, "x");
    EXPECT_EQ(dataset.license_id, "CC0-1.0");
    EXPECT_THAT(dataset.themes, testing::ElementsAre("1"));
    EXPECT_THAT(dataset.groups, testing::ElementsAre("g"));
    EXPECT_EQ(dataset.frequency, "monthly");
    EXPECT_THAT(dataset.spatial, testing::ElementsAre("141003"));
  }
}

TEST(DatasetInput, TheSameLicenceInOtherWordsIsNoChange) {
  EXPECT_EQ(read(R"({"license":{"id":"http://www.opendefinition.org/licenses/cc-by"}})",
                 InputMode::kPatch)
                .license_id,
            "cc-by");
}

TEST(DatasetInput, TagsOfVocabulariesStayThere) {
  const core::Dataset dataset = read(R"({"tags":["鶴見区","新しい"]})", InputMode::kPatch);
  ASSERT_EQ(dataset.tags.size(), 2U);
  EXPECT_EQ(dataset.tags[0].vocabulary_id, "wards");
  EXPECT_EQ(dataset.tags[1].vocabulary_id, "");
}

TEST(DatasetInput, AWholeDatasetClearsAllButWhatDecidesWhoSeesIt) {
  const core::Dataset dataset = read(R"({"title":"新"})", InputMode::kWhole);
  EXPECT_EQ(dataset.title, "新");
  EXPECT_EQ(dataset.license_id, "");
  EXPECT_TRUE(dataset.extras.empty());
  EXPECT_TRUE(dataset.tags.empty());
  EXPECT_TRUE(dataset.is_private);
  EXPECT_EQ(dataset.state, core::State::kDraft);
  EXPECT_EQ(dataset.resources, sample().resources);
}

TEST(DatasetInput, ResourcesAreNamedByTheirIds) {
  core::ErrorDetails wrongs;
  core::Dataset dataset = read(R"({"resources":[{"name":"新","url":"https://x.jp/"},{"id":"r1"}]})",
                               InputMode::kPatch, &wrongs);
  EXPECT_TRUE(wrongs.empty());
  ASSERT_EQ(dataset.resources.size(), 2U);
  EXPECT_EQ(dataset.resources[1], sample().resources[0]);
  read(R"({"resources":[{"id":"r9"}]})", InputMode::kPatch, &wrongs);
  ASSERT_EQ(wrongs.size(), 1U);
  EXPECT_EQ(wrongs[0].param, "/resources/0/id");
}

TEST(DatasetInput, AFileStaysUnlessAnotherAddressIsGiven) {
  core::Resource file = sample().resources[0];
  file.dataset_id = "id";
  const InputContext context{InputMode::kPatch, "https://data.example.jp"};
  const core::Resource before = file;
  std::string text;
  JsonWriter(text)
      .begin_object()
      .field("url", ckan_resource_url(file, context.site_url))
      .end_object();
  read_resource_input(json(text), context, file);
  read_resource_input(json(R"({"url":null,"size":5})"), context, file);
  EXPECT_EQ(file, before);
  read_resource_input(json(R"({"url":"https://x.jp/a.csv","size":5})"), context, file);
  EXPECT_EQ(file.blob, "");
  EXPECT_EQ(file.url_type, "");
  EXPECT_EQ(file.size, 5);
}

TEST(DatasetInput, FindsTheUploadsItNames) {
  EXPECT_THAT(uploads_of(json(R"({"resources":[{"upload":"u1"},{},{"upload":"u2"}]})")),
              testing::ElementsAre("u1", "u2"));
  EXPECT_THAT(uploads_of(json(R"({"upload":"u3"})")), testing::ElementsAre("u3"));
  EXPECT_THAT(uploads_of(json(R"({"upload":null})")), testing::IsEmpty());
}

TEST(DatasetInput, WrongsArePointedAtInItsOwnWords) {
  EXPECT_EQ(input_pointer("/owner_org"), "/organization");
  EXPECT_EQ(input_pointer("/license_id"), "/license");
  EXPECT_EQ(input_pointer("/notes"), "/description");
  EXPECT_EQ(input_pointer("/url"), "/landing_page");
  EXPECT_EQ(input_pointer("/tags/3"), "/tags/3");
  EXPECT_EQ(input_pointer("/resources/2/url"), "/resources/2/url");
  EXPECT_EQ(input_pointer("/resources/2/license_id"), "/resources/2/license");
  EXPECT_EQ(input_pointer("reason"), "reason");
}

}  // namespace
}  // namespace minato::formats
