// What clients send to the DataStore's writing actions. What is wrong is collected: one Validation
// Error names every bad field.
#pragma once

#include <rapidjson/document.h>

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/row_record.h"
#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/failure.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http::ckan {

class DatastoreInput {
 public:
  // Keeps a reference. Parameters that are not `known` are wrong, as in CKAN.
  DatastoreInput(const Arguments& arguments, std::initializer_list<std::string_view> known);

  [[nodiscard]] Checks& checks() { return checks_; }
  // "resource_id", or "id" as older clients write; empty: neither.
  std::string resource_id();
  // A list or object, or JSON text of one, as forms send it. nullptr: not sent, null, or wrong
  // (which is noted). Valid as long as this.
  const rapidjson::Value* list(std::string_view name);
  const rapidjson::Value* object(std::string_view name);
  // Names in a list or with commas between.
  std::vector<std::string> names(std::string_view name);
  // Of "records".
  std::vector<core::RowRecord> records();

 private:
  const rapidjson::Value* structure(std::string_view name);

  const Arguments& arguments_;
  Checks checks_;
  std::deque<rapidjson::Document> parsed_;
};

// How a write of rows that failed is answered, in CKAN's words. `resource_id` as it was sent.
tl::unexpected<Failure> rows_failed(core::Error error, std::string_view resource_id,
                                    service::RowMethod method = service::RowMethod::kInsert);

// "records" as they were sent, with the numbers of their rows as "_id".
void write_records(formats::JsonWriter& json, const rapidjson::Value& records,
                   const std::vector<std::int64_t>& row_ids);

// datastore_create (datastore_create.cc).
WriteAction datastore_create_action();

}  // namespace minato::http::ckan
