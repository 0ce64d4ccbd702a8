#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "e2e/program/running_program.h"
#include "support/temp_dir.h"

namespace minato::test {
namespace {

namespace fs = std::filesystem;

// Runs a command of the program to its end.
struct Finished {
  int status;
  std::string out;
  std::string err;
};

Finished run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), MINATO_PROGRAM);
  ChildProcess process(std::move(arguments), {{"LANG", "en_US.UTF-8"}, {"LC_ALL", ""}});
  const int status = process.wait(std::chrono::seconds(60));
  return {status, process.out(), process.err()};
}

void expect_one_clear_line(const Finished& finished, const std::string& part) {
  EXPECT_EQ(finished.status, 1) << finished.err;
  EXPECT_TRUE(finished.err.starts_with("minato: ")) << finished.err;
  EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
  EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
}

Finished serve(const std::string& data, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"serve", "--data", data, "--listen", "127.0.0.1:0"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(std::move(arguments));
}

std::string catalog_file(const TempDir& dir) { return dir.path() + "/catalog.db"; }

TEST(Program, ServesTheShippedCatalogue) {
  const TempDir dir;
  const RunningProgram minato(dir.path());
  const HttpReply list = minato.get("/api/3/action/package_list");
  EXPECT_EQ(list.status, 200);
  EXPECT_NE(list.body.find("\"rpa-workflows\""), std::string::npos) << list.body;
  const HttpReply search = minato.get("/api/3/action/package_search?rows=0");
  EXPECT_NE(search.body.find("\"count\":24"), std::string::npos) << search.body;
  const HttpReply organizations = minato.get("/api/3/action/organization_list");
  EXPECT_EQ(std::count(organizations.body.begin(), organizations.body.end(), '1') > 34, true);
  EXPECT_NE(organizations.body.find("141003"), std::string::npos);
}

TEST(Program, FindsJapaneseHoweverItIsTyped) {
  const TempDir dir;
  const RunningProgram minato(dir.path());
  const auto count = [&minato](const std::string& query) {
    const HttpReply reply = minato.get("/api/3/action/package_search?rows=0&q=" + query);
    return reply.body.substr(reply.body.find("\"count\":"), 12);
  };
  const std::string full = count("%E3%82%AA%E3%83%BC%E3%83%97%E3%83%B3");  // オープン
  EXPECT_NE(full.substr(0, 9), "\"count\":0");
  EXPECT_EQ(full, count("%E3%81%8A%E3%83%BC%E3%81%B7%E3%82%93"));           // おーぷん
  EXPECT_EQ(full, count("%EF%BD%B5%EF%BD%B0%EF%BE%8C%EF%BE%9F%EF%BE%9D"));  // ｵｰﾌﾟﾝ
  EXPECT_EQ(count("rpa"), count("%EF%BC%B2%EF%BC%B0%EF%BC%A1"));            // ＲＰＡ
}

TEST(Program, ASecondStartChangesNothing) {
  const TempDir dir;
  std::string first;
  {
    const RunningProgram minato(dir.path());
    first = minato.get("/api/3/action/package_show?id=rpa-workflows").body;
    minato.process().signal(SIGTERM);
    EXPECT_EQ(minato.process().wait(std::chrono::seconds(40)), 0) << minato.process().err();
  }
  const RunningProgram again(dir.path());
  // The links hold the port, which differs.
  const auto core_of = [](std::string text) {
    return text.substr(text.find("\"metadata_modified\""), 60);
  };
  EXPECT_EQ(core_of(again.get("/api/3/action/package_show?id=rpa-workflows").body), core_of(first));
}

TEST(Program, SurvivesKillDuringItsFirstStart) {
  const TempDir dir;
  for (int round = 0; round < 5; ++round) {
    ChildProcess process({MINATO_PROGRAM, "serve", "--data", dir.path(), "--listen",
                          "127.0.0.1:" + std::to_string(free_port()), "--datasets",
                          MINATO_SOURCE_DIR "/datasets"});
    std::this_thread::sleep_for(std::chrono::milliseconds(10 + round * 40));
    process.signal(SIGKILL);
    process.wait(std::chrono::seconds(10));
  }
  const RunningProgram minato(dir.path());
  EXPECT_NE(minato.get("/api/3/action/package_search?rows=0").body.find("\"count\":24"),
            std::string::npos);
}

