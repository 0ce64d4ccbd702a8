// api/openapi.yaml (as the program carries it: JSON) as values for pages, in one language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "web/frame/texts.h"

namespace minato::web {

// A parameter, or a member of a JSON body: "meta.count.value", "data[].name".
struct ApiField {
  std::string name;
  std::string place;  // "path", "query", "header"; empty: in a body
  std::string type;   // in words
  bool required = false;
  std::string description;
  std::vector<std::string> choices;  // the only values, when few
  std::string limits;                // "0 to 1000; 20 unless given", in words
  std::string example;               // as it would be sent; may be empty
};

struct ApiBody {
  std::vector<std::string> media_types;
  std::vector<ApiField> fields;  // of the JSON, when there is some
};

struct ApiResponse {
  std::string status;  // "200", "default"
  std::string description;
  ApiBody body;
};

struct ApiOperation {
  std::string id;      // operationId
  std::string method;  // "GET"
  std::string path;    // "/api/v1/datasets/{id}"
  std::string tag;
  std::string title;       // one line
  std::string title_lang;  // when it is not the language of the document
  std::string description;
  bool needs_token = false;
  std::vector<ApiField> parameters;
  bool has_body = false;
  ApiBody body;
  std::vector<ApiResponse> responses;
};

struct ApiTag {
  std::string name;
  std::string title;
};

struct ApiDocument {
  std::string version;
  std::string description;
  std::vector<ApiTag> tags;              // those with operations, without the pages for people
  std::vector<ApiOperation> operations;  // ditto
};

// Throws std::logic_error when `json` is not the OpenAPI document that the build made.
ApiDocument read_api_document(std::string_view json, core::Language language);

// The half of "日本語 / English" (or of two paragraphs) that is in `language`; texts in one
// language stay whole.
std::string half_of(std::string_view text, core::Language language);

}  // namespace minato::web
