#include "formats/harvest_difference.h"

#include "formats/json.h"

namespace minato::formats {

namespace {

void write_when_given(JsonWriter& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json.field(key, text);
}

}  // namespace

std::string write_harvest_difference(const HarvestDifference& difference, core::Language language) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("type", "difference").field("source", difference.source);
  json.field("remote_id", difference.remote_id).field("report", difference.report);
  json.field_or_null("dataset", difference.dataset).key("fields").begin_array();
  for (const auto& field : difference.fields) {
    json.begin_object().field("field", field.pointer);
    json.field("before", field.before).field("after", field.after).end_object();
  }
  json.end_array().key("kept").begin_array();
  for (const std::string& pointer : difference.kept) json.string(pointer);
  json.end_array();
  write_when_given(json, "moved_from", difference.moved_from);
  write_when_given(json, "duplicate_of", difference.duplicate_of);
  write_when_given(json, "error_id", difference.error_id);
  write_when_given(json, "error", difference.error.in(language));
  json.end_object();
  return out;
}

}  // namespace minato::formats
