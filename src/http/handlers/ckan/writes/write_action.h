// One row of the table of actions that change something, and what such an action has to work with.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.h"
#include "core/error.h"
#include "formats/json.h"
#include "http/handlers/ckan/action.h"
#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/failure.h"
#include "http/handlers/ckan/uploaded_part.h"
#include "service/accounts/accounts.h"
#include "service/catalog.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "service/publish/dataset_writes.h"
#include "service/publish/group_writes.h"
#include "service/rows/row_writes.h"
#include "service/tables.h"

namespace minato::http::ckan {

struct WriteLimits {
  // How long resource_create and its kin wait for the table of an uploaded file, so that simple
  // clients find it when they look.
  std::chrono::milliseconds import_wait{20'000};
};

// All outlive the routes.
struct WriteSources {
  service::Catalog& catalog;
  service::Tables& tables;
  service::Accounts& accounts;
  service::DatasetWrites& datasets;
  service::GroupWrites& groups;
  service::Uploads& uploads;
  service::Imports& imports;
  service::RowWrites& rows;
  WriteLimits limits;
};

struct WriteCall {
  const Arguments& arguments;
  const core::Caller& caller;  // never anonymous
  const WriteSources& sources;
  const std::vector<UploadedPart>& files;
  std::string_view action;  // its name, for messages

  [[nodiscard]] service::WriteContext context() const { return {caller, {}, {}}; }
  // The file sent under that name, or nullptr.
  [[nodiscard]] const UploadedPart* file(std::string_view name) const;
};

struct WriteAction {
  std::string_view name;
  // Writes the value of "result" (null for void actions). After a failure what was written is
  // thrown away.
  Outcome (*run)(WriteCall& call, formats::JsonWriter& json) = nullptr;
  core::LocalizedText summary;
  std::vector<ActionParameter> parameters;
  core::LocalizedText result;
};

// What help_show answers: both languages, parameters and result.
std::string help_text(const WriteAction& action);

// Rows by subject; write_table.cc puts them together.
std::vector<WriteAction> package_write_actions();
std::vector<WriteAction> bulk_write_actions();
std::vector<WriteAction> resource_write_actions();
std::vector<WriteAction> group_write_actions();  // group_* and organization_*
std::vector<WriteAction> member_write_actions();
std::vector<WriteAction> user_write_actions();  // api_token_* too
std::vector<WriteAction> tag_write_actions();   // vocabulary_* too
std::vector<WriteAction> datastore_write_actions();

// Every action that changes something, by name.
const std::vector<WriteAction>& write_actions();
// nullptr when there is none of that name.
const WriteAction* find_write_action(std::string_view name);

// harvest_source_create and its kin: clients expect 403 of them; nobody can call them here.
const std::vector<std::string_view>& harvest_writes();
bool is_harvest_write(std::string_view name);

// "Action x requires an authenticated user"
std::string requires_user(std::string_view action);

}  // namespace minato::http::ckan
