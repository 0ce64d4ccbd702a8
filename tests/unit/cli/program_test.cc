#include "cli/program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "support/temp_dir.h"

namespace minato::cli {
namespace {

struct Finished {
  int status;
  std::string out;
  std::string err;
};

Finished run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(arguments, out, err);
  return {status, out.str(), err.str()};
}

TEST(Program, EveryCommandExplainsItself) {
  for (const char* command : {"serve", "check", "missed-searches", "settings-reference"}) {
    const Finished help = run({command, "--help"});
    EXPECT_EQ(help.status, 0) << command;
    EXPECT_NE(help.out.find(command == std::string("settings-reference") ? "settings" : "--data"),
              std::string::npos)
        << help.out;
    EXPECT_EQ(help.err, "");
  }
  EXPECT_EQ(run({"--version"}).out.substr(0, 7), "minato ");
}

class WrongCommandLine : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(WrongCommandLine, FailsWithOneLineOnStderr) {
  const Finished wrong = run(GetParam());
  EXPECT_NE(wrong.status, 0);
  EXPECT_EQ(wrong.out, "");
  EXPECT_EQ(std::count(wrong.err.begin(), wrong.err.end(), '\n'), 1) << wrong.err;
  EXPECT_TRUE(wrong.err.starts_with("minato: ")) << wrong.err;
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongCommandLine,
    testing::Values(std::vector<std::string>{}, std::vector<std::string>{"fly"},
                    std::vector<std::string>{"serve"},
                    std::vector<std::string>{"serve", "--nosuch"},
                    std::vector<std::string>{"serve", "--data"},
                    std::vector<std::string>{"serve", "--data", "x", "--config", "/nonexistent"},
                    std::vector<std::string>{"serve", "--data", "x", "--set", "server.threads"},
                    std::vector<std::string>{"serve", "--data", "x", "--set", "nosuch=1"},
                    std::vector<std::string>{"serve", "--data", "/dev/null"},
                    std::vector<std::string>{"check"},
                    std::vector<std::string>{"check", "--data", "/nonexistent"},
                    std::vector<std::string>{"missed-searches", "--data", "/nonexistent"},
                    std::vector<std::string>{"missed-searches", "--data", "x", "--limit", "0"}));

TEST(Program, ABadAddressIsFoundBeforeAnythingIsWritten) {
  const test::TempDir dir;
  for (const char* listen : {"nowhere", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", "[::1"}) {
    const Finished wrong = run({"serve", "--data", dir.path() + "/data", "--listen", listen});
    EXPECT_EQ(wrong.status, 1) << listen;
    EXPECT_NE(wrong.err.find(listen), std::string::npos) << wrong.err;
    EXPECT_FALSE(std::filesystem::exists(dir.path() + "/data")) << listen;
  }
}

TEST(Program, PrintsTheEffectiveConfiguration) {
  const Finished printed = run({"serve", "--print-config", "--set", "server.threads=7"});
  EXPECT_EQ(printed.status, 0);
  EXPECT_NE(printed.out.find("threads = 7"), std::string::npos) << printed.out;
}

TEST(Program, ErrorsAreOneLineWithDetailsAndHint) {
  core::Error error;
  error.message = {"だめ\n", "bad\n"};
  error.hint = {"直す", "mend it"};
  error.details.push_back({"/title", {"空です", "is empty"}, "line 3", "", "", {}});
  EXPECT_EQ(error_line(error, core::Language::kEn),
            "minato: bad  [/title line 3: is empty] mend it");
}

}  // namespace
}  // namespace minato::cli
