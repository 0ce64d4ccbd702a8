#include "api_writes_fixture.h"

namespace minato::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const Fields kCsv = {{"Content-Type", "text/csv"}};
const Fields kNdjson = {{"Content-Type", "application/x-ndjson"}};

class ApiTables : public ApiWrites {
 protected:
  ApiTables() : id_(create_with_table("jinko", "番号,名\n1,あ\n2,い\n3,う")) {}

  [[nodiscard]] std::string door(const std::string& name) const {
    return "/api/v1/tables/" + id_ + name;
  }

  std::string id_;
};

TEST_F(ApiTables, AFileBecomesTheNextVersion) {
  const auto sent = call("POST", door("/versions?filename=%E4%BA%BA%E5%8F%A3.csv"),
                         "番号,名\n1,あ\n2,い\n3,え", kCsv);
  ASSERT_EQ(sent.status, 202) << sent.body;
  const std::string job = sent.headers.joined("Location");
  EXPECT_EQ(sent.at("/data/file/name"), "\"人口.csv\"");
  EXPECT_EQ(sent.at("/data/state"), "\"waiting\"");
  EXPECT_EQ(run_job(job), "done");
  EXPECT_EQ(get(door("/rows/3")).at("/data/名"), "\"え\"");
  EXPECT_EQ(get(door("/rows/3?version=1")).at("/data/名"), "\"う\"");
  const auto report = get(job.substr(job.find("/api/")));
  EXPECT_EQ(report.at("/data/report/tables/0/difference/rows_before"), "3");
}

TEST_F(ApiTables, AReviewHoldsWhatNoBrakeWould) {
  const auto sent =
      call("POST", door("/versions?filename=a.csv&review=true"), "番号,名\n1,あ\n2,い\n3,え", kCsv);
  ASSERT_EQ(sent.status, 202) << sent.body;
  EXPECT_EQ(sent.at("/data/review"), "true");
  const std::string job = sent.headers.joined("Location");
  EXPECT_EQ(run_job(job), "held");
  EXPECT_EQ(get(door("/rows/3")).at("/data/名"), "\"う\"");
  const std::string path = job.substr(job.find("/api/"));
  EXPECT_EQ(call("POST", path + "/confirm", "", {}).status, 200);
  EXPECT_EQ(run_job(job), "done");
  EXPECT_EQ(get(door("/rows/3")).at("/data/名"), "\"え\"");
  EXPECT_EQ(call("POST", door("/versions?filename=a.csv&review=yes"), "番号\n1", kCsv).problem(),
            "400 parameter-invalid review");
}

TEST_F(ApiTables, TheNameMayComeByContentDisposition) {
  Fields fields = kCsv;
  fields.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''%E4%BA%BA.csv");
  EXPECT_EQ(call("POST", door("/versions"), "番号,名\n1,あ", fields).at("/data/file/name"),
            "\"人.csv\"");
  EXPECT_EQ(call("POST", door("/versions"), "番号\n1", kCsv).problem(), "400 file-missing");
  EXPECT_EQ(call("POST", door("/versions?filename=a.csv"), "", kCsv).problem(), "400 file-missing");
}

TEST_F(ApiTables, AKeyMakesOneJob) {
  Fields fields = kCsv;
  fields.emplace_back("Idempotency-Key", "v-1");
  const std::string target = door("/versions?filename=a.csv");
  const auto first = call("POST", target, "番号,名\n1,あ", fields);
  const auto again = call("POST", target, "番号,名\n1,あ", fields);
  EXPECT_EQ(again.headers.joined("Location"), first.headers.joined("Location"));
  EXPECT_EQ(call("POST", target, "番号,名\n1,い", fields).problem(), "409 idempotency-key-reused");
}

TEST_F(ApiTables, AnOldVersionLosesTheRace) {
  Fields fields = kCsv;
  fields.emplace_back("If-Match", "\"7\"");
  EXPECT_EQ(call("POST", door("/versions?filename=a.csv"), "番号\n1", fields).problem(),
            "412 precondition-failed");
  fields.back().second = "\"1\"";
  EXPECT_EQ(call("POST", door("/versions?filename=a.csv"), "番号\n1", fields).status, 202);
  fields.back().second = "W/\"x\"";
  EXPECT_EQ(call("POST", door("/versions?filename=a.csv"), "番号\n1", fields).problem(),
            "400 parameter-invalid If-Match");
}

TEST_F(ApiTables, NobodyPublishesWhereTheyDoNotBelong) {
  caller_ = stranger_;
  EXPECT_EQ(call("POST", door("/versions?filename=a.csv"), "番号\n1", kCsv).problem(),
            "403 permission-denied");
  EXPECT_EQ(call("POST", door("/rows?force=true"), R"({"番号":1})", kNdjson).status, 403);
  EXPECT_EQ(get("/api/v1/jobs").at("/data"), "[]");
  caller_ = editor_;
  EXPECT_EQ(call("POST", "/api/v1/tables/none/versions?filename=a.csv", "x", kCsv).problem(),
            "404 resource-not-found");
}

