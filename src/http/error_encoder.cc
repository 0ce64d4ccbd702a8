#include "http/error_encoder.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "http/server/reply_head.h"
#include "http/url.h"

namespace minato::http {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

// Error texts may quote input; a reply is UTF-8 whatever was quoted.
std::string printable(std::string_view text) {
  std::string out(text);
  if (is_valid_utf8(out)) return out;
  for (char& c : out) {
    if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  }
  return out;
}

void write_text(Json& json, std::string_view text) { json.String(printable(text)); }

void write_member(Json& json, const char* name, std::string_view text) {
  if (text.empty()) return;
  json.Key(name);
  write_text(json, text);
}

int status_in(const core::Error& error, const ErrorContext& context) {
  return context.status != 0 ? context.status : status_of(error.code);
}

Response reply(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.set("Content-Type", std::string(content_type));
  response.headers.set("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

std::string message_with_hint(const core::LocalizedText& message, const core::LocalizedText& hint,
                              core::Language language) {
  std::string text = message.in(language);
  if (hint.empty()) return text;
  if (language == core::Language::kEn) text += ' ';
  return text + hint.in(language);
}

void write_details(Json& json, const core::Error& error, core::Language language) {
  if (error.details.empty()) return;
  json.Key("errors");
  json.StartArray();
  for (const core::ErrorDetail& detail : error.details) {
    json.StartObject();
    write_member(json, "param", detail.param);
    write_member(json, "position", detail.position);
    write_member(json, "expected", detail.expected);
    write_member(json, "got", detail.got);
    write_member(json, "message", detail.message.in(language));
    write_member(json, "hint", detail.hint.in(language));
    json.EndObject();
  }
  json.EndArray();
}

void write_envelope_start(Json& json, const ErrorContext& context) {
  json.StartObject();
  json.Key("help");
  std::string help(context.site_url);
  help += "/api/3/action/help_show?name=";
  help += percent_encode(context.action);
  write_text(json, help);
  json.Key("success");
  json.Bool(false);
  json.Key("error");
}

CkanError validation_error(const core::Error& error, const ErrorContext& context) {
  CkanError out;
  for (const core::ErrorDetail& detail : error.details) {
    const std::string name = detail.param.empty() ? "message" : detail.param;
    const std::string text = message_with_hint(detail.message, detail.hint, context.language);
    if (!out.fields.empty() && out.fields.back().first == name) {
      out.fields.back().second.push_back(text);
    } else {
      out.fields.push_back({name, {text}});
    }
  }
  return out;
}

constexpr std::string_view kCkanJson = "application/json;charset=utf-8";

}  // namespace

int status_of(core::ErrorCode code) {
  switch (code) {
    case core::ErrorCode::kInvalidArgument:
      return 400;
    case core::ErrorCode::kUnauthenticated:
      return 401;
    case core::ErrorCode::kPermissionDenied:
      return 403;
    case core::ErrorCode::kNotFound:
      return 404;
    case core::ErrorCode::kNotAcceptable:
      return 406;
    case core::ErrorCode::kConflict:
      return 409;
    case core::ErrorCode::kGone:
      return 410;
    case core::ErrorCode::kPreconditionFailed:
      return 412;
    case core::ErrorCode::kTooLarge:
      return 413;
    case core::ErrorCode::kUnsupportedMedia:
      return 415;
    case core::ErrorCode::kRateLimited:
      return 429;
    case core::ErrorCode::kInternal:
      return 500;
    case core::ErrorCode::kUpstream:
      return 502;
    case core::ErrorCode::kUnavailable:
      return 503;
    case core::ErrorCode::kDeadline:
      return 504;
    case core::ErrorCode::kInsufficientStorage:
      return 507;
  }
  return 500;
}

Response encode_error(const core::Error& error, const ErrorContext& context) {
  switch (context.format) {
    case ErrorFormat::kCkan:
      return encode_ckan(error, context);
    case ErrorFormat::kHtml:
      return encode_html(error, context);
    case ErrorFormat::kProblem:
      break;
  }
  return encode_problem(error, context);
}

Response encode_problem(const core::Error& error, const ErrorContext& context) {
  const int status = status_in(error, context);
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  json.StartObject();
  json.Key("type");
  write_text(json, std::string(context.site_url) + "/docs/errors#" + error.id);
  write_member(json, "title", reason_phrase(status));
  json.Key("status");
  json.Int(status);
  write_member(json, "detail", error.message.in(context.language));
  write_member(json, "code", error.id);
  write_member(json, "hint", error.hint.in(context.language));
  write_details(json, error, context.language);
  write_member(json, "request_id", context.request_id);
  json.EndObject();
  Response response = reply(status, "application/problem+json", buffer.GetString());
  response.headers.set("Content-Language", context.language == core::Language::kJa ? "ja" : "en");
  return response;
}

Response encode_ckan(const core::Error& error, const ErrorContext& context) {
  const std::string message = message_with_hint(error.message, error.hint, context.language);
  CkanError out;
  out.status = status_in(error, context);
  switch (error.code) {
    case core::ErrorCode::kInvalidArgument:
      if (context.status != 0) {
        out.type = std::string(reason_phrase(context.status));
        out.message = message;
        break;
      }
      if (error.details.empty()) return encode_ckan_string(400, "Bad request: " + message);
      out = validation_error(error, context);
      break;
    case core::ErrorCode::kUnauthenticated:
    case core::ErrorCode::kPermissionDenied:
      out.status = 403;
      out.type = "Authorization Error";
      out.message = "Access denied: " + message;
      break;
    case core::ErrorCode::kNotFound:
      out.type = "Not Found Error";
      out.message = "Not found: " + message;
      break;
    case core::ErrorCode::kInternal:
      out.type = "Internal Server Error";
      out.message = "Internal Server Error";
      break;
    default:
      out.type = std::string(reason_phrase(out.status));
      out.message = message;
  }
  return encode_ckan_envelope(out, context);
}

Response encode_ckan_envelope(const CkanError& error, const ErrorContext& context) {
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  write_envelope_start(json, context);
  json.StartObject();
  json.Key("__type");
  write_text(json, error.type);
  write_member(json, "message", error.message);
  for (const auto& [field, messages] : error.fields) {
    const std::string name = printable(field);
    json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    json.StartArray();
    for (const std::string& message : messages) write_text(json, message);
    json.EndArray();
  }
  for (const auto& [field, value] : error.nested) {
    const std::string name = printable(field);
    json.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    json.RawValue(value.data(), value.size(), rapidjson::kObjectType);
  }
  json.EndObject();
  json.EndObject();
  return reply(error.status, kCkanJson, buffer.GetString());
}

Response encode_ckan_string(int status, std::string_view text) {
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  write_text(json, text);
  return reply(status, kCkanJson, buffer.GetString());
}

Response encode_html(const core::Error& error, const ErrorContext& context) {
  const bool ja = context.language == core::Language::kJa;
  const int status = status_in(error, context);
  const std::string title = std::to_string(status) + " " + std::string(reason_phrase(status));
  const auto paragraph = [](std::string_view text) {
    return text.empty() ? std::string() : "<p>" + escape_html(printable(text)) + "</p>\n";
  };
  std::string page = "<!DOCTYPE html>\n<html lang=\"";
  page += ja ? "ja" : "en";
  page +=
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n<title>" +
      escape_html(title) + "</title>\n</head>\n<body>\n<main>\n<h1>" + escape_html(title) +
      "</h1>\n";
  page += paragraph(error.message.in(context.language));
  page += paragraph(error.hint.in(context.language));
  if (!error.details.empty()) {
    page += "<ul>\n";
    for (const core::ErrorDetail& detail : error.details) {
      page += "<li>";
      if (!detail.param.empty())
        page += "<code>" + escape_html(printable(detail.param)) + "</code> ";
      page +=
          escape_html(printable(message_with_hint(detail.message, detail.hint, context.language))) +
          "</li>\n";
    }
    page += "</ul>\n";
  }
  page += "<p><a href=\"/\">" + std::string(ja ? "トップページへ" : "Home page") + "</a></p>\n";
  if (!context.request_id.empty()) {
    page += "<p><small>" + std::string(ja ? "要求 ID: " : "Request id: ") + "<code>" +
            escape_html(context.request_id) + "</code></small></p>\n";
  }
  page += "</main>\n</body>\n</html>\n";
  Response response = reply(status, "text/html; charset=utf-8", std::move(page));
  response.headers.set("Content-Language", ja ? "ja" : "en");
  return response;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace minato::http
