#include <gtest/gtest.h>

#include "imports_fixture.h"
#include "support/workbook_builder.h"

namespace minato::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Brakes : public ImportsFixture {
 protected:
  Brakes() { add_dataset(); }

  storage::ImportJob confirm(const storage::ImportJob& job) {
    value_of(imports_->confirm(job.id, editor()));
    return value_of(imports_->run(job.id));
  }
  // AEDs around 鎌倉駅, `shift` degrees to the east.
  static std::string places(int rows, double shift = 0, int shifted = -1) {
    std::string csv = "名称,緯度,経度\r\n";
    for (int i = 0; i < rows; ++i) {
      const bool moved = shifted < 0 || i < shifted;
      csv += "AED" + std::to_string(i) + "," + std::to_string(35.319 + i * 0.001) + "," +
             std::to_string(139.55 + i * 0.001 + (moved ? shift : 0)) + "\r\n";
    }
    return csv;
  }
};

TEST_F(Brakes, LosingManyRowsIsHeldAndNothingIsPublished) {
  import(people(100));
  EXPECT_EQ(import(people(70)).state, State::kDone) << "30 % is allowed";
  const auto revision = storage_->catalog->revision();
  const auto files = table_files();
  const auto job = import(people(48));
  ASSERT_EQ(job.state, State::kHeld);
  EXPECT_THAT(job.report, HasSubstr("\"id\":\"lost-rows\""));
  EXPECT_THAT(job.report, HasSubstr("70 から 48"));
  EXPECT_THAT(job.report, HasSubstr("31.4% fewer"));
  EXPECT_TRUE(job.ended);
  EXPECT_EQ(storage_->catalog->revision(), revision);
  EXPECT_EQ(current()[0].rows, 70);
  EXPECT_EQ(table_files(), files) << "what was written for it is gone";
}

TEST_F(Brakes, AConfirmedJobIsPublished) {
  import(people(100));
  const auto held = import(people(10));
  const auto job = confirm(held);
  EXPECT_EQ(job.state, State::kDone) << job.message.en;
  EXPECT_TRUE(job.confirmed);
  EXPECT_EQ(current()[0].rows, 10);
  EXPECT_THAT(job.report, HasSubstr("lost-rows")) << "what was agreed to stays in the report";
  ASSERT_THAT(audit(), SizeIs(3));
  EXPECT_EQ(audit()[1].action, "job.confirm");
  EXPECT_EQ(audit()[1].subject_kind, "job");
  EXPECT_THAT(audit()[2].detail, HasSubstr("\"confirmed\":true"));
}

TEST_F(Brakes, ACancelledJobIsNot) {
  import(people(100));
  const auto held = import(people(10));
  EXPECT_EQ(value_of(imports_->cancel(held.id, editor())).state, State::kCancelled);
  EXPECT_EQ(imports_->confirm(held.id, editor()).error().id, "job-not-held");
  EXPECT_EQ(imports_->cancel(held.id, editor()).error().id, "job-not-held");
  EXPECT_EQ(current()[0].rows, 100);
  EXPECT_EQ(audit().back().action, "job.cancel");
}

TEST_F(Brakes, WhatIsNotHeldCannotBeConfirmed) {
  const auto job = import(people(3));
  EXPECT_EQ(imports_->confirm(job.id, editor()).error().id, "job-not-held");
  EXPECT_THAT(audit(), SizeIs(1));
}

TEST_F(Brakes, AnOlderFileIsNotPublishedOverANewerOne) {
  import(people(100));
  const auto held = import(people(10));
  ASSERT_EQ(held.state, State::kHeld);
  import(people(101));
  const auto state = value_of(imports_->job(held.id, editor().caller)).state;
  EXPECT_EQ(state, State::kCancelled) << "it is of no use any more";
  EXPECT_FALSE(imports_->confirm(held.id, editor()));
  EXPECT_EQ(current()[0].rows, 101);
}

