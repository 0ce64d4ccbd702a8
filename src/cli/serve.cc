#include "cli/serve.h"

#include <csignal>

namespace minato::cli {

core::Result<void> serve(const ApplicationOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  auto application = Application::start(options);
  if (!application) return tl::unexpected(application.error());
  int received = 0;
  sigwait(&signals, &received);
  // A second signal ends the process at once: who asks twice does not want to wait.
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  (*application)->stop();
  return {};
}

}  // namespace minato::cli
