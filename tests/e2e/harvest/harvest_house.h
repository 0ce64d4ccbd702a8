// A data directory with sources, the program that harvests them, and a server that shows the
// result.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "e2e/program/running_program.h"
#include "support/child_process.h"
#include "support/pretend_prefecture/prefecture.h"
#include "support/temp_dir.h"

namespace minato::test {

// What `minato harvest run` tells of one source.
struct RunLine {
  std::string status;
  std::int64_t added = 0;
  std::int64_t updated = 0;
  std::int64_t not_modified = 0;
  std::int64_t deleted = 0;
  std::int64_t errored = 0;
  std::int64_t moved = 0;
  std::int64_t tables = 0;
  std::int64_t files_failed = 0;
  bool deletions_held = false;
  std::string error_id;
  std::string text;  // the whole line
};

struct RunReport {
  int status = -1;  // of the program
  std::string err;
  std::map<std::string, RunLine> lines;  // by source
  std::int64_t differences = 0;          // lines of a dry run
};

class HarvestHouse {
 public:
  // Knows the organizations, but no source. `settings` are lines of the [harvest] section. Throws
  // when the program does not do what is asked.
  explicit HarvestHouse(const std::vector<std::string>& settings = {});

  [[nodiscard]] const std::string& data() const { return data_; }
  // One source for each publisher of the prefecture, named as sources() tells.
  void add_sources(const pretend::Prefecture& prefecture);
  void add_source(const pretend::SourceNote& source, const std::string& name,
                  const std::string& options);
  [[nodiscard]] static std::string source_name(const pretend::SourceNote& source);

  // `minato harvest run`.
  [[nodiscard]] RunReport run(const std::vector<std::string>& more = {}) const;
  // The same, not waited for.
  [[nodiscard]] std::unique_ptr<ChildProcess> start_run() const;
  // Any other command behind `minato harvest`; gives standard output. Throws unless it ends with 0.
  [[nodiscard]] std::string harvest(std::vector<std::string> words) const;
  [[nodiscard]] std::unique_ptr<RunningProgram> serve() const;

 private:
  [[nodiscard]] std::vector<std::string> run_command(const std::vector<std::string>& more) const;

  TempDir folder_;
  std::string data_;
  std::string datasets_;
  std::string config_;
};

}  // namespace minato::test
