// Datasets as form fields, and two people who change the same one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/manage/dataset_merge.h"
#include "web/manage/dataset_values.h"

namespace minato::web {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

core::Dataset filled() {
  core::Dataset dataset;
  dataset.title = "避難所";
  dataset.notes = "一行目\r\n二行目\r\n";
  dataset.owner_org = "town";
  dataset.license_id = "CC-BY-4.0";
  dataset.themes = {"14", "x-other"};
  dataset.tags = {{"1", "避難所", ""}, {"2", "鶴見区", "wards"}, {"3", "防災", ""}};
  dataset.temporal = {"2024", "2025"};
  dataset.contact.email = "a@example.jp";
  return dataset;
}

TEST(DatasetValues, GoIntoTheDatasetAsTheyCame) {
  const FormValues values = values_of(filled());
  EXPECT_EQ(values.at("notes"), "一行目\n二行目");
  EXPECT_EQ(values.at("tags"), "避難所、防災");
  EXPECT_EQ(values.at("themes"), "14");
  core::Dataset other;
  apply_values(values, other);
  EXPECT_EQ(values_of(other), values);
  EXPECT_EQ(values.size(), dataset_fields().size());
}

TEST(DatasetValues, WhatTheFormDoesNotShowStays) {
  core::Dataset dataset = filled();
  FormValues values = values_of(dataset);
  values["tags"] = "水害";
  values["themes"] = "1";
  apply_values(values, dataset);
  EXPECT_THAT(dataset.themes, ElementsAre("x-other", "1"));
  ASSERT_EQ(dataset.tags.size(), 2U);
  EXPECT_EQ(dataset.tags[0].name, "鶴見区");
  EXPECT_EQ(dataset.tags[1].name, "水害");
}

TEST(DatasetValues, TagsAreDividedByWhatPeopleType) {
  EXPECT_THAT(split_tags("防災、避難所,AED， 水害 ;地図；\n雨\n、"),
              ElementsAre("防災", "避難所", "AED", "水害", "地図", "雨"));
  EXPECT_THAT(split_tags("防災、防災"), ElementsAre("防災"));
  EXPECT_THAT(split_tags("open data"), ElementsAre("open data"));
  EXPECT_THAT(split_tags("　、 ,"), IsEmpty());
}

TEST(DatasetMerge, ChangesOfDifferentFieldsGoTogether) {
  const FormValues began = values_of(filled());
  FormValues mine = began;
  FormValues theirs = began;
  mine["title"] = "指定避難所";
  theirs["tags"] = "防災";
  const MergedValues merged = merge_values(mine, theirs, marks_of(began));
  EXPECT_THAT(merged.conflicts, IsEmpty());
  EXPECT_EQ(merged.values.at("title"), "指定避難所");
  EXPECT_EQ(merged.values.at("tags"), "防災");
}

TEST(DatasetMerge, DifferentChangesOfOneFieldAreAConflict) {
  const FormValues began = values_of(filled());
  FormValues mine = began;
  FormValues theirs = began;
  mine["title"] = "甲";
  theirs["title"] = "乙";
  mine["notes"] = theirs["notes"] = "同じ";
  const MergedValues merged = merge_values(mine, theirs, marks_of(began));
  EXPECT_THAT(merged.conflicts, ElementsAre("title"));
  EXPECT_EQ(merged.values.at("title"), "甲");
}

TEST(DatasetMerge, WithoutMarksNothingOfOthersIsLostUnseen) {
  const FormValues began = values_of(filled());
  FormValues theirs = began;
  theirs["title"] = "乙";
  EXPECT_THAT(merge_values(began, theirs, "").conflicts, ElementsAre("title"));
  // A field whose name ends like another's is not taken for it.
  EXPECT_THAT(merge_values(began, theirs, " xtitle=000000000000").conflicts, ElementsAre("title"));
}

}  // namespace
}  // namespace minato::web
