// `minato serve` on a free port, ready when the constructor returns.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/child_process.h"
#include "support/http_client.h"

namespace minato::test {

class RunningProgram {
 public:
  explicit RunningProgram(const std::string& data, std::vector<std::string> more = {},
                          const std::string& datasets = MINATO_SOURCE_DIR "/datasets")
      : port_(free_port()) {
    std::vector<std::string> command = {
        MINATO_PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:" + std::to_string(port_)};
    if (!datasets.empty()) command.insert(command.end(), {"--datasets", datasets});
    command.insert(command.end(), more.begin(), more.end());
    process_ = std::make_unique<ChildProcess>(std::move(command));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (true) {
      const auto reply = http_get(port_, "/ready");
      if (reply && reply->status == 200) return;
      if (!process_->running() || std::chrono::steady_clock::now() > end) {
        throw std::runtime_error("minato did not become ready: " + process_->err());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] ChildProcess& process() const { return *process_; }
  [[nodiscard]] HttpReply get(const std::string& target) const {
    auto reply = http_get(port_, target);
    if (!reply) throw std::runtime_error("no reply to " + target + ": " + process_->err());
    return *reply;
  }

 private:
  std::uint16_t port_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace minato::test
