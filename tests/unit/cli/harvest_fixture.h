// `minato harvest` on a data directory of its own.
#pragma once

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/program.h"
#include "formats/json.h"
#include "storage/sqlite/open_storage.h"
#include "support/temp_dir.h"

namespace minato::cli {

struct Finished {
  int status;
  std::string out;
  std::string err;
};

inline Finished run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(arguments, out, err);
  return {status, out.str(), err.str()};
}

template <typename T>
T value_of(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().internal);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// A catalogue with the organization 141003.
class HarvestProgram : public testing::Test {
 protected:
  HarvestProgram() {
    auto stores = storage();
    core::Group city;
    city.id = "city-id";
    city.kind = core::GroupKind::kOrganization;
    city.name = "141003";
    city.title = "横浜市";
    value_of(stores.catalog->write(
        [&](storage::CatalogWriter& writer) { return writer.put_group(city); }));
  }

  [[nodiscard]] storage::sqlite::Storage storage() const {
    return value_of(storage::sqlite::open_storage(folder_.path(), {}));
  }
  // minato harvest ... --data <folder>
  [[nodiscard]] Finished harvest(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "harvest");
    arguments.insert(arguments.end(), {"--data", folder_.path()});
    return run(arguments);
  }
  // Nothing listens there: port 9 of loopback is not served in tests.
  void add_source(const std::string& name, const std::string& url = "http://127.0.0.1:9/") {
    const Finished added = harvest({"sources", "add", "--name", name, "--kind", "ckan", "--url",
                                    url, "--organization", "141003"});
    ASSERT_EQ(added.status, 0) << added.err;
  }
  static rapidjson::Document json_of(const std::string& text) {
    return value_of(formats::parse_json(text));
  }
  static std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  test::TempDir folder_;
};

}  // namespace minato::cli
