// A thread that decodes the next chunks of a text while the last ones are parsed.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "core/error.h"
#include "tabular/input/text_stream.h"

namespace minato::tabular {

// Used by one thread. `chunks` must outlive it, and is the thread's until pause().
class ReadAhead {
 public:
  explicit ReadAhead(TextStream::Chunks& chunks);
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // As TextStream::more().
  core::Result<bool> take(std::string& out, std::size_t size);
  // Ends the thread; take() goes on without it.
  void pause();

 private:
  void run();
  void read_chunks();

  TextStream::Chunks& chunks_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> ready_;
  core::Result<void> result_;
  bool finished_ = false;  // the thread reads no more
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace minato::tabular
