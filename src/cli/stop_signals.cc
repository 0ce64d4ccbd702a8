#include "cli/stop_signals.h"

#include <unistd.h>

#include <ctime>

namespace minato::cli {

StopSignals::StopSignals() {
  std::signal(SIGPIPE, SIG_IGN);  // TLS writes to connections that the other side closed
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  thread_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
  done_.store(true);
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void StopSignals::watch() {
  constexpr timespec kLook{0, 50'000'000};
  while (!done_.load()) {
    const int signal = sigtimedwait(&signals_, nullptr, &kLook);
    if (signal <= 0) continue;
    // The second one takes its usual course in this thread.
    if (stop_.exchange(true)) {
      std::signal(signal, SIG_DFL);
      pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
      static_cast<void>(::kill(::getpid(), signal));
    }
    received_.store(signal);
  }
}

}  // namespace minato::cli