TEST(Program, CommandsWorkWhileItServes) {
  const TempDir dir;
  const RunningProgram minato(dir.path());
  EXPECT_EQ(minato.get("/api/3/action/package_search?q=zzznosuch&rows=0").status, 200);
  const Finished check = run({"check", "--data", dir.path()});
  EXPECT_EQ(check.status, 0) << check.err;
  std::string missed;
  for (int i = 0; i < 100 && missed.find("zzznosuch") == std::string::npos; ++i) {
    const Finished listed = run({"missed-searches", "--data", dir.path()});
    EXPECT_EQ(listed.status, 0) << listed.err;
    missed = listed.out;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_NE(missed.find("zzznosuch"), std::string::npos);
}

TEST(Program, StopsWithinItsGraceAndAnswersReadyWith503First) {
  const TempDir dir;
  const RunningProgram minato(dir.path());
  minato.process().signal(SIGTERM);
  EXPECT_EQ(minato.process().wait(std::chrono::seconds(10)), 0);
}

TEST(Program, APortInUseIsAClearError) {
  const TempDir dir;
  const TempDir other;
  const RunningProgram minato(dir.path());
  expect_one_clear_line(run({"serve", "--data", other.path(), "--listen",
                             "127.0.0.1:" + std::to_string(minato.port())}),
                        std::to_string(minato.port()));
}

TEST(Program, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
  const TempDir dir;
  const std::string text(5000, 'x');
  std::ofstream(catalog_file(dir)) << text;
  expect_one_clear_line(serve(dir.path()), "catalog.db");
  std::ifstream file(catalog_file(dir));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
}

TEST(Program, ATruncatedDatabaseIsRefused) {
  const TempDir dir;
  {
    const RunningProgram minato(dir.path());
    minato.process().signal(SIGTERM);
    ASSERT_EQ(minato.process().wait(std::chrono::seconds(40)), 0);
  }
  fs::remove(catalog_file(dir) + "-wal");
  fs::remove(catalog_file(dir) + "-shm");
  fs::resize_file(catalog_file(dir), fs::file_size(catalog_file(dir)) / 2);
  const auto size = fs::file_size(catalog_file(dir));
  expect_one_clear_line(serve(dir.path()), "catalog.db");
  EXPECT_EQ(fs::file_size(catalog_file(dir)), size);
}

TEST(Program, ADataDirThatIsAFileIsRefused) {
  const TempDir dir;
  std::ofstream(dir.path() + "/file") << "x";
  expect_one_clear_line(serve(dir.path() + "/file"), dir.path() + "/file");
}

TEST(Program, ABadDatasetFolderIsReportedAndTheOthersAreServed) {
  const TempDir dir;
  const std::string datasets = dir.path() + "/datasets";
  fs::create_directories(datasets);
  fs::copy(MINATO_SOURCE_DIR "/datasets/publishers.csv", datasets + "/publishers.csv");
  fs::copy(MINATO_SOURCE_DIR "/datasets/rpa-workflows", datasets + "/rpa-workflows",
           fs::copy_options::recursive);
  fs::create_directories(datasets + "/broken");
  std::ofstream(datasets + "/broken/dataset.json") << R"({"name": "broken", "title": 7})";
  const RunningProgram minato(dir.path() + "/data", {}, datasets);
  EXPECT_NE(minato.get("/api/3/action/package_search?rows=0").body.find("\"count\":1"),
            std::string::npos);
  EXPECT_NE(minato.process().err().find("broken"), std::string::npos) << minato.process().err();
}

TEST(Program, TheAdminListenerTakesTheMetricsAway) {
  const TempDir dir;
  const std::uint16_t admin = free_port();
  const RunningProgram minato(dir.path(),
                              {"--set", "server.admin_listen=127.0.0.1:" + std::to_string(admin)});
  EXPECT_EQ(minato.get("/metrics").status, 404);
  const auto metrics = http_get(admin, "/metrics");
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->status, 200);
  EXPECT_NE(metrics->body.find("minato_"), std::string::npos);
  EXPECT_EQ(http_get(admin, "/live")->status, 200);
  EXPECT_EQ(http_get(admin, "/api/3/action/site_read")->status, 404);
}

TEST(Program, WithoutDatasetsItServesAnEmptyCatalogue) {
  const TempDir dir;
  const RunningProgram minato(dir.path(), {}, "");
  EXPECT_NE(minato.get("/api/3/action/package_search").body.find("\"count\":0"), std::string::npos);
  EXPECT_EQ(minato.get("/").status, 200);
}

}  // namespace
}  // namespace minato::test
