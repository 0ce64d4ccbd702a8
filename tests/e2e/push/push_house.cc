#include "e2e/push/push_house.h"

#include <chrono>
#include <csignal>
#include <stdexcept>

#include "core/sha256.h"

namespace minato::test {

namespace {

constexpr const char* kBoundary = "----push-house-boundary";

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

std::optional<HttpReply> PushClient::send(const std::string& method, const std::string& target,
                                          const std::string& body, const Headers& headers) const {
  HttpCall call;
  call.port = port_;
  call.method = method;
  call.target = target;
  call.headers = headers;
  if (!token_.empty()) call.headers.emplace_back("Authorization", token_);
  call.body = body;
  auto reply = http_call(call);
  if (!reply || !reply->complete || reply->status == 0) return std::nullopt;
  return reply;
}

std::optional<HttpReply> PushClient::action(const std::string& name,
                                            const std::string& json) const {
  return send("POST", "/api/3/action/" + name, json, {{"Content-Type", "application/json"}});
}

std::optional<HttpReply> PushClient::action_with_file(const std::string& name,
                                                      const Headers& fields,
                                                      const File& file) const {
  std::string body;
  for (const auto& [key, value] : fields) {
    body += std::string("--") + kBoundary + "\r\nContent-Disposition: form-data; name=\"" + key +
            "\"\r\n\r\n" + value + "\r\n";
  }
  body += std::string("--") + kBoundary +
          "\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"" + file.name +
          "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + file.content + "\r\n--" +
          kBoundary + "--\r\n";
  return send("POST", "/api/3/action/" + name, body,
              {{"Content-Type", std::string("multipart/form-data; boundary=") + kBoundary}});
}

PushHouse::PushHouse() {
  start();
  kill();
}

std::string PushHouse::run(std::vector<std::string> command) const {
  command.insert(command.begin(), MINATO_PROGRAM);
  command.insert(command.end(), {"--data", folder_.path()});
  ChildProcess process(std::move(command));
  const int status = process.wait(std::chrono::seconds(60));
  if (status != 0) {
    throw std::runtime_error("status " + std::to_string(status) + ": " + process.err());
  }
  return trimmed(process.out());
}

std::string PushHouse::token(const std::string& user, const std::string& organization,
                             const std::string& role) const {
  return run({"token", "create", "--user", user, "--organization", organization, "--role", role});
}

std::string PushHouse::sysadmin_token(const std::string& user) const {
  return run({"token", "create", "--user", user, "--sysadmin"});
}

void PushHouse::start(std::vector<std::string> more) {
  more.insert(more.end(), {"--set", "harvest.enabled=false", "--set", "log.access=false"});
  program_ = std::make_unique<RunningProgram>(folder_.path(), std::move(more));
}

void PushHouse::kill() {
  if (!program_) return;
  program_->process().signal(SIGKILL);
  program_->process().wait(std::chrono::seconds(10));
  program_.reset();
}

rapidjson::Document json_of(const HttpReply& reply) {
  rapidjson::Document json;
  json.Parse(reply.body.c_str(), reply.body.size());
  if (json.HasParseError()) throw std::runtime_error("no JSON: " + reply.body);
  return json;
}

rapidjson::Document result_of(const std::optional<HttpReply>& reply) {
  if (!reply) throw std::runtime_error("no reply");
  rapidjson::Document whole = json_of(*reply);
  if (!whole.IsObject() || !whole.HasMember("result")) throw std::runtime_error(reply->body);
  rapidjson::Document result;
  result.CopyFrom(whole["result"], result.GetAllocator());
  return result;
}

std::string sha256_of(const std::string& bytes) { return core::sha256_hex(bytes); }

}  // namespace minato::test
