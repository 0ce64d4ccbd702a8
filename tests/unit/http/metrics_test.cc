#include "http/metrics.h"

#include <gmock/gmock.h>

namespace minato::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

TEST(Metrics, CountsByOperationAndStatusClass) {
  Metrics metrics({"getLive", "searchDatasets"}, "1.2.3");
  for (const int status : {200, 206, 404}) {
    metrics.request_started();
    metrics.request_ended(1, status, milliseconds(2));
  }
  metrics.request_started();
  metrics.request_ended(Metrics::kUnmatched, 404, milliseconds(1));
  metrics.request_started();
  const std::string text = metrics.render();
  EXPECT_THAT(
      text,
      HasSubstr("minato_http_requests_total{operation=\"searchDatasets\",status=\"2xx\"} 2\n"));
  EXPECT_THAT(
      text,
      HasSubstr("minato_http_requests_total{operation=\"searchDatasets\",status=\"4xx\"} 1\n"));
  EXPECT_THAT(text,
              HasSubstr("minato_http_requests_total{operation=\"unmatched\",status=\"4xx\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("minato_http_requests_in_flight 1\n"));
  EXPECT_THAT(text, HasSubstr("minato_build_info{version=\"1.2.3\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("getLive")));
}

TEST(Metrics, FillsTheHistogramCumulatively) {
  Metrics metrics({"a"}, "1");
  for (const int ms : {1, 3, 700, 60'000}) {
    metrics.request_started();
    metrics.request_ended(0, 200, milliseconds(ms));
  }
  const std::string text = metrics.render();
  const std::string name = "minato_http_request_duration_seconds_";
  EXPECT_THAT(text, HasSubstr(name + "bucket{operation=\"a\",le=\"0.001\"} 1\n"));
  EXPECT_THAT(text, HasSubstr(name + "bucket{operation=\"a\",le=\"0.005\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(name + "bucket{operation=\"a\",le=\"1\"} 3\n"));
  EXPECT_THAT(text, HasSubstr(name + "bucket{operation=\"a\",le=\"+Inf\"} 4\n"));
  EXPECT_THAT(text, HasSubstr(name + "count{operation=\"a\"} 4\n"));
  EXPECT_THAT(text, HasSubstr(name + "sum{operation=\"a\"} 60.704"));
}

TEST(Metrics, ReadsFiguresOfOthersWhenScraped) {
  Metrics metrics({}, "1");
  double value = 1;
  metrics.add_gauge("minato_worker_queue", "Waiting", [&value] { return value; });
  metrics.add_counter("minato_accepted_total", "Accepted", [] { return 7.0; });
  value = 5;
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("# TYPE minato_worker_queue gauge\nminato_worker_queue 5\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE minato_accepted_total counter\nminato_accepted_total 7\n"));
}

TEST(Metrics, ShowsOneGaugePerLabel) {
  Metrics metrics({}, "1");
  metrics.add_gauges("minato_harvest_failures", "Failed runs in a row", "source", [] {
    return Metrics::Labelled{{"141003", 2}, {"a\"b", 0}};
  });
  metrics.add_gauges("minato_none", "No value", "x", [] { return Metrics::Labelled{}; });
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("minato_harvest_failures{source=\"141003\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("minato_harvest_failures{source=\"a\\\"b\"} 0\n"));
  EXPECT_THAT(text, testing::Not(HasSubstr("minato_none")));
}

TEST(Metrics, TellsAboutTheProcess) {
  const std::string text = Metrics({}, "1").render();
  for (const char* name : {"process_resident_memory_bytes ", "process_open_fds ",
                           "process_start_time_seconds ", "process_cpu_seconds_total "}) {
    const std::size_t at = text.find(std::string("\n") + name);
    ASSERT_NE(at, std::string::npos) << name;
    EXPECT_NE(text[at + 1 + std::string(name).size()], '-') << name;
  }
  EXPECT_THAT(text, Not(HasSubstr("process_resident_memory_bytes 0\n")));
}

}  // namespace
}  // namespace minato::http
