#include "support/fuzz_replay.h"

// Each target defines the same C function; the macro gives each a name of its own here.
#define LLVMFuzzerTestOneInput fuzz_delimited
#include "fuzz/delimited_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace minato::test {
namespace {

TEST(FuzzReplay, DelimitedCorpusIsHarmless) {
  EXPECT_GT(replay_corpus("delimited", fuzz_delimited), 10U);
}

}  // namespace
}  // namespace minato::test
