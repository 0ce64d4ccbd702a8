// One client connection as a state machine without sockets: it is fed with bytes and times, and
// says what it wants next. Framing, order of replies, limits and time-outs live here; the transport
// only moves bytes.
//
// Everything runs on the connection's reactor thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/server/body_sink.h"
#include "http/server/chunked_decoder.h"
#include "http/server/output_queue.h"
#include "http/server/pooled_body.h"
#include "http/server/reactor_context.h"
#include "http/server/reply_head.h"
#include "http/server/request_parser.h"

namespace minato::http {

class Connection {
 public:
  // `peer`: the client's address without port.
  Connection(ReactorContext& context, ConnectionId id, std::string peer);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  enum class Want {
    kRead,    // receive() or receive_end()
    kWrite,   // send from output(), then sent()
    kAnswer,  // nothing until answer() or the next slice: do not read, the kernel pushes back
    kShutdownWrite,  // half-close, then write_was_shut()
    kClose,          // destroy
  };
  // Does what can be done without I/O (parses kept bytes, calls the handler, pulls the body source
  // or has it pulled by the pool).
  Want next();

  void receive(std::string_view bytes);  // REQUIRES: next() said kRead
  void receive_end();                    // the client sends no more
  [[nodiscard]] const OutputQueue& output() const { return output_; }
  void sent(std::size_t bytes);
  void write_was_shut() { write_shut_ = true; }
  void answer(Answer answer);  // of another request than the current one: dropped
  // For a connection in ReactorContext::waiting_for_pool. False: the pool still has no room.
  [[nodiscard]] bool retry_pull();

  // When expire() must be called if nothing happens; none while an answer is awaited.
  [[nodiscard]] std::optional<SteadyTime> deadline() const;
  void expire();

  [[nodiscard]] const ConnectionId& id() const { return id_; }

 private:
  // kHead, kBody: of a request. kReply: from a complete request until its reply is in the kernel.
  // kDrain: after a last reply, so that the client can read it (RFC 9112 s9.6).
  enum class State { kHead, kBody, kReply, kDrain, kBroken };

  void run();  // over unread_
  bool take_head();
  void forget_head();
  void begin_body();
  void take_length_body();
  void take_chunked_body();
  bool append_body(std::string_view bytes);
  void dispatch();
  void refuse(int status, std::string_view what);
  [[nodiscard]] Response render(int status, std::string_view what, const Request* head) const;
  void begin_reply(Response response);
  void queue_body(Response& response);
  void pull();
  void pull_ahead();
  void take_slice(BodySlice slice);
  void finish_reply();
  void keep_unread();
  void run_on_kept();
  void leave_flight();

  ReactorContext& context_;
  const ConnectionId id_;
  const std::string peer_;
  State state_ = State::kHead;

  std::string kept_;           // bytes read ahead
  std::size_t kept_used_ = 0;  // of them, consumed
  std::string_view unread_;    // what run() works on: kept_ or the transport's buffer
  bool end_received_ = false;
  bool write_shut_ = false;
  bool in_flight_ = false;

  HeadScanner scanner_;
  RequestHead head_;
  ChunkedDecoder decoder_;
  BodySink sink_;
  std::uint64_t body_left_ = 0;
  std::uint64_t body_received_ = 0;  // on the wire

  std::uint64_t request_ = 0;         // number of the current one
  std::shared_ptr<Request> current_;  // while its answer is awaited
  bool awaiting_ = false;
  bool http11_ = true;
  bool head_only_ = false;
  bool close_ = false;

  OutputQueue output_;
  BodySource source_;
  std::shared_ptr<PooledBody> pooled_;  // until its last slice is queued
  bool slice_comes_ = false;            // a job is out, or waits for room in the pool
  bool source_chunked_ = false;
  std::uint64_t drained_ = 0;

  SteadyTime last_progress_;  // a byte in or out
  SteadyTime began_;          // of the head, the body or the drain
};

}  // namespace minato::http
