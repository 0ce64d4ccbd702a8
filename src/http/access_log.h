// One line per request, written by a thread of its own so that a slow disk or pipe never holds a
// reactor.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/time.h"

namespace spdlog::sinks {
class sink;
}

namespace minato::http {

enum class AccessLogFormat { kText, kJson };

struct AccessRecord {
  core::Timestamp time;
  std::string_view peer;
  std::string_view method;
  std::string_view target;  // raw; secrets in it are masked when written
  int status = 0;
  std::optional<std::uint64_t> bytes;  // of the body; unknown for streams
  std::chrono::nanoseconds took{0};
  std::string_view request_id;
  std::string_view operation;  // empty: matched no row
};

// The line without its end. Everything from outside is escaped; the values of parameters named like
// secrets (token, key, apikey, password, secret, authorization, in any case) become "***".
void format_access_record(const AccessRecord& record, AccessLogFormat format, std::string& out);

// Thread-safe. Lines wait at most 200 ms; when the sink is so slow that 4 MB wait, the oldest are
// dropped and a line says how many.
class AccessLog {
 public:
  AccessLog(std::shared_ptr<spdlog::sinks::sink> sink, AccessLogFormat format);
  ~AccessLog();  // writes what waits
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  void write(const AccessRecord& record);
  void flush();  // returns when all lines so far are with the sink
  [[nodiscard]] std::uint64_t dropped() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Where lines go: "-" is standard output, "" nowhere (null), anything else a file that is opened
// for appending and reopened when it was moved away by log rotation. Fails (id
// "access-log-not-writable").
core::Result<std::unique_ptr<AccessLog>> open_access_log(const std::string& destination,
                                                         AccessLogFormat format);

}  // namespace minato::http
