// The way of a reply's body into the output queue.
#include <charconv>
#include <string>
#include <utility>

#include "http/server/connection.h"

namespace minato::http {
namespace {

constexpr std::size_t kPullBytes = 64 * 1024;
constexpr std::size_t kChunkPrefix = 10;  // eight hexadecimal digits, CR LF
constexpr int kMaxEmptyPulls = 1000;      // a source that gives nothing must not hold the thread
// A slice is pulled ahead while less than this waits to be sent; with the slice, and with what may
// still be in it, a client that reads slowly costs less than 512 KB.
constexpr std::size_t kPullAheadBytes = 128 * 1024;

// Writes the size of the chunk in front of its data, which begins at kChunkPrefix. Returns where it
// begins.
std::size_t write_chunk_size(std::string& chunk) {
  char digits[kChunkPrefix];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, chunk.size() - kChunkPrefix, 16).ptr;
  const auto length = static_cast<std::size_t>(end - digits);
  const std::size_t begin = kChunkPrefix - 2 - length;
  chunk.replace(begin, length, digits, length);
  chunk.replace(kChunkPrefix - 2, 2, "\r\n");
  return begin;
}

// The line in front of a chunk.
std::string chunk_line(std::size_t size) {
  char digits[kChunkPrefix];
  const auto end = std::to_chars(digits, digits + sizeof digits, size, 16).ptr;
  return std::string(digits, end) + "\r\n";
}

}  // namespace

void Connection::queue_body(Response& response) {
  if (auto* own = std::get_if<std::string>(&response.body)) {
    output_.add(std::move(*own));
  } else if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
    output_.add(std::move(*shared));
  } else if (auto* file = std::get_if<FileSlice>(&response.body)) {
    output_.add(std::move(*file));
  } else if (auto* parts = std::get_if<BodyParts>(&response.body)) {
    for (auto& part : *parts) {
      std::visit([this](auto& piece) { output_.add(std::move(piece)); }, part);
    }
  } else if (auto* source = std::get_if<BodySource>(&response.body)) {
    source_ = std::move(*source);
  } else if (auto& pooled = std::get<PooledSource>(response.body);
             context_.server->callbacks.submit) {
    pooled_ = std::make_shared<PooledBody>(std::move(pooled), context_, id_, request_);
    slice_comes_ = false;
  } else {
    source_ = std::move(pooled.pull);
  }
}

// Only called when everything before is in the kernel, so one slice is all the memory a download
// takes.
void Connection::pull() {
  std::string& chunk = output_.text();
  const std::size_t prefix = source_chunked_ ? kChunkPrefix : 0;
  bool more = true;
  for (int empty_pulls = 0; more && chunk.size() <= prefix; ++empty_pulls) {
    chunk.reserve(kPullBytes + 64);
    chunk.assign(prefix, '0');
    try {
      const auto pulled = source_(chunk);
      if (!pulled || chunk.size() < prefix || empty_pulls == kMaxEmptyPulls) {
        state_ = State::kBroken;
        return;
      }
      more = *pulled;
    } catch (...) {
      state_ = State::kBroken;
      return;
    }
  }
  if (!more) source_ = nullptr;
  if (!source_chunked_) return;
  if (chunk.size() > prefix) {
    const std::size_t begin = write_chunk_size(chunk);
    output_.skip_text(begin);
    chunk += "\r\n";
  } else {
    chunk.clear();
  }
  if (!more) chunk += "0\r\n\r\n";
}

void Connection::pull_ahead() {
  if (!pooled_ || slice_comes_ || output_.memory_bytes() >= kPullAheadBytes) return;
  slice_comes_ = true;
  // Nobody overtakes those who wait already.
  auto& waiting = context_.waiting_for_pool;
  if (!waiting.empty() || !pooled_->start()) waiting.push_back(id_);
}

bool Connection::retry_pull() { return state_ == State::kBroken || !pooled_ || pooled_->start(); }

void Connection::take_slice(BodySlice slice) {
  if (!pooled_) return;
  slice_comes_ = false;
  if (slice.then == BodySlice::Then::kBroken) {
    state_ = State::kBroken;
    return;
  }
  if (output_.empty())
    last_progress_ = context_.now;  // until now the client was not the one to act
  const std::size_t size = slice.bytes.size();
  if (slice.then == BodySlice::Then::kEnd) pooled_.reset();
  if (source_chunked_ && size > 0) output_.add(chunk_line(size));
  output_.add(std::move(slice.bytes));
  if (!source_chunked_) return;
  if (size > 0) output_.add(std::string("\r\n"));
  if (!pooled_) output_.add(std::string("0\r\n\r\n"));
}

}  // namespace minato::http
