// pretend_prefecture: 34 publishers of open data on loopback, for tests, benchmarks and
// demonstrations. Prints one line of JSON (report.h) and serves until SIGTERM; SIGUSR1 prints the
// counts of requests.
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/pretend_prefecture/prefecture.h"
#include "support/pretend_prefecture/report.h"

namespace {

using minato::pretend::Prefecture;

constexpr const char* kUsage =
    "usage: pretend_prefecture [--edition N] [--fault SITE=FAULT]... [--only CODE[,CODE]...]\n"
    "                          [--ckan-datasets N] [--port N] [--until-stdin-closes]\n";

struct Arguments {
  minato::pretend::PrefectureOptions prefecture;
  std::vector<std::pair<std::string, std::string>> faults;
  bool until_stdin_closes = false;
};

template <typename Number>
void read_number(const std::string& text, Number& number) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    throw std::invalid_argument("not a number in its range: " + text);
  }
}

void read_option(const std::string& name, const std::string& value, Arguments& arguments) {
  if (name == "--edition") {
    read_number(value, arguments.prefecture.edition);
  } else if (name == "--ckan-datasets") {
    read_number(value, arguments.prefecture.ckan_datasets);
  } else if (name == "--port") {
    read_number(value, arguments.prefecture.port);
  } else if (name == "--fault") {
    const std::size_t equals = value.find('=');
    if (equals == std::string::npos) throw std::invalid_argument("--fault wants SITE=FAULT");
    arguments.faults.emplace_back(value.substr(0, equals), value.substr(equals + 1));
  } else if (name == "--only") {
    for (std::size_t at = 0; at < value.size();) {
      const std::size_t end = std::min(value.find(',', at), value.size());
      arguments.prefecture.only.insert(value.substr(at, end - at));
      at = end + 1;
    }
  } else {
    throw std::invalid_argument("unknown option " + name);
  }
}

Arguments read_arguments(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string name = words[i];
    if (name == "--until-stdin-closes") {
      arguments.until_stdin_closes = true;
    } else if (i + 1 == count) {
      throw std::invalid_argument("a value is missing behind " + name);
    } else {
      read_option(name, words[++i], arguments);
    }
  }
  return arguments;
}

void print_line(const std::string& text) {
  std::fprintf(stdout, "%s\n", text.c_str());
  std::fflush(stdout);
}

void end_with_stdin() {
  char block[256];
  while (::read(0, block, sizeof block) > 0) {
  }
  ::kill(::getpid(), SIGTERM);
}

void serve(const Arguments& arguments) {
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int number : {SIGTERM, SIGINT, SIGUSR1}) ::sigaddset(&signals, number);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before there are other threads
  Prefecture prefecture(arguments.prefecture);
  for (const auto& [site, fault] : arguments.faults) prefecture.set_fault(site, fault);
  print_line(sources_json(prefecture));
  if (arguments.until_stdin_closes) std::thread(end_with_stdin).detach();
  int number = 0;
  while (::sigwait(&signals, &number) == 0 && number == SIGUSR1) {
    print_line(counts_json(prefecture));
  }
}

}  // namespace

int main(int count, char** words) {
  try {
    serve(read_arguments(count, words));
    return 0;
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "pretend_prefecture: %s\n%s", error.what(), kUsage);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pretend_prefecture: %s\n", error.what());
    return 1;
  }
}
