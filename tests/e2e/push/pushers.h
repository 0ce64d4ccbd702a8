// People who push without a pause, and remember what was acknowledged to them.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "e2e/push/push_house.h"

namespace minato::test {

class Pusher {
 public:
  virtual ~Pusher() = default;
  // Until the server is gone.
  virtual void push(const PushClient& client) = 0;
  // Every acknowledged write is there, what was under way is there wholly or not at all; it counts
  // as acknowledged from then on when it is.
  virtual void check(const PushClient& client) = 0;
  [[nodiscard]] std::int64_t acknowledged() const { return acknowledged_; }

 protected:
  std::int64_t acknowledged_ = 0;
};

// Creates datasets and changes their titles.
class DatasetPusher final : public Pusher {
 public:
  explicit DatasetPusher(std::string name) : name_(std::move(name)) {}
  void push(const PushClient& client) override;
  void check(const PushClient& client) override;

 private:
  struct Write {
    std::string dataset;
    std::string title;
  };
  bool send(const PushClient& client, const Write& write, bool is_new);

  std::string name_;
  int next_ = 0;
  std::map<std::string, std::string> titles_;
  std::optional<Write> under_way_;
};

// Upserts batches of rows into a table of its own.
class RowPusher final : public Pusher {
 public:
  explicit RowPusher(std::string name) : name_(std::move(name)) {}
  void push(const PushClient& client) override;
  void check(const PushClient& client) override;

 private:
  using Rows = std::map<std::int64_t, std::int64_t>;  // key to value
  bool prepare(const PushClient& client);
  [[nodiscard]] Rows read(const PushClient& client) const;

  std::string name_;
  std::string resource_;  // empty: not acknowledged yet
  int batch_ = 0;
  Rows rows_;
  std::optional<Rows> under_way_;
};

// Registers files as resources of one dataset.
class FilePusher final : public Pusher {
 public:
  explicit FilePusher(std::string name) : name_(std::move(name)) {}
  void push(const PushClient& client) override;
  void check(const PushClient& client) override;

 private:
  [[nodiscard]] static std::string content_of(const std::string& name, int number);

  std::string name_;
  bool has_dataset_ = false;
  int next_ = 0;
  std::map<std::string, std::string> files_;  // resource id to content
  std::optional<std::string> under_way_;      // content
};

// Sends large files in parts, and goes on where the server says it stands.
class PartPusher final : public Pusher {
 public:
  explicit PartPusher(std::string name) : name_(std::move(name)) {}
  void push(const PushClient& client) override;
  void check(const PushClient& client) override;

 private:
  bool begin(const PushClient& client);
  bool send_part(const PushClient& client);
  bool complete(const PushClient& client);

  std::string name_;
  int number_ = 0;
  std::string upload_;  // empty: none
  std::string content_;
  std::int64_t offset_ = 0;  // acknowledged
};

}  // namespace minato::test
