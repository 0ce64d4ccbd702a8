#include "support/fuzz_replay.h"

// Each target defines the same C function; the macro gives this one a name of its own.
#define LLVMFuzzerTestOneInput fuzz_xlsx
#include "fuzz/xlsx_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace minato::test {
namespace {

TEST(FuzzReplay, XlsxCorpusIsHarmless) { EXPECT_GE(replay_corpus("xlsx", fuzz_xlsx), 4U); }

}  // namespace
}  // namespace minato::test
