#include "cli/settings.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/temp_dir.h"

namespace minato::cli {
namespace {

class SettingsFile : public testing::Test {
 protected:
  std::string write(const std::string& text) {
    const std::string path = dir_.path() + "/minato.toml";
    std::ofstream(path) << text;
    return path;
  }
  test::TempDir dir_;
};

core::Error error_of(const core::Result<Settings>& result) {
  EXPECT_FALSE(result.has_value());
  return result ? core::Error{} : result.error();
}

TEST(Settings, HaveDefaultsWithoutAnySource) {
  const auto settings = load_settings({});
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->server_listen, "127.0.0.1:8080");
  EXPECT_FALSE(settings->rate_limit_loopback);
}

TEST_F(SettingsFile, FlagsWinOverEnvironmentOverFile) {
  SettingSources sources;
  sources.file = write("[server]\nthreads = 3\nworkers = 4\nworker_queue = 5\n");
  sources.environment = {
      {"MINATO_SERVER_WORKERS", "6"}, {"MINATO_SERVER_WORKER_QUEUE", "7"}, {"HOME", "/"}};
  sources.overrides = {{"server.worker_queue", "8"}};
  const auto settings = load_settings(sources);
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->server_threads, 3);
  EXPECT_EQ(settings->server_workers, 6);
  EXPECT_EQ(settings->server_worker_queue, 8);
}

TEST_F(SettingsFile, AnUnknownKeyIsAnErrorThatNamesTheNearestOne) {
  const auto error = error_of(load_settings({write("[server]\nlissten = \"x:1\"\n"), {}, {}}));
  EXPECT_EQ(error.id, "config-unknown-key");
  EXPECT_NE(error.message.en.find("server.lissten"), std::string::npos);
  EXPECT_NE(error.message.en.find("minato.toml:2"), std::string::npos);
  EXPECT_NE(error.hint.en.find("server.listen"), std::string::npos);
}

TEST(Settings, AnUnknownEnvironmentVariableIsAnErrorToo) {
  const auto error = error_of(load_settings({"", {{"MINATO_SERVER_THREDS", "1"}}, {}}));
  EXPECT_EQ(error.id, "config-unknown-key");
  EXPECT_NE(error.hint.en.find("MINATO_SERVER_THREADS"), std::string::npos);
}

struct BadFile {
  const char* text;
  const char* id;
  friend std::ostream& operator<<(std::ostream& out, const BadFile& file) { return out << file.id; }
};

class BadSettingsFile : public SettingsFile, public testing::WithParamInterface<BadFile> {};

TEST_P(BadSettingsFile, IsRefusedWithItsPlace) {
  const auto error = error_of(load_settings({write(GetParam().text), {}, {}}));
  EXPECT_EQ(error.id, GetParam().id);
  EXPECT_NE(error.message.ja.find("minato.toml"), std::string::npos) << error.message.ja;
  EXPECT_FALSE(error.hint.ja.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, BadSettingsFile,
    testing::Values(BadFile{"[server\n", "config-unreadable"},
                    BadFile{"server = 3\n", "config-unknown-key"},
                    BadFile{"[nowhere]\nx = 1\n", "config-unknown-key"},
                    BadFile{"[server]\nlisten = 8080\n", "config-invalid-value"},
                    BadFile{"[server]\nthreads = \"2\"\n", "config-invalid-value"},
                    BadFile{"[server]\nthreads = -1\n", "config-invalid-value"},
                    BadFile{"[server]\nthreads = 100000\n", "config-invalid-value"},
                    BadFile{"[log]\nlevel = \"loud\"\n", "config-invalid-value"},
                    BadFile{"[log]\naccess = 1\n", "config-invalid-value"},
                    BadFile{"[server]\ntrusted_proxies = [1]\n", "config-invalid-value"}));

TEST(Settings, AMissingFileIsAnError) {
  EXPECT_EQ(error_of(load_settings({"/nonexistent/minato.toml", {}, {}})).id, "config-unreadable");
}

TEST(Settings, TextThatIsNoNumberIsAnError) {
  for (const char* text : {"", "x", "1x", "1.5", "99999999999999999999"}) {
    EXPECT_EQ(error_of(load_settings({"", {}, {{"server.threads", text}}})).id,
              "config-invalid-value")
        << text;
  }
}

TEST_F(SettingsFile, PrintedConfigurationReadsBackEqual) {
  Settings settings;
  settings.server_listen = "[::1]:9";
  settings.site_title = "港 \"quoted\" \\ #";
  settings.server_trusted_proxies = {"10.0.0.0/8", "::1/128"};
  settings.rate_limit_loopback = true;
  for (const auto language : {core::Language::kJa, core::Language::kEn}) {
    const std::string printed = print_config(settings, language);
    const auto again = load_settings({write(printed), {}, {}});
    ASSERT_TRUE(again) << printed;
    EXPECT_EQ(print_config(*again, language), printed);
    EXPECT_EQ(again->site_title, settings.site_title);
    EXPECT_EQ(again->server_trusted_proxies, settings.server_trusted_proxies);
  }
}

TEST(Settings, EveryRowHasAUniqueKeyAndBothLanguages) {
  std::set<std::string_view> keys;
  for (const Setting& setting : settings_table()) {
    EXPECT_TRUE(keys.insert(setting.key).second) << setting.key;
    EXPECT_NE(setting.key.find('.'), std::string_view::npos);
    EXPECT_FALSE(setting.description.ja.empty());
    EXPECT_FALSE(setting.description.en.empty());
    if (std::holds_alternative<std::int64_t Settings::*>(setting.field)) {
      EXPECT_LT(setting.minimum, setting.maximum) << setting.key;
    }
  }
}

TEST(Settings, TheReferenceInDocsIsWhatTheProgramSays) {
  std::ifstream file(std::string(MINATO_SOURCE_DIR) + "/docs/settings.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), settings_markdown()) << "run: minato settings-reference > docs/settings.md";
}

}  // namespace
}  // namespace minato::cli
