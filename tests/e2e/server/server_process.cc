#include "e2e/server/server_process.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace minato::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string proc(pid_t pid, const char* name) {
  return "/proc/" + std::to_string(pid) + "/" + name;
}

}  // namespace

ServerProcess::ServerProcess(std::vector<std::string> settings) {
  settings.insert(settings.begin(), SERVER_FIXTURE);
  process_ = std::make_unique<test::ChildProcess>(std::move(settings));
  const auto end = steady_clock::now() + std::chrono::seconds(20);
  for (;;) {
    const std::string out = process_->out();
    if (out.ends_with('\n')) {
      port_ = static_cast<std::uint16_t>(std::stoi(out.substr(5)));
      return;
    }
    if (!process_->running() || steady_clock::now() > end) {
      throw std::runtime_error("the fixture did not start: " + process_->err());
    }
    std::this_thread::sleep_for(milliseconds(5));
  }
}

double ServerProcess::cpu_seconds() const {
  std::ifstream file(proc(process_->pid(), "stat"));
  std::string line;
  std::getline(file, line);
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

long ServerProcess::peak_rss_kb() const {
  std::ifstream file(proc(process_->pid(), "status"));
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  }
  return 0;
}

std::size_t ServerProcess::open_descriptors() const {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(proc(process_->pid(), "fd"))) {
    count += entry.path().empty() ? 0 : 1;
  }
  return count;
}

bool ServerProcess::descriptors_fall_to(std::size_t wanted) const {
  const auto end = steady_clock::now() + std::chrono::seconds(10);
  while (open_descriptors() > wanted) {
    if (steady_clock::now() > end) return false;
    std::this_thread::sleep_for(milliseconds(20));
  }
  return true;
}

int ServerProcess::stop() {
  process_->signal(SIGTERM);
  return process_->wait(std::chrono::seconds(30));
}

}  // namespace minato::http
