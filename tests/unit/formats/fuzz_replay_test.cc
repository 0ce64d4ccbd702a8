// Runs every file of the fuzz corpora through its target; a target that finds a fault aborts.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

// Each target defines the same C function; the macro gives each a name of its own here.
#define LLVMFuzzerTestOneInput fuzz_ckan_query
#include "fuzz/ckan_query_fuzz.cc"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_json
#include "fuzz/json_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace {

using Target = int (*)(const std::uint8_t*, std::size_t);

std::size_t replay(const std::string& corpus, Target target) {
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

TEST(FuzzReplay, CkanQueryCorpusIsHarmless) {
  EXPECT_GT(replay("ckan_query", fuzz_ckan_query), 10U);
}

TEST(FuzzReplay, JsonCorpusIsHarmless) { EXPECT_GT(replay("json", fuzz_json), 5U); }

}  // namespace
