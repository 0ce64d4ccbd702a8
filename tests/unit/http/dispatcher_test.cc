#include "http/dispatcher.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <thread>

#include "http/server/reply_head.h"
#include "http/system_routes.h"
#include "unit/http/dispatcher_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kLong(5000, 'a');

TEST_F(DispatcherTest, GivesTheHandlerADecodedRequest) {
  std::string seen;
  add("GET", "/d/{id}", [&seen](const Request& asked) -> core::Result<Response> {
    seen = asked.path + "|" + *asked.path_param("id") + "|" + asked.query + "|" +
           *asked.query_param("q") + "|" + (asked.language == core::Language::kEn ? "en" : "ja");
    return Response{};
  });
  get("/d/a%2Fb%20c?q=%E4%BA%BA+x", {{"Accept-Language", "en"}});
  EXPECT_EQ(seen, "/d/a/b c|a/b c|q=%E4%BA%BA+x|人 x|en");
}

TEST_F(DispatcherTest, LeadsToWhereAPageHasMoved) {
  add_text("/new", "x");
  moved_to_ = [](std::string_view target) {
    return target == "/old?a=1" || target == "/new" ? std::string("/new?a=1") : std::string();
  };
  const Response moved = get("/old?a=1");
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(header_of(moved, "Location"), "/new?a=1");
  EXPECT_EQ(send("HEAD", "/old?a=1").status, 301);
  EXPECT_EQ(send("POST", "/old?a=1").status, 404);  // a form's answer is no page
  EXPECT_EQ(get("/new").status, 200);               // what is there has not moved
  EXPECT_EQ(get("/older").status, 404);
}

TEST_F(DispatcherTest, EchoesGoodRequestIdsAndMakesOthers) {
  add_text("/a", "x");
  EXPECT_EQ(header_of(get("/a", {{"X-Request-Id", "abc-1"}}), "X-Request-Id"), "abc-1");
  EXPECT_EQ(header_of(get("/a", {{"X-Request-Id", std::string(128, 'x')}}), "X-Request-Id").size(),
            128u);
  for (const std::string& bad : {std::string(129, 'x'), std::string("a b"), std::string("a\x01"),
                                 std::string("人"), std::string()}) {
    const std::string made = header_of(get("/a", {{"X-Request-Id", bad}}), "X-Request-Id");
    EXPECT_NE(made, bad);
    EXPECT_EQ(made.size(), 13u);
  }
  EXPECT_NE(header_of(get("/a"), "X-Request-Id"), header_of(get("/a"), "X-Request-Id"));
  EXPECT_EQ(header_of(get("/none", {{"X-Request-Id", "abc-2"}}), "X-Request-Id"), "abc-2");
}

TEST_F(DispatcherTest, KeepsRepliesOfOneRevision) {
  add_text("/a", kLong);
  Response first = get("/a?x=1&y=2");
  Response second = get("/a?x=1&y=2");
  EXPECT_EQ(calls_, 1);
  EXPECT_EQ(body_text(first), body_text(second));
  for (const char* name : {"ETag", "Content-Type", "Cache-Control", "Vary",
                           "X-Content-Type-Options", "Access-Control-Allow-Origin"}) {
    EXPECT_NE(header_of(first, name), "") << name;
    EXPECT_EQ(header_of(first, name), header_of(second, name)) << name;
  }
  EXPECT_EQ(header_of(first, "Cache-Control"), "public, max-age=60, stale-while-revalidate=600");
  get("/a?y=2&x=%31");  // another spelling of the same
  EXPECT_EQ(calls_, 1);
  get("/a?x=2");
  EXPECT_EQ(calls_, 2);
  revision_ = 2;
  get("/a?x=1&y=2");
  EXPECT_EQ(calls_, 3);
  EXPECT_EQ(dispatcher().cache_figures().hits, 2u);
  EXPECT_EQ(dispatcher().cache_figures().misses, 3u);
}

TEST_F(DispatcherTest, TheServerSendsTheHeadersOfAKeptReply) {
  add_text("/a", kLong);
  const std::string etag = header_of(get("/a"), "ETag");
  std::string head;
  write_reply_head(get("/a"), ReplyFraming{}, head);
  EXPECT_EQ(calls_, 1);
  EXPECT_THAT(head, HasSubstr("\r\nETag: " + etag + "\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nX-Request-Id: "));
}

