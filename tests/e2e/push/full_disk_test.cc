// What happens when there is no room: files may not grow beyond a limit that is set on the running
// server (RLIMIT_FSIZE), and is lifted again.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <chrono>
#include <set>
#include <thread>

#include "e2e/push/push_house.h"

namespace minato::test {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

std::string csv_of(std::size_t bytes) {
  std::string csv = "番号,名称,値\r\n";
  for (int row = 1; csv.size() < bytes; ++row) {
    csv += std::to_string(row) + ",施設" + std::to_string(row) + "," +
           std::to_string(row * 31 % 997) + "\r\n";
  }
  return csv;
}

std::string dataset_json(const std::string& name) {
  return R"({"name":")" + name +
         R"(","title":"満杯","owner_org":"141003","license_id":"cc-by-4.0"})";
}

class FullDisk : public testing::Test {
 protected:
  FullDisk() {
    house_.start();
    client_.emplace(house_.client(token_));
  }

  // The largest file the server may write; RLIM_INFINITY: as large as it likes.
  void limit_files(rlim_t bytes) {
    const rlimit limit{bytes, RLIM_INFINITY};
    ASSERT_EQ(::prlimit(house_.program().process().pid(), RLIMIT_FSIZE, &limit, nullptr), 0);
  }

  std::optional<HttpReply> create(const std::string& name) {
    return client_->action("package_create", dataset_json(name));
  }
  std::optional<HttpReply> add_file(const std::string& dataset, const std::string& content) {
    return client_->action_with_file("resource_create", {{"package_id", dataset}, {"name", "表"}},
                                     {"表.csv", content});
  }

  PushHouse house_;
  std::string token_ = house_.token("oshi", "141003");
  std::optional<PushClient> client_;
};

TEST_F(FullDisk, IsA507AndTheSameServerWorksAgainWhenThereIsRoom) {
  ASSERT_EQ(create("before")->status, 200);
  limit_files(1);
  const auto refused = create("during");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 507) << refused->body;
  EXPECT_THAT(refused->body, HasSubstr("\"success\":false"));
  const auto file = add_file("before", csv_of(200'000));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->status, 507) << file->body;
  const auto small = add_file("before", csv_of(2'000));
  ASSERT_TRUE(small);
  EXPECT_EQ(small->status, 507) << small->body;
  EXPECT_EQ(client_->send("GET", "/api/3/action/package_show?id=before")->status, 200);
  EXPECT_EQ(client_->send("GET", "/api/3/action/package_show?id=during")->status, 404);
  EXPECT_EQ(house_.program().get("/ready").status, 200);

  limit_files(RLIM_INFINITY);
  EXPECT_EQ(create("during")->status, 200);
  const auto made = add_file("before", csv_of(200'000));
  EXPECT_EQ(made->status, 200) << made->body;
  const auto dataset = result_of(client_->send("GET", "/api/3/action/package_show?id=before"));
  EXPECT_EQ(dataset["resources"].Size(), 1U) << "a refused file left a resource behind";
}

// Upload, import and commit end at whatever step the room ends.
TEST_F(FullDisk, AtAnyStepLeavesNothingHalf) {
  std::set<std::string> acknowledged;
  std::set<std::string> files;
  ASSERT_EQ(create("files")->status, 200);
  int number = 0;
  for (const rlim_t limit : {4'096, 32'768, 70'000, 150'000, 400'000, 1'000'000, 3'000'000}) {
    limit_files(limit);
    for (int i = 0; i < 3; ++i) {
      const std::string name = "step-" + std::to_string(number++);
      const auto made = create(name);
      ASSERT_TRUE(made);
      EXPECT_THAT(made->status, AnyOf(200, 507)) << made->body;
      if (made->status == 200) acknowledged.insert(name);
      const auto file = add_file("files", csv_of(120'000));
      ASSERT_TRUE(file);
      EXPECT_THAT(file->status, AnyOf(200, 507)) << file->body;
      if (file->status == 200) files.insert(result_of(file)["id"].GetString());
    }
  }
  limit_files(RLIM_INFINITY);
  house_.kill();
  house_.start();
  client_.emplace(house_.client(token_));
  for (const std::string& name : acknowledged) {
    EXPECT_EQ(client_->send("GET", "/api/3/action/package_show?id=" + name)->status, 200) << name;
  }
  const auto dataset = result_of(client_->send("GET", "/api/3/action/package_show?id=files"));
  std::set<std::string> there;
  for (const auto& resource : dataset["resources"].GetArray()) {
    there.insert(resource["id"].GetString());
  }
  EXPECT_EQ(there, files);
  EXPECT_FALSE(files.empty());
  for (const std::string& id : files) {
    const auto bytes = client_->send("GET", "/dataset/files/resource/" + id + "/download/a.csv");
    EXPECT_TRUE(bytes->body == csv_of(120'000)) << id;
  }
  EXPECT_EQ(add_file("files", csv_of(120'000))->status, 200);
  EXPECT_NO_THROW(house_.run({"check"}));
  EXPECT_NO_THROW(house_.run({"audit", "verify"}));
}

}  // namespace
}  // namespace minato::test
