// What nobody asks for but time: scheduled publications, uploads that nobody goes on with.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "cli/writing_services.h"
#include "core/error.h"

namespace minato::cli {

class PushChores {
 public:
  // REQUIRES: the services outlive it.
  PushChores(WritingServices& services, core::Language log_language);
  ~PushChores();  // waits for the chore under way
  PushChores(const PushChores&) = delete;
  PushChores& operator=(const PushChores&) = delete;

 private:
  void work();
  void publish_due();
  void remove_expired();

  WritingServices& services_;
  const core::Language log_language_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace minato::cli
