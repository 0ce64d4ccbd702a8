#include "support/fuzz_replay.h"

#define LLVMFuzzerTestOneInput fuzz_request_head
#include "fuzz/request_head_fuzz.cc"
#undef LLVMFuzzerTestOneInput

namespace minato::test {
namespace {

TEST(RequestHeadFuzzReplay, CorpusIsHarmless) {
  EXPECT_GT(replay_corpus("request_head", fuzz_request_head), 5U);
}

}  // namespace
}  // namespace minato::test
