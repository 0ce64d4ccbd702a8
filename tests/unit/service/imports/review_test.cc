// Files that a person looks at before they are published, and resources that begin with one.
#include "imports_fixture.h"

namespace minato::service {
namespace {

constexpr const char* kRows = "名称,人数\r\n本館,3\r\n新館,5\r\n";

class ReviewedFiles : public ImportsFixture {
 protected:
  ReviewedFiles() { add_dataset(); }

  storage::ImportJob submit_new(std::string_view bytes, const WriteContext& context,
                                const std::string& name = "") {
    return value_of(imports_->submit_new({kDataset, name}, stored(bytes), context));
  }
};

TEST_F(ReviewedFiles, HoldsAFileThatNothingSpeaksAgainst) {
  const auto job = value_of(imports_->submit(kResource, stored(kRows), editor(), Review::kAlways));
  EXPECT_TRUE(job.review);
  const auto held = value_of(imports_->run(job.id));
  EXPECT_EQ(held.state, State::kHeld);
  EXPECT_NE(held.report.find("\"examples\":[\"本館\",\"新館\"]"), std::string::npos) << held.report;
  EXPECT_NE(held.report.find("\"brakes\":[]"), std::string::npos);
  EXPECT_TRUE(current().empty());
  EXPECT_TRUE(resource().blob.empty());

  value_of(imports_->confirm(job.id, editor()));
  EXPECT_EQ(value_of(imports_->run(job.id)).state, State::kDone);
  EXPECT_EQ(current().size(), 1U);
  EXPECT_EQ(resource().blob, job.blob);
}

TEST_F(ReviewedFiles, OutlivesARestart) {
  const auto job = value_of(imports_->submit(kResource, stored(kRows), editor(), Review::kAlways));
  open();
  EXPECT_EQ(value_of(imports_->run(job.id)).state, State::kHeld);
}

TEST_F(ReviewedFiles, AResourceIsMadeWhenItsFirstFileIsPublished) {
  const auto job = submit_new(kRows, editor(), "人口（CSV）");
  EXPECT_EQ(value_of(imports_->run(job.id)).state, State::kHeld);
  EXPECT_EQ(dataset().resources.size(), 1U);

  value_of(imports_->confirm(job.id, editor()));
  EXPECT_EQ(value_of(imports_->run(job.id)).state, State::kDone);
  const core::Dataset after = dataset();
  ASSERT_EQ(after.resources.size(), 2U);
  const core::Resource& made = after.resources[1];
  EXPECT_EQ(made.id, job.resource_id);
  EXPECT_EQ(made.name, "人口（CSV）");
  EXPECT_EQ(made.format, "CSV");
  EXPECT_EQ(made.url, "人口統計.csv");
  EXPECT_EQ(made.position, 1);
  EXPECT_EQ(value_of(read()->tables_of(made.id)).size(), 1U);
  EXPECT_EQ(audit().back().action, "file.publish");
}

TEST_F(ReviewedFiles, AResourceWhoseFirstFileIsCancelledNeverWas) {
  const auto job = submit_new(kRows, editor());
  EXPECT_EQ(job.new_resource, "人口統計.csv");
  EXPECT_EQ(value_of(imports_->run(job.id)).state, State::kHeld);
  EXPECT_EQ(value_of(imports_->cancel(job.id, editor())).state, State::kCancelled);
  EXPECT_EQ(dataset().resources.size(), 1U);
  EXPECT_EQ(imports_->confirm(job.id, editor()).error().id, "job-not-held");
}

TEST_F(ReviewedFiles, AFileThatIsNoTableWaitsToo) {
  const auto job = submit_new("%PDF-1.7 ...", editor());
  const auto held = value_of(imports_->run(job.id));
  EXPECT_EQ(held.state, State::kHeld);
  EXPECT_EQ(held.report.find("\"refusal\":null"), std::string::npos);
}

TEST_F(ReviewedFiles, TheSameKeyMakesOneResource) {
  WriteContext context = editor();
  context.idempotency_key = "once";
  const auto first = submit_new(kRows, context);
  const auto again = submit_new(kRows, context);
  EXPECT_EQ(first.id, again.id);
  EXPECT_EQ(first.resource_id, again.resource_id);
  context.idempotency_key = "twice";
  EXPECT_NE(submit_new(kRows, context).resource_id, first.resource_id);
}

TEST_F(ReviewedFiles, IsForThoseWhoMayChangeTheDataset) {
  const auto file = stored(kRows);
  EXPECT_EQ(imports_->submit_new({"none", ""}, file, editor()).error().id, "dataset-not-found");
  EXPECT_EQ(imports_->submit_new({kDataset, ""}, file, {}).error().id, "authentication-required");
  WriteContext member = editor();
  member.caller.roles[kOrganization] = core::Role::kMember;
  EXPECT_EQ(imports_->submit_new({kDataset, ""}, file, member).error().id, "permission-denied");
  EXPECT_EQ(imports_->submit_new({kDataset, "a\x01"}, file, editor()).error().id,
            "dataset-invalid");
}

TEST_F(ReviewedFiles, KeepsToTheLimitOfResources) {
  options_.max_resources = 1;
  open();
  EXPECT_EQ(imports_->submit_new({kDataset, ""}, stored(kRows), editor()).error().id,
            "too-many-resources");
}

TEST_F(ReviewedFiles, ADatasetThatIsGoneTakesNoFile) {
  const auto job = submit_new(kRows, editor());
  EXPECT_EQ(value_of(imports_->run(job.id)).state, State::kHeld);
  check(storage_->catalog->write([this](storage::CatalogWriter& writer) {
    core::Dataset gone = dataset();
    gone.state = core::State::kDeleted;
    return writer.put_dataset(gone);
  }));
  EXPECT_EQ(imports_->confirm(job.id, editor()).error().id, "resource-not-found");
}

}  // namespace
}  // namespace minato::service
