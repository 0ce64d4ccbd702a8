// Memory and descriptors stay bounded whatever is asked for.
#include <gtest/gtest.h>
#include <sys/resource.h>

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

constexpr std::uint64_t kMegabyte = 1 << 20;
constexpr long kGrowthKb = 16 * 1024;

TEST(ServerResources, TakesA500MegabyteUploadWithoutTheMemory) {
  ServerProcess server;
  ClientSocket client(server.port(), std::chrono::seconds(60));
  client.ask(get("/k1"));
  const long before = server.peak_rss_kb();
  const std::string piece(kMegabyte, 'u');
  client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " +
              std::to_string(500 * kMegabyte) + "\r\n\r\n");
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(client.send(piece));
  const auto reply = client.read();
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->body.starts_with(std::to_string(500 * kMegabyte) + " ")) << reply->body;
  EXPECT_LT(server.peak_rss_kb() - before, kGrowthKb);
}

TEST(ServerResources, SendsAGigabyteWithoutTheMemory) {
  ServerProcess server;
  for (const auto* target : {"/stream/1024", "/file/1024", "/pooled/1024"}) {
    ClientSocket client(server.port());
    client.ask(get("/k1"));
    const long before = server.peak_rss_kb();
    client.send(get(target));
    EXPECT_GE(client.skip(1024 * kMegabyte), 1024 * kMegabyte) << target;
    EXPECT_LT(server.peak_rss_kb() - before, kGrowthKb) << target;
  }
}

TEST(ServerResources, KeepsLittleForSlowReadersOfPooledBodies) {
  ServerProcess server;
  ClientSocket(server.port()).ask(get("/k1"));
  const long before = server.peak_rss_kb();
  std::vector<std::unique_ptr<ClientSocket>> clients;
  for (int i = 0; i < 50; ++i) {
    clients.push_back(std::make_unique<ClientSocket>(server.port()));
    clients.back()->send(get("/pooled/1024"));
  }
  for (int round = 0; round < 20; ++round) {  // about 1 MB/s each
    std::this_thread::sleep_for(milliseconds(50));
    for (auto& client : clients) ASSERT_EQ(client->skip(50'000), 50'000U);
  }
  EXPECT_LT(server.peak_rss_kb() - before, 64 * 1024);
}

TEST(ServerResources, HoldsTenThousandIdleConnections) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < 10'500) {
    GTEST_SKIP() << "RLIMIT_NOFILE's hard limit is " << limit.rlim_max
                 << ": ten thousand connections cannot be tried here (ulimit -Hn 10500)";
  }
  const rlimit raised{limit.rlim_max, limit.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &raised);
  ServerProcess server({"idle_ms=100000"});
  const long before = server.peak_rss_kb();
  std::vector<std::unique_ptr<ClientSocket>> clients;
  for (int i = 0; i < 10'000; ++i) {
    clients.push_back(std::make_unique<ClientSocket>(server.port()));
    ASSERT_TRUE(clients.back()->connected()) << i;
  }
  EXPECT_EQ(clients.back()->ask(get("/id/last"))->body, "last");
  const double cpu = server.cpu_seconds();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  EXPECT_LT(server.cpu_seconds() - cpu, 0.2);
  ClientSocket another(server.port());
  const auto start = steady_clock::now();
  EXPECT_EQ(another.ask(get("/id/new"))->body, "new");
  EXPECT_LT(steady_clock::now() - start, milliseconds(100));
  for (std::size_t i = 0; i < clients.size(); i += 10) {
    ASSERT_EQ(clients[i]->ask(get("/id/" + std::to_string(i)))->body, std::to_string(i));
  }
  EXPECT_LT(server.peak_rss_kb() - before, 64 * 1024);
}

TEST(ServerResources, ServesOnWhenDescriptorsRunOut) {
  ServerProcess server({"open_files=400", "idle_ms=100000"});
  ClientSocket first(server.port());
  EXPECT_EQ(first.ask(get("/id/first"))->body, "first");
  std::vector<std::unique_ptr<ClientSocket>> flood;
  for (int i = 0; i < 1000; ++i) {
    flood.push_back(std::make_unique<ClientSocket>(server.port(), std::chrono::seconds(3)));
  }
  EXPECT_EQ(first.ask(get("/pool/second"))->body, "second");
  std::this_thread::sleep_for(milliseconds(300));
  const double cpu = server.cpu_seconds();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  EXPECT_LT(server.cpu_seconds() - cpu, 0.2);
  EXPECT_LT(server.open_descriptors(), 350U);
  int refused = 0;
  for (auto& client : flood) {
    client->send(get("/id/in"));
    const auto reply = client->read();
    if (!reply || reply->status == 503) ++refused;
  }
  EXPECT_GT(refused, 600);
  EXPECT_LT(refused, 900);
  EXPECT_EQ(first
                .ask("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" +
                     std::string(100'000, 'a'))
                ->status,
            200);
  flood.clear();
  EXPECT_TRUE(server.descriptors_fall_to(60));
  ClientSocket next(server.port());
  EXPECT_EQ(next.ask(get("/id/next"))->body, "next");
}

TEST(ServerResources, CapsTheConnectionsOfOneAddress) {
  ServerProcess server({"per_address=3"});
  std::vector<std::unique_ptr<ClientSocket>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<ClientSocket>(server.port()));
    ASSERT_EQ(clients.back()->ask(get("/id/x"))->status, 200);
  }
  ClientSocket fourth(server.port());
  const std::string refusal = fourth.read_to_end();
  EXPECT_TRUE(refusal.starts_with("HTTP/1.1 503")) << refusal;
  clients.pop_back();
  for (int i = 0; i < 100; ++i) {
    const auto reply = ClientSocket(server.port()).ask(get("/id/x"));
    if (reply && reply->status == 200) return;
    std::this_thread::sleep_for(milliseconds(10));
  }
  FAIL() << "the freed place was not given again";
}

TEST(ServerResources, LosesNoDescriptorsToAbortedTransfers) {
  ServerProcess server;
  const std::size_t before = server.open_descriptors();
  for (int i = 0; i < 300; ++i) {
    ClientSocket client(server.port());
    switch (i % 4) {
      case 0:
        client.send(get(i % 8 == 0 ? "/stream/100" : "/pooled/100"));
        break;
      case 1:
        client.send(get("/file/100"));
        break;
      case 2:  // a spooled upload that never ends
        client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" +
                    std::string(200'000, 'a'));
        break;
      default:
        client.send(get("/sleep/10/x"));
        break;
    }
    if (i % 3 == 0 && i % 4 < 2) client.skip(1000);
    if (i % 2 == 0) client.abort();
  }
  EXPECT_TRUE(server.descriptors_fall_to(before));
  EXPECT_EQ(ClientSocket(server.port()).ask(get("/id/alive"))->body, "alive");
}

TEST(ServerResources, SaysWhenItsWorkersAreBusy) {
  ServerProcess server({"pool_threads=1", "pool_queue=1"});
  std::vector<std::unique_ptr<ClientSocket>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<ClientSocket>(server.port()));
    clients.back()->send(get("/sleep/300/x"));
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(ClientSocket(server.port()).ask(get("/id/fast"))->body, "fast");
  std::vector<int> statuses;
  for (auto& client : clients) statuses.push_back(client->read()->status);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 503), 2);
}

}  // namespace
}  // namespace minato::http
