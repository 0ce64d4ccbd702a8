// Clients that are slow, silent or do not read: they are cut off in time and cost the others
// nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "e2e/server/client_socket.h"
#include "e2e/server/server_process.h"

namespace minato::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Clients = std::vector<std::unique_ptr<ClientSocket>>;

Clients connect(std::uint16_t port, int count) {
  Clients clients;
  for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<ClientSocket>(port));
  return clients;
}

// Behind a client that is waited for, each request would take as long as the client lets it:
// seconds. How fast the server is shows bench/, on a machine that does nothing else.
constexpr double kNotHeldMs = 250;

// The median of what a well-behaved client waits for /k1 during `time`.
double median_ms(std::uint16_t port, milliseconds time) {
  ClientSocket client(port);
  std::vector<double> waited;
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end) {
    const auto start = steady_clock::now();
    const auto reply = client.ask(get("/k1"));
    EXPECT_TRUE(reply && reply->body.size() == 1024);
    waited.push_back(
        std::chrono::duration<double, std::milli>(steady_clock::now() - start).count());
    std::this_thread::sleep_for(milliseconds(1));
  }
  std::sort(waited.begin(), waited.end());
  return waited[waited.size() / 2];
}

TEST(ServerSlowClients, ThatDoNotReadCostOthersNothing) {
  ServerProcess server;
  median_ms(server.port(), milliseconds(200));
  const long rss = server.peak_rss_kb();
  auto clients = connect(server.port(), 60);
  std::string many;
  for (int i = 0; i < 200; ++i) many += get("/k50");
  for (std::size_t i = 0; i < clients.size(); ++i) {
    const auto* const large = i % 3 == 0 ? "/stream/1000" : "/file/1000";
    clients[i]->send(i % 3 == 2 ? many : get(large));
  }
  std::this_thread::sleep_for(milliseconds(500));
  const double cpu = server.cpu_seconds();
  EXPECT_LT(median_ms(server.port(), milliseconds(2000)), kNotHeldMs);
  EXPECT_LT(server.cpu_seconds() - cpu, 1.0);  // of two seconds with a thousand requests
  EXPECT_LT(server.peak_rss_kb() - rss, 16 * 1024);
}

TEST(ServerSlowClients, ThatReadSlowlyCostOthersNothing) {
  ServerProcess server;
  auto clients = connect(server.port(), 50);
  for (auto& client : clients) client->send(get("/stream/1000"));
  bool reading = true;
  std::thread reader([&] {
    for (int round = 0; round < 20; ++round) {
      for (auto& client : clients) reading = reading && client->skip(20'000) == 20'000;
      std::this_thread::sleep_for(milliseconds(50));
    }
  });
  EXPECT_LT(median_ms(server.port(), milliseconds(1000)), kNotHeldMs);
  reader.join();
  EXPECT_TRUE(reading);
}

TEST(ServerSlowClients, MayTakeTheirTimeWithALargeReply) {
  ServerProcess server;
  ClientSocket client(server.port());
  client.send(get("/stream/8"));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(client.read()->body, std::string(8 << 20, 's'));
  EXPECT_EQ(client.ask(get("/id/next"))->body, "next");
}

TEST(ServerSlowClients, AreCutOffInTheHead) {
  ServerProcess server({"head_ms=700"});
  ClientSocket client(server.port());
  const auto start = steady_clock::now();
  bool open = client.send("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 15 && open; ++i) {
    std::this_thread::sleep_for(milliseconds(100));
    open = client.send("X: y\r\n");
  }
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 408"));
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(ServerSlowClients, AreCutOffInTheBody) {
  const std::string head = "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";
  ServerProcess silent({"body_ms=600"});
  ClientSocket stops(silent.port());
  stops.send(head + "some");
  EXPECT_EQ(stops.read()->status, 408);
  ServerProcess patient({"rate_grace_ms=600"});
  ClientSocket drips(patient.port());
  drips.send(head);
  for (int i = 0; i < 15; ++i) {
    std::this_thread::sleep_for(milliseconds(100));
    drips.send("x");
  }
  EXPECT_TRUE(drips.read_to_end().starts_with("HTTP/1.1 408"));
}

TEST(ServerSlowClients, AreCutOffWhenTheyDoNotTakeTheReply) {
  ServerProcess server({"write_ms=600"});
  const std::size_t before = server.open_descriptors();
  auto clients = connect(server.port(), 5);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    clients[i]->send(get(i % 2 == 0 ? "/file/1000" : "/pooled/1000"));
  }
  EXPECT_TRUE(server.descriptors_fall_to(before));
}

TEST(ServerSlowClients, AreCutOffWhenIdle) {
  ServerProcess server({"idle_ms=600"});
  ClientSocket used(server.port());
  ClientSocket unused(server.port());
  EXPECT_EQ(used.ask(get("/id/x"))->body, "x");
  EXPECT_EQ(used.read_to_end(), "");
  EXPECT_EQ(unused.read_to_end(), "");
}

}  // namespace
}  // namespace minato::http
