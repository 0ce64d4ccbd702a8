#include "support/fuzz_replay.h"

// Each target defines the same C function; the macro gives this one a name of its own.
#define LLVMFuzzerTestOneInput fuzz_xls
#include "fuzz/xls_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace minato::test {
namespace {

TEST(FuzzReplay, XlsCorpusIsHarmless) { EXPECT_GE(replay_corpus("xls", fuzz_xls), 3U); }

}  // namespace
}  // namespace minato::test
