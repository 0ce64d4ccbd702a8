#include <exception>
#include <iostream>

#include "cli/program.h"

int main(int argc, char** argv) {
  try {
    return minato::cli::run_program({argv + 1, argv + argc}, std::cout, std::cerr);
  } catch (const std::exception& error) {
    std::cerr << "minato: internal error: " << error.what() << "\n";
  } catch (...) {
    std::cerr << "minato: internal error\n";
  }
  return 1;
}
