// The running program: storage, services, routes and listeners, wired. The one place that names
// concrete implementations.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cli/settings.h"
#include "core/error.h"

namespace minato::cli {

struct ApplicationOptions {
  std::string data_dir;
  std::string datasets_dir;  // shipped datasets; empty: none
  Settings settings;
  core::Language log_language = core::Language::kJa;
};

class Application {
 public:
  // Opens (or makes) the data directory, loads what is shipped, and serves when it returns. A bad
  // dataset folder is logged and passed over; everything else that is wrong is an error, and
  // nothing serves.
  static core::Result<std::unique_ptr<Application>> start(const ApplicationOptions& options);
  ~Application();  // stop()
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // /ready turns 503, requests in flight are answered within server.stop_grace_ms, then all is
  // closed.
  void stop();

 private:
  struct Parts;
  explicit Application(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace minato::cli
