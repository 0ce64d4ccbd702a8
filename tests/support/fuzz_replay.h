// Runs every file of a fuzz corpus through its target; a target that finds a fault aborts.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace minato::test {

using FuzzTarget = int (*)(const std::uint8_t*, std::size_t);

// How many files were there.
inline std::size_t replay_corpus(const std::string& corpus, FuzzTarget target) {
  std::size_t files = 0;
  const auto folder = std::filesystem::path(MINATO_SOURCE_DIR) / "tests/fuzz/corpus" / corpus;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    SCOPED_TRACE(entry.path().string());
    EXPECT_EQ(target(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()), 0);
    ++files;
  }
  return files;
}

}  // namespace minato::test
