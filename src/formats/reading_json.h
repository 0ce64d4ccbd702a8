// What reading a file noticed, as JSON: the same keys in `minato inspect` and in /api/v1/tables.
#pragma once

#include <vector>

#include "core/table.h"
#include "formats/json.h"

namespace minato::formats {

void write_json_value(JsonWriter& json, const core::Value& value);

// [{"id","row": record|null,"column": name|null,"message","hint"}]
void write_findings(JsonWriter& json, const std::vector<core::Finding>& findings,
                    core::Language language);
// [{"line","row","column","text","reason","message","hint"}]
void write_rejects(JsonWriter& json, const std::vector<core::Reject>& rejects,
                   core::Language language);

}  // namespace minato::formats
