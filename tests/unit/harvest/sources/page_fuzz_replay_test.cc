#include "support/fuzz_replay.h"

// Each target defines the same C function; the macro gives each a name of its own here.
#define LLVMFuzzerTestOneInput fuzz_page
#include "fuzz/page_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace minato::test {
namespace {

TEST(FuzzReplay, PageCorpusIsHarmless) { EXPECT_GE(replay_corpus("page", fuzz_page), 5U); }

}  // namespace
}  // namespace minato::test
