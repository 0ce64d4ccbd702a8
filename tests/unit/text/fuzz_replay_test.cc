#include "support/fuzz_replay.h"

// Each target defines the same C function; the macro gives each a name of its own here.
#define LLVMFuzzerTestOneInput fuzz_decoder
#include "fuzz/decoder_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace minato::test {
namespace {

TEST(FuzzReplay, DecoderCorpusIsHarmless) {
  EXPECT_GT(replay_corpus("decoder", fuzz_decoder), 10U);
}

}  // namespace
}  // namespace minato::test
