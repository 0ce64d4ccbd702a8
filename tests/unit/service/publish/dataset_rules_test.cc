// Every rule with its words, and texts that mean harm.
#include <limits>

#include "service/publish/dataset_texts.h"
#include "unit/service/publish/dataset_fixture.h"

namespace minato::service {
namespace {

using core::Dataset;
using testing::ElementsAre;

using Break = void (*)(Dataset&);
struct Rule {
  const char* wrong;
  Break how;
};

const Rule kRules[] = {
    {"/version: Version must be a maximum of 100 characters long",
     [](Dataset& d) { d.version = std::string(101, '1'); }},
    {"/author_email: Email x is not a valid format", [](Dataset& d) { d.author_email = "x"; }},
    {"/maintainer_email: Email a@ is not a valid format",
     [](Dataset& d) { d.maintainer_email = "a@"; }},
    {"/contact/email: Email @b is not a valid format", [](Dataset& d) { d.contact.email = "@b"; }},
    {"/tags/0: Tag \"a\" length is less than minimum 2",
     [](Dataset& d) {
       d.tags = {{"", "a", ""}};
     }},
    {"/tags/0: Tag \"（人口）\" can only contain alphanumeric characters, spaces (\" \"), hyphens "
     "(\"-\"), underscores (\"_\") or dots (\".\")",
     [](Dataset& d) {
       d.tags = {{"", "（人口）", ""}};
     }},
    {"/extras/1/key: Duplicate key \"k\"",
     [](Dataset& d) {
       d.extras = {{"k", "1"}, {"k", "2"}};
     }},
    {"/extras/0/key: Missing value",
     [](Dataset& d) {
       d.extras = {{"", "1"}};
     }},
    {"/extras/0/key: There is a schema field with the same name",
     [](Dataset& d) {
       d.extras = {{"title", "1"}};
     }},
    {"/resources/1/size: Invalid integer",
     [](Dataset& d) {
       d.resources.resize(2);
       d.resources[1].size = -1;
     }},
    {"/resources/0/id: Invalid id provided",
     [](Dataset& d) {
       d.resources.resize(1);
       d.resources[0].id = "../../x";
     }},
    {"/resources/1/id: Resource id already exists.",
     [](Dataset& d) {
       d.resources.resize(2);
       d.resources[0].id = d.resources[1].id = core::stable_uuid("test", "same");
     }},
    {"/frequency: Not a code of an update frequency", [](Dataset& d) { d.frequency = "soon"; }},
    {"/themes/0: Not a code of e-Stat's fields", [](Dataset& d) { d.themes = {"77"}; }},
    {"/spatial/0: A municipality code has 6 digits", [](Dataset& d) { d.spatial = {"14"}; }},
    {"/temporal/start: Date format incorrect", [](Dataset& d) { d.temporal.start = "昨日"; }},
    {"/title: Must be a maximum of 1000 characters long",
     [](Dataset& d) { d.title = std::string(1001, 'x'); }},
    {"/notes: Must be at most 262144 bytes long",
     [](Dataset& d) { d.notes = std::string(262145, 'x'); }},
    {"/state: A new dataset is either active or a draft",
     [](Dataset& d) { d.state = core::State::kDeleted; }},
    {"/publish_at: Only a draft can have a publication time",
     [](Dataset& d) { d.publish_at = support::at("2030-01-01T00:00:00Z"); }},
};

TEST_F(DatasetTest, NamesEachBrokenRuleInItsWords) {
  for (const Rule& rule : kRules) {
    DatasetEdit edit = wanted();
    rule.how(edit.dataset);
    EXPECT_THAT(wrongs(edit), ElementsAre(rule.wrong));
  }
  EXPECT_TRUE(audit().empty());
}

TEST_F(DatasetTest, NamesEveryBrokenRuleInOneAnswer) {
  DatasetEdit edit = wanted("A");
  edit.dataset.license_id = "";
  edit.dataset.author_email = "x";
  edit.wrongs.push_back({"/resources/0/size", {"", "Invalid integer"}, "", "", "", {}});
  EXPECT_THAT(
      wrongs(edit),
      ElementsAre("/resources/0/size: Invalid integer", "/name: Must be at least 2 characters long",
                  "/author_email: Email x is not a valid format", "/license_id: Missing value"));
}

TEST_F(DatasetTest, RefusesTooManyOfAnything) {
  PublishOptions options;
  options.max_resources = options.max_tags = options.max_extras = 2;
  DatasetWrites writes(audited_, *storage_.tables, options);
  const auto error = [&](Break how) {
    DatasetEdit edit = wanted();
    how(edit.dataset);
    const auto result = writes.create(edit, false, by("ken"));
    if (result) return std::string("created");
    return result.error().id + " " + wrongs_of(result.error()).at(0);
  };
  EXPECT_EQ(error([](Dataset& d) { d.resources.resize(3); }),
            "too-many-resources /resources: Too many resources: at most 2 in a dataset");
  EXPECT_EQ(error([](Dataset& d) {
              d.tags = {{"", "aa", ""}, {"", "bb", ""}, {"", "cc", ""}};
            }),
            "too-many-tags /tags: Too many tags: at most 2 on a dataset");
  EXPECT_EQ(error([](Dataset& d) {
              d.extras = {{"a", ""}, {"b", ""}, {"c", ""}};
            }),
            "too-many-extras /extras: Too many extras: at most 2");
  EXPECT_EQ(error([](Dataset& d) {
              d.resources.resize(1);
              d.resources[0].extras = {{"a", ""}, {"b", ""}, {"c", ""}};
            }),
            "too-many-extras /resources/0/extras: Too many extras: at most 2");
}

TEST_F(DatasetTest, LetsADatasetBeyondALimitBeChangedButNotGrow) {
  DatasetEdit edit = wanted();
  edit.dataset.resources.resize(3);
  const core::Dataset dataset = created(edit);
  PublishOptions options;
  options.max_resources = 2;
  DatasetWrites writes(audited_, *storage_.tables, options);
  const auto resized = [&](std::size_t size) {
    return id_of(writes.change(
        dataset.id,
        [size](DatasetEdit& change) -> core::Result<void> {
          change.dataset.notes = std::to_string(size);
          change.dataset.resources.resize(size);
          return {};
        },
        by("ken")));
  };
  EXPECT_EQ(resized(3), "written");
  EXPECT_EQ(resized(4), "too-many-resources");
  EXPECT_EQ(resized(2), "written");
  EXPECT_EQ(resized(3), "too-many-resources");
}

// A dataset whose every text is there, so that each can be spoiled.
DatasetEdit full(DatasetEdit edit) {
  Dataset& d = edit.dataset;
  d.title_kana = d.title_en = d.notes = d.notes_en = d.url = d.version = d.author = "x";
  d.maintainer = d.language = d.contact.name = d.contact.url = d.contact.phone = "x";
  d.author_email = d.maintainer_email = d.contact.email = "a@example.jp";
  d.frequency = "monthly";
  d.temporal = {"2024", "2025"};
  d.themes = {"13"};
  d.spatial = {"140007"};
  d.groups = {"bosai"};
  d.tags = {{"", "tag", "v-id"}};
  d.extras = {{"key", "value"}};
  core::Resource r;
  r.id = core::stable_uuid("test", "resource");
  r.name = r.description = r.url = r.format = r.mimetype = r.mimetype_inner = r.hash = "x";
  r.resource_type = r.cache_url = r.license_id = r.url_type = "x";
  r.columns = {{"x", "x", "x", "x", "x"}};
  r.extras = {{"key", "value"}};
  d.resources = {r};
  return edit;
}

TEST_F(DatasetTest, RefusesControlCharactersInEveryText) {
  std::vector<std::string> pointers;
  visit_texts(full(wanted()).dataset,
              [&](const std::string& pointer, const std::string&) { pointers.push_back(pointer); });
  ASSERT_GE(pointers.size(), 50U);
  for (const std::string& pointer : pointers) {
    if (pointer == "/id" || pointer == "/creator_user_id") continue;  // the catalogue's own
    for (const std::string& bad : {std::string("a\0b", 3), std::string("a\x1B[31m"),
                                   std::string("a\xC2\x85"), std::string("\x7F")}) {
      DatasetEdit edit = full(wanted());
      visit_texts(edit.dataset, [&](const std::string& at, const std::string& text) {
        if (at == pointer) const_cast<std::string&>(text) = bad;
      });
      EXPECT_THAT(wrongs(edit, "mika"),
                  ElementsAre(pointer + ": Must not contain control characters"));
    }
  }
  EXPECT_TRUE(audit().empty());
}

TEST_F(DatasetTest, RefusesBrokenUtf8) {
  DatasetEdit edit = wanted();
  edit.dataset.notes = "\xE4\xBA";
  EXPECT_THAT(wrongs(edit), ElementsAre("/notes: Must be valid UTF-8"));
}

TEST_F(DatasetTest, KeepsTextsOfAttackersAsTheyAre) {
  const std::string kTexts[] = {"'; DROP TABLE dataset; --",
                                "<script>alert(1)</script>",
                                "{{7*7}} ${7*7} %s %n",
                                "../../../etc/passwd",
                                "=cmd|' /C calc'!A0",
                                "a\tb\nc\r\nd",
                                "\u202Eabc",
                                "💥𠮷"};
  for (const std::string& text : kTexts) {
    DatasetEdit edit = wanted("hostile-" + std::to_string(&text - kTexts));
    Dataset& d = edit.dataset;
    d.title = d.notes = d.author = d.maintainer = d.url = d.language = d.license_id = text;
    d.extras = {{text, text}};
    d.resources = {link(text)};
    d.resources[0].name = d.resources[0].description = text;
    const Dataset stored = created(edit);
    EXPECT_EQ(stored, dataset_now(d.name));
    for (const std::string& kept :
         {stored.title, stored.notes, stored.author, stored.license_id, stored.extras[0].key,
          stored.extras[0].value, stored.resources[0].url, stored.resources[0].name}) {
      EXPECT_EQ(kept, text);
    }
  }
}

TEST_F(DatasetTest, TakesReasonsOfRemovalsOnlyAsTexts) {
  created();
  const auto nul = datasets_.remove("jinko", std::string_view("a\0b", 3), by("ken"));
  ASSERT_FALSE(nul);
  EXPECT_THAT(wrongs_of(nul.error()), ElementsAre("/reason: Must not contain control characters"));
  const auto lengthy = datasets_.remove("jinko", std::string(1001, 'x'), by("ken"));
  ASSERT_FALSE(lengthy);
  EXPECT_THAT(wrongs_of(lengthy.error()),
              ElementsAre("/reason: Must be a maximum of 1000 characters long"));
}

}  // namespace
}  // namespace minato::service
