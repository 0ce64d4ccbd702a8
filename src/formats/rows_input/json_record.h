// Records that clients send as JSON objects.
#pragma once

#include <rapidjson/document.h>

#include <string_view>

#include "core/error.h"
#include "core/row_record.h"

namespace minato::formats {

// Lists and objects become JSON text; integers beyond 64 bits the text of their digits. A member
// `id_name` ("_id") is the number of a row, and no value. kInvalidArgument "record-invalid": no
// object, or that member is no positive integer.
core::Result<core::RowRecord> read_record(const rapidjson::Value& object, std::string_view id_name);

}  // namespace minato::formats
