// One row of the table of actions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "formats/json.h"
#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/failure.h"
#include "http/handlers/ckan/rendered_datasets.h"
#include "service/accounts/accounts.h"
#include "service/catalog.h"
#include "service/harvest/status.h"
#include "service/tables.h"

namespace minato::http::ckan {

// What actions read.
struct Sources {
  service::Catalog& catalog;
  service::Tables& tables;
  service::HarvestStatus& harvest;
  RenderedDatasets& rendered;
  service::Accounts* accounts;  // null only where no action about users is called
};

struct ActionCall {
  service::Catalog& catalog;
  service::Tables& tables;
  service::HarvestStatus& harvest;
  RenderedDatasets& rendered;
  const Arguments& arguments;
  const core::Caller& caller;
  service::Accounts* accounts;  // as in Sources
  // Set by an action whose answer changes with the clock: it must not be kept.
  bool depends_on_time = false;
};

struct ActionParameter {
  std::string_view name;
  core::LocalizedText meaning;
};

struct Action {
  std::string_view name;
  // Writes the value of "result". After a failure what was written is thrown away.
  Outcome (*run)(ActionCall& call, formats::JsonWriter& json) = nullptr;
  core::LocalizedText summary;
  std::vector<ActionParameter> parameters;
  core::LocalizedText result;
};

// What help_show answers: both languages, parameters and result.
std::string help_text(const Action& action);

}  // namespace minato::http::ckan
