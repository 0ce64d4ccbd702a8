// Who holds a lease: a process, named so that others on this machine can tell whether it lives.
#pragma once

#include <string>

namespace minato::core {

// "<host>:<pid>:<start of the process>-<boot>-<pid namespace>:<n>"; `n` differs with every call, so
// that two jobs of one process never take each other's lease for their own.
std::string make_lease_owner();

// True only for sure: it ran on this host and in this pid namespace, and it is gone, was killed and
// not yet collected by its parent, or another process has its number. Of all others nothing is
// known; their leases must run out.
bool is_dead_owner(const std::string& owner);

}  // namespace minato::core
