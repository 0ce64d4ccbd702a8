#include "web/manage/form_body.h"

#include <algorithm>
#include <utility>

#include "http/handlers/ckan/body_window.h"
#include "http/negotiation.h"
#include "http/url.h"
#include "text/blanks.h"

namespace minato::web {
namespace {

constexpr std::size_t kMaxFields = 500;

core::Result<FormBody> read_multipart(const http::Request& request, const std::string& type) {
  auto parts = http::ckan::parse_multipart(request.body, http::ckan::boundary_of(type));
  if (!parts) return tl::unexpected(std::move(parts).error());
  FormBody form;
  for (http::ckan::FormPart& part : *parts) {
    const bool is_sound = http::is_valid_utf8(part.name) && http::is_valid_utf8(part.text) &&
                          http::is_valid_utf8(part.file_name);
    if (!is_sound) {
      return core::fail(
          core::ErrorCode::kInvalidArgument, "multipart-syntax",
          {"フォームの項目が UTF-8 ではありません。", "A part of the form is not UTF-8."},
          {"画面を再読み込みして、もう一度送ってください。", "Reload the page and send it again."});
    }
    if (!part.is_file) {
      form.texts.emplace_back(std::move(part.name), std::move(part.text));
    } else if (!part.file_name.empty() && !form.file) {
      // A field without a chosen file comes as a file without a name.
      form.file = std::move(part);
    }
  }
  return form;
}

core::Result<FormBody> read_urlencoded(const http::Request& request) {
  http::ckan::BodyWindow window(request.body);
  const auto text = window.view(0, std::min(request.body.size, kMaxFormBytes));
  if (!text) return tl::unexpected(text.error());
  auto pairs = http::parse_query(*text, {kMaxFormBytes, kMaxFields});
  if (!pairs) return tl::unexpected(std::move(pairs).error());
  return FormBody{*std::move(pairs), std::nullopt};
}

}  // namespace

// Browsers send line ends as CR LF.
std::string plain_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    } else {
      out += text[i];
    }
  }
  return std::string(text::trimmed(out));
}

std::string FormBody::text(std::string_view name) const {
  for (const auto& [key, value] : texts) {
    if (key == name) return plain_text(value);
  }
  return {};
}

std::vector<std::string> FormBody::texts_of(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [key, value] : texts) {
    if (key == name) found.push_back(value);
  }
  return found;
}

bool FormBody::has(std::string_view name) const {
  return std::any_of(texts.begin(), texts.end(),
                     [name](const auto& field) { return field.first == name; });
}

core::Result<FormBody> read_form(const http::Request& request) {
  const std::string* type = request.headers.find("Content-Type");
  if (type != nullptr && http::media_type_of(*type) == "multipart/form-data") {
    return read_multipart(request, *type);
  }
  return read_urlencoded(request);
}

core::Result<service::StoredFile> keep_file(service::Uploads& uploads, const http::Request& request,
                                            const http::ckan::FormPart& file) {
  service::PartBytes bytes;
  bytes.size = static_cast<std::int64_t>(file.length);
  if (request.body.spool) {
    bytes.fd = request.body.spool.get();
    bytes.offset = static_cast<std::int64_t>(file.offset);
  } else {
    bytes.memory = std::string_view(request.body.memory).substr(file.offset, file.length);
  }
  return uploads.store({file.file_name, file.media_type, bytes.size, {}}, bytes);
}

}  // namespace minato::web
