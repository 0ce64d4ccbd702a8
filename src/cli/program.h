// The command line: parses it, runs one command, reports failure as one line on stderr.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/error.h"

namespace minato::cli {

// Exit status: 0 done, 1 failed, 2 the command line itself was wrong.
int run_program(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

// The language of messages on this terminal: LC_ALL, LC_MESSAGES, LANG; Japanese unless it says
// otherwise.
core::Language terminal_language();

// "minato: <message> <hint>" and the details, in one line.
std::string error_line(const core::Error& error, core::Language language);

}  // namespace minato::cli