TEST_F(DispatcherTest, AnswersHeadFromTheKeptGet) {
  add_text("/a", kLong);
  const Response got = get("/a");
  const Response head = send("HEAD", "/a");
  EXPECT_EQ(calls_, 1);
  EXPECT_EQ(header_of(head, "ETag"), header_of(got, "ETag"));
}

TEST_F(DispatcherTest, KeepsNothingThatMayDiffer) {
  const auto with = [](const char* name, const char* value) {
    return [name, value](const Request&) -> core::Result<Response> {
      Response response;
      response.headers.set(name, value);
      response.body = std::string("x");
      return response;
    };
  };
  add("GET", "/cookie", with("Set-Cookie", "a=b"));
  add("GET", "/private", with("Cache-Control", "private"));
  add("GET", "/vary", with("Vary", "Accept"));
  add("GET", "/split", with("X-Odd", "a\r\nb"));
  add_text("/none", "x").cache = CacheRule::kNone;
  for (const char* target : {"/cookie", "/private", "/vary", "/none", "/split"}) {
    get(target);
    EXPECT_EQ(get(target).header_block, nullptr) << target;
  }
  EXPECT_EQ(header_of(get("/none"), "Cache-Control"), "no-store");
  EXPECT_EQ(header_of(get("/none"), "ETag"), "");
  EXPECT_EQ(dispatcher().cache_figures().targets, 0u);
}

TEST_F(DispatcherTest, KeepsLanguagesApartWhereTheAnswerDependsOnThem) {
  add("GET", "/page", [this](const Request& asked) -> core::Result<Response> {
    ++calls_;
    Response response;
    response.body = std::string(asked.language == core::Language::kJa ? "日本語" : "English");
    return response;
  }).varies_by_language = true;
  add_text("/plain", "x");
  Response ja = get("/page", {{"Accept-Language", "ja"}});
  Response en = get("/page", {{"Accept-Language", "en-GB"}});
  Response again = get("/page", {{"Accept-Language", "en-US"}});
  EXPECT_EQ(body_text(ja), "日本語");
  EXPECT_EQ(body_text(en), "English");
  EXPECT_EQ(body_text(again), "English");
  EXPECT_EQ(calls_, 2);
  EXPECT_EQ(header_of(en, "Vary"), "Accept-Language");
  get("/plain", {{"Accept-Language", "ja"}});
  EXPECT_EQ(header_of(get("/plain", {{"Accept-Language", "en"}}), "Vary"), "Accept-Encoding");
  EXPECT_EQ(calls_, 3);
}

