#include "http/handlers/writes/write_request.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "core/sha256.h"
#include "formats/query/query_fault.h"
#include "http/conditional.h"
#include "http/handlers/ckan/body_window.h"
#include "http/handlers/ckan/multipart.h"
#include "http/negotiation.h"
#include "http/url.h"
#include "service/publish/dataset_scope.h"

namespace minato::http::writes {
namespace {

constexpr std::size_t kMaxKey = 255;
constexpr std::size_t kHashStep = std::size_t{256} * 1024;
constexpr int kMaxDepth = 32;

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

tl::unexpected<core::Error> bad_key() {
  return core::fail(
      core::ErrorCode::kInvalidArgument, "idempotency-key-invalid",
      {"Idempotency-Key は 1〜255 文字の ASCII の図形文字です。",
       "An Idempotency-Key is 1 to 255 visible ASCII characters."},
      {"要求ごとに新しい UUID を付けてください。", "Send a new UUID for each request."});
}

core::Result<void> add_range(core::Sha256& hash, const Body& body, std::uint64_t offset,
                             std::uint64_t length) {
  ckan::BodyWindow window(body);
  while (length > 0) {
    const auto some = window.view(offset, std::min<std::uint64_t>(length, kHashStep));
    if (!some) return tl::unexpected(some.error());
    if (some->empty()) return {};
    hash.add(*some);
    offset += some->size();
    length -= std::min<std::uint64_t>(length, some->size());
  }
  return {};
}

void add_text(core::Sha256& hash, std::string_view text) {
  hash.add(std::to_string(text.size()) + ":");
  hash.add(text);
}

// A client that repeats a form makes a new boundary: only what is in the parts counts.
core::Result<bool> add_parts(core::Sha256& hash, const Request& request) {
  const std::string* type = request.headers.find("Content-Type");
  if (type == nullptr || media_type_of(*type) != "multipart/form-data") return false;
  const auto parts = ckan::parse_multipart(request.body, ckan::boundary_of(*type));
  if (!parts) return tl::unexpected(parts.error());
  for (const ckan::FormPart& part : *parts) {
    add_text(hash, part.name);
    add_text(hash, part.file_name);
    add_text(hash, std::to_string(part.length));
    if (auto done = add_range(hash, request.body, part.offset, part.length); !done) {
      return tl::unexpected(done.error());
    }
  }
  return true;
}

core::Result<std::string> request_hash(const Request& request) {
  core::Sha256 hash;
  add_text(hash, request.method);
  add_text(hash, request.path);
  add_text(hash, canonical_query(request.query_params));
  const auto is_form = add_parts(hash, request);
  if (!is_form) return tl::unexpected(is_form.error());
  if (!*is_form) {
    if (auto done = add_range(hash, request.body, 0, request.body.size); !done) {
      return tl::unexpected(done.error());
    }
  }
  return hash.hex();
}

tl::unexpected<core::Error> body_invalid(std::vector<core::ErrorDetail> details) {
  const std::string first = details.front().param.empty() ? "/" : details.front().param;
  core::Error error{
      core::ErrorCode::kInvalidArgument,
      "body-invalid",
      {"本文の " + first + " が正しくありません。", "The body has mistakes: " + first},
      {"errors の各項目を直してください。形は /api/v1/openapi.json にあります。",
       "Correct each item of errors; /api/v1/openapi.json gives the shape."},
      std::move(details),
      {}};
  return tl::unexpected<core::Error>(std::move(error));
}

tl::unexpected<core::Error> precondition_failed() {
  return core::fail(
      core::ErrorCode::kPreconditionFailed, "precondition-failed",
      {"If-Match の版は最新ではありません。ほかの人が先に変更しています。",
       "If-Match names an old state: somebody else changed it meanwhile."},
      {"取得し直して変更を合わせ、新しい ETag を If-Match に付けて送ってください。",
       "Get it again, merge your change, and send it with the new ETag in If-Match."});
}

// "\"abc-gzip\"" is "\"abc\"" in another coding.
std::string plain_tags(std::string list) {
  for (const std::string_view coding : {"-gzip\"", "-zstd\""}) {
    for (std::size_t at = list.find(coding); at != std::string::npos; at = list.find(coding, at)) {
      list.replace(at, coding.size(), "\"");
    }
  }
  return list;
}

}  // namespace

core::Result<service::WriteContext> write_context(const Request& request) {
  service::WriteContext context;
  context.caller = request.caller;
  const std::string* key = request.headers.find("Idempotency-Key");
  if (key == nullptr) return context;
  if (key->empty() || key->size() > kMaxKey || !std::all_of(key->begin(), key->end(), is_visible)) {
    return bad_key();
  }
  auto hash = request_hash(request);
  if (!hash) return tl::unexpected(std::move(hash).error());
  context.idempotency_key = *key;
  context.request_hash = *std::move(hash);
  return context;
}

core::Result<void> only_parameters(const Request& request,
                                   std::span<const api_v1::ParameterRule> rules) {
  return api_v1::Parameters(request.query_params, rules).check();
}

core::Result<void> check_json(const rapidjson::Value& value, const formats::SchemaValidator& schema,
                              std::string_view wrong_id) {
  auto wrongs = schema.validate(value);
  if (wrongs.empty()) return {};
  if (wrong_id == "dataset-invalid") return service::dataset_invalid(std::move(wrongs));
  return body_invalid(std::move(wrongs));
}

core::Result<rapidjson::Document> json_body(const Request& request,
                                            const formats::SchemaValidator& schema,
                                            std::string_view wrong_id) {
  ckan::BodyWindow window(request.body);
  const auto text = window.view(0, std::min(request.body.size, kMaxJsonBody + 1));
  if (!text) return tl::unexpected(text.error());
  auto parsed = formats::parse_json(*text, {kMaxJsonBody, kMaxDepth});
  if (!parsed) return parsed;
  if (auto fits = check_json(*parsed, schema, wrong_id); !fits) {
    return tl::unexpected(std::move(fits).error());
  }
  return parsed;
}

core::Result<void> check_match(const Request& request, std::string_view etag) {
  const std::string list = plain_tags(request.headers.joined("If-Match"));
  if (list.empty() || etag_matches(list, etag, false)) return {};
  return precondition_failed();
}

core::Result<std::optional<std::int64_t>> matched_version(const Request& request) {
  std::string_view text;
  const std::string* header = request.headers.find("If-Match");
  if (header == nullptr || *header == "*") return std::nullopt;
  text = *header;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  std::int64_t version = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (fault == std::errc{} && rest == text.data() + text.size() && version >= 0) return version;
  core::Error error{core::ErrorCode::kInvalidArgument,
                    "parameter-invalid",
                    {"If-Match が正しくありません。", "If-Match is not valid."},
                    {"表では版の番号を書きます: If-Match: \"3\"",
                     "For tables it is the number of a version: If-Match: \"3\""},
                    {},
                    {}};
  core::ErrorDetail detail;
  detail.param = "If-Match";
  detail.message = error.message;
  detail.expected = "\"3\"";
  detail.got = formats::shown_input(*header);
  error.details.push_back(std::move(detail));
  return tl::unexpected<core::Error>(std::move(error));
}

core::Result<void> check_version(const Request& request, std::int64_t now) {
  const auto wanted = matched_version(request);
  if (!wanted) return tl::unexpected(wanted.error());
  if (!*wanted || **wanted == now) return {};
  return precondition_failed();
}

}  // namespace minato::http::writes
