// What readers notice of people who write: nothing but what they wrote.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "e2e/push/push_house.h"

namespace minato::test {
namespace {

using testing::HasSubstr;

constexpr int kPeople = 24;  // more than the program has threads for changes

// Another program that keeps everybody from writing to the catalogue, until it goes.
class WriteLock {
 public:
  explicit WriteLock(const std::string& data) {
    const std::string path = data + "/catalog.db";
    if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_busy_timeout(db_, 10'000) != SQLITE_OK ||
        sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error("cannot lock " + path);
    }
  }
  ~WriteLock() { sqlite3_close(db_); }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  sqlite3* db_ = nullptr;
};

class BesideWrites : public testing::Test {
 protected:
  BesideWrites() {
    house_.start();
    client_.emplace(house_.client(token_));
    for (int i = 0; i < kPeople; ++i) {
      const auto made = client_->action("package_create", document("name", i, "前"));
      EXPECT_EQ(made->status, 200) << made->body;
    }
  }

  static std::string name(int i) { return "hito-" + std::to_string(i); }
  // `key` names the dataset: "name" where it is created, "id" where it is changed.
  static std::string document(const std::string& key, int i, const std::string& title) {
    return R"({")" + key + R"(":")" + name(i) + R"(","title":")" + title + std::to_string(i) +
           R"(","owner_org":"141003","license_id":"cc-by-4.0"})";
  }
  [[nodiscard]] std::string get(const std::string& target) const {
    const auto reply = PushClient(house_.program().port(), "").send("GET", target);
    return reply ? std::to_string(reply->status) + "\n" + reply->body : "no reply";
  }
  [[nodiscard]] int figure(const std::string& metric) const {
    const std::string all = get("/metrics");
    const auto at = all.find("\n" + metric + " ");
    return at == std::string::npos ? -1 : std::stoi(all.substr(at + metric.size() + 2));
  }
  void wait_until_writing(int people) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(8);
    while (figure("minato_writers_busy") + figure("minato_write_queue") < people) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "the changes never came";
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  PushHouse house_;
  std::string token_ = house_.token("oshi", "141003");
  std::optional<PushClient> client_;
};

TEST_F(BesideWrites, ReadsAreAnsweredWhileAllChangesWait) {
  std::vector<std::thread> people;
  std::vector<int> status(kPeople);
  {
    const WriteLock lock(house_.data());
    for (int i = 0; i < kPeople; ++i) {
      people.emplace_back([this, i, &status] {
        const auto reply = client_->action("package_patch", document("id", i, "後"));
        status[static_cast<std::size_t>(i)] = reply ? reply->status : 0;
      });
    }
    wait_until_writing(kPeople);
    for (const char* target : {"/", "/dataset?q=x", "/dataset/hito-0", "/organization",
                               "/api/3/action/package_search?q=%E5%89%8D", "/api/v1/datasets?q=y",
                               "/feeds/dataset.atom"}) {
      EXPECT_THAT(get(target), testing::StartsWith("200\n")) << target;
    }
    const auto posted = client_->action("package_show", R"({"id":"hito-1"})");
    ASSERT_TRUE(posted);
    EXPECT_THAT(posted->body, HasSubstr("前1"));  // a read, whatever its method
    EXPECT_EQ(figure("minato_writers_busy") + figure("minato_write_queue"), kPeople);
  }
  for (std::thread& one : people) one.join();
  EXPECT_THAT(status, testing::Each(200));
  for (int i = 0; i < kPeople; ++i) {
    EXPECT_THAT(get("/dataset/" + name(i)), HasSubstr("後" + std::to_string(i)));
  }
}

TEST_F(BesideWrites, WhoWroteSeesItInTheNextAnswer) {
  std::vector<std::thread> people;
  for (int i = 0; i < 8; ++i) {
    people.emplace_back([this, i] {
      for (int round = 0; round < 5; ++round) {
        const std::string title = "回" + std::to_string(round) + "の";
        const auto written = client_->action("package_patch", document("id", i, title));
        ASSERT_TRUE(written && written->status == 200);
        const std::string wanted = title + std::to_string(i);
        EXPECT_THAT(get("/dataset/" + name(i)), HasSubstr(wanted));
        EXPECT_THAT(get("/api/3/action/package_show?id=" + name(i)), HasSubstr(wanted));
        EXPECT_THAT(get("/api/3/action/package_search?rows=50&q=name:" + name(i)),
                    HasSubstr(wanted));
      }
    });
  }
  for (std::thread& one : people) one.join();
}

}  // namespace
}  // namespace minato::test
