// A pretend portal: what it lists, and an adapter that reads it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harvest/sources/source.h"

namespace minato::harvest {

struct PortalRecord {
  std::string id;
  std::string title;
  std::string modified = "2026-01-01";
  std::vector<std::string> files = {};  // URLs
  bool in_listing = true;               // its content comes with the listing, else by fetch()
  std::string fetch_error = {};         // id of the error of fetch(); "throw": an exception
  std::string read_error = {};          // ditto of read()
};

struct Portal {
  std::vector<PortalRecord> records;
  bool tells_changes = false;                  // asks the sink before it gives a record
  bool is_whole = true;                        // else one page of the listing is a fault
  std::optional<core::Error> gather_error;     // after all records
  std::string throws;                          // in "make" or "gather"
  std::function<void(const std::string&)> at;  // before each step: "gather <id>", "fetch <id>", ...

  std::vector<std::string> fetched = {};  // ids that fetch() was asked for
  std::vector<std::string> read = {};
  std::optional<core::Timestamp> since = {};

  core::Result<std::unique_ptr<Source>> make(const SourceContext& context);
  PortalRecord& record(const std::string& id);
};

core::Error error_of(const std::string& id);

}  // namespace minato::harvest
