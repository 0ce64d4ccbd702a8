#include "formats/harvest_console.h"

#include <gtest/gtest.h>

#include "formats/harvest_difference.h"

namespace minato::formats {
namespace {

rapidjson::Document parsed(const std::string& text) {
  auto document = parse_json(text);
  EXPECT_TRUE(document.has_value()) << text;
  return document ? *std::move(document) : rapidjson::Document();
}

TEST(HarvestConsole, ARunLineHasEveryFigure) {
  HarvestRunLine line;
  line.source = "141003";
  line.status = "succeeded";
  line.counts = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
  line.seconds = 1.23456;
  EXPECT_EQ(write_harvest_run_line(line),
            R"({"source":"141003","status":"succeeded","added":1,"updated":2,"not_modified":3,)"
            R"("deleted":4,"errored":5,"moved":6,"duplicates":7,"missing":8,"files_changed":9,)"
            R"("files_unchanged":10,"files_failed":11,"tables":13,"seconds":1.235,"job":null,)"
            R"("deletions_held":false})");
}

TEST(HarvestConsole, ARunLineTellsWhatWentWrong) {
  HarvestRunLine line;
  line.status = "failed";
  line.error_id = "harvest-connect";
  line.error = "接続できません。\n";
  line.dry_run = true;
  const auto json = parsed(write_harvest_run_line(line));
  EXPECT_STREQ(json["error_id"].GetString(), "harvest-connect");
  EXPECT_STREQ(json["error"].GetString(), "接続できません。\n");
  EXPECT_TRUE(json["dry_run"].GetBool());
}

TEST(HarvestConsole, WhatIsNotGivenIsNull) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  write_console_source(json, core::HarvestSource{});
  write_console_job(json, core::HarvestJob{});
  json.end_array();
  const auto both = parsed(text);
  for (const char* key : {"url", "notice", "schedule", "next_run", "last_success"}) {
    EXPECT_TRUE(both[0][key].IsNull()) << key;
  }
  for (const char* key : {"outcome", "started", "finished"}) {
    EXPECT_TRUE(both[1][key].IsNull()) << key;
  }
  EXPECT_STREQ(both[1]["state"].GetString(), "queued");
}

TEST(HarvestConsole, OptionsAreShownWithoutTheirSecret) {
  EXPECT_EQ(public_harvest_options(R"({"rows": true, "api_key": "secret"})"),
            R"({"rows":true,"api_key":"..."})");
  EXPECT_EQ(public_harvest_options("[1]"), "{}");
  EXPECT_EQ(public_harvest_options("{"), "{}");
}

TEST(HarvestDifference, NamesErrorsMovesAndDuplicatesOnlyWhenThereAre) {
  HarvestDifference difference;
  difference.report = "duplicate";
  difference.duplicate_of = "140007-x";
  difference.moved_from = "old";
  difference.error = {"だめ", "bad"};
  difference.error_id = "some-id";
  const auto json = parsed(write_harvest_difference(difference, core::Language::kEn));
  EXPECT_TRUE(json["dataset"].IsNull());
  EXPECT_STREQ(json["duplicate_of"].GetString(), "140007-x");
  EXPECT_STREQ(json["moved_from"].GetString(), "old");
  EXPECT_STREQ(json["error"].GetString(), "bad");
  EXPECT_STREQ(json["error_id"].GetString(), "some-id");
  const auto plain = parsed(write_harvest_difference({}, core::Language::kEn));
  for (const char* key : {"duplicate_of", "moved_from", "error", "error_id"}) {
    EXPECT_FALSE(plain.HasMember(key)) << key;
  }
}

}  // namespace
}  // namespace minato::formats
