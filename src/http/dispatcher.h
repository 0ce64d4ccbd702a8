// What happens to every request between the server and a handler, and to every reply on its way
// back.
//
// request id, client address, caller, cached reply by raw target; else decode, route, rate limit,
// permission, 413/415/406, language, cached reply by canonical target, handler (here or on the
// pool), preconditions, range, coding, cache, headers; then the access log and the metrics.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.h"
#include "http/access_log.h"
#include "http/address.h"
#include "http/error_encoder.h"
#include "http/message.h"
#include "http/metrics.h"
#include "http/rate_limiter.h"
#include "http/response_cache.h"
#include "http/router.h"

namespace minato::http {

struct DispatcherOptions {
  std::string site_url;                 // absolute, no slash at the end
  std::size_t cache_bytes = 64u << 20;  // 0: no response cache
  RateLimitOptions rate_limit;          // of a client address
  RateLimitOptions token_rate_limit;    // of a known token, instead
  // Bodies of requests without a known token stay below this, whatever the row takes.
  std::uint64_t anonymous_body_bytes = 1024 * 1024;
  std::vector<Cidr> trusted_proxies;
  // Where cookies count. Nowhere else, so that no other site's page can use them on an API.
  std::vector<std::string> session_paths = {"/manage", "/en/manage"};
  // How errors are written where no row matched, by the longest fitting prefix of the path;
  // elsewhere browsers get HTML and others problem+json.
  std::vector<std::pair<std::string, ErrorFormat>> error_prefixes = {
      {"/api", ErrorFormat::kCkan}, {"/api/v1", ErrorFormat::kProblem}};
};

// All of them outlive the dispatcher; what was submitted has run or gone before the dispatcher
// goes.
struct DispatcherServices {
  // The catalogue's revision: changes whenever a kRevision reply could. Cheap; any thread. Empty:
  // no response cache.
  std::function<std::uint64_t()> revision;
  // Runs work on the pool; false when it is full. Empty: kPooled rows run inline.
  std::function<bool(std::function<void()>)> submit;
  // The same for kWriting rows. Empty: `submit`.
  std::function<bool(std::function<void()>)> submit_write;
  // Who a token stands for; unknown ones: anonymous. Short; any thread. Empty: everybody is
  // anonymous.
  std::function<core::Result<core::Caller>(std::string_view token)> authenticate;
  // Whom the session in a Cookie header stands for; unknown ones: anonymous. Asked only below
  // DispatcherOptions::session_paths, and only without a token. Empty: there are no sessions.
  std::function<core::Result<core::Caller>(std::string_view cookies)> authenticate_session;
  // An error as a page for people, for any path (decoded; empty when it could not be read). Empty:
  // encode_html().
  std::function<Response(const core::Error&, const ErrorContext&, std::string_view path)>
      render_error_page;
  // Where a page is that `target` once meant or was meant to mean; "": nowhere. Asked where no row
  // matches the path; answered with 301. Empty: nothing has moved.
  std::function<std::string(std::string_view target)> moved_to;
  const core::Clock* clock = nullptr;
  Metrics* metrics = nullptr;       // may be null
  AccessLog* access_log = nullptr;  // may be null
  // For faults: Error::internal and exceptions, with the request id. May be empty.
  std::function<void(std::string_view)> log_fault;
};

struct Exchange;

// Thread-safe. The route table's rows are called from reactor threads and pool threads.
class Dispatcher {
 public:
  Dispatcher(RouteTable table, DispatcherOptions options, DispatcherServices services);
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // The server's RequestHandler. Answers exactly once, also when a handler throws.
  void handle(std::shared_ptr<Request> request, std::shared_ptr<Responder> responder);

  // The largest body the row for this request takes; asked when only the head has been read.
  [[nodiscard]] std::uint64_t max_body(const Request& head) const;

  // The reply to a request that the server itself refuses (ServerCallbacks). `head` is null when it
  // could not be read; `what` is English, publishable, and goes into the reply. Also logged and
  // counted.
  [[nodiscard]] Response render_error(int status, const Request* head, std::string_view what);

  // While draining /ready answers 503.
  void set_draining(bool draining) { draining_.store(draining, std::memory_order_relaxed); }
  [[nodiscard]] bool draining() const { return draining_.load(std::memory_order_relaxed); }

  [[nodiscard]] const RouteTable& table() const { return table_; }
  [[nodiscard]] ResponseCache::Figures cache_figures() const;

 private:
  // Each step answers the exchange, or fails, or leaves it to the next.
  void begin(Exchange& exchange) const;
  void identify(Exchange& exchange) const;
  [[nodiscard]] bool has_sessions(std::string_view target) const;
  RateDecision take_rate(const Exchange& exchange);
  // The row for a request of which only the head has been read; null: none.
  [[nodiscard]] const Route* route_of(const Request& head) const;
  bool answer_from_cache(Exchange& exchange, std::string_view target);
  void answer(Exchange exchange);
  bool answer_before_handler(Exchange& exchange);
  void start(Exchange exchange);
  void run(Exchange& exchange);
  core::Result<void> find_route(Exchange& exchange, RouteMatch& match) const;
  void send_cached(Exchange& exchange, const CachedReply& reply);
  void send_success(Exchange& exchange, Response response);
  void keep(const Exchange& exchange, Response& response);
  void send_error(Exchange& exchange, core::Error error, int status = 0, Headers extra = {});
  bool send_moved(Exchange& exchange);
  void send_options(Exchange& exchange, const std::vector<std::string>& methods);
  void transmit(Exchange& exchange, Response response);
  void count(const Exchange& exchange, int status, std::optional<std::uint64_t> bytes);

  [[nodiscard]] Response error_reply(const Exchange& exchange, const core::Error& error,
                                     int status) const;
  [[nodiscard]] ErrorFormat error_format(const Exchange& exchange) const;
  void answer_fault(Exchange& exchange);  // in a catch block: logs it, answers 500
  void report_fault(const Exchange& exchange, std::string_view what) const;

  RouteTable table_;
  DispatcherOptions options_;
  DispatcherServices services_;
  RateLimiter limiter_;
  RateLimiter token_limiter_;
  std::unique_ptr<ResponseCache> cache_;
  std::atomic<bool> draining_{false};
};

}  // namespace minato::http
