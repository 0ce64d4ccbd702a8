#include <gtest/gtest.h>

#include <algorithm>

#include "e2e/push/pushers.h"

namespace minato::test {

namespace {

constexpr std::size_t kPart = 200'000;
constexpr std::size_t kParts = 4;
const std::string kUploads = "/api/v1/uploads";

std::string bytes_of(const std::string& seed) {
  std::string bytes;
  while (bytes.size() < kPart * kParts - 777)
    bytes += sha256_of(seed + std::to_string(bytes.size()));
  return bytes;
}

}  // namespace

bool PartPusher::begin(const PushClient& client) {
  content_ = bytes_of(name_ + std::to_string(number_++));
  offset_ = 0;
  const auto made =
      client.send("POST", kUploads,
                  R"({"file_name":"大きな表.csv","size":)" + std::to_string(content_.size()) +
                      R"(,"sha256":")" + sha256_of(content_) + "\"}",
                  {{"Content-Type", "application/json"}});
  if (!made) return false;
  EXPECT_EQ(made->status, 201) << made->body;
  upload_ = json_of(*made)["data"]["id"].GetString();
  ++acknowledged_;
  return true;
}

bool PartPusher::send_part(const PushClient& client) {
  const std::string part = content_.substr(static_cast<std::size_t>(offset_), kPart);
  const auto sent = client.send(
      "PATCH", kUploads + "/" + upload_, part,
      {{"Content-Type", "application/octet-stream"}, {"Upload-Offset", std::to_string(offset_)}});
  if (!sent) return false;
  EXPECT_EQ(sent->status, 204) << sent->body;
  offset_ += static_cast<std::int64_t>(part.size());
  ++acknowledged_;
  return sent->status == 204;
}

bool PartPusher::complete(const PushClient& client) {
  const auto done = client.send("POST", kUploads + "/" + upload_ + "/complete");
  if (!done) return false;
  EXPECT_EQ(done->status, 200) << done->body;
  upload_.clear();
  ++acknowledged_;
  return done->status == 200;
}

void PartPusher::push(const PushClient& client) {
  while (true) {
    if (upload_.empty() && !begin(client)) return;
    while (offset_ < static_cast<std::int64_t>(content_.size())) {
      if (!send_part(client)) return;
    }
    if (!complete(client)) return;
  }
}

void PartPusher::check(const PushClient& client) {
  if (upload_.empty()) return;
  const auto reply = client.send("GET", kUploads + "/" + upload_);
  ASSERT_TRUE(reply && reply->status == 200) << "the upload is lost";
  const rapidjson::Document shown = json_of(*reply);
  const std::int64_t received = shown["data"]["received"].GetInt64();
  const auto whole = static_cast<std::int64_t>(content_.size());
  const auto with_part = std::min(offset_ + static_cast<std::int64_t>(kPart), whole);
  EXPECT_TRUE(received == offset_ || received == with_part) << received << ", not " << offset_;
  offset_ = received;
  if (std::string(shown["data"]["state"].GetString()) == "complete") {
    EXPECT_EQ(received, whole);
    upload_.clear();
  }
}

}  // namespace minato::test
