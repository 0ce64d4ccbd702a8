#include "http/server/connection.h"

#include <algorithm>
#include <utility>

#include "http/server/reply_slot.h"

namespace minato::http {
namespace {

constexpr std::size_t kKeptCapacity = 4096;  // what an idle connection may keep
// When the server stops: how long a client that just got "Connection: close" elsewhere may still
// come with its next request on an idle connection.
constexpr std::chrono::milliseconds kStoppingIdle{500};

Response plain_text(int status, std::string_view what) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = std::to_string(status) + " " + std::string(reason_phrase(status)) + ": " +
                  std::string(what) + "\n";
  return response;
}

}  // namespace

Connection::Connection(ReactorContext& context, ConnectionId id, std::string peer)
    : context_(context),
      id_(id),
      peer_(std::move(peer)),
      scanner_(context.server->options.limits),
      sink_({context.server->options.spool_directory,
             context.server->options.limits.max_body_memory_bytes,
             context.server->descriptors.files}),
      last_progress_(context.now),
      began_(context.now) {}

Connection::~Connection() {
  if (pooled_) pooled_->abandon();
  leave_flight();
}

void Connection::leave_flight() {
  if (std::exchange(in_flight_, false)) --context_.server->counters.requests_in_flight;
}

Connection::Want Connection::next() {
  for (;;) {
    if (state_ == State::kBroken) return Want::kClose;
    pull_ahead();
    if (!output_.empty()) return Want::kWrite;
    switch (state_) {
      case State::kReply:
        if (awaiting_ || pooled_) return Want::kAnswer;
        if (source_) {
          pull();
        } else {
          finish_reply();
        }
        break;
      case State::kDrain:
        if (!write_shut_) return Want::kShutdownWrite;
        return end_received_ || drained_ >= context_.server->options.limits.max_drain_bytes
                   ? Want::kClose
                   : Want::kRead;
      default:
        return end_received_ ? Want::kClose : Want::kRead;
    }
  }
}

void Connection::receive(std::string_view bytes) {
  context_.server->counters.received_bytes += bytes.size();
  last_progress_ = context_.now;
  if (state_ == State::kDrain) {
    drained_ += bytes.size();
    return;
  }
  if (state_ == State::kHead && kept_.size() == kept_used_) began_ = context_.now;
  if (state_ == State::kBody) body_received_ += bytes.size();
  if (kept_.size() == kept_used_) {
    unread_ = bytes;
    run();
    if (!unread_.empty()) keep_unread();
  } else {
    kept_.erase(0, std::exchange(kept_used_, 0));
    kept_.append(bytes);
    run_on_kept();
  }
}

void Connection::keep_unread() {
  kept_.assign(unread_);
  kept_used_ = 0;
  unread_ = {};
}

void Connection::run_on_kept() {
  unread_ = std::string_view(kept_).substr(kept_used_);
  run();
  kept_used_ = kept_.size() - unread_.size();
  unread_ = {};
  if (kept_used_ < kept_.size()) return;
  kept_used_ = 0;
  kept_.clear();
  if (kept_.capacity() > kKeptCapacity) std::string().swap(kept_);
}

void Connection::receive_end() { end_received_ = true; }

void Connection::sent(std::size_t bytes) {
  context_.server->counters.sent_bytes += bytes;
  last_progress_ = context_.now;
  output_.consume(bytes);
}

void Connection::run() {
  while (!unread_.empty()) {
    if (state_ == State::kHead) {
      if (!take_head()) return;
    } else if (state_ == State::kBody) {
      head_.chunked ? take_chunked_body() : take_length_body();
    } else {
      return;  // one request at a time: what follows waits for the reply
    }
  }
}

bool Connection::take_head() {
  switch (scanner_.scan(unread_)) {
    case HeadScanner::State::kMore:
      return false;
    case HeadScanner::State::kRefused:
      forget_head();
      refuse(scanner_.refusal().status, scanner_.refusal().what);
      return false;
    case HeadScanner::State::kComplete:
      break;
  }
  const auto text =
      unread_.substr(scanner_.head_begin(), scanner_.head_end() - scanner_.head_begin());
  unread_.remove_prefix(scanner_.head_end());
  scanner_.reset();
  forget_head();
  const Refusal refusal = parse_head(text, context_.server->options.limits, head_);
  http11_ = head_.request.http11;
  head_only_ = head_.request.method == "HEAD";
  close_ = !head_.keep_alive;
  head_.request.peer = peer_;
  if (refusal) {
    refuse(refusal.status, refusal.what);
    return false;
  }
  in_flight_ = true;
  ++context_.server->counters.requests_in_flight;
  head_.has_body() ? begin_body() : dispatch();
  return true;
}

void Connection::forget_head() {
  head_ = RequestHead();
  http11_ = true;
  head_only_ = false;
}

void Connection::begin_body() {
  const auto& server = *context_.server;
  std::uint64_t max_bytes = server.options.limits.default_max_body_bytes;
  if (server.callbacks.max_body) {
    try {
      max_bytes = server.callbacks.max_body(head_.request);
    } catch (...) {
      return refuse(500, "internal error");
    }
  }
  if (head_.content_length > max_bytes) return refuse(413, "request body too large");
  state_ = State::kBody;
  sink_.begin(max_bytes);
  decoder_ = ChunkedDecoder();
  body_left_ = head_.content_length;
  body_received_ = 0;
  began_ = last_progress_ = context_.now;
  // A client that already sends the body needs no invitation (RFC 9110 s10.1.1).
  if (head_.expects_continue && unread_.empty()) {
    output_.text() += "HTTP/1.1 100 Continue\r\n\r\n";
  }
}

