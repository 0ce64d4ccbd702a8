#include "web/site/api_document.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <utility>

#include "formats/json.h"
#include "web/site/api_schema.h"

namespace minato::web {
namespace {

using formats::find_member;
using formats::string_member;
using formats::text_of;
using rapidjson::Value;

constexpr std::array<const char*, 6> kMethods = {"get", "post", "put", "patch", "delete", "head"};
constexpr std::size_t kLongestTitle = 150;  // bytes: 50 characters of Japanese

const Value& member_of(const Value& value, const char* key) {
  const Value* member = find_member(value, key);
  if (member == nullptr) throw std::logic_error(std::string("openapi: no ") + key);
  return *member;
}

std::string string_of(const Value& value, const char* key) {
  const auto text = string_member(value, key);
  return text ? std::string(*text) : std::string();
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// Without what stands in full-width parentheses, and without marks of code.
std::string without_asides(std::string_view text) {
  constexpr std::string_view kOpen = "（";
  constexpr std::string_view kClose = "）";
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find(kOpen);
    const std::size_t close = open == std::string_view::npos ? open : text.find(kClose, open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    text.remove_prefix(close + kClose.size());
  }
  out += text;
  std::erase(out, '`');
  return out;
}

// Summaries are English only; the first Japanese sentence says the same.
void put_title(ApiOperation& operation, const std::string& summary, core::Language language) {
  constexpr std::string_view kStop = "。";
  operation.title = summary;
  if (language == core::Language::kEn) return;
  const std::string_view text = operation.description;
  const std::string sentence(text.substr(0, text.find(kStop)));
  const std::string title = without_asides(sentence);
  if (title.empty() || is_ascii(title) || title.size() > kLongestTitle) {
    operation.title_lang = "en";
    return;
  }
  operation.title = title;
  if (title != sentence) return;
  operation.description =
      trimmed(text.substr(std::min(text.size(), sentence.size() + kStop.size())));
}

// Lines were broken to fit the file.
std::string unwrapped(std::string_view text, core::Language language) {
  std::string out;
  for (const char c : trimmed(text)) {
    if (c != '\n') {
      out += c;
    } else if (language == core::Language::kEn ||
               (!out.empty() && static_cast<unsigned char>(out.back()) < 0x80)) {
      out += ' ';
    }
  }
  return out;
}

class Reader {
 public:
  Reader(const Value& document, core::Language language)
      : document_(document), language_(language), schemas_(document, language) {}

  ApiDocument read() {
    ApiDocument out;
    const Value& info = member_of(document_, "info");
    out.version = string_of(info, "version");
    out.description = half_of(string_of(info, "description"), language_);
    for (const auto& [path, item] : member_of(document_, "paths").GetObject()) {
      for (const char* method : kMethods) {
        const Value* operation = find_member(item, method);
        if (operation == nullptr) continue;
        ApiOperation made = operation_of(*operation, item);
        made.method = upper(method);
        made.path = std::string(text_of(path));
        if (made.tag != "pages") out.operations.push_back(std::move(made));
      }
    }
    std::set<std::string> used;
    for (const ApiOperation& operation : out.operations) used.insert(operation.tag);
    for (const Value& tag : member_of(document_, "tags").GetArray()) {
      const std::string name = string_of(tag, "name");
      if (used.contains(name)) out.tags.push_back({name, schemas_.text(tag, "description")});
    }
    return out;
  }

 private:
  ApiField parameter_of(const Value& raw) const {
    const Value& parameter = schemas_.resolved(raw);
    ApiField field;
    field.name = string_of(parameter, "name");
    field.place = string_of(parameter, "in");
    field.description = schemas_.text(parameter, "description");
    const Value* required = find_member(parameter, "required");
    field.required = required != nullptr && required->IsBool() && required->GetBool();
    if (const Value* schema = find_member(parameter, "schema")) schemas_.describe(*schema, field);
    if (const Value* example = find_member(parameter, "example"); example && example->IsString()) {
      field.example = std::string(text_of(*example));
    }
    return field;
  }

  void add_parameters(const Value& holder, ApiOperation& operation) const {
    const Value* parameters = find_member(holder, "parameters");
    if (parameters == nullptr || !parameters->IsArray()) return;
    for (const Value& one : parameters->GetArray()) {
      operation.parameters.push_back(parameter_of(one));
    }
  }

  ApiBody body_of(const Value& holder) const {
    ApiBody body;
    const Value* content = find_member(holder, "content");
    if (content == nullptr || !content->IsObject()) return body;
    for (const auto& [media_type, media] : content->GetObject()) {
      const std::string name(text_of(media_type));
      body.media_types.push_back(name);
      const Value* schema = find_member(media, "schema");
      const bool json = name.find("json") != std::string::npos;
      if (schema != nullptr && json && body.fields.empty()) {
        body.fields = schemas_.fields_of(*schema);
      }
    }
    return body;
  }

  void add_responses(const Value& operation, ApiOperation& made) const {
    const Value* responses = find_member(operation, "responses");
    if (responses == nullptr || !responses->IsObject()) return;
    for (const auto& [status, raw] : responses->GetObject()) {
      const Value& response = schemas_.resolved(raw);
      ApiResponse one;
      one.status = std::string(text_of(status));
      one.description = schemas_.text(response, "description");
      one.body = body_of(response);
      // Errors all look the same; the page of all errors shows how.
      if (!one.status.starts_with('2')) one.body.fields.clear();
      made.responses.push_back(std::move(one));
    }
  }

  ApiOperation operation_of(const Value& operation, const Value& item) const {
    ApiOperation made;
    made.id = string_of(operation, "operationId");
    if (const Value* tags = find_member(operation, "tags"); tags != nullptr && !tags->Empty()) {
      made.tag = std::string(text_of((*tags)[0]));
    }
    made.description = schemas_.text(operation, "description");
    put_title(made, string_of(operation, "summary"), language_);
    const Value* security = find_member(operation, "security");
    made.needs_token = security != nullptr && security->IsArray() && !security->Empty();
    add_parameters(item, made);
    add_parameters(operation, made);
    if (const Value* body = find_member(operation, "requestBody")) {
      made.has_body = true;
      made.body = body_of(schemas_.resolved(*body));
    }
    add_responses(operation, made);
    return made;
  }

  const Value& document_;
  core::Language language_;
  ApiSchemas schemas_;
};

}  // namespace

std::string half_of(std::string_view text, core::Language language) {
  const auto half = [&](std::size_t at, std::size_t length) {
    return unwrapped(
        language == core::Language::kJa ? text.substr(0, at) : text.substr(at + length), language);
  };
  for (const std::string_view mark : {" /\n", "\n\n"}) {
    const std::size_t at = text.find(mark);
    if (at != std::string_view::npos && !is_ascii(text.substr(0, at))) {
      return half(at, mark.size());
    }
  }
  const std::size_t at = text.rfind(" / ");
  if (at != std::string_view::npos && !is_ascii(text.substr(0, at))) return half(at, 3);
  return unwrapped(text, language);
}

ApiDocument read_api_document(std::string_view json, core::Language language) {
  const auto document = formats::parse_json(json);
  if (!document) throw std::logic_error("openapi: " + document.error().message.en);
  return Reader(*document, language).read();
}

}  // namespace minato::web
