// A catalogue with something to hide, behind every door through which somebody may look at it.
#pragma once

#include <gmock/gmock.h>

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/writing_services.h"
#include "core/caller.h"
#include "http/router.h"
#include "service/catalog.h"
#include "service/harvest/status.h"
#include "service/tables.h"
#include "storage/sqlite/open_storage.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"
#include "support/temp_dir.h"

namespace minato::http {

// Who looks. The datasets belong to 横浜市; neighbours are admins, of 鎌倉市.
struct Looker {
  std::string_view who;
  core::Caller caller;
};
const std::vector<Looker>& lookers();

// The datasets: names, and in the texts of each a word that no other has.
inline constexpr std::array<std::string_view, 4> kDatasets{"open", "veiled", "sketch", "gone"};
// What auth::may_read() says of each, in that order: public, private, draft (of "creator"),
// deleted.
std::set<std::string> readable(std::string_view who);

class Doors : public testing::Test {
 protected:
  Doors();

  support::RouteReply get(const std::string& target, const core::Caller& caller = {});
  // The datasets whose word is in the body of a 200; {"<status>"} on anything else.
  std::set<std::string> shown(const std::string& target, const core::Caller& caller = {});
  void put(const core::Dataset& dataset);
  core::Dataset dataset(const std::string& name);

  test::TempDir folder_;
  support::StoppedClock clock_;
  storage::sqlite::Storage storage_;
  std::unique_ptr<service::Catalog> catalog_;
  std::unique_ptr<service::Tables> tables_;
  std::unique_ptr<service::HarvestStatus> harvest_;
  std::unique_ptr<cli::WritingServices> writing_;
  std::optional<RouteTable> table_;

 private:
  void fill();
  void publish_table(const core::Dataset& dataset);
  void add_harvest_objects();
};

// The word of a dataset: no analyser takes it apart, and no other text holds it.
std::string word_of(std::string_view dataset);

}  // namespace minato::http
