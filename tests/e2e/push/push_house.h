// A data directory, the program serving it, and people with tokens who push into it.
#pragma once

#include <rapidjson/document.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "e2e/program/running_program.h"
#include "support/child_process.h"
#include "support/http_client.h"
#include "support/temp_dir.h"

namespace minato::test {

// Sends with a token; none when it is empty.
class PushClient {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  PushClient(std::uint16_t port, std::string token) : port_(port), token_(std::move(token)) {}

  // No value when the server went away before the reply was whole.
  [[nodiscard]] std::optional<HttpReply> send(const std::string& method, const std::string& target,
                                              const std::string& body = {},
                                              const Headers& headers = {}) const;
  // POST /api/3/action/NAME with a JSON body.
  [[nodiscard]] std::optional<HttpReply> action(const std::string& name,
                                                const std::string& json) const;
  // The same with a file as `upload` (multipart/form-data).
  struct File {
    std::string name;
    std::string content;
  };
  [[nodiscard]] std::optional<HttpReply> action_with_file(const std::string& name,
                                                          const Headers& fields,
                                                          const File& file) const;

 private:
  std::uint16_t port_;
  std::string token_;
};

class PushHouse {
 public:
  // The shipped datasets are loaded, so that the organizations are there.
  PushHouse();

  // As `minato token create` prints it.
  [[nodiscard]] std::string token(const std::string& user, const std::string& organization,
                                  const std::string& role = "editor") const;
  [[nodiscard]] std::string sysadmin_token(const std::string& user) const;
  // What the command prints; throws when it fails.
  [[nodiscard]] std::string run(std::vector<std::string> command) const;

  // Starts it, or starts it again.
  void start(std::vector<std::string> more = {});
  void kill();
  [[nodiscard]] RunningProgram& program() const { return *program_; }
  [[nodiscard]] PushClient client(const std::string& token) const {
    return {program_->port(), token};
  }
  [[nodiscard]] const std::string& data() const { return folder_.path(); }

 private:
  TempDir folder_;
  std::unique_ptr<RunningProgram> program_;
};

// The "result" of an action's reply; throws when it did not succeed.
rapidjson::Document result_of(const std::optional<HttpReply>& reply);
rapidjson::Document json_of(const HttpReply& reply);
std::string sha256_of(const std::string& bytes);

}  // namespace minato::test
