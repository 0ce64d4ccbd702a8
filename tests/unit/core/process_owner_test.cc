#include "core/process_owner.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace minato::core {
namespace {

// A child that writes its owner text and then waits to be killed.
class Child {
 public:
  Child() {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      const std::string owner = make_lease_owner();
      (void)!::write(pipe[1], owner.data(), owner.size());
      ::close(pipe[1]);
      ::pause();
      ::_exit(0);
    }
    ::close(pipe[1]);
    std::array<char, 256> text{};
    for (ssize_t n = 0; (n = ::read(pipe[0], text.data(), text.size())) > 0;) {
      owner_.append(text.data(), static_cast<std::size_t>(n));
    }
    ::close(pipe[0]);
  }
  ~Child() {
    if (!is_collected_) collect();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  void kill() const { ::kill(pid_, SIGKILL); }
  void wait_for_death() const {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
  }
  void collect() {
    kill();
    ::waitpid(pid_, nullptr, 0);
    is_collected_ = true;
  }
  [[nodiscard]] const std::string& owner() const { return owner_; }

 private:
  pid_t pid_ = 0;
  std::string owner_;
  bool is_collected_ = false;
};

TEST(ProcessOwner, IsDifferentForEveryJobAndAlive) {
  const std::string one = make_lease_owner();
  EXPECT_NE(one, make_lease_owner());
  EXPECT_FALSE(is_dead_owner(one));
}

TEST(ProcessOwner, AKilledProcessIsDeadAtOnce) {
  Child child;
  EXPECT_FALSE(is_dead_owner(child.owner()));
  child.kill();
  child.wait_for_death();
  EXPECT_TRUE(is_dead_owner(child.owner()));  // its parent has not collected it
  child.collect();
  EXPECT_TRUE(is_dead_owner(child.owner()));
}

TEST(ProcessOwner, AnotherProcessWithTheSameNumberIsNotTheOwner) {
  std::string owner = make_lease_owner();
  const std::size_t start = owner.find(':', owner.find(':') + 1) + 1;
  owner.insert(start, "9");
  EXPECT_TRUE(is_dead_owner(owner));
}

TEST(ProcessOwner, OfOtherPlacesNothingIsKnown) {
  const std::string owner = make_lease_owner();
  EXPECT_FALSE(is_dead_owner("elsewhere" + owner.substr(owner.find(':'))));
  EXPECT_FALSE(is_dead_owner(""));
  EXPECT_FALSE(is_dead_owner("a:b:c"));
  EXPECT_FALSE(is_dead_owner("::::"));
}

}  // namespace
}  // namespace minato::core
