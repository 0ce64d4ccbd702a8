// A server whose one route answers the bytes of a file from memory, through the same engine and the
// same middleware as the program: what the hot replies of the program are measured against. usage:
// constant_server PORT FILE
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/time.h"
#include "http/dispatcher.h"
#include "http/server/server.h"

int main(int argc, char** argv) {
  using namespace minato;
  if (argc != 3) {
    std::cerr << "usage: constant_server PORT FILE\n";
    return 2;
  }
  std::ostringstream text;
  text << std::ifstream(argv[2], std::ios::binary).rdbuf();
  const auto body = std::make_shared<const std::string>(text.str());

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  http::Route route;
  route.method = "GET";
  route.pattern = "/constant";
  route.operation = "constant";
  route.cache = http::CacheRule::kNone;
  route.handler = [body](const http::Request&) -> core::Result<http::Response> {
    http::Response response;
    response.headers.add("Content-Type", "application/json;charset=utf-8");
    response.body = body;
    return response;
  };
  auto table = http::RouteTable::make({route});
  if (!table) {
    std::cerr << table.error().message.en << "\n";
    return 1;
  }
  const core::SystemClock clock;
  http::Metrics metrics({"constant"}, "bench");
  http::DispatcherServices services;
  services.revision = [] { return std::uint64_t{1}; };
  services.clock = &clock;
  services.metrics = &metrics;
  http::Dispatcher dispatcher(std::move(*table), {}, services);
  http::ServerOptions options;
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  auto server = http::Server::start(options, [&](auto request, auto responder) {
    dispatcher.handle(std::move(request), std::move(responder));
  });
  if (!server) {
    std::cerr << server.error().message.en << "\n";
    return 1;
  }
  int signal = 0;
  sigwait(&signals, &signal);
  (*server)->stop(std::chrono::seconds(1));
  return 0;
}
