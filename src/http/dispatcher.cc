#include "http/dispatcher.h"

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include "auth/token.h"
#include "http/conditional.h"
#include "http/exchange.h"
#include "http/range.h"
#include "http/reply_headers.h"
#include "http/representation.h"
#include "http/request_checks.h"
#include "http/request_id.h"
#include "http/server/reply_head.h"
#include "http/system_routes.h"
#include "http/url.h"

namespace minato::http {
namespace {

std::string text_of(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const std::exception& error) {
    return std::string("exception: ") + error.what();
  } catch (...) {
    return "exception of an unknown type";
  }
}

core::Result<Response> call(const Route& route, const Request& request) {
  try {
    return route.handler(request);
  } catch (...) {
    return core::fail_internal(text_of(std::current_exception()));
  }
}

core::Error draining_error() {
  return core::Error{core::ErrorCode::kUnavailable,
                     "draining",
                     {"サーバーは停止の準備中です。", "The server is about to stop."},
                     {"別のサーバーへ送るか、再起動を待ってください。",
                      "Send to another instance, or wait for the restart."},
                     {},
                     {}};
}

std::string canonical_target(const std::vector<std::string>& segments, const Params& query) {
  std::string target;
  for (const std::string& segment : segments) target += "/" + percent_encode(segment);
  const std::string text = canonical_query(query);
  return text.empty() ? target : target + "?" + text;
}

std::string join_path(const std::vector<std::string>& segments) {
  std::string path;
  for (const std::string& segment : segments) path += "/" + segment;
  return path;
}

std::vector<std::string> all_methods(const std::vector<Route>& rows) {
  std::set<std::string> methods;
  for (const Route& row : rows) methods.insert(row.method);
  return {methods.begin(), methods.end()};
}

}  // namespace

Dispatcher::Dispatcher(RouteTable table, DispatcherOptions options, DispatcherServices services)
    : table_(std::move(table)),
      options_(std::move(options)),
      services_(std::move(services)),
      limiter_(options_.rate_limit),
      token_limiter_(options_.token_rate_limit),
      cache_(options_.cache_bytes == 0 || !services_.revision
                 ? nullptr
                 : std::make_unique<ResponseCache>(options_.cache_bytes)) {}

Dispatcher::~Dispatcher() = default;

void Dispatcher::handle(std::shared_ptr<Request> request, std::shared_ptr<Responder> responder) {
  Exchange exchange{std::move(request), std::move(responder), std::chrono::steady_clock::now()};
  if (services_.metrics != nullptr) services_.metrics->request_started();
  try {
    begin(exchange);
    if (!answer_from_cache(exchange, exchange.request->target)) answer(std::move(exchange));
  } catch (...) {
    answer_fault(exchange);
  }
}

void Dispatcher::begin(Exchange& exchange) const {
  Request& request = *exchange.request;
  exchange.fields = read_fields(request.headers);
  const RequestFields& fields = exchange.fields;
  request.id = request_id_for(fields.request_id);
  if (!options_.trusted_proxies.empty() && !fields.forwarded_for.empty()) {
    request.peer = client_address(request.peer, fields.forwarded_for, options_.trusted_proxies);
  }
  identify(exchange);
  request.language = remembered_language(fields.accept_language);
  exchange.coding = remembered_coding(fields.accept_encoding);
}

bool Dispatcher::has_sessions(std::string_view target) const {
  const std::string_view path = target.substr(0, target.find('?'));
  return std::any_of(options_.session_paths.begin(), options_.session_paths.end(),
                     [path](const std::string& below) { return is_below(path, below); });
}

void Dispatcher::identify(Exchange& exchange) const {
  Request& request = *exchange.request;
  const RequestFields& fields = exchange.fields;
  std::string_view token = auth::token_of_authorization(fields.authorization);
  if (token.empty()) token = fields.ckan_api_key;
  core::Result<core::Caller> caller = core::Caller{};
  if (!token.empty()) {
    if (services_.authenticate) caller = services_.authenticate(token);
  } else if (services_.authenticate_session && has_sessions(request.target)) {
    const std::string cookies = request.headers.joined("Cookie");
    if (!cookies.empty()) caller = services_.authenticate_session(cookies);
  }
  if (caller) {
    request.caller = *std::move(caller);
  } else {
    exchange.fault = std::move(caller).error();
  }
  request.caller.address = request.peer;
  request.caller.request_id = request.id;
}

