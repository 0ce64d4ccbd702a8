#include "http/handlers/ckan/failure.h"

#include <utility>

namespace minato::http::ckan {
namespace {

std::string with_reason(std::string_view message, std::string_view reason) {
  std::string text(message);
  if (!reason.empty()) text.append(": ").append(reason);
  return text;
}

tl::unexpected<Failure> envelope(int status, std::string type, std::string message) {
  return tl::unexpected<Failure>(CkanError{status, std::move(type), std::move(message), {}, {}});
}

}  // namespace

tl::unexpected<Failure> invalid(std::string_view field, std::string_view message) {
  CkanError error;
  error.fields.push_back({std::string(field), {std::string(message)}});
  return tl::unexpected<Failure>(std::move(error));
}

tl::unexpected<Failure> invalid(std::string_view message) {
  return envelope(409, "Validation Error", std::string(message));
}

tl::unexpected<Failure> not_found(std::string_view what) {
  return envelope(404, "Not Found Error", with_reason("Not found", what));
}

tl::unexpected<Failure> access_denied(std::string_view why) {
  return envelope(403, "Authorization Error", with_reason("Access denied", why));
}

tl::unexpected<Failure> invalid_search(std::string_view why) {
  return envelope(400, "Search Query Error", with_reason("Search Query is invalid", why));
}

tl::unexpected<Failure> search_failed(std::string_view why) {
  return envelope(409, "Search Error", with_reason("Search error", why));
}

tl::unexpected<Failure> failed(core::Error error) {
  switch (error.code) {
    case core::ErrorCode::kNotFound:
    case core::ErrorCode::kGone:
      return not_found();
    case core::ErrorCode::kPermissionDenied:
    case core::ErrorCode::kUnauthenticated:
      return access_denied(error.message.en);
    default:
      return tl::unexpected<Failure>(std::move(error));
  }
}

std::string explain(const core::Error& error) {
  std::string text = error.message.en;
  std::string hint = error.hint.en;
  if (!error.details.empty()) {
    const auto& detail = error.details.front();
    if (text.find(detail.position) == std::string::npos) text += " (" + detail.position + ")";
    if (hint.empty()) hint = detail.hint.en;
  }
  if (!hint.empty()) text += " " + hint;
  return text;
}

std::string shortened(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace minato::http::ckan
