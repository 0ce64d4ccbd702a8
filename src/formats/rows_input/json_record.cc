#include "formats/rows_input/json_record.h"

#include <charconv>
#include <string>
#include <utility>

#include "formats/json.h"

namespace minato::formats {
namespace {

core::Value value_of(const rapidjson::Value& json) {
  if (json.IsNull()) return {};
  if (json.IsBool()) return json.GetBool();
  if (json.IsInt64()) return json.GetInt64();
  if (json.IsUint64()) return std::to_string(json.GetUint64());
  if (json.IsDouble()) return json.GetDouble();
  if (json.IsString()) return std::string(text_of(json));
  std::string text;
  JsonWriter(text).value(json);
  return text;
}

std::optional<std::int64_t> row_number(const rapidjson::Value& json) {
  std::int64_t number = 0;
  if (json.IsInt64()) {
    number = json.GetInt64();
  } else if (json.IsString()) {
    const auto text = text_of(json);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  }
  return number > 0 ? std::optional(number) : std::nullopt;
}

tl::unexpected<core::Error> record_invalid(core::LocalizedText message) {
  return core::fail(core::ErrorCode::kInvalidArgument, "record-invalid", std::move(message),
                    {"1 行を 1 つの JSON オブジェクト {\"列名\": 値} で送ってください。",
                     "Send each record as a JSON object {\"column\": value}."});
}

}  // namespace

core::Result<core::RowRecord> read_record(const rapidjson::Value& object,
                                          std::string_view id_name) {
  if (!object.IsObject()) {
    return record_invalid({"行が JSON オブジェクトではありません。", "is not a json object"});
  }
  core::RowRecord record;
  record.values.reserve(object.MemberCount());
  for (const auto& member : object.GetObject()) {
    const auto name = text_of(member.name);
    if (name != id_name) {
      record.values.emplace_back(name, value_of(member.value));
    } else if (!member.value.IsNull()) {
      record.row_id = row_number(member.value);
      if (!record.row_id) {
        return record_invalid({std::string(name) + " が行番号（正の整数）ではありません。",
                               std::string(name) + " is not a positive integer"});
      }
    }
  }
  return record;
}

}  // namespace minato::formats
