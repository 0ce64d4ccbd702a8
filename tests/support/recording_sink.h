// A GatherSink that keeps what it is given.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "harvest/sources/source.h"

namespace minato::test {

struct RecordedFault {
  std::string record;
  std::string url;
  core::Error error;
  bool whole = false;
};

class RecordingSink final : public harvest::GatherSink {
 public:
  core::Result<void> record(harvest::GatheredRecord record) override {
    records.push_back(std::move(record));
    return {};
  }
  core::Result<bool> unchanged(const std::string& remote_id,
                               const std::string& remote_modified) override {
    const auto held = known.find(remote_id);
    const bool same = held != known.end() && held->second == remote_modified;
    if (same) seen.push_back(remote_id);
    return same;
  }
  core::Result<void> fault(const std::string& record, const std::string& url,
                           const core::Error& error, bool is_listing_whole) override {
    faults.push_back({record, url, error, is_listing_whole});
    return {};
  }

  std::map<std::string, std::string> known;  // remote id to the state we hold
  std::vector<harvest::GatheredRecord> records;
  std::vector<std::string> seen;
  std::vector<RecordedFault> faults;
};

}  // namespace minato::test