TEST_F(DispatcherTest, CodesOnceAndTagsEachCoding) {
  add_text("/a", kLong);
  Response plain = get("/a");
  Response gzip = get("/a", {{"Accept-Encoding", "gzip"}});
  const Response zstd = get("/a", {{"Accept-Encoding", "gzip, zstd"}});
  EXPECT_EQ(header_of(gzip, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(zstd, "Content-Encoding"), "zstd");
  EXPECT_LT(body_text(gzip).size(), 200u);
  EXPECT_EQ(body_text(plain), kLong);
  EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
  EXPECT_NE(header_of(plain, "ETag"), header_of(gzip, "ETag"));
  EXPECT_NE(header_of(zstd, "ETag"), header_of(gzip, "ETag"));
  EXPECT_EQ(calls_, 3);
  get("/a", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(calls_, 3);
}

TEST_F(DispatcherTest, LeavesSmallAndPackedRepliesUncoded) {
  add_text("/small", std::string(1000, 'a'));
  add("GET", "/png", [](const Request&) -> core::Result<Response> {
    Response response;
    response.headers.set("Content-Type", "image/png");
    response.body = kLong;
    return response;
  });
  for (const char* target : {"/small", "/png"}) {
    EXPECT_EQ(header_of(get(target, {{"Accept-Encoding", "gzip"}}), "Content-Encoding"), "");
  }
}

TEST_F(DispatcherTest, CodesStreamsAsTheyArePulled) {
  add("GET", "/stream", [](const Request&) -> core::Result<Response> {
    Response response;
    response.headers.set("Content-Type", "text/csv");
    response.headers.set("ETag", "\"v1\"");
    response.body = BodySource([left = 3](std::string& out) mutable -> core::Result<bool> {
      out += kLong;
      return --left > 0;
    });
    return response;
  });
  Response gzip = get("/stream", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(header_of(gzip, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(gzip, "ETag"), "\"v1-gzip\"");
  const std::string coded = body_text(gzip);
  EXPECT_EQ(coded.substr(0, 2), "\x1F\x8B");
  EXPECT_LT(coded.size(), 500u);
  Response plain = get("/stream");
  EXPECT_EQ(body_text(plain).size(), 3 * kLong.size());
  EXPECT_EQ(get("/stream", {{"Accept-Encoding", "gzip"}, {"If-None-Match", "\"v1-gzip\""}}).status,
            304);
}

TEST_F(DispatcherTest, CodesPooledStreamsAndLeavesThemPooled) {
  add("GET", "/stream", [](const Request&) -> core::Result<Response> {
    Response response;
    response.headers.set("Content-Type", "text/csv");
    response.headers.set("ETag", "\"v1\"");
    response.body = PooledSource{[left = 3](std::string& out) mutable -> core::Result<bool> {
      out += kLong;
      return --left > 0;
    }};
    return response;
  });
  for (const auto& [name, coding] : {std::pair("gzip", Coding::kGzip), {"zstd", Coding::kZstd}}) {
    Response coded = get("/stream", {{"Accept-Encoding", name}});
    EXPECT_TRUE(std::holds_alternative<PooledSource>(coded.body));
    EXPECT_EQ(header_of(coded, "Content-Encoding"), name);
    EXPECT_EQ(header_of(coded, "ETag"), "\"v1-" + std::string(name) + "\"");
    EXPECT_THAT(header_of(coded, "Vary"), HasSubstr("Accept-Encoding"));
    EXPECT_EQ(decoded(body_text(coded), coding), kLong + kLong + kLong);
  }
  Response plain = get("/stream", {{"Range", "bytes=0-9"}});
  EXPECT_EQ(plain.status, 200);
  EXPECT_EQ(header_of(plain, "Accept-Ranges"), "");
  EXPECT_THAT(header_of(plain, "Vary"), HasSubstr("Accept-Encoding"));
  EXPECT_EQ(body_text(plain), kLong + kLong + kLong);
}

TEST_F(DispatcherTest, AnswersConditionalRequestsFreshAndKept) {
  add_text("/a", kLong);
  const std::string etag = header_of(get("/a"), "ETag");
  dispatcher_.reset();
  for (int i = 0; i < 2; ++i) {  // first from the handler, then from the cache
    Response response = get("/a", {{"If-None-Match", etag}});
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(body_text(response), "");
    EXPECT_EQ(header_of(response, "ETag"), etag);
    EXPECT_EQ(header_of(response, "Vary"), "Accept-Encoding");
    EXPECT_NE(header_of(response, "Cache-Control"), "");
    EXPECT_EQ(header_of(response, "Content-Type"), "");
    EXPECT_EQ(header_of(response, "X-Request-Id").size(), 13u);
    EXPECT_EQ(get("/a", {{"If-Match", "\"other\""}}).status, 412);
    EXPECT_EQ(get("/a", {{"If-None-Match", "\"other\""}}).status, 200);
  }
}

TEST_F(DispatcherTest, CutsRangesFromTheUncodedReply) {
  add_text("/a", "0123456789" + kLong);
  get("/a", {{"Accept-Encoding", "gzip"}});
  Response part = get("/a", {{"Range", "bytes=3-5"}, {"Accept-Encoding", "gzip"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(body_text(part), "345");
  EXPECT_EQ(header_of(part, "Content-Encoding"), "");
  const Response none = get("/a", {{"Range", "bytes=99999-"}});
  EXPECT_EQ(none.status, 416);
  EXPECT_EQ(header_of(none, "Content-Range"), "bytes */5010");
  EXPECT_EQ(header_of(none, "Content-Type"), "application/problem+json");
}

TEST_F(DispatcherTest, SendsFilesInASandbox) {
  add("GET", "/file", [](const Request&) -> core::Result<Response> {
    Response response;
    response.headers.set("Content-Type", "text/html");
    response.headers.set("ETag", "\"sha\"");
    response.body = FileSlice{std::make_shared<const FileDescriptor>(::dup(0)), 0, 1000};
    return response;
  }).cache = CacheRule::kFile;
  const Response whole = get("/file", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(header_of(whole, "Content-Security-Policy"), "sandbox; default-src 'none'");
  EXPECT_EQ(header_of(whole, "Accept-Ranges"), "bytes");
  EXPECT_EQ(header_of(whole, "Content-Encoding"), "");
  EXPECT_EQ(header_of(whole, "ETag"), "\"sha\"");
  const Response part = get("/file", {{"Range", "bytes=10-19"}, {"If-Range", "\"sha\""}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(std::get<FileSlice>(part.body).offset, 10u);
}

TEST_F(DispatcherTest, WritesErrorsInTheRowsFormat) {
  const Handler failing = [](const Request&) -> core::Result<Response> {
    return core::fail(core::ErrorCode::kNotFound, "dataset-not-found", {"無い", "none"});
  };
  add("GET", "/problem", failing);
  add("GET", "/api/3/action/{action}", failing).errors = ErrorFormat::kCkan;
  add("GET", "/page", failing).errors = ErrorFormat::kHtml;
  Response problem = get("/problem");
  EXPECT_EQ(problem.status, 404);
  EXPECT_EQ(header_of(problem, "Content-Type"), "application/problem+json");
  EXPECT_EQ(header_of(problem, "Cache-Control"), "no-store");
  EXPECT_EQ(header_of(problem, "Vary"), "Accept-Language");
  Response ckan = get("/api/3/action/package_show");
  EXPECT_THAT(body_text(ckan), HasSubstr("help_show?name=package_show"));
  Response page = get("/page");
  EXPECT_EQ(header_of(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(header_of(page, "Content-Security-Policy"), HasSubstr("default-src 'self'"));
}

TEST_F(DispatcherTest, ChoosesAFormatWhereNoRowMatched) {
  add_text("/a", "x");
  const auto type = [this](std::string target, const Fields& fields = {}) {
    return header_of(get(std::move(target), fields), "Content-Type");
  };
  EXPECT_EQ(type("/api/v1/nothing"), "application/problem+json");
  EXPECT_EQ(type("/api/3/nothing"), "application/json;charset=utf-8");
  EXPECT_EQ(type("/apiary"), "application/problem+json");
  EXPECT_EQ(type("/nothing", {{"Accept", "*/*"}}), "application/problem+json");
  EXPECT_EQ(type("/nothing", {{"Accept", "text/html,*/*;q=0.8"}}), "text/html; charset=utf-8");
}

TEST_F(DispatcherTest, NeverLeaksExceptionsOrInternals) {
  add("GET", "/throw",
      [](const Request&) -> core::Result<Response> { throw std::runtime_error("secret path"); });
  add("GET", "/int", [](const Request&) -> core::Result<Response> { throw 42; });
  add("GET", "/fail",
      [](const Request&) -> core::Result<Response> { return core::fail_internal("secret sql"); });
  for (const char* target : {"/throw", "/int", "/fail"}) {
    Response response = get(target, {{"X-Request-Id", "id-7"}});
    EXPECT_EQ(response.status, 500) << target;
    EXPECT_THAT(body_text(response), Not(HasSubstr("secret")));
    EXPECT_THAT(body_text(response), HasSubstr("id-7"));
  }
  EXPECT_THAT(faults_, HasSubstr("request id-7 (GET/throw): exception: secret path"));
  EXPECT_THAT(faults_, HasSubstr("secret sql"));
}

TEST_F(DispatcherTest, RefusesMethodsAndAnswersOptions) {
  add_text("/a", "x");
  add("POST", "/a", [](const Request&) -> core::Result<Response> { return Response{}; });
  const Response refused = send("DELETE", "/a");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(header_of(refused, "Allow"), "GET, HEAD, OPTIONS, POST");
  const Response options = send(
      "OPTIONS", "/a", {{"Origin", "https://x.jp"}, {"Access-Control-Request-Method", "POST"}});
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(header_of(options, "Allow"), "GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(header_of(options, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(header_of(options, "Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS, POST");
  EXPECT_THAT(header_of(options, "Access-Control-Allow-Headers"), HasSubstr("Authorization"));
  EXPECT_EQ(send("OPTIONS", "*").status, 204);
  EXPECT_EQ(send("OPTIONS", "/none").status, 404);
}

TEST_F(DispatcherTest, ChecksMediaTypesAndBodies) {
  Route& row =
      add("POST", "/write", [](const Request&) -> core::Result<Response> { return Response{}; });
  row.content_types = {"application/json"};
  row.max_body_bytes = 100;
  row.produces = {"application/json"};
  add_text("/read", "x");
  const Fields json = {{"Content-Type", "application/json; charset=utf-8"}};
  EXPECT_EQ(send("POST", "/write", json, "{}").status, 200);
  EXPECT_EQ(header_of(send("POST", "/write", json, "{}"), "Cache-Control"), "no-store");
  EXPECT_EQ(send("POST", "/write", json, std::string(101, 'x')).status, 413);
  const Response wrong = send("POST", "/write", {{"Content-Type", "text/plain"}}, "{}");
  EXPECT_EQ(wrong.status, 415);
  EXPECT_EQ(header_of(wrong, "Accept"), "application/json");
  Fields packed = json;
  packed.emplace_back("Content-Encoding", "gzip");
  EXPECT_EQ(send("POST", "/write", packed, "{}").status, 415);
  EXPECT_EQ(send("POST", "/write", {{"Accept", "text/csv"}}).status, 406);
  EXPECT_EQ(send("GET", "/read", {}, std::string(65536, 'x')).status, 200);
  EXPECT_EQ(send("GET", "/read", {}, std::string(65537, 'x')).status, 413);
}

TEST_F(DispatcherTest, TellsTheServerHowMuchBodyARowTakes) {
  add("POST", "/write/{id}", [](const Request&) -> core::Result<Response> {
    return Response{};
  }).max_body_bytes = 1 << 20;
  const auto limit = [this](const char* method, const char* target) {
    return dispatcher().max_body(*request(method, target, {}));
  };
  EXPECT_EQ(limit("POST", "/write/7?x=%"), 1u << 20);
  EXPECT_EQ(limit("GET", "/write/7"), 65536u);
  EXPECT_EQ(limit("POST", "/none"), 65536u);
  EXPECT_EQ(limit("POST", "/%ZZ"), 65536u);
}

TEST_F(DispatcherTest, DoesNotServeAKeptReplyToWhoCannotTakeIt) {
  add_text("/a", "x").produces = {"application/json"};
  EXPECT_EQ(get("/a").status, 200);
  EXPECT_EQ(get("/a", {{"Accept", "text/csv"}}).status, 406);
  EXPECT_EQ(get("/a", {{"Accept", "application/json"}}).status, 200);
  EXPECT_EQ(calls_, 1);
}

TEST_F(DispatcherTest, LimitsRatesAlsoOfKeptRepliesAndUnknownPaths) {
  options_.rate_limit.requests = 3;
  add_text("/a", "x");
  Route& health = add_text("/health", "x");
  health.rate_limited = false;
  health.cache = CacheRule::kNone;
  EXPECT_EQ(header_of(get("/a"), "RateLimit"), "\"default\";r=2;t=20");
  EXPECT_EQ(header_of(get("/a"), "RateLimit-Policy"), "\"default\";q=3;w=60");
  EXPECT_EQ(get("/none").status, 404);
  for (const char* target : {"/a", "/none", "/%"}) {
    const Response refused = get(target);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header_of(refused, "Retry-After"), "20");
  }
  EXPECT_EQ(get("/health").status, 200);
}

TEST_F(DispatcherTest, TellsThePageOfARefusedKeptReplyItsPath) {
  options_.rate_limit.requests = 1;
  add_text("/en/{name}", "x").errors = ErrorFormat::kHtml;
  std::string seen;
  render_error_page_ = [&seen](const core::Error&, const ErrorContext& context,
                               std::string_view path) {
    seen = std::string(path);
    Response page;
    page.status = context.status != 0 ? context.status : 429;
    return page;
  };
  EXPECT_EQ(get("/en/%E6%B8%AF?a=1").status, 200);
  EXPECT_EQ(get("/en/%E6%B8%AF?a=1").status, 429);
  EXPECT_EQ(seen, "/en/港");
}

TEST_F(DispatcherTest, RunsPooledRowsOnThePoolAndRefusesWhenItIsFull) {
  std::vector<std::function<void()>> queue;
  submit_ = [&queue](std::function<void()> work) {
    if (!queue.empty()) return false;
    queue.push_back(std::move(work));
    return true;
  };
  add_text("/slow", "x").execution = Execution::kPooled;
  const auto first = std::make_shared<RecordingResponder>();
  dispatcher().handle(request("GET", "/slow?n=1", {}), first);
  EXPECT_FALSE(first->answered());
  const Response full = get("/slow?n=2");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(header_of(full, "Retry-After"), "2");
  std::thread(queue[0]).join();
  EXPECT_EQ(first->wait().status, 200);
  EXPECT_EQ(get("/slow?n=1").status, 200);  // kept: needs no pool
}

TEST_F(DispatcherTest, ChangesHaveThreadsOfTheirOwn) {
  int written = 0;
  submit_ = [](const std::function<void()>&) { return false; };
  submit_write_ = [&written](const std::function<void()>& work) {
    ++written;
    work();
    return true;
  };
  add_text("/change", "x").execution = Execution::kWriting;
  add_text("/either", "x").execution_of = [](const Request& asked) {
    return asked.query_param("change") != nullptr ? Execution::kWriting : Execution::kPooled;
  };
  EXPECT_EQ(get("/change").status, 200);
  EXPECT_EQ(get("/either?change=1").status, 200);
  EXPECT_EQ(get("/either").status, 503);  // a read: the pool is full
  EXPECT_EQ(written, 2);
}

TEST_F(DispatcherTest, TurnsReadyOffWhileDraining) {
  const Metrics shown({}, "1");
  bool healthy = true;
  SystemRoutes system;
  system.render_metrics = [&shown] { return shown.render(); };
  system.ready = [&healthy]() -> core::Result<void> {
    if (healthy) return {};
    return core::fail(core::ErrorCode::kInternal, "store-down", {"停止", "down"});
  };
  rows_ = system_rows(system);
  EXPECT_EQ(get("/ready").status, 200);
  EXPECT_EQ(get("/live").status, 200);
  EXPECT_THAT(header_of(get("/metrics"), "Content-Type"), HasSubstr("version=0.0.4"));
  healthy = false;
  EXPECT_EQ(get("/ready").status, 503);
  healthy = true;
  dispatcher().set_draining(true);
  EXPECT_EQ(get("/ready").status, 503);
  EXPECT_EQ(get("/live").status, 200);
}

TEST_F(DispatcherTest, RendersTheServersOwnErrors) {
  add_text("/api/3/action/{action}", "x").errors = ErrorFormat::kCkan;
  Response blind = dispatcher().render_error(431, nullptr, "more than 100 fields");
  EXPECT_EQ(blind.status, 431);
  EXPECT_THAT(body_text(blind), HasSubstr("more than 100 fields"));
  EXPECT_EQ(header_of(blind, "X-Request-Id").size(), 13u);
  const auto head = request("GET", "/api/3/action/package_show", {{"X-Request-Id", "r1"}});
  Response ckan = dispatcher().render_error(413, head.get(), "request body too large");
  EXPECT_EQ(ckan.status, 413);
  EXPECT_EQ(header_of(ckan, "Content-Type"), "application/json;charset=utf-8");
  EXPECT_EQ(header_of(ckan, "X-Request-Id"), "r1");
  const auto broken = request("GE T", "%%%", {});
  EXPECT_EQ(dispatcher().render_error(400, broken.get(), "x").status, 400);
}

TEST_F(DispatcherTest, CountsEveryAnswer) {
  add_text("/a", "x");
  get("/a");
  get("/a");
  get("/none");
  send("DELETE", "/a");
  const std::string text = metrics_->render();
  EXPECT_THAT(text, HasSubstr("{operation=\"GET/a\",status=\"2xx\"} 2"));
  EXPECT_THAT(text, HasSubstr("{operation=\"unmatched\",status=\"4xx\"} 2"));
  EXPECT_THAT(text, HasSubstr("minato_http_requests_in_flight 0"));
}

struct Hostile {
  const char* target;
  int status;
};

TEST_F(DispatcherTest, AnswersHostileTargets) {
  add_text("/d/{id}", "x");
  const std::string slashes(14'000, '/');
  const std::string percents = "/d/" + std::string(8000, '%');
  const std::string many = "/d/a?" + std::string(16'300, '&') + "a";
  for (const auto& [target, status] : {Hostile{"", 400},
                                       Hostile{"*", 400},
                                       Hostile{"d/a", 400},
                                       Hostile{"/d/%", 400},
                                       Hostile{"/d/%00", 400},
                                       Hostile{"/d/%C0%AF", 400},
                                       Hostile{"/d/..", 400},
                                       Hostile{"/d/%2e%2E", 400},
                                       Hostile{"/d/%0d%0aX:y", 400},
                                       Hostile{"/d/a#b", 400},
                                       Hostile{"/d/a?q=%ff", 400},
                                       Hostile{"/d/", 404},
                                       Hostile{"//d/a", 404},
                                       Hostile{"/d/a/", 404},
                                       Hostile{"/d//a", 404},
                                       Hostile{slashes.c_str(), 404},
                                       Hostile{percents.c_str(), 400},
                                       Hostile{many.c_str(), 200},
                                       Hostile{"http://evil.example/d/a", 200},
                                       Hostile{"/d/<script>", 200}}) {
    EXPECT_EQ(get(target).status, status) << std::string(target).substr(0, 40);
  }
}

}  // namespace
}  // namespace minato::http
