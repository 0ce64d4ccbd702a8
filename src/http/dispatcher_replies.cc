// The dispatcher's way back: from a reply or an error to the client, the log and the metrics.
#include <optional>
#include <utility>

#include "http/conditional.h"
#include "http/dispatcher.h"
#include "http/exchange.h"
#include "http/negotiation.h"
#include "http/range.h"
#include "http/reply_headers.h"
#include "http/representation.h"
#include "http/server/reply_head.h"
#include "http/url.h"

namespace minato::http {
namespace {

constexpr const char* kRetrySeconds = "2";

// "app;dur=1.234", milliseconds (Server-Timing).
std::string timing_since(std::chrono::steady_clock::time_point started) {
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(
                      std::chrono::steady_clock::now() - started)
                      .count();
  const std::string fraction = std::to_string(1000 + us % 1000);
  return "app;dur=" + std::to_string(us / 1000) + "." + fraction.substr(1);
}

// Decoded, also where a reply was found (and refused) before the target was read; "" when it cannot
// be read.
std::string path_of(const Request& request) {
  if (!request.path.empty()) return request.path;
  const core::Result<TargetParts> parts = split_target(request.target);
  if (!parts) return "";
  return percent_decode(parts->path).value_or("");
}

}  // namespace

void Dispatcher::send_cached(Exchange& exchange, const CachedReply& reply) {
  Response response;
  const Precondition precondition =
      exchange.fields.conditional ? evaluate_preconditions(*exchange.request, reply.validators)
                                  : Precondition::kProceed;
  if (precondition == Precondition::kFailed) return send_error(exchange, error_of_status(412), 412);
  if (precondition == Precondition::kNotModified) {
    response.status = 304;
    response.header_block = reply.not_modified_block;
  } else {
    response.header_block = reply.header_block;
    response.body = reply.body;
  }
  transmit(exchange, std::move(response));
}

void Dispatcher::keep(const Exchange& exchange, Response& response) {
  if (exchange.canonical_target.empty()) return;
  const auto reply = make_cached_reply(exchange, response);
  if (!reply) return;
  const bool by_language = varies_by_language(*exchange.route, response.headers);
  const Variant variant{exchange.coding, exchange.request->language};
  cache_->store(exchange.canonical_target, variant, by_language, reply);
  if (exchange.request->target != exchange.canonical_target) {
    cache_->store(exchange.request->target, variant, by_language, reply);
  }
  response.body = reply->body;
}

void Dispatcher::send_success(Exchange& exchange, Response response) {
  if (response.status != 200) {
    finish_headers(exchange, response.headers);
    return transmit(exchange, std::move(response));
  }
  const core::Result<Coding> coding = choose_representation(exchange, response);
  if (!coding) return send_error(exchange, coding.error());
  keep(exchange, response);
  response.headers.set("Server-Timing", timing_since(exchange.started));
  const Precondition precondition =
      exchange.is_read()
          ? evaluate_preconditions(*exchange.request, validators_of(response.headers))
          : Precondition::kProceed;
  if (precondition == Precondition::kFailed) return send_error(exchange, error_of_status(412), 412);
  if (precondition == Precondition::kNotModified) {
    make_not_modified(response);
    return transmit(exchange, std::move(response));
  }
  if (exchange.route->cache == CacheRule::kFile || !exchange.fields.range.empty()) {
    apply_range(*exchange.request, response);
  }
  if (response.status == 416) {
    Headers size;
    size.add("Content-Range", *response.headers.find("Content-Range"));
    return send_error(exchange, error_of_status(416), 416, std::move(size));
  }
  if (core::Result<void> coded = code_source(response, *coding); !coded) {
    return send_error(exchange, std::move(coded.error()));
  }
  transmit(exchange, std::move(response));
}

// False when it has not moved.
bool Dispatcher::send_moved(Exchange& exchange) {
  if (!services_.moved_to || !exchange.is_read()) return false;
  const std::string to = services_.moved_to(exchange.request->target);
  if (to.empty()) return false;
  Response response;
  response.status = 301;
  response.headers.set("Location", to);
  add_standard_headers(nullptr, response.headers);
  transmit(exchange, std::move(response));
  return true;
}

void Dispatcher::send_options(Exchange& exchange, const std::vector<std::string>& methods) {
  Response response;
  response.status = 204;
  add_preflight_headers(methods, response.headers);
  add_standard_headers(nullptr, response.headers);
  response.headers.remove("Cache-Control");
  transmit(exchange, std::move(response));
}

void Dispatcher::send_error(Exchange& exchange, core::Error error, int status, Headers extra) {
  if (!error.internal.empty()) report_fault(exchange, error.internal);
  Response response = error_reply(exchange, error, status);
  for (const auto& [name, value] : extra.all()) response.headers.set(name, value);
  transmit(exchange, std::move(response));
}

void Dispatcher::transmit(Exchange& exchange, Response response) {
  response.headers.add("X-Request-Id", exchange.request->id);
  const bool by_token = !exchange.request->caller.token_id.empty();
  (by_token ? token_limiter_ : limiter_).write_headers(exchange.rate, response.headers);
  if (!exchange.request->caller.is_anonymous()) {
    response.headers.set("Cache-Control", "private, no-store");
  }
  const int status = response.status;
  const std::optional<std::uint64_t> bytes =
      exchange.request->method == "HEAD" ? 0 : body_length(response);
  exchange.answered = true;
  exchange.responder->send(std::move(response));
  count(exchange, status, bytes);
}

void Dispatcher::count(const Exchange& exchange, int status, std::optional<std::uint64_t> bytes) {
  const auto took = std::chrono::steady_clock::now() - exchange.started;
  if (services_.metrics != nullptr) {
    const std::size_t operation =
        exchange.route == nullptr ? Metrics::kUnmatched : table_.position(*exchange.route);
    services_.metrics->request_ended(operation, status, took);
  }
  if (services_.access_log == nullptr) return;
  const Request& request = *exchange.request;
  AccessRecord record;
  record.time = services_.clock->now();
  record.peer = request.peer;
  record.method = request.method;
  record.target = request.target;
  record.status = status;
  record.bytes = bytes;
  record.took = took;
  record.request_id = request.id;
  if (exchange.route != nullptr) record.operation = exchange.route->operation;
  services_.access_log->write(record);
}

Response Dispatcher::error_reply(const Exchange& exchange, const core::Error& error,
                                 int status) const {
  const Request& request = *exchange.request;
  ErrorContext context;
  context.format = error_format(exchange);
  context.language = request.language;
  context.site_url = options_.site_url;
  context.request_id = request.id;
  context.status = status;
  if (const std::string* action = request.path_param("action")) context.action = *action;
  Response response = context.format == ErrorFormat::kHtml && services_.render_error_page
                          ? services_.render_error_page(error, context, path_of(request))
                          : encode_error(error, context);
  if (response.status == 429 || response.status == 503) {
    response.headers.set("Retry-After", kRetrySeconds);
  }
  if (response.status == 401) response.headers.set("WWW-Authenticate", "Bearer realm=\"minato\"");
  add_vary(response.headers, "Accept-Language");
  add_standard_headers(exchange.route, response.headers);
  return response;
}

ErrorFormat Dispatcher::error_format(const Exchange& exchange) const {
  if (exchange.route != nullptr) return exchange.route->errors;
  const std::string_view target = exchange.request->target;
  const std::string_view path = target.substr(0, target.find('?'));
  const std::pair<std::string, ErrorFormat>* best = nullptr;
  for (const auto& entry : options_.error_prefixes) {
    const std::string& prefix = entry.first;
    if (is_below(path, prefix) && (best == nullptr || prefix.size() > best->first.size()))
      best = &entry;
  }
  if (best != nullptr) return best->second;
  const auto preferred =
      choose_media_type(exchange.fields.accept, {"application/problem+json", "text/html"});
  return preferred == 1u ? ErrorFormat::kHtml : ErrorFormat::kProblem;
}

void Dispatcher::report_fault(const Exchange& exchange, std::string_view what) const {
  if (!services_.log_fault) return;
  std::string line = "request " + exchange.request->id;
  if (exchange.route != nullptr) line += " (" + exchange.route->operation + ")";
  services_.log_fault(line.append(": ").append(what));
}

}  // namespace minato::http
