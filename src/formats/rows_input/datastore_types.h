// CKAN's DataStore names types as PostgreSQL does.
#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>

#include "core/table.h"

namespace minato::formats {

struct DatastoreType {
  std::string_view name;  // PostgreSQL's own: "int4" of "integer", "numeric" of "decimal(10,2)"
  core::ColumnType type = core::ColumnType::kString;
};

// Spellings in any case, with or without lengths: "varchar(20)", "timestamp without time zone",
// "text[]" (kept as JSON text). nullopt: not one we know.
std::optional<DatastoreType> datastore_type_named(std::string_view spelling);

// CKAN's guess from a value of the first record: integers and numbers, also in text, ISO dates and
// m/d/y as timestamp, lists and objects as json, else text. Text of digits that begins with 0 is
// text: a code, whose zeros must stay.
DatastoreType guess_datastore_type(const rapidjson::Value& value);

}  // namespace minato::formats
