// The catalogue as a client of the API sees it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "e2e/program/running_program.h"
#include "support/pretend_prefecture/content.h"

namespace minato::test {

struct ShownResource {
  std::string id;
  std::string url;
  std::string hash;
  std::int64_t rows = -1;  // -1: no table
};

struct ShownDataset {
  std::string id;
  std::string name;
  std::string title;
  std::string organization;
  std::string modified;
  std::string source;  // harvest_source_title
  std::vector<ShownResource> resources;
};

using ShownCatalogue = std::vector<ShownDataset>;  // by name

ShownCatalogue read_catalogue(const RunningProgram& server);
ShownCatalogue of_organization(const ShownCatalogue& catalogue, const std::string& code);

// One line per dataset, sorted: title, number of resources, rows of its tables. The same for what
// was expected and what is shown, if all went well.
std::string outline(const ShownCatalogue& catalogue);
std::string outline(const pretend::Expected& expected);
// Everything that does not depend on when it was harvested.
std::string full_text(const ShownCatalogue& catalogue);

}  // namespace minato::test
