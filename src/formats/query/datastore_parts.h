// What the DataStore parsers share.
#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/row_query.h"
#include "core/table.h"

namespace minato::formats {

// "datastore-invalid" with CKAN's message.
tl::unexpected<core::Error> fail_datastore(std::string_view param, const std::string& message);
// 'invalid value "x"'.
tl::unexpected<core::Error> fail_datastore_value(std::string_view param, std::string_view value);

// By name only, or "_id".
std::optional<core::Operand> datastore_column(std::string_view name,
                                              const core::TableSchema& schema);

core::Filter datastore_test(core::FilterOp op, const core::Operand& operand,
                            std::vector<core::Value> values = {});
// One child as itself; kAnd or kOr otherwise.
core::Filter datastore_join(core::Filter::Kind kind, std::vector<core::Filter> children);

// A JSON scalar as the column's value; nullopt: it cannot be one.
std::optional<core::Value> datastore_value(const rapidjson::Value& json, core::ColumnType type);
// A scalar as PostgreSQL casts it to text.
std::string datastore_text(const rapidjson::Value& json);

}  // namespace minato::formats
