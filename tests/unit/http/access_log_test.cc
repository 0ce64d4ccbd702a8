#include "http/access_log.h"

#include <gmock/gmock.h>
#include <spdlog/sinks/base_sink.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>

#include "support/temp_dir.h"

namespace minato::http {
namespace {

AccessRecord sample() {
  AccessRecord record;
  record.time = core::Timestamp{1'700'000'000'123'000};
  record.peer = "192.0.2.1";
  record.method = "GET";
  record.target = "/api/v1/datasets?q=x";
  record.status = 200;
  record.bytes = 1234;
  record.took = std::chrono::microseconds(12'345);
  record.request_id = "abc";
  record.operation = "searchDatasets";
  return record;
}

std::string line_of(const AccessRecord& record, AccessLogFormat format = AccessLogFormat::kText) {
  std::string line;
  format_access_record(record, format, line);
  return line;
}

TEST(AccessRecord, IsOneLineOfText) {
  EXPECT_EQ(line_of(sample()),
            "2023-11-14T22:13:20.123Z 192.0.2.1 \"GET /api/v1/datasets?q=x\" 200 1234 12.345ms abc "
            "searchDatasets");
}

TEST(AccessRecord, IsOneJsonObject) {
  AccessRecord record = sample();
  record.bytes.reset();
  EXPECT_EQ(line_of(record, AccessLogFormat::kJson),
            "{\"time\":\"2023-11-14T22:13:20.123Z\",\"peer\":\"192.0.2.1\",\"method\":\"GET\","
            "\"target\":\"/api/v1/datasets?q=x\",\"status\":200,\"bytes\":null,\"ms\":12.345,"
            "\"request_id\":\"abc\",\"operation\":\"searchDatasets\"}");
}

TEST(AccessRecord, EscapesWhatCouldForgeALineOrATerminal) {
  AccessRecord record = sample();
  record.target = "/a\"\\\r\n\x1B[31m\xE4/";
  for (const auto format : {AccessLogFormat::kText, AccessLogFormat::kJson}) {
    const std::string line = line_of(record, format);
    EXPECT_THAT(line, testing::HasSubstr("/a\\\"\\\\\\u000d\\u000a\\u001b[31m\\u00e4/"));
    EXPECT_EQ(line.find_first_of("\r\n\x1B"), std::string::npos);
  }
}

TEST(AccessRecord, MasksSecretsInTheQuery) {
  AccessRecord record = sample();
  record.target = "/x?q=a&Token=s3cret&key=s3cret&apikey=s3cret&q=key&password=s3cret";
  const std::string line = line_of(record);
  EXPECT_EQ(line.find("s3cret"), std::string::npos);
  EXPECT_THAT(line, testing::HasSubstr("/x?q=a&Token=***&key=***&apikey=***&q=key&password=***\""));
}

TEST(AccessRecord, CutsLongTargets) {
  AccessRecord record = sample();
  const std::string target(100'000, 'a');
  record.target = target;
  EXPECT_LT(line_of(record).size(), 2300u);
}

// Remembers lines; may be held so that lines pile up.
class GatheringSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  void hold(bool held) {
    {
      const std::lock_guard lock(gate_);
      held_ = held;
    }
    changed_.notify_all();
  }
  std::string text() {
    const std::lock_guard lock(gate_);
    return text_;
  }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    std::unique_lock lock(gate_);
    changed_.wait(lock, [this] { return !held_; });
    text_.append(message.payload.data(), message.payload.size());
  }
  void flush_() override {}

 private:
  std::mutex gate_;
  std::condition_variable changed_;
  bool held_ = false;
  std::string text_;
};

TEST(AccessLog, WritesAllLinesInOrder) {
  const auto sink = std::make_shared<GatheringSink>();
  AccessLog log(sink, AccessLogFormat::kText);
  for (int i = 0; i < 1000; ++i) {
    AccessRecord record = sample();
    record.status = 100 + i;
    log.write(record);
  }
  log.flush();
  const std::string text = sink->text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1000);
  EXPECT_LT(text.find("\" 100 "), text.find("\" 1099 "));
  EXPECT_EQ(log.dropped(), 0u);
}

TEST(AccessLog, DropsTheOldestAndSaysSoWhileTheSinkIsStuck) {
  const auto sink = std::make_shared<GatheringSink>();
  AccessLog log(sink, AccessLogFormat::kText);
  log.write(sample());
  log.flush();
  sink->hold(true);
  const std::string target(1000, 'a');
  AccessRecord record = sample();
  record.target = target;
  for (int i = 0; i < 8000; ++i) log.write(record);  // about 8 MB, never waits
  EXPECT_GT(log.dropped(), 1000u);
  record.operation = "last";
  log.write(record);
  sink->hold(false);
  log.flush();
  EXPECT_THAT(sink->text(), testing::HasSubstr("# dropped lines: "));
  EXPECT_TRUE(sink->text().ends_with(" last\n"));
}

TEST(AccessLog, FollowsLogRotation) {
  const test::TempDir folder;
  const std::string path = folder.path() + "/access.log";
  auto log = open_access_log(path, AccessLogFormat::kText);
  ASSERT_TRUE(log.has_value());
  const auto content = [](const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  };
  (*log)->write(sample());
  (*log)->flush();
  std::filesystem::rename(path, path + ".1");
  AccessRecord second = sample();
  second.operation = "second";
  (*log)->write(second);
  (*log)->flush();
  EXPECT_THAT(content(path), testing::HasSubstr("second"));
  EXPECT_THAT(content(path + ".1"), testing::Not(testing::HasSubstr("second")));
}

TEST(AccessLog, RefusesAPlaceThatCannotBeWritten) {
  const auto log = open_access_log("/proc/none/access.log", AccessLogFormat::kText);
  ASSERT_FALSE(log.has_value());
  EXPECT_EQ(log.error().id, "access-log-not-writable");
  EXPECT_TRUE(open_access_log("", AccessLogFormat::kJson).has_value());
}

}  // namespace
}  // namespace minato::http
