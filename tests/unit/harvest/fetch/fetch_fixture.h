// A fetcher that may use 127.0.0.0/8 and does not dawdle.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "core/time.h"
#include "harvest/fetch/curl_fetcher.h"
#include "raw_server.h"

namespace minato::harvest {

class FetchTest : public ::testing::Test {
 protected:
  FetchTest() {
    options_.user_agent = "minato-test/1.0 (+https://example.jp/contact)";
    options_.allow_networks = {"127.0.0.0/8"};
    options_.delay_ms = 0;
    options_.retries.backoff_ms = 1;
    options_.retries.max_retries = 2;
  }

  CurlFetcher& fetcher() {
    if (!fetcher_) {
      auto created = CurlFetcher::create(options_, clock_);
      if (!created) throw std::runtime_error(created.error().message.en);
      fetcher_ = std::move(*created);
    }
    return *fetcher_;
  }

  core::Result<FetchReply> get(const std::string& url) {
    FetchRequest request;
    request.url = url;
    return fetcher().fetch(request);
  }

  // The error id, or "ok".
  std::string outcome(const FetchRequest& request) {
    const auto reply = fetcher().fetch(request);
    return reply ? "ok" : reply.error().id;
  }
  std::string outcome(const std::string& url) {
    FetchRequest request;
    request.url = url;
    return outcome(request);
  }

  core::SystemClock clock_;
  CurlFetcherOptions options_;
  std::unique_ptr<CurlFetcher> fetcher_;
};

}  // namespace minato::harvest
