#include "harvest/fetch/polite_client.h"

#include <random>
#include <utility>

#include "harvest/fetch/fetch_errors.h"
#include "harvest/fetch/retry.h"

namespace minato::harvest {
namespace {

bool is_transient(int status) {
  return status == 429 || status == 500 || (status >= 502 && status <= 504);
}

double random_share() {
  std::random_device source;
  return std::uniform_real_distribution<>(0, 1)(source);
}

}  // namespace

core::Result<HopReply> PoliteClient::send(const HopRequest& request) {
  for (int attempt = 0;; ++attempt) {
    auto turn = hosts_.wait_for_turn(request.url.origin(), request.delay_ms, request.patience);
    if (!turn) return tl::unexpected(std::move(turn.error()));
    core::Result<HopReply> reply = exchange(request);
    const std::int64_t wait_ms = retry_wait_ms(reply, attempt);
    if (wait_ms < 0) return reply;
    turn->back_off(wait_ms);
    // The reply tells more than that there is no time for another attempt.
    if (!request.patience.lasts(wait_ms)) return reply;
  }
}

core::Result<HopReply> PoliteClient::exchange(const HopRequest& request) {
  core::Url url = request.url;
  url.fragment.reset();
  const std::string text = url.to_string();
  ResponseReader reader(text, request.target);
  ++requests_;
  const TransferOutcome outcome = transfer_.run(
      {text, url.origin(), request.headers, request.patience, received_bytes_}, reader);
  // How the rest of a body ended that nobody wants does not matter.
  const bool is_done =
      outcome.end == TransferEnd::kWhole || outcome.end == TransferEnd::kEndedByReader ||
      (reader.has_head() && !reader.keeps_body() && outcome.end != TransferEnd::kStopped);
  if (!is_done) return tl::unexpected(error_of(outcome, text));
  if (auto finished = reader.finish(); !finished) {
    return tl::unexpected(std::move(finished.error()));
  }
  HopReply reply;
  reply.head = reader.head();
  if (!reader.keeps_body()) return reply;
  reply.size = reader.writer().size();
  reply.sha256 = reader.writer().sha256();
  reply.body = reader.writer().take_body();
  return reply;
}

core::Error PoliteClient::error_of(const TransferOutcome& outcome, const std::string& url) const {
  switch (outcome.end) {
    case TransferEnd::kRefusedAddress:
      return address_error(url, outcome.detail);
    case TransferEnd::kResolve:
      return resolve_error(url, outcome.detail);
    case TransferEnd::kConnect:
      return connect_error(url, outcome.detail);
    case TransferEnd::kTls:
      return tls_error(url, outcome.detail);
    case TransferEnd::kTimeout:
      return timeout_error(url, limits_.total_timeout_ms);
    case TransferEnd::kSilent:
      return timeout_error(url, limits_.speed_window_ms);
    case TransferEnd::kTooSlow:
      return slow_error(url, limits_.min_bytes_per_second);
    case TransferEnd::kStopped:
      return stopped_error(url);
    case TransferEnd::kTruncated:
      return truncated_error(
          url, {"通信が途中で切れました。", "The connection broke off: " + outcome.detail + "."});
    case TransferEnd::kWrongLength:
      return truncated_error(url, {"予告された長さ（Content-Length）より長い内容です。",
                                   "It is longer than its Content-Length says."});
    case TransferEnd::kUnusableUrl:
      return url_error(url, {"URL の書き方が正しくありません。", "It is malformed."});
    case TransferEnd::kNotHttp:
    case TransferEnd::kWhole:
    case TransferEnd::kEndedByReader:
      break;
  }
  return protocol_error(url, outcome.detail);
}

std::int64_t PoliteClient::retry_wait_ms(const core::Result<HopReply>& reply, int attempt) const {
  int allowed = retries_.max_retries;
  if (!reply) {
    const std::string& id = reply.error().id;
    if (id == "harvest-truncated") allowed = std::min(allowed, 1);
    if (id != "harvest-truncated" && id != "harvest-connect") return -1;
  } else {
    if (!is_transient(reply->head.status)) return -1;
    const auto retry_after = parse_retry_after(reply->head.find("retry-after"), clock_.now());
    if (retry_after && *retry_after > retries_.max_retry_after_ms) return -1;
    if (retry_after && attempt < allowed) return *retry_after;
  }
  if (attempt >= allowed) return -1;
  return backoff_ms(attempt, retries_.backoff_ms, retries_.max_backoff_ms, random_share());
}

}  // namespace minato::harvest
