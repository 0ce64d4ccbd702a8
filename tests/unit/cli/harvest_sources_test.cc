#include "unit/cli/harvest_fixture.h"

namespace minato::cli {
namespace {

class HarvestSourcesProgram : public HarvestProgram {
 protected:
  rapidjson::Document listed() { return json_of(harvest({"sources", "list", "--json"}).out); }
  std::string state_of(const std::string& name) {
    for (const auto& source : value_of(storage().harvest->sources())) {
      if (source.name == name) return std::string(core::source_state_name(source.state));
    }
    return "none";
  }
};

TEST_F(HarvestSourcesProgram, EveryCommandExplainsItselfInBothLanguages) {
  const std::vector<std::vector<std::string>> commands = {{"sources"},
                                                          {"sources", "list"},
                                                          {"sources", "add"},
                                                          {"sources", "set"},
                                                          {"sources", "pause"},
                                                          {"sources", "resume"},
                                                          {"sources", "freeze"},
                                                          {"sources", "remove"},
                                                          {"run"},
                                                          {"status"},
                                                          {"show"},
                                                          {"retry"},
                                                          {"confirm"},
                                                          {"abort"}};
  for (auto command : commands) {
    command.insert(command.begin(), "harvest");
    command.emplace_back("--help");
    const Finished help = run(command);
    EXPECT_EQ(help.status, 0);
    EXPECT_NE(help.out.find("--data"), std::string::npos) << help.out;
    EXPECT_NE(help.out.find("データ"), std::string::npos) << help.out;
    EXPECT_NE(help.out.find("Data directory"), std::string::npos) << help.out;
  }
}

TEST_F(HarvestSourcesProgram, WrongCommandLinesFailWithOneLine) {
  const std::string data = folder_.path();
  const std::vector<std::vector<std::string>> wrong = {
      {"harvest"},
      {"harvest", "dance"},
      {"harvest", "status"},
      {"harvest", "status", "--data", "/nonexistent"},
      {"harvest", "sources", "--data", data, "dance"},
      {"harvest", "sources", "add", "--data", data, "--kind", "ckan"},
      {"harvest", "sources", "add", "--data", data, "--kind", "ftp", "--url", "http://a.example/",
       "--organization", "141003"},
      {"harvest", "sources", "add", "--data", data, "--kind", "ckan", "--url", "ftp://a.example/",
       "--organization", "141003"},
      {"harvest", "sources", "add", "--data", data, "--kind", "ckan", "--url", "http://a.example/",
       "--organization", "999999"},
      {"harvest", "sources", "add", "--data", data, "--kind", "ckan", "--url", "http://a.example/",
       "--organization", "141003", "--options", "{\"nosuch\": 1}"},
      {"harvest", "sources", "freeze", "nosuch", "--data", data},
      {"harvest", "sources", "set", "nosuch", "--data", data, "--schedule", "manual"},
      {"harvest", "sources", "pause", "nosuch", "--data", data},
      {"harvest", "sources", "remove", "nosuch", "--data", data},
      {"harvest", "run", "--source", "nosuch", "--data", data},
      {"harvest", "run", "--data", data, "--set", "nosuch=1"},
      {"harvest", "show", "--data", data},
      {"harvest", "show", "nosuch", "--data", data},
      {"harvest", "retry", "nosuch", "--data", data},
      {"harvest", "confirm", "nosuch", "--data", data},
      {"harvest", "abort", "nosuch", "--data", data}};
  for (const auto& arguments : wrong) {
    const Finished failed = run(arguments);
    EXPECT_NE(failed.status, 0) << arguments.back();
    EXPECT_EQ(failed.out, "");
    EXPECT_EQ(lines_of(failed.err), 1U) << failed.err;
    EXPECT_TRUE(failed.err.starts_with("minato: ")) << failed.err;
  }
  EXPECT_EQ(state_of("nosuch"), "none");
}

TEST_F(HarvestSourcesProgram, AddedOnesAreListed) {
  EXPECT_EQ(listed().Size(), 0U);
  add_source("yokohama");
  const auto sources = listed();
  ASSERT_EQ(sources.Size(), 1U);
  EXPECT_STREQ(sources[0]["name"].GetString(), "yokohama");
  EXPECT_STREQ(sources[0]["kind"].GetString(), "ckan");
  EXPECT_STREQ(sources[0]["state"].GetString(), "active");
  EXPECT_STREQ(sources[0]["title"].GetString(), "横浜市");
  const Finished table = harvest({"sources"});
  EXPECT_EQ(table.status, 0);
  EXPECT_NE(table.out.find("yokohama"), std::string::npos) << table.out;
  EXPECT_EQ(lines_of(table.out), 2U) << table.out;
}

TEST_F(HarvestSourcesProgram, TheNameIsTheOrganizationsWhenNoneIsGiven) {
  const Finished added = harvest({"sources", "add", "--kind", "file", "--url",
                                  "https://a.example/x.csv", "--organization", "141003"});
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_EQ(state_of("141003"), "active");
}

TEST_F(HarvestSourcesProgram, OptionsMayStandBeforeTheCommand) {
  add_source("a1");
  const Finished paused = run({"harvest", "sources", "--data", folder_.path(), "pause", "a1"});
  EXPECT_EQ(paused.status, 0) << paused.err;
  EXPECT_EQ(state_of("a1"), "paused");
}

TEST_F(HarvestSourcesProgram, ArePausedFrozenAndResumed) {
  add_source("a1");
  EXPECT_EQ(harvest({"sources", "pause", "a1"}).status, 0);
  EXPECT_EQ(state_of("a1"), "paused");
  EXPECT_EQ(harvest({"sources", "freeze", "a1", "--notice", "改修中"}).status, 0);
  EXPECT_EQ(state_of("a1"), "frozen");
  EXPECT_STREQ(listed()[0]["notice"].GetString(), "改修中");
  EXPECT_EQ(harvest({"sources", "resume", "a1"}).status, 0);
  EXPECT_EQ(state_of("a1"), "active");
  EXPECT_TRUE(listed()[0]["notice"].IsNull());
}

TEST_F(HarvestSourcesProgram, RemovalEndsTheJob) {
  add_source("a1");
  auto stores = storage();
  const auto source = value_of(stores.harvest->source("a1")).value();
  const auto job = value_of(stores.harvest->create_job(source.id, "manual", {}));
  EXPECT_EQ(harvest({"sources", "remove", "a1"}).status, 0);
  EXPECT_EQ(state_of("a1"), "none");
  EXPECT_FALSE(value_of(stores.harvest->job(job.id)).has_value());
}

}  // namespace
}  // namespace minato::cli
