// A Responder that keeps its one answer, and reads it as a client would.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "http/message.h"

namespace minato::http {

class RecordingResponder final : public Responder {
 public:
  void send(Response response) override {
    const std::lock_guard lock(mutex_);
    EXPECT_FALSE(response_.has_value()) << "answered twice";
    response_ = std::move(response);
    answered_.notify_all();
  }

  Response wait() {
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [this] { return response_.has_value(); });
    return *response_;
  }
  [[nodiscard]] bool answered() {
    const std::lock_guard lock(mutex_);
    return response_.has_value();
  }

 private:
  std::mutex mutex_;
  std::condition_variable answered_;
  std::optional<Response> response_;
};

// The body's bytes; sources are pulled to their end. No files.
inline std::string body_text(Response& response) {
  if (const auto* own = std::get_if<std::string>(&response.body)) return *own;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
    return *shared ? **shared : std::string();
  }
  std::string out;
  if (const auto* parts = std::get_if<BodyParts>(&response.body)) {
    for (const auto& part : *parts) out += std::get<std::string>(part);
  } else {
    auto* pooled = std::get_if<PooledSource>(&response.body);
    auto* source = pooled != nullptr ? &pooled->pull : std::get_if<BodySource>(&response.body);
    while (source != nullptr && (*source)(out).value_or(false)) {
    }
  }
  return out;
}

// A header as the client sees it, from the block or from the fields; empty when absent.
inline std::string header_of(const Response& response, std::string_view name) {
  if (response.header_block) {
    const std::string key = "\r\n" + std::string(name) + ": ";
    const std::string block = "\r\n" + *response.header_block;
    if (const std::size_t at = block.find(key); at != std::string::npos) {
      const std::size_t start = at + key.size();
      return block.substr(start, block.find("\r\n", start) - start);
    }
  }
  return response.headers.joined(name);
}

}  // namespace minato::http
