// The header fields that the dispatcher looks at, found in one pass.
#pragma once

#include <forward_list>
#include <string>
#include <string_view>

#include "core/error.h"
#include "http/message.h"
#include "http/negotiation.h"

namespace minato::http {

// Views into the request's headers, or into `joined` when a field came more than once. Empty:
// absent.
struct RequestFields {
  std::string_view accept;
  std::string_view accept_encoding;
  std::string_view accept_language;
  std::string_view authorization;
  std::string_view ckan_api_key;  // X-CKAN-API-Key
  std::string_view content_type;
  std::string_view content_encoding;
  std::string_view forwarded_for;
  std::string_view range;
  std::string_view request_id;
  bool conditional = false;  // any of If-Match, If-None-Match, If-(Un)Modified-Since
  std::forward_list<std::string> joined;
};

// The headers outlive the result.
[[nodiscard]] RequestFields read_fields(const Headers& headers);

// choose_coding() and choose_language() for a thread whose clients mostly send the same text.
[[nodiscard]] Coding remembered_coding(std::string_view accept_encoding);
[[nodiscard]] core::Language remembered_language(std::string_view accept_language);

}  // namespace minato::http
