#include "harvest/fetch/robots_gate.h"

#include <chrono>
#include <utility>

#include "harvest/fetch/fetch_errors.h"
#include "harvest/fetch/redirects.h"

namespace minato::harvest {
namespace {

constexpr int kMaxRedirects = 5;  // RFC 9309 s2.3.1.2
constexpr std::size_t kMaxEntries = 2'000;
constexpr std::int64_t kKeepRulesUs = 24LL * 3'600 * 1'000'000;
constexpr std::int64_t kKeepFailureUs = 300LL * 1'000'000;
constexpr std::int64_t kKeepDeadHostUs = 60LL * 1'000'000;

bool is_about_host(const core::Error& error) {
  return error.id == "harvest-resolve" || error.id == "harvest-connect" ||
         error.id == "harvest-tls" || error.id == "harvest-address";
}

// Errors that say nothing about the host but only about us; not to be remembered.
bool is_about_us(const core::Error& error) {
  return error.id == "harvest-stopped" || error.id.starts_with("storage-");
}

}  // namespace

core::Result<std::int64_t> RobotsGate::crawl_delay_ms(const RobotsQuery& query) {
  auto entry = find(query);
  if (!entry) return tl::unexpected(std::move(entry.error()));
  const bool is_permitted = !query.permission.empty();
  if (entry->failure) {
    if (is_permitted && !is_about_host(*entry->failure)) return 0;
    return tl::unexpected(std::move(*entry->failure));
  }
  std::string target = query.url.path;
  if (query.url.query) target += "?" + *query.url.query;
  if (is_permitted || entry->rules.permits(target)) return entry->rules.crawl_delay_ms();
  return tl::unexpected(robots_error(query.url.to_string(), entry->rules.deciding_line(target)));
}

core::Result<RobotsGate::Entry> RobotsGate::find(const RobotsQuery& query) {
  const std::string origin = query.url.origin();
  {
    std::unique_lock lock(mutex_);
    for (;;) {
      const auto known = entries_.find(origin);
      if (known != entries_.end() && clock_.now() < known->second.expires) return known->second;
      if (loading_.insert(origin).second) break;
      loaded_.wait_for(lock, std::chrono::milliseconds(50));
      if (query.patience.is_over()) return tl::unexpected(stopped_error(origin));
    }
  }
  const Entry entry = load(query);
  store(origin, entry);
  if (entry.failure && is_about_us(*entry.failure)) return tl::unexpected(*entry.failure);
  return entry;
}

void RobotsGate::store(const std::string& origin, const Entry& entry) {
  const std::lock_guard lock(mutex_);
  loading_.erase(origin);
  loaded_.notify_all();
  if (entry.failure && is_about_us(*entry.failure)) return;
  if (entries_.size() >= kMaxEntries) entries_.clear();
  entries_[origin] = entry;
}

RobotsGate::Entry RobotsGate::load(const RobotsQuery& query) {
  core::Url url = query.url;
  url.path = "/robots.txt";
  url.query.reset();
  const auto arrival =
      follow_redirects(url, kMaxRedirects, [&](const core::Url& hop, bool /*is_same_host*/) {
        return client_.send(
            {hop, headers_, {"", kMaxRobotsBytes, true}, query.delay_ms, query.patience});
      });
  Entry entry;
  entry.expires.us = clock_.now().us + kKeepRulesUs;
  if (!arrival) {
    // s2.3.1.2: robots.txt behind too many redirects counts as absent.
    if (arrival.error().id == "harvest-redirects") return entry;
    entry.failure = arrival.error();
    const bool is_dead = is_about_host(*entry.failure);
    entry.expires.us = clock_.now().us + (is_dead ? kKeepDeadHostUs : kKeepFailureUs);
    return entry;
  }
  const int status = arrival->reply.head.status;
  if (status == 200 || status == 203) {
    entry.rules = RobotsRules::parse(arrival->reply.body, product_);
  } else if (status >= 500 || status == 429) {
    entry.failure = robots_unreachable_error(url.origin(), status);
    entry.expires.us = clock_.now().us + kKeepFailureUs;
  }
  return entry;
}

}  // namespace minato::harvest
