#include "e2e/harvest/harvest_house.h"

#include <rapidjson/document.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace minato::test {
namespace {

constexpr std::chrono::seconds kPatience{900};
// From site_kind on.
constexpr const char* kUnknown = "unknown,,,,https://www.example.jp/,公開場所は不明";

std::map<std::string, std::string> english() { return {{"LANG", "en_US.UTF-8"}, {"LC_ALL", ""}}; }

// The shipped publishers without their sites: nothing but the pretend ones may be harvested.
void write_publishers(const std::string& path) {
  std::ifstream shipped(MINATO_SOURCE_DIR "/datasets/publishers.csv");
  std::ofstream out(path);
  for (std::string line; std::getline(shipped, line);) {
    std::size_t at = 0;
    for (int column = 0; column < 10; ++column) at = line.find(',', at) + 1;
    out << (line.starts_with("code,") ? line : line.substr(0, at) + kUnknown) << '\n';
  }
}

std::int64_t number(const rapidjson::Value& object, const char* name) {
  return object.HasMember(name) && object[name].IsInt64() ? object[name].GetInt64() : -1;
}

RunLine read_line(const rapidjson::Value& json) {
  RunLine line;
  line.status = json["status"].GetString();
  line.added = number(json, "added");
  line.updated = number(json, "updated");
  line.not_modified = number(json, "not_modified");
  line.deleted = number(json, "deleted");
  line.errored = number(json, "errored");
  line.moved = number(json, "moved");
  line.tables = number(json, "tables");
  line.files_failed = number(json, "files_failed");
  line.deletions_held = json["deletions_held"].GetBool();
  if (json.HasMember("error_id")) line.error_id = json["error_id"].GetString();
  return line;
}

RunReport read_report(int status, const std::string& out, const std::string& err) {
  RunReport report;
  report.status = status;
  report.err = err;
  std::istringstream lines(out);
  for (std::string text; std::getline(lines, text);) {
    rapidjson::Document line;
    if (line.Parse(text.c_str()).HasParseError() || !line.IsObject() || !line.HasMember("source")) {
      throw std::runtime_error("not a line about a source: " + text);
    }
    if (line.HasMember("type")) {
      ++report.differences;
      continue;
    }
    RunLine& one = report.lines[line["source"].GetString()] = read_line(line);
    one.text = text;
  }
  return report;
}

}  // namespace

HarvestHouse::HarvestHouse(const std::vector<std::string>& settings)
    : data_(folder_.path() + "/data"),
      datasets_(folder_.path() + "/datasets"),
      config_(folder_.path() + "/minato.toml") {
  std::filesystem::create_directories(datasets_);
  write_publishers(datasets_ + "/publishers.csv");
  std::ofstream config(config_);
  config << "[harvest]\nenabled = false\nallow_networks = [\"127.0.1.0/24\"]\ndelay_ms = 0\n"
            "contact = \"opendata@example.jp\"\nschedule = \"manual\"\n";
  for (const std::string& line : settings) config << line << '\n';
  config.close();
  const auto server = serve();  // makes the organizations
  server->process().signal(SIGTERM);
  if (server->process().wait(kPatience) != 0) throw std::runtime_error(server->process().err());
}

std::vector<std::string> HarvestHouse::run_command(const std::vector<std::string>& more) const {
  std::vector<std::string> words = {MINATO_PROGRAM, "harvest",  "run",  "--data",
                                    data_,          "--config", config_};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::string HarvestHouse::source_name(const pretend::SourceNote& source) {
  return source.code + "-" + source.kind;  // the code belongs to the disabled one of publishers.csv
}

void HarvestHouse::add_source(const pretend::SourceNote& source, const std::string& name,
                              const std::string& options) {
  std::ignore = harvest({"sources", "add", "--name", name, "--kind", source.kind, "--url",
                         source.url, "--organization", source.code, "--options", options});
}

void HarvestHouse::add_sources(const pretend::Prefecture& prefecture) {
  for (const pretend::SourceNote& source : prefecture.sources()) {
    add_source(source, source_name(source), source.options);
  }
}

RunReport HarvestHouse::run(const std::vector<std::string>& more) const {
  ChildProcess process(run_command(more), english());
  const int status = process.wait(kPatience);
  return read_report(status, process.out(), process.err());
}

std::unique_ptr<ChildProcess> HarvestHouse::start_run() const {
  return std::make_unique<ChildProcess>(run_command({}), english());
}

std::string HarvestHouse::harvest(std::vector<std::string> words) const {
  words.insert(words.begin(), {MINATO_PROGRAM, "harvest"});
  words.insert(words.end(), {"--data", data_});
  ChildProcess process(std::move(words), english());
  if (process.wait(kPatience) != 0) throw std::runtime_error(process.err() + process.out());
  return process.out();
}

std::unique_ptr<RunningProgram> HarvestHouse::serve() const {
  return std::make_unique<RunningProgram>(data_, std::vector<std::string>{"--config", config_},
                                          datasets_);
}

}  // namespace minato::test
