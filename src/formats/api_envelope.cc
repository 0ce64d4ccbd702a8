// The part of api_json.h around the values: envelopes and problems.
#include "formats/api_json.h"

namespace minato::formats {
namespace {

void write_facets(JsonWriter& json, const std::vector<core::Facet>& facets) {
  json.key("facets").begin_object();
  for (const core::Facet& facet : facets) {
    json.key(facet.field).begin_array();
    for (const core::FacetValue& value : facet.values) {
      json.begin_object()
          .field("value", value.value)
          .field("title", value.title.empty() ? value.value : value.title)
          .key("count")
          .integer(value.count)
          .end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void write_if_given(JsonWriter& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json.field(key, text);
}

void write_details(JsonWriter& json, const core::Error& error, core::Language language) {
  json.key("errors").begin_array();
  for (const core::ErrorDetail& detail : error.details) {
    json.begin_object().field("param", detail.param).field("message", detail.message.in(language));
    write_if_given(json, "position", detail.position);
    write_if_given(json, "expected", detail.expected);
    write_if_given(json, "got", detail.got);
    write_if_given(json, "hint", detail.hint.in(language));
    json.end_object();
  }
  json.end_array();
}

// The reason phrases of RFC 9110, which RFC 9457 s4.2.1 asks for where the type says no more.
std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 507:
      return "Insufficient Storage";
    default:
      return status < 500 ? "Bad Request" : "Internal Server Error";
  }
}

}  // namespace

std::string write_list_envelope(std::string_view data, const ListMeta& meta,
                                const ListLinks& links) {
  std::string out;
  out.reserve(data.size() + 1024);
  JsonWriter json(out);
  json.begin_object().key("data").raw(data);
  json.key("meta").begin_object().key("count").begin_object();
  json.key("value").integer(meta.count).field("relation", "eq").end_object();
  json.key("returned").integer(meta.returned);
  if (meta.facets != nullptr) write_facets(json, *meta.facets);
  json.end_object();
  json.key("links").begin_object().field("self", links.self);
  json.field_or_null("next", links.next)
      .field_or_null("prev", links.prev)
      .field_or_null("first", links.first)
      .end_object()
      .end_object();
  return out;
}

std::string write_envelope(std::string_view data, std::string_view self) {
  std::string out;
  out.reserve(data.size() + 256);
  JsonWriter json(out);
  json.begin_object().key("data").raw(data);
  json.key("meta").raw("{}").key("links").begin_object().field("self", self).end_object();
  json.end_object();
  return out;
}

std::string write_problem(const core::Error& error, const ProblemContext& context) {
  std::string out;
  JsonWriter json(out);
  json.begin_object()
      .field("type", context.type_base + "#" + error.id)
      .field("title", title_of(context.status));
  json.key("status").integer(context.status);
  json.field("detail", error.message.in(context.language)).field("code", error.id);
  write_if_given(json, "hint", error.hint.in(context.language));
  if (!error.details.empty()) write_details(json, error, context.language);
  json.field("request_id", context.request_id).end_object();
  return out;
}

}  // namespace minato::formats
