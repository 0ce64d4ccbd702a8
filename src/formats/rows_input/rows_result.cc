#include "formats/rows_input/rows_result.h"

#include <array>
#include <utility>

#include "formats/json.h"

namespace minato::formats {
namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t RowCounts::*>, 6> kFields{
    {{"inserted", &RowCounts::inserted},
     {"updated", &RowCounts::updated},
     {"unchanged", &RowCounts::unchanged},
     {"deleted", &RowCounts::deleted},
     {"version", &RowCounts::version},
     {"rows", &RowCounts::rows}}};

}  // namespace

std::string write_row_counts(const RowCounts& counts) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  for (const auto& [name, field] : kFields) json.key(name).integer(counts.*field);
  json.end_object();
  return text;
}

core::Result<RowCounts> read_row_counts(std::string_view json) {
  const auto parsed = parse_json(json);
  if (!parsed) return core::fail_internal("row counts: " + parsed.error().message.en);
  RowCounts counts;
  for (const auto& [name, field] : kFields) {
    const rapidjson::Value* value = find_member(*parsed, name);
    if (value == nullptr || !value->IsInt64()) return core::fail_internal("row counts: no field");
    counts.*field = value->GetInt64();
  }
  return counts;
}

}  // namespace minato::formats
