#include "e2e/push/pushers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

namespace minato::test {

namespace {

constexpr const char* kOrganization = "141003";

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

std::string new_dataset(const std::string& name, const std::string& title) {
  return R"({"name":)" + in_quotes(name) + R"(,"title":)" + in_quotes(title) + R"(,"owner_org":)" +
         in_quotes(kOrganization) + R"(,"license_id":"cc-by-4.0"})";
}

// Whether the server answered; a refusal is a failure of the test.
bool accepted(const std::optional<HttpReply>& reply) {
  if (!reply) return false;
  EXPECT_GE(reply->status, 200) << reply->body;
  EXPECT_LT(reply->status, 300) << reply->body;
  return reply->status / 100 == 2;
}

HttpReply must(const std::optional<HttpReply>& reply) {
  if (!reply) throw std::runtime_error("no reply");
  return *reply;
}

// CSV that differs with its seed.
std::string csv_of(const std::string& seed, std::size_t bytes) {
  std::string csv = "番号,名称,値\r\n";
  for (int row = 1; csv.size() < bytes; ++row) {
    csv += std::to_string(row) + "," + seed + "," + std::to_string(row * 7 % 1000) + "\r\n";
  }
  return csv;
}

}  // namespace

bool DatasetPusher::send(const PushClient& client, const Write& write, bool is_new) {
  under_way_ = write;
  const std::string json = is_new ? new_dataset(write.dataset, write.title)
                                  : R"({"id":)" + in_quotes(write.dataset) + R"(,"title":)" +
                                        in_quotes(write.title) + "}";
  if (!accepted(client.action(is_new ? "package_create" : "package_patch", json))) return false;
  titles_[write.dataset] = write.title;
  under_way_.reset();
  ++acknowledged_;
  return true;
}

void DatasetPusher::push(const PushClient& client) {
  while (true) {
    const std::string dataset = name_ + "-" + std::to_string(next_++);
    for (int edition = 0; edition < 4; ++edition) {
      if (!send(client, {dataset, "第" + std::to_string(edition) + "版"}, edition == 0)) return;
    }
  }
}

void DatasetPusher::check(const PushClient& client) {
  if (under_way_) {
    const auto [dataset, title] = *under_way_;
    const auto known = titles_.find(dataset);
    const HttpReply reply = must(client.send("GET", "/api/3/action/package_show?id=" + dataset));
    if (reply.status == 200) {
      const std::string is = result_of(reply)["title"].GetString();
      EXPECT_TRUE(is == title || (known != titles_.end() && is == known->second)) << is;
      titles_[dataset] = is;
    } else {
      EXPECT_EQ(reply.status, 404) << reply.body;
      EXPECT_EQ(known, titles_.end()) << dataset << " is lost";
    }
    under_way_.reset();
  }
  for (const auto& [dataset, title] : titles_) {
    const HttpReply reply = must(client.send("GET", "/api/3/action/package_show?id=" + dataset));
    ASSERT_EQ(reply.status, 200) << dataset << " is lost: " << reply.body;
    EXPECT_EQ(result_of(reply)["title"].GetString(), title) << dataset;
  }
}

bool RowPusher::prepare(const PushClient& client) {
  if (!resource_.empty()) return true;
  // A new dataset each time: whether an earlier one was made is DatasetPusher's question.
  const std::string dataset = name_ + "-" + std::to_string(batch_++);
  if (!accepted(client.action("package_create", new_dataset(dataset, "行の表")))) return false;
  const auto made = client.action(
      "datastore_create",
      R"({"resource":{"package_id":)" + in_quotes(dataset) +
          R"(,"name":"行"},"fields":[{"id":"番号","type":"int"},{"id":"値","type":"int"}],)"
          R"("primary_key":["番号"]})");
  if (!accepted(made)) return false;
  resource_ = result_of(made)["resource_id"].GetString();
  return true;
}

void RowPusher::push(const PushClient& client) {
  if (!prepare(client)) return;
  while (true) {
    ++batch_;
    Rows rows;
    std::string records;
    for (std::int64_t i = 0; i < 10; ++i) {
      const std::int64_t key = i < 3 ? i : batch_ * 10 + i;  // some are updates
      rows[key] = batch_;
      records += (records.empty() ? "" : ",") + std::string(R"({"番号":)") + std::to_string(key) +
                 R"(,"値":)" + std::to_string(batch_) + "}";
    }
    under_way_ = rows;
    if (!accepted(client.action("datastore_upsert", R"({"resource_id":)" + in_quotes(resource_) +
                                                        R"(,"method":"upsert","records":[)" +
                                                        records + "]}"))) {
      return;
    }
    for (const auto& [key, value] : rows) rows_[key] = value;
    under_way_.reset();
    ++acknowledged_;
  }
}

RowPusher::Rows RowPusher::read(const PushClient& client) const {
  Rows rows;
  const auto found =
      result_of(client.action("datastore_search", R"({"resource_id":)" + in_quotes(resource_) +
                                                      R"(,"limit":32000,"fields":["番号","値"]})"));
  for (const auto& row : found["records"].GetArray()) {
    rows[row["番号"].GetInt64()] = row["値"].GetInt64();
  }
  return rows;
}

void RowPusher::check(const PushClient& client) {
  if (resource_.empty()) return;
  const Rows now = read(client);
  Rows with = rows_;
  if (under_way_) {
    for (const auto& [key, value] : *under_way_) with[key] = value;
  }
  EXPECT_TRUE(now == rows_ || now == with) << now.size() << " rows; acknowledged: " << rows_.size()
                                           << ", with what was under way: " << with.size();
  rows_ = now;
  under_way_.reset();
}

std::string FilePusher::content_of(const std::string& name, int number) {
  const std::string seed = name + "の" + std::to_string(number);
  return csv_of(seed, 2'000 + static_cast<std::size_t>(number % 5) * 40'000);
}

void FilePusher::push(const PushClient& client) {
  if (!has_dataset_) {
    const auto made = client.action("package_create", new_dataset(name_, "ファイル"));
    if (!made) return;
    EXPECT_TRUE(made->status == 200 || made->status == 409) << made->body;  // from before the kill
    has_dataset_ = true;
  }
  while (true) {
    const std::string content = content_of(name_, next_++);
    under_way_ = content;
    const auto made = client.action_with_file(
        "resource_create", {{"package_id", name_}, {"name", "表"}}, {"人口統計.csv", content});
    if (!accepted(made)) return;
    files_[result_of(made)["id"].GetString()] = content;
    under_way_.reset();
    ++acknowledged_;
  }
}

void FilePusher::check(const PushClient& client) {
  if (!has_dataset_) return;
  const auto dataset = result_of(client.send("GET", "/api/3/action/package_show?id=" + name_));
  std::set<std::string> there;
  for (const auto& resource : dataset["resources"].GetArray()) {
    const std::string id = resource["id"].GetString();
    there.insert(id);
    if (!files_.contains(id)) {
      ASSERT_TRUE(under_way_.has_value()) << "a resource that nobody made";
      files_[id] = *under_way_;
      under_way_.reset();
    }
    const HttpReply file = must(client.send(
        "GET", "/dataset/" + name_ + "/resource/" + id + "/download/%E4%BA%BA%E5%8F%A3.csv"));
    EXPECT_EQ(file.status, 200);
    EXPECT_TRUE(file.body == files_[id]) << "other bytes than were sent";
  }
  for (const auto& [id, content] : files_) EXPECT_TRUE(there.contains(id)) << id << " is lost";
  under_way_.reset();
  // Jobs that were cut off are taken up again: every file becomes a table.
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  for (const auto& [id, content] : files_) {
    const auto rows = std::count(content.begin(), content.end(), '\n') - 1;
    while (true) {
      const auto table = client.send("GET", "/api/v1/tables/" + id);
      if (table && table->status == 200) {
        EXPECT_EQ(json_of(*table)["data"]["rows"].GetInt64(), rows);
        break;
      }
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "no table of " << id;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
}

}  // namespace minato::test
