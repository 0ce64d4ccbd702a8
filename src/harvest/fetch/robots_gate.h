// Asks robots.txt before a URL is fetched, and remembers it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/error.h"
#include "core/time.h"
#include "core/url.h"
#include "harvest/fetch/polite_client.h"
#include "harvest/fetch/robots.h"

namespace minato::harvest {

struct RobotsQuery {
  const core::Url& url;
  std::string permission;  // a person's; empty: robots.txt decides
  std::int64_t delay_ms = 0;
  Patience patience;
};

// Thread-safe. Rules are kept for 24 hours (RFC 9309 s2.4). A robots.txt that does not exist (4xx)
// allows everything; one that cannot be read forbids everything, and is asked for again soon.
class RobotsGate {
 public:
  RobotsGate(PoliteClient& client, std::string product, std::vector<std::string> headers,
             const core::Clock& clock)
      : client_(client),
        product_(std::move(product)),
        headers_(std::move(headers)),
        clock_(clock) {}

  // The pause the host asks for between requests. Errors: harvest-robots,
  // harvest-robots-unreachable, and what getting robots.txt led to. A permission overrides all but
  // a host that cannot be contacted.
  core::Result<std::int64_t> crawl_delay_ms(const RobotsQuery& query);

 private:
  struct Entry {
    RobotsRules rules;
    std::optional<core::Error> failure;
    core::Timestamp expires;
  };
  core::Result<Entry> find(const RobotsQuery& query);
  [[nodiscard]] Entry load(const RobotsQuery& query);
  void store(const std::string& origin, const Entry& entry);

  PoliteClient& client_;
  const std::string product_;
  const std::vector<std::string> headers_;
  const core::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable loaded_;
  std::map<std::string, Entry> entries_;
  std::set<std::string> loading_;  // origins a thread is asking just now
};

}  // namespace minato::harvest
