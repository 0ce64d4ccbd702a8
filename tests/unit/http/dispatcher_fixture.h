// A dispatcher over rows of the test's own, called without sockets.
#pragma once

#include <gmock/gmock.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/dispatcher.h"
#include "unit/http/decoded.h"
#include "unit/http/recording_responder.h"

namespace minato::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

class FixedClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return {1'700'000'000'000'000}; }
};

class DispatcherTest : public testing::Test {
 protected:
  Route& add(std::string method, std::string pattern, Handler handler) {
    Route route;
    route.operation = method + pattern;
    route.method = std::move(method);
    route.pattern = std::move(pattern);
    route.handler = std::move(handler);
    rows_.push_back(std::move(route));
    return rows_.back();
  }

  // A row that answers with `text` and counts its calls.
  Route& add_text(std::string pattern, std::string text) {
    return add("GET", std::move(pattern), [this, text](const Request&) -> core::Result<Response> {
      ++calls_;
      Response response;
      response.headers.set("Content-Type", "application/json");
      response.body = text;
      return response;
    });
  }

  Dispatcher& dispatcher() {
    if (dispatcher_) return *dispatcher_;
    std::vector<std::string> operations;
    for (const Route& row : rows_) operations.push_back(row.operation);
    metrics_ = std::make_unique<Metrics>(operations, "1");
    DispatcherServices services;
    services.revision = [this] { return revision_; };
    services.submit = submit_;
    services.submit_write = submit_write_;
    services.authenticate = authenticate_;
    services.authenticate_session = authenticate_session_;
    services.render_error_page = render_error_page_;
    services.moved_to = moved_to_;
    services.clock = &clock_;
    services.metrics = metrics_.get();
    services.log_fault = [this](std::string_view line) { faults_ += std::string(line) + "\n"; };
    options_.site_url = "https://data.example.jp";
    dispatcher_ = std::make_unique<Dispatcher>(RouteTable::make(rows_).value(), options_, services);
    return *dispatcher_;
  }

  std::shared_ptr<Request> request(std::string method, std::string target, const Fields& fields) {
    auto made = std::make_shared<Request>();
    made->method = std::move(method);
    made->target = std::move(target);
    made->peer = "192.0.2.1";
    for (const auto& [name, value] : fields) made->headers.add(name, value);
    return made;
  }

  Response send(std::string method, std::string target, const Fields& fields = {},
                std::string body = {}) {
    auto asked = request(std::move(method), std::move(target), fields);
    asked->body.size = body.size();
    asked->body.memory = std::move(body);
    const auto responder = std::make_shared<RecordingResponder>();
    dispatcher().handle(std::move(asked), responder);
    return responder->wait();
  }
  Response get(std::string target, const Fields& fields = {}) {
    return send("GET", std::move(target), fields);
  }

  std::vector<Route> rows_;
  DispatcherOptions options_;
  std::function<bool(std::function<void()>)> submit_;
  std::function<bool(std::function<void()>)> submit_write_;
  std::function<core::Result<core::Caller>(std::string_view)> authenticate_;
  std::function<core::Result<core::Caller>(std::string_view)> authenticate_session_;
  std::function<Response(const core::Error&, const ErrorContext&, std::string_view)>
      render_error_page_;
  std::function<std::string(std::string_view)> moved_to_;
  std::uint64_t revision_ = 1;
  int calls_ = 0;
  std::string faults_;
  FixedClock clock_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace minato::http
