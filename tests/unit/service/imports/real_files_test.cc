#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "imports_fixture.h"

namespace minato::service {
namespace {

// All but a few; tests/unit/tabular reads those too.
constexpr std::uintmax_t kLargest = 100'000;

class RealFiles : public ImportsFixture {};

TEST_F(RealFiles, BecomeTablesThroughJobs) {
  const auto folder =
      std::filesystem::path(MINATO_SOURCE_DIR).parent_path() / "shared" / "real-csv";
  if (!std::filesystem::exists(folder)) {
    std::cerr << "NOT TESTED: " << folder << " is missing; no real file was imported.\n";
    GTEST_SKIP() << folder << " is missing";
  }
  options_.brakes = {100, false, false};  // one resource holds them all in turn
  open();
  add_dataset();
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".csv") continue;
    if (entry.file_size() > kLargest) continue;
    SCOPED_TRACE(entry.path().string());
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    auto job = import(bytes.str(), entry.path().filename().string());
    if (job.state == State::kHeld) {  // fewer tables than in the file before
      value_of(imports_->confirm(job.id, editor()));
      job = value_of(imports_->run(job.id));
    }
    ASSERT_EQ(job.state, State::kDone) << job.error_id << " " << job.report.substr(0, 500);
    const auto tables = current();
    ASSERT_FALSE(tables.empty());
    EXPECT_EQ(tables[0].blob, job.blob);
    EXPECT_GT(tables[0].columns, 0);
    ++files;
  }
  EXPECT_GT(files, 40);
}

}  // namespace
}  // namespace minato::service
