#include "http/request_fields.h"

#include "http/server/syntax.h"

namespace minato::http {
namespace {

struct Field {
  std::string_view name;
  std::string_view RequestFields::*place;
};

// By the length of the name, so that most fields of a request are passed over by one comparison.
const Field* field_named(std::string_view name) {
  static constexpr Field kFields[] = {
      {"Accept", &RequestFields::accept},
      {"Accept-Encoding", &RequestFields::accept_encoding},
      {"Accept-Language", &RequestFields::accept_language},
      {"Authorization", &RequestFields::authorization},
      {"X-CKAN-API-Key", &RequestFields::ckan_api_key},
      {"Content-Type", &RequestFields::content_type},
      {"Content-Encoding", &RequestFields::content_encoding},
      {"X-Forwarded-For", &RequestFields::forwarded_for},
      {"Range", &RequestFields::range},
      {"X-Request-Id", &RequestFields::request_id},
  };
  for (const Field& field : kFields) {
    if (field.name.size() == name.size() && equals_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

bool is_condition(std::string_view name) {
  if (name.size() < 8 || (name[0] | 0x20) != 'i' || (name[1] | 0x20) != 'f') return false;
  return equals_ignoring_case(name, "If-None-Match") || equals_ignoring_case(name, "If-Match") ||
         equals_ignoring_case(name, "If-Modified-Since") ||
         equals_ignoring_case(name, "If-Unmodified-Since");
}

}  // namespace

RequestFields read_fields(const Headers& headers) {
  RequestFields fields;
  for (const auto& [name, value] : headers.all()) {
    if (const Field* field = field_named(name)) {
      std::string_view& place = fields.*(field->place);
      if (place.empty()) {
        place = value;
      } else {
        place = fields.joined.emplace_front(headers.joined(name));
      }
    } else if (is_condition(name)) {
      fields.conditional = true;
    }
  }
  return fields;
}

Coding remembered_coding(std::string_view accept_encoding) {
  thread_local std::string text;
  thread_local Coding coding = choose_coding(text);
  if (text != accept_encoding) {
    coding = choose_coding(accept_encoding);
    text = accept_encoding;
  }
  return coding;
}

core::Language remembered_language(std::string_view accept_language) {
  thread_local std::string text;
  thread_local core::Language language = choose_language(text);
  if (text != accept_language) {
    language = choose_language(accept_language);
    text = accept_language;
  }
  return language;
}

}  // namespace minato::http
