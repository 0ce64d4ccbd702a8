#include "support/fuzz_replay.h"

// Each target defines the same C function; the macro gives each a name of its own here.
#define LLVMFuzzerTestOneInput fuzz_ckan_query
#include "fuzz/ckan_query_fuzz.cc"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_json
#include "fuzz/json_fuzz.cc"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_row_filter
#include "fuzz/row_filter_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace minato::test {
namespace {

TEST(FuzzReplay, CkanQueryCorpusIsHarmless) {
  EXPECT_GT(replay_corpus("ckan_query", fuzz_ckan_query), 10U);
}

TEST(FuzzReplay, JsonCorpusIsHarmless) { EXPECT_GT(replay_corpus("json", fuzz_json), 5U); }

TEST(FuzzReplay, RowFilterCorpusIsHarmless) {
  EXPECT_GT(replay_corpus("row_filter", fuzz_row_filter), 20U);
}

}  // namespace
}  // namespace minato::test
