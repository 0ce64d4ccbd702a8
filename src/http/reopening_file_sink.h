// A log file that survives being moved away by log rotation.
#pragma once

#include <spdlog/details/file_helper.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>
#include <sys/types.h>

#include <string>

namespace minato::http {

// Used by one thread at a time. The constructor throws spdlog_ex when the file cannot be opened.
class ReopeningFileSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit ReopeningFileSink(const std::string& path);

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override;

 private:
  void note_inode();

  std::string path_;
  ino_t inode_ = 0;
  spdlog::details::file_helper file_;
};

}  // namespace minato::http