TEST_F(Brakes, AConfirmationAfterTheTableChangedElsewhereIsRefused) {
  import(people(100));
  const auto held = import(people(10));
  core::Resource other = resource();
  other.blob = stored(people(90)).blob;
  value_of(import_resource(other, target()));  // as a harvest does it: no job
  const auto confirmed = imports_->confirm(held.id, editor());
  ASSERT_FALSE(confirmed);
  EXPECT_EQ(confirmed.error().id, "job-outdated");
  // Or just after the confirmation.
  ASSERT_TRUE(value_of(storage_->push->confirm_job(held.id)));
  const auto job = value_of(imports_->run(held.id));
  EXPECT_EQ(job.state, State::kFailed);
  EXPECT_EQ(job.error_id, "job-outdated");
  EXPECT_EQ(current()[0].rows, 90);
}

TEST_F(Brakes, ALostColumnIsHeldARenamedOneIsNot) {
  import("名称,電話,人数\r\na,046-1,1\r\nb,045-2,2\r\nc,044-3,3\r\n");
  EXPECT_EQ(import("名称,電話番号,人数\r\na,046-1,1\r\nb,045-2,2\r\nc,044-3,3\r\n").state,
            State::kDone);
  const auto job = import("名称,人数\r\na,1\r\nb,2\r\nc,3\r\n");
  ASSERT_EQ(job.state, State::kHeld);
  EXPECT_THAT(job.report, HasSubstr("\"id\":\"lost-columns\""));
  EXPECT_THAT(job.report, HasSubstr("電話番号"));
}

TEST_F(Brakes, CoordinatesThatMoveAwayAreHeld) {
  import(places(20));
  EXPECT_EQ(import(places(21)).state, State::kDone);
  const auto job = import(places(21, 1.5));
  ASSERT_EQ(job.state, State::kHeld);
  EXPECT_THAT(job.report, HasSubstr("\"id\":\"moved-coordinates\""));
  EXPECT_THAT(job.report, HasSubstr("21 rows lie outside"));
  EXPECT_EQ(import(places(21, 1.5, 1)).state, State::kHeld) << "one is enough when none did before";
}

TEST_F(Brakes, CoordinatesThatCannotBeReadAnyMoreAreHeld) {
  import(places(20));
  std::string swapped = "名称,緯度,経度\r\n";
  for (int i = 0; i < 20; ++i) {
    swapped += "AED" + std::to_string(i) + "," + std::to_string(139.55 + i * 0.001) + "," +
               std::to_string(35.319 + i * 0.001) + "\r\n";
  }
  const auto job = import(swapped);
  ASSERT_EQ(job.state, State::kHeld);
  EXPECT_THAT(job.report, HasSubstr("latitude and longitude swapped"));
}

TEST_F(Brakes, APrefectureReachesToItsBorders) {
  const core::BoundingBox small{139.5, 35.3, 139.6, 35.4};
  core::Dataset dataset;
  EXPECT_NEAR(expected_area(dataset, std::nullopt, small).east, 139.7, 1e-9);
  dataset.spatial = {"140007"};
  EXPECT_NEAR(expected_area(dataset, std::nullopt, small).east, 139.8356, 1e-9);
  dataset.spatial = {"142042"};
  core::Group prefecture;
  prefecture.municipality_kind = "都道府県";
  EXPECT_NEAR(expected_area(dataset, prefecture, small).west, 139.4, 1e-9);
  dataset.spatial = {};
  EXPECT_NEAR(expected_area(dataset, prefecture, small).west, 138.9158, 1e-9);
}

TEST_F(Brakes, AFileInPlaceOfATableIsHeld) {
  import(people(5));
  const auto job = import("%PDF-1.4 scanned", "人口統計.pdf");
  ASSERT_EQ(job.state, State::kHeld);
  EXPECT_THAT(job.report, HasSubstr("\"id\":\"lost-table\""));
  EXPECT_EQ(resource().format, "CSV");
  const auto confirmed = confirm(job);
  EXPECT_EQ(confirmed.state, State::kDone) << confirmed.message.en;
  EXPECT_EQ(resource().format, "PDF");
  EXPECT_EQ(value_of(read()->table_refusal(kResource))->error_id, "format-not-tabular");
}

TEST_F(Brakes, CanBeReleasedBySettings) {
  options_.brakes = {100, false, false};
  open();
  import(places(20));
  EXPECT_EQ(import("名称\r\nAED1\r\nAED2\r\n").state, State::kDone);
  EXPECT_EQ(import(places(20)).state, State::kDone);
  EXPECT_EQ(import(places(20, 1.5)).state, State::kDone);
}

}  // namespace
}  // namespace minato::service
