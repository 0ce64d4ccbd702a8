#include "http/reopening_file_sink.h"

#include <sys/stat.h>

namespace minato::http {

ReopeningFileSink::ReopeningFileSink(const std::string& path) : path_(path) {
  file_.open(path_);
  note_inode();
}

void ReopeningFileSink::note_inode() {
  struct stat found {};
  inode_ = stat(path_.c_str(), &found) == 0 ? found.st_ino : 0;
}

void ReopeningFileSink::sink_it_(const spdlog::details::log_msg& message) {
  struct stat found {};
  if (stat(path_.c_str(), &found) != 0 || found.st_ino != inode_) {
    file_.reopen(false);
    note_inode();
  }
  spdlog::memory_buf_t formatted;
  formatter_->format(message, formatted);
  file_.write(formatted);
}

void ReopeningFileSink::flush_() { file_.flush(); }

}  // namespace minato::http
