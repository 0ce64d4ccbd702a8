#include "group_fixture.h"

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Names = std::vector<std::string>;

class VocabularyTest : public GroupTest {
 protected:
  Names tags_of(const std::string& vocabulary_id) {
    Names names;
    for (const auto& tag : valid(reader()->tags({"", vocabulary_id, true}))) {
      names.push_back(tag.name);
    }
    return names;
  }
};

TEST_F(VocabularyTest, AVocabularyComesWithItsTags) {
  const auto made =
      valid(groups_.put_vocabulary({"", "行政区"}, Names{"鶴見区", "中区"}, as("root")));
  EXPECT_EQ(made.name, "行政区");
  EXPECT_THAT(tags_of(made.id), testing::UnorderedElementsAre("鶴見区", "中区"));
  EXPECT_THAT(audited_actions(), ElementsAre("vocabulary.create"));
}

TEST_F(VocabularyTest, OnlySysadminsChangeThem) {
  EXPECT_EQ(groups_.put_vocabulary({"", "wards"}, std::nullopt, as("mika")).error().id,
            "permission-denied");
  EXPECT_EQ(groups_.create_tag("中区", "wards", as("mika")).error().id, "permission-denied");
  EXPECT_EQ(groups_.remove_tag("中区", "", as("mika")).error().id, "permission-denied");
  EXPECT_EQ(groups_.remove_vocabulary("wards", as("")).error().id, "authentication-required");
}

TEST_F(VocabularyTest, NamesAndTagsAreChecked) {
  valid(groups_.put_vocabulary({"", "wards"}, std::nullopt, as("root")));
  const auto refused = groups_.put_vocabulary({"", "wards"}, Names{"a"}, as("root"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id, "vocabulary-invalid");
  EXPECT_THAT(wrongs_of(refused.error()),
              ElementsAre("/tags: Tag \"a\" length is less than minimum 2",
                          "/name: That vocabulary name is already in use."));
}

TEST_F(VocabularyTest, AnUpdateReplacesTheTagsThatAreGivenAndKeepsThemWithout) {
  const auto made = valid(groups_.put_vocabulary({"", "wards"}, Names{"中区", "西区"}, as("root")));
  valid(groups_.put_vocabulary({"wards", "ku"}, std::nullopt, as("root")));
  EXPECT_THAT(tags_of(made.id), testing::UnorderedElementsAre("中区", "西区"));
  core::Dataset tagged = dataset("aed", "141003-id");
  tagged.tags = {{"", "西区", made.id}};
  put(tagged);
  valid(groups_.put_vocabulary({made.id, ""}, Names{"中区", "緑区"}, as("root")));
  EXPECT_THAT(tags_of(made.id), testing::UnorderedElementsAre("中区", "緑区"));
  EXPECT_THAT(dataset_now("aed").tags, IsEmpty());
  EXPECT_EQ(groups_.put_vocabulary({"nope", "x2"}, std::nullopt, as("root")).error().id,
            "vocabulary-not-found");
}

TEST_F(VocabularyTest, OneWithTagsStays) {
  const auto made = valid(groups_.put_vocabulary({"", "wards"}, Names{"中区"}, as("root")));
  const auto refused = groups_.remove_vocabulary("wards", as("root"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::ErrorCode::kConflict);
  EXPECT_EQ(refused.error().id, "vocabulary-has-tags");
  valid(groups_.remove_tag("中区", "wards", as("root")));
  valid(groups_.remove_vocabulary(made.id, as("root")));
  EXPECT_THAT(valid(reader()->vocabularies()), IsEmpty());
  EXPECT_EQ(groups_.remove_vocabulary("wards", as("root")).error().id, "vocabulary-not-found");
  EXPECT_THAT(audited_actions(),
              ElementsAre("vocabulary.create", "tag.delete", "vocabulary.delete"));
}

TEST_F(VocabularyTest, ATagJoinsAVocabularyOnce) {
  const auto made = valid(groups_.put_vocabulary({"", "wards"}, std::nullopt, as("root")));
  const auto tag = valid(groups_.create_tag("中区", "wards", as("root")));
  EXPECT_EQ(tag.vocabulary_id, made.id);
  EXPECT_EQ(*valid(reader()->tag("中区", made.id)), tag);
  const auto again = groups_.create_tag("中区", made.id, as("root"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().id, "tag-invalid");
  EXPECT_THAT(wrongs_of(again.error()),
              ElementsAre("/vocabulary_id: Tag 中区 already belongs to vocabulary " + made.id));
  EXPECT_THAT(wrongs_of(groups_.create_tag("（区）", "nope", as("root")).error()),
              ElementsAre("/name: Tag \"（区）\" can only contain alphanumeric characters, spaces "
                          "(\" \"), hyphens (\"-\"), underscores (\"_\") or dots (\".\")",
                          "/vocabulary_id: Tag vocabulary was not found."));
}

TEST_F(VocabularyTest, AFreeTagLeavesItsDatasets) {
  core::Dataset tagged = dataset("aed", "141003-id");
  tagged.tags = {{"", "防災", ""}, {"", "医療", ""}};
  put(tagged);
  valid(groups_.remove_tag("防災", "", as("root")));
  const auto left = dataset_now("aed").tags;
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].name, "医療");
  EXPECT_EQ(groups_.remove_tag("防災", "", as("root")).error().id, "tag-not-found");
  EXPECT_EQ(groups_.remove_tag("医療", "nope", as("root")).error().id, "vocabulary-not-found");
}

}  // namespace
}  // namespace minato::service
