// The fetcher that really goes out: libcurl, robots.txt, one request per host at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "harvest/fetch/curl_transfer.h"
#include "harvest/fetch/fetcher.h"
#include "harvest/fetch/host_queue.h"
#include "harvest/fetch/polite_client.h"
#include "harvest/fetch/robots_gate.h"

namespace minato::harvest {

struct CurlFetcherOptions {
  std::string user_agent;                   // names the service and how to reach its operator
  std::string robots_product = "minato";    // the product token robots.txt may name
  std::vector<std::string> allow_networks;  // CIDR; beside the public Internet
  std::int64_t delay_ms = 1'000;            // between requests to one host
  int max_redirects = 5;
  TransferLimits limits;
  RetryRules retries;
  std::string lock_directory;  // shared by the processes of one installation; empty: none
  std::string ca_file;         // instead of the system's certificates; empty: the system's
};

// Errors beside those of fetcher.h: harvest-header (kInvalidArgument), harvest-robots-unreachable,
// harvest-protocol (kUpstream), storage-io, storage-full. harvest-status has one detail: param
// "status", got "404".
class CurlFetcher final : public Fetcher {
 public:
  // Fails with kInvalidArgument: harvest-networks, harvest-header. REQUIRES: the clock outlives it.
  static core::Result<std::unique_ptr<CurlFetcher>> create(const CurlFetcherOptions& options,
                                                           const core::Clock& clock);
  core::Result<FetchReply> fetch(const FetchRequest& request) override;
  [[nodiscard]] Usage usage() const override;

 private:
  CurlFetcher(const CurlFetcherOptions& options, AddressGuard guard, const core::Clock& clock);

  const CurlFetcherOptions options_;
  HostQueue hosts_;
  CurlTransfer transfer_;
  PoliteClient client_;
  RobotsGate robots_;
};

}  // namespace minato::harvest