TEST_F(ApiTables, RowsAreWrittenAsNdjson) {
  const std::string rows = R"({"番号":4,"名":"え"})"
                           "\n"
                           R"({"番号":5,"名":"お"})"
                           "\n";
  const auto refused = call("POST", door("/rows?method=insert"), rows, kNdjson);
  EXPECT_EQ(refused.problem(), "409 table-read-only");
  const auto dry = call("POST", door("/rows?method=insert&force=true&dry_run=true"), rows, kNdjson);
  EXPECT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(dry.at("/data/inserted"), "2");
  EXPECT_EQ(dry.at("/data/version"), "null");
  EXPECT_EQ(get(door("/rows")).at("/meta/count/value"), "3");
  const auto done = call("POST", door("/rows?method=insert&force=true"), rows, kNdjson);
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(done.at("/data/rows"), "5");
  EXPECT_EQ(done.headers.joined("ETag"), "\"" + done.at("/data/version") + "\"");
  EXPECT_EQ(get(door("/rows")).at("/meta/count/value"), "5");
}

TEST_F(ApiTables, RowsMayBeAJsonList) {
  const auto done = send("POST", door("/rows?method=insert&force=true"), R"([{"番号":4}])");
  EXPECT_EQ(done.at("/data/inserted"), "1") << done.body;
  EXPECT_EQ(send("POST", door("/rows?method=insert&force=true"), R"({"番号":4})").problem(),
            "400 record-invalid");
  EXPECT_EQ(send("POST", door("/rows?method=insert&force=true"), "[1]").problem(),
            "400 record-invalid /records/0");
}

TEST_F(ApiTables, WrongRowsAreNamedAndNothingIsWritten) {
  const std::string rows = R"({"番号":4})"
                           "\n"
                           R"({"番号":"四"})"
                           "\n";
  const auto wrong = call("POST", door("/rows?method=insert&force=true"), rows, kNdjson);
  EXPECT_EQ(wrong.problem(), "400 rows-invalid /records/1/番号");
  const auto broken =
      call("POST", door("/rows?method=insert&force=true"), "{\"番号\":1}\n{", kNdjson);
  EXPECT_THAT(broken.problem(), StartsWith("400 json-syntax"));
  EXPECT_THAT(broken.body, HasSubstr("line 2"));
  EXPECT_EQ(call("POST", door("/rows?method=replace"), "", kNdjson).problem(),
            "400 parameter-invalid method");
  EXPECT_EQ(get(door("/rows")).at("/meta/count/value"), "3");
}

TEST_F(ApiTables, RowsOfAnOldVersionLoseTheRace) {
  Fields fields = kNdjson;
  fields.emplace_back("If-Match", "\"9\"");
  const auto late = call("POST", door("/rows?method=insert&force=true"), R"({"番号":4})", fields);
  EXPECT_EQ(late.problem(), "412 version-changed");
  EXPECT_EQ(get(door("/rows")).at("/meta/count/value"), "3");
}

TEST_F(ApiTables, JobsAreListedForThoseWhoMaySeeThem) {
  call("POST", door("/versions?filename=a.csv"), "番号,名\n1,あ", kCsv);
  const auto all = get("/api/v1/jobs?dataset=jinko");
  EXPECT_EQ(all.at("/meta/returned"), "2") << all.body;
  EXPECT_EQ(get("/api/v1/jobs?limit=1").at("/links/next"),
            R"("https://data.example.jp/api/v1/jobs?limit=1&offset=1")");
  const auto waiting = get("/api/v1/jobs?state=waiting&organization=141003");
  EXPECT_EQ(waiting.at("/meta/returned"), "1");
  const std::string id = waiting.json["data"][0]["id"].GetString();
  EXPECT_EQ(get("/api/v1/jobs?state=lost").problem(), "400 parameter-invalid state");
  caller_ = stranger_;
  EXPECT_EQ(get("/api/v1/jobs").at("/data"), "[]");
  EXPECT_EQ(get("/api/v1/jobs/" + id).problem(), "404 job-not-found");
  EXPECT_EQ(call("POST", "/api/v1/jobs/" + id + "/cancel").problem(), "404 job-not-found");
  caller_ = editor_;
  EXPECT_EQ(call("POST", "/api/v1/jobs/" + id + "/cancel").at("/data/state"), "\"cancelled\"");
  EXPECT_EQ(call("POST", "/api/v1/jobs/" + id + "/cancel").problem(), "409 job-not-held");
}

}  // namespace
}  // namespace minato::http