RateDecision Dispatcher::take_rate(const Exchange& exchange) {
  const Request& request = *exchange.request;
  if (request.caller.token_id.empty()) return limiter_.take(request.peer, exchange.started);
  return token_limiter_.take_for(request.caller.token_id, request.peer, exchange.started);
}

// True when a reply that is kept answered (or the rate limit did).
bool Dispatcher::answer_from_cache(Exchange& exchange, std::string_view target) {
  const Request& request = *exchange.request;
  if (!cache_ || !exchange.is_read() || request.body.size > 0 || !exchange.fields.range.empty() ||
      !exchange.may_share()) {
    return false;
  }
  exchange.revision = services_.revision();
  const auto reply = cache_->find(target, {exchange.coding, request.language}, exchange.revision);
  if (!reply || !is_acceptable(*reply->route, exchange.fields.accept)) return false;
  if (exchange.route == nullptr) {
    exchange.route = reply->route;
    exchange.rate = take_rate(exchange);
    if (!exchange.rate.allowed) {
      send_error(exchange, error_of_status(429));
      return true;
    }
  }
  send_cached(exchange, *reply);
  return true;
}

core::Result<void> Dispatcher::find_route(Exchange& exchange, RouteMatch& match) const {
  Request& request = *exchange.request;
  const core::Result<TargetParts> parts = split_target(request.target);
  if (!parts) return tl::unexpected(parts.error());
  core::Result<std::vector<std::string>> segments = decode_path(parts->path);
  if (!segments) return tl::unexpected(std::move(segments.error()));
  match = table_.match(request.method, *segments);
  exchange.route = match.route;
  request.path = join_path(*segments);
  request.query = std::string(parts->query);
  request.path_params = std::move(match.params);
  core::Result<Params> query = parse_query(parts->query);
  if (!query) return tl::unexpected(std::move(query.error()));
  request.query_params = std::move(*query);
  const bool keep = cache_ && match.route != nullptr && exchange.is_read() &&
                    exchange.may_share() && match.route->cache == CacheRule::kRevision &&
                    request.body.size == 0 && exchange.fields.range.empty();
  if (keep) exchange.canonical_target = canonical_target(*segments, request.query_params);
  return {};
}

void Dispatcher::answer(Exchange exchange) {
  try {
    if (answer_before_handler(exchange)) return;
    const std::string& canonical = exchange.canonical_target;
    if (!canonical.empty()) {
      if (canonical != exchange.request->target && answer_from_cache(exchange, canonical)) return;
      cache_->count_miss();
    }
    start(std::move(exchange));
  } catch (...) {
    answer_fault(exchange);
  }
}

// Everything that can be answered without the handler; false when it is the handler's turn.
bool Dispatcher::answer_before_handler(Exchange& exchange) {
  const Request& request = *exchange.request;
  if (request.method == "OPTIONS" && request.target == "*") {
    send_options(exchange, all_methods(table_.rows()));
    return true;
  }
  RouteMatch match;
  const core::Result<void> found = find_route(exchange, match);
  if (exchange.route == nullptr || exchange.route->rate_limited) {
    exchange.rate = take_rate(exchange);
  }
  if (!exchange.rate.allowed) {
    send_error(exchange, error_of_status(429));
  } else if (exchange.fault) {
    send_error(exchange, *exchange.fault);
  } else if (!found) {
    send_error(exchange, found.error());
  } else if (exchange.route != nullptr) {
    auto refusal = check_request(exchange);
    if (!refusal) return false;
    send_error(exchange, std::move(refusal->error), refusal->status, std::move(refusal->headers));
  } else if (match.allowed.empty()) {
    if (!send_moved(exchange)) send_error(exchange, error_of_status(404));
  } else if (request.method == "OPTIONS") {
    send_options(exchange, match.allowed);
  } else {
    Headers allow;
    allow.add("Allow", allow_header(match.allowed));
    send_error(exchange, error_of_status(405), 405, std::move(allow));
  }
  return true;
}

