// How many files and sockets the process may have open, and how they are shared out.
#pragma once

namespace minato::http {

// The kernel gives the lowest free number, so a number tells how many are in use, whoever uses
// them.
struct DescriptorLimits {
  int sockets = 0;  // a connection whose descriptor has this number or a higher one is refused
  int files = 0;    // so is a spool file: the rest is for what must never fail
};

// Raises the soft RLIMIT_NOFILE to the hard one and leaves 200 descriptors for everything that is
// no connection: at the limit itself the library's accept thread would spin.
DescriptorLimits raise_descriptor_limit();

}  // namespace minato::http
