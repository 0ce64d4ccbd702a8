#include <gtest/gtest.h>
#include <malloc.h>

#include <fstream>

#include "imports_fixture.h"
#include "service/imports/table_difference.h"

namespace minato::service {
namespace {

// Of this process, in KiB.
long figure(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name)) return std::stol(line.substr(name.size() + 1));
  }
  throw std::runtime_error("no such figure");
}

// Makes VmHWM begin anew.
void forget_peak() {
  ::malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

class LargeFiles : public ImportsFixture {};

TEST_F(LargeFiles, AreSentInBoundedMemory) {
  constexpr std::int64_t kPart = 4 << 20;
  constexpr std::int64_t kParts = 25;  // 100 MB
  std::string part(kPart, '\0');
  for (std::size_t i = 0; i < part.size(); ++i) part[i] = static_cast<char>(i * 2654435761U >> 13U);
  const auto upload =
      value_of(uploads_->begin({"大.bin", "", kPart * kParts, ""}, editor().caller));
  forget_peak();
  const long before = figure("VmRSS:");
  for (std::int64_t i = 0; i < kParts; ++i) {
    part[0] = static_cast<char>(i);
    ASSERT_TRUE(uploads_->append(upload.id, i * kPart, {-1, part, kPart}, {}, editor().caller));
  }
  const StoredFile file = value_of(uploads_->complete(upload.id, editor().caller));
  EXPECT_EQ(file.bytes, kPart * kParts);
  EXPECT_LT(figure("VmHWM:") - before, 64 * 1024);
}

TEST_F(LargeFiles, AreComparedInBoundedMemory) {
  constexpr std::int64_t kRows = 150'000;
  core::TableSchema schema;
  for (const char* name : {"ID", "説明"}) schema.columns.emplace_back().name = name;
  // 300 bytes a row: 45 MB for each version.
  for (const std::int64_t version : {1, 2}) {
    auto writer = value_of(storage_->tables->create({"large", version}, schema));
    std::string text(300, 'x');
    for (std::int64_t i = 0; i < kRows; ++i) {
      const std::string id = std::to_string(i * 7919 % 1'000'003 + (i == 0 ? version : 0));
      text.replace(0, id.size(), id);
      check(writer->append(std::vector<core::ValueView>{id, text}));
    }
    value_of(writer->finish({}));
  }
  forget_peak();
  const long before = figure("VmRSS:");
  const auto difference =
      value_of(compare_tables({{"large", 1}, {"large", 2}, {}}, *storage_->tables, {}));
  EXPECT_EQ(difference.rows_added, 1);
  EXPECT_EQ(difference.rows_removed, 1);
  EXPECT_EQ(difference.rows_changed, 0);
  EXPECT_LT(figure("VmHWM:") - before, 40 * 1024);
}

}  // namespace
}  // namespace minato::service