void Dispatcher::start(Exchange exchange) {
  const Route& route = *exchange.route;
  const Execution execution =
      route.execution_of ? route.execution_of(*exchange.request) : route.execution;
  const bool is_writing = execution == Execution::kWriting && services_.submit_write;
  const auto& submit = is_writing ? services_.submit_write : services_.submit;
  if (execution == Execution::kInline || !submit) return run(exchange);
  // std::function wants copies; only one is ever run.
  const auto shared = std::make_shared<Exchange>(std::move(exchange));
  if (!submit([this, shared] { run(*shared); })) {
    send_error(*shared, error_of_status(503));
  }
}

void Dispatcher::answer_fault(Exchange& exchange) {
  if (!exchange.responder || exchange.answered) return;  // moved on, or too late
  report_fault(exchange, text_of(std::current_exception()));
  send_error(exchange, core::fail_internal({}).value());
}

void Dispatcher::run(Exchange& exchange) {
  try {
    const Route& route = *exchange.route;
    if (draining() && route.operation == kReadyOperation) {
      return send_error(exchange, draining_error());
    }
    core::Result<Response> response = call(route, *exchange.request);
    if (!response) return send_error(exchange, std::move(response.error()));
    send_success(exchange, std::move(*response));
  } catch (...) {
    answer_fault(exchange);
  }
}

const Route* Dispatcher::route_of(const Request& head) const {
  const core::Result<TargetParts> parts = split_target(head.target);
  if (!parts) return nullptr;
  const core::Result<std::vector<std::string>> segments = decode_path(parts->path);
  return segments ? table_.match(head.method, *segments).route : nullptr;
}

std::uint64_t Dispatcher::max_body(const Request& head) const {
  if (head.method == "GET" || head.method == "HEAD" || head.method == "OPTIONS") {
    return kIgnoredBodyBytes;
  }
  const Route* route = route_of(head);
  if (route == nullptr) return kIgnoredBodyBytes;
  const std::uint64_t limit = body_limit(*route);
  if (limit <= options_.anonymous_body_bytes && route->permission == Permission::kPublic) {
    return limit;
  }
  // A large body is only read from somebody we know.
  Exchange exchange{std::make_shared<Request>(), nullptr, std::chrono::steady_clock::now()};
  exchange.request->headers = head.headers;
  exchange.request->target = head.target;
  exchange.fields = read_fields(exchange.request->headers);
  identify(exchange);
  if (!exchange.request->caller.is_anonymous()) return limit;
  return route->permission == Permission::kUser ? std::min(limit, kIgnoredBodyBytes)
                                                : std::min(limit, options_.anonymous_body_bytes);
}

Response Dispatcher::render_error(int status, const Request* head, std::string_view what) {
  Exchange exchange{std::make_shared<Request>(), nullptr, std::chrono::steady_clock::now()};
  Request& request = *exchange.request;
  if (head != nullptr) {
    request.method = head->method;
    request.target = head->target;
    request.headers = head->headers;
    request.peer = head->peer;
  }
  begin(exchange);
  RouteMatch match;
  // Only for the row's error format; a target that cannot be read has none.
  if (head != nullptr) static_cast<void>(find_route(exchange, match).has_value());
  // What is too much for somebody unknown is not too large, but not allowed.
  const bool is_unknown = status == 413 && exchange.route != nullptr &&
                          exchange.route->permission == Permission::kUser &&
                          request.caller.is_anonymous();
  if (is_unknown) status = 401;
  core::Error error = error_of_status(status);
  if (status < 500 && !what.empty() && !is_unknown) {
    core::ErrorDetail detail;
    detail.message = {std::string(what), std::string(what)};
    error.details.push_back(std::move(detail));
  }
  Response response = error_reply(exchange, error, status);
  if (is_unknown) response.headers.set("WWW-Authenticate", "Bearer");
  response.headers.add("X-Request-Id", request.id);
  if (services_.metrics != nullptr) services_.metrics->request_started();
  count(exchange, status, body_length(response));
  return response;
}

ResponseCache::Figures Dispatcher::cache_figures() const {
  return cache_ ? cache_->figures() : ResponseCache::Figures{};
}

}  // namespace minato::http
