#include "formats/reading_json.h"

namespace minato::formats {

namespace {

void write_place(JsonWriter& json, std::int64_t row, const std::string& column) {
  json.key("row");
  if (row > 0) {
    json.integer(row);
  } else {
    json.null();
  }
  json.field_or_null("column", column);
}

}  // namespace

void write_json_value(JsonWriter& json, const core::Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    json.boolean(*flag);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    json.integer(*integer);
  } else if (const auto* number = std::get_if<double>(&value)) {
    json.number(*number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    json.string(*text);
  } else {
    json.null();
  }
}

void write_findings(JsonWriter& json, const std::vector<core::Finding>& findings,
                    core::Language language) {
  json.begin_array();
  for (const core::Finding& finding : findings) {
    json.begin_object().field("id", finding.id);
    write_place(json, finding.row, finding.column);
    json.field("message", finding.message.in(language))
        .field("hint", finding.hint.in(language))
        .end_object();
  }
  json.end_array();
}

void write_rejects(JsonWriter& json, const std::vector<core::Reject>& rejects,
                   core::Language language) {
  json.begin_array();
  for (const core::Reject& reject : rejects) {
    json.begin_object().key("line").integer(reject.line);
    write_place(json, reject.row, reject.column);
    json.field("text", reject.text)
        .field("reason", reject.reason)
        .field("message", reject.message.in(language))
        .field("hint", reject.hint.in(language))
        .end_object();
  }
  json.end_array();
}

}  // namespace minato::formats
