#include "formats/json_texts.h"

#include "formats/json.h"

namespace minato::formats {

std::string write_json_texts(const std::vector<std::string>& texts) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  writer.end_array();
  return json;
}

std::optional<std::vector<std::string>> read_json_texts(std::string_view json) {
  const auto document = parse_json(json);
  if (!document || !document->IsArray()) return std::nullopt;
  std::vector<std::string> texts;
  for (const rapidjson::Value& value : document->GetArray()) {
    if (!value.IsString()) return std::nullopt;
    texts.emplace_back(text_of(value));
  }
  return texts;
}

std::optional<std::string> compact_json(std::string_view json) {
  const auto document = parse_json(json);
  if (!document) return std::nullopt;
  std::string compact;
  JsonWriter(compact).value(*document);
  return compact;
}

}  // namespace minato::formats
