// A program started by a test, ended with it. Only ever ends what it started.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace minato::test {

class ChildProcess {
 public:
  // Standard output and error go to files below the system's temp folder. Throws when it cannot
  // start.
  explicit ChildProcess(std::vector<std::string> command,
                        std::map<std::string, std::string> environment = {});
  ~ChildProcess();  // kill -9, if it still runs
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  void signal(int number) const;
  // Exit status, or 128 + the signal that ended it; -1 when it still runs after `limit`.
  int wait(std::chrono::milliseconds limit);
  [[nodiscard]] bool running();
  [[nodiscard]] std::string out() const;
  [[nodiscard]] std::string err() const;
  [[nodiscard]] long rss_kb() const;  // VmRSS; 0 when it is gone

 private:
  pid_t pid_ = -1;
  int status_ = -1;
  std::string out_path_;
  std::string err_path_;
};

}  // namespace minato::test
