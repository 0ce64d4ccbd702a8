// The fixture server in a child process, and what the kernel says about it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "support/child_process.h"

namespace minato::http {

class ServerProcess {
 public:
  // `settings`: "name=value", see fixture/main.cc. Throws when it does not start.
  explicit ServerProcess(std::vector<std::string> settings = {});

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] test::ChildProcess& process() { return *process_; }

  [[nodiscard]] double cpu_seconds() const;
  [[nodiscard]] long peak_rss_kb() const;
  [[nodiscard]] std::size_t open_descriptors() const;
  // Waits until at most `wanted` descriptors are open; false after 10 s.
  [[nodiscard]] bool descriptors_fall_to(std::size_t wanted) const;
  // SIGTERM; its exit status.
  int stop();

 private:
  std::unique_ptr<test::ChildProcess> process_;
  std::uint16_t port_ = 0;
};

}  // namespace minato::http
