// A Fetcher without a network: replies are put beforehand, requests are kept.
#pragma once

#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sha256.h"
#include "harvest/fetch/fetcher.h"

namespace minato::test {

class FakeFetcher final : public harvest::Fetcher {
 public:
  using Answer = std::function<core::Result<harvest::FetchReply>(const harvest::FetchRequest&)>;

  // The reply to exactly this URL; the last one put wins.
  void put(std::string url, std::string body, std::string content_type = "application/json") {
    put(std::move(url),
        [body = std::move(body), type = std::move(content_type)](
            const harvest::FetchRequest& request) { return reply(request, body, type); });
  }
  void put(std::string url, Answer answer) { answers_[std::move(url)] = std::move(answer); }
  void put_error(std::string url, core::Error error) {
    put(std::move(url),
        [error = std::move(error)](const harvest::FetchRequest&)
            -> core::Result<harvest::FetchReply> { return tl::unexpected<core::Error>(error); });
  }
  // For every URL that starts so and has no reply of its own; the longest start wins.
  void put_prefix(std::string start, Answer answer) {
    prefixes_[std::move(start)] = std::move(answer);
  }

  core::Result<harvest::FetchReply> fetch(const harvest::FetchRequest& request) override {
    requests.push_back(request);
    core::Result<harvest::FetchReply> result = answer(request);
    if (!result) return result;
    if (result->body.size() > request.max_bytes) return too_large();
    bytes_ += static_cast<std::int64_t>(result->body.size());
    if (!request.to_file.empty()) {
      std::ofstream(request.to_file, std::ios::binary) << result->body;
      result->body.clear();
    }
    return result;
  }
  [[nodiscard]] Usage usage() const override {
    return {static_cast<std::int64_t>(requests.size()), bytes_};
  }

  // 200 with the body.
  static harvest::FetchReply reply(const harvest::FetchRequest& request, std::string body,
                                   std::string content_type = "application/json") {
    harvest::FetchReply reply;
    reply.final_url = request.url;
    reply.content_type = std::move(content_type);
    reply.size = body.size();
    reply.sha256 = core::sha256_hex(body);
    reply.body = std::move(body);
    return reply;
  }
  // What CurlFetcher says of 4xx and 5xx.
  static core::Error status_error(int status) {
    const std::string text = std::to_string(status);
    core::Error error;
    error.code = core::ErrorCode::kUpstream;
    error.id = "harvest-status";
    error.message = {"サーバーが " + text + " を返しました。", "The server answered " + text + "."};
    core::ErrorDetail detail;
    detail.param = "status";
    detail.got = text;
    error.details.push_back(std::move(detail));
    return error;
  }

  std::vector<harvest::FetchRequest> requests;

 private:
  core::Result<harvest::FetchReply> answer(const harvest::FetchRequest& request) const {
    if (const auto found = answers_.find(request.url); found != answers_.end()) {
      return found->second(request);
    }
    // In order, so the last that fits is the longest.
    const Answer* best = nullptr;
    for (const auto& [start, given] : prefixes_) {
      if (request.url.starts_with(start)) best = &given;
    }
    if (best != nullptr) return (*best)(request);
    return tl::unexpected<core::Error>(status_error(404));
  }
  static tl::unexpected<core::Error> too_large() {
    return core::fail(core::ErrorCode::kTooLarge, "harvest-too-large",
                      {"大きすぎます。", "Too large."});
  }

  std::map<std::string, Answer> answers_;
  std::map<std::string, Answer> prefixes_;
  std::int64_t bytes_ = 0;
};

}  // namespace minato::test
