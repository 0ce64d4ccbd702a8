// One request to one host, with what politeness demands: its turn, pauses, and patience with
// servers that are overloaded.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/time.h"
#include "core/url.h"
#include "harvest/fetch/curl_transfer.h"
#include "harvest/fetch/host_queue.h"
#include "harvest/fetch/patience.h"
#include "harvest/fetch/response_reader.h"

namespace minato::harvest {

struct RetryRules {
  int max_retries = 3;  // of one request; 1 for a body that broke off
  std::int64_t backoff_ms = 1'000;
  std::int64_t max_backoff_ms = 60'000;
  std::int64_t max_retry_after_ms = 300'000;  // a server that asks for more gets no retry
};

struct HopRequest {
  core::Url url;                     // with an ASCII host
  std::vector<std::string> headers;  // "Name: value"
  BodyTarget target;
  std::int64_t delay_ms = 0;
  Patience patience;
};

struct HopReply {
  ResponseHead head;  // any status from 200 on
  std::string body;
  std::uint64_t size = 0;
  std::string sha256;  // of status 200 and 203
};

// Thread-safe.
class PoliteClient {
 public:
  PoliteClient(HostQueue& hosts, CurlTransfer& transfer, const TransferLimits& limits,
               const RetryRules& retries, const core::Clock& clock)
      : hosts_(hosts), transfer_(transfer), limits_(limits), retries_(retries), clock_(clock) {}

  // Connect failures, 429, 500, 502, 503 and 504 are tried again after a back-off in which the host
  // is left alone by everybody, if the time left allows; then the last outcome is returned.
  core::Result<HopReply> send(const HopRequest& request);

  [[nodiscard]] std::int64_t requests() const { return requests_; }
  [[nodiscard]] std::int64_t received_bytes() const { return received_bytes_; }

 private:
  core::Result<HopReply> exchange(const HopRequest& request);
  [[nodiscard]] core::Error error_of(const TransferOutcome& outcome, const std::string& url) const;
  // How long to wait before the next attempt; -1: there is none.
  [[nodiscard]] std::int64_t retry_wait_ms(const core::Result<HopReply>& reply, int attempt) const;

  HostQueue& hosts_;
  CurlTransfer& transfer_;
  const TransferLimits limits_;
  const RetryRules retries_;
  const core::Clock& clock_;
  std::atomic<std::int64_t> requests_{0};
  std::atomic<std::int64_t> received_bytes_{0};
};

}  // namespace minato::harvest