void Connection::take_length_body() {
  const auto bytes = unread_.substr(0, std::min<std::uint64_t>(body_left_, unread_.size()));
  unread_.remove_prefix(bytes.size());
  body_left_ -= bytes.size();
  if (append_body(bytes) && body_left_ == 0) dispatch();
}

void Connection::take_chunked_body() {
  const auto step = decoder_.decode(unread_);
  unread_.remove_prefix(step.consumed);
  if (step.state == ChunkedDecoder::State::kRefused) {
    return refuse(decoder_.refusal().status, decoder_.refusal().what);
  }
  if (!step.data.empty() && !append_body(step.data)) return;
  if (step.state == ChunkedDecoder::State::kDone) dispatch();
}

bool Connection::append_body(std::string_view bytes) {
  const Refusal refusal = sink_.append(bytes);
  if (refusal) refuse(refusal.status, refusal.what);
  return !refusal;
}

void Connection::dispatch() {
  auto request = std::make_shared<Request>(std::move(head_.request));
  if (head_.has_body()) {
    if (const Refusal refusal = sink_.finish(request->body)) {
      head_.request = std::move(*request);
      return refuse(refusal.status, refusal.what);
    }
  }
  state_ = State::kReply;
  awaiting_ = true;
  ++request_;
  ++context_.server->counters.requests;
  const auto slot = std::make_shared<ReplySlot>(context_.mailbox, id_, request_);
  current_ = request;
  try {
    context_.server->handler(std::move(request), slot);
  } catch (...) {
    slot->send(render(500, "internal error", current_.get()));
  }
  if (auto response = slot->end_dispatch()) {
    awaiting_ = false;
    begin_reply(std::move(*response));
  }
}

void Connection::answer(Answer answer) {
  if (answer.slice) {
    if (answer.request == request_) take_slice(std::move(*answer.slice));
    return;
  }
  if (!awaiting_ || answer.request != request_) return;
  awaiting_ = false;
  last_progress_ = context_.now;
  begin_reply(answer.response ? std::move(*answer.response)
                              : render(500, "internal error", current_.get()));
}

// The connection cannot go on: nobody knows where the next request would begin.
void Connection::refuse(int status, std::string_view what) {
  state_ = State::kReply;
  close_ = true;
  unread_ = {};
  begin_reply(render(status, what, head_.request.target.empty() ? nullptr : &head_.request));
}

Response Connection::render(int status, std::string_view what, const Request* head) const {
  const auto& render_error = context_.server->callbacks.render_error;
  if (!render_error) return plain_text(status, what);
  try {
    auto response = render_error(status, head, what);
    return is_sendable(response) ? std::move(response) : plain_text(status, what);
  } catch (...) {
    return plain_text(status, what);
  }
}

void Connection::begin_reply(Response response) {
  if (!is_sendable(response)) response = render(500, "internal error", current_.get());
  current_.reset();
  last_progress_ = context_.now;
  close_ = close_ || response.close || context_.server->stopping;
  const auto length = body_length(response);
  const bool bodiless = response.status == 204 || response.status == 304;
  ReplyFraming framing{http11_, close_, BodyFraming::kLength, length.value_or(0), context_.date};
  if (bodiless || (head_only_ && !length)) {
    framing.body = BodyFraming::kNone;
  } else if (!length) {
    framing.body = http11_ ? BodyFraming::kChunked : BodyFraming::kUntilClose;
    framing.close = close_ = close_ || !http11_;
  }
  source_chunked_ = framing.body == BodyFraming::kChunked;
  write_reply_head(response, framing, output_.text());
  if (!bodiless && !head_only_) queue_body(response);
}

void Connection::finish_reply() {
  leave_flight();
  output_.release_memory();
  last_progress_ = began_ = context_.now;
  if (close_) {
    state_ = State::kDrain;
    std::string().swap(kept_);
    kept_used_ = 0;
    return;
  }
  state_ = State::kHead;
  if (kept_used_ < kept_.size()) run_on_kept();
}

std::optional<SteadyTime> Connection::deadline() const {
  const Limits& limits = context_.server->options.limits;
  switch (state_) {
    case State::kHead:
      if (!kept_.empty()) return began_ + limits.head_timeout;
      if (context_.stopping_since)
        return std::max(*context_.stopping_since, last_progress_) + kStoppingIdle;
      return last_progress_ + limits.idle_timeout;
    case State::kBody: {
      // The moment up to which what has come would have been enough.
      const auto rate = std::max<std::uint64_t>(limits.min_body_bytes_per_second, 1);
      const std::chrono::seconds earned(body_received_ / rate);
      return std::min(last_progress_ + limits.body_timeout,
                      began_ + limits.body_rate_grace + earned);
    }
    case State::kReply:
      if (awaiting_ || (pooled_ && output_.empty())) return std::nullopt;
      return last_progress_ + limits.write_timeout;
    case State::kDrain:
      return began_ + limits.drain_timeout;
    default:
      return context_.now;
  }
}

void Connection::expire() {
  if (state_ == State::kHead && !kept_.empty()) {
    forget_head();
    refuse(408, "the request head did not arrive in time");
  } else if (state_ == State::kBody) {
    refuse(408, "the request body did not arrive in time");
  } else {
    state_ = State::kBroken;
  }
}

}  // namespace minato::http
