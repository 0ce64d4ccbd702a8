#include "http/handlers/tables/table_call.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/sha256.h"
#include "formats/query/query_fault.h"
#include "http/handlers/api_v1/replies.h"
#include "http/url.h"

namespace minato::http::tables {

namespace {

constexpr std::size_t kNumberBytes = 8;

std::string link(const std::string& path, const Params& params) {
  const std::string query = canonical_query(params);
  return path + (query.empty() ? "" : "?" + query);
}

// Parameters that say where in the answer one is or how it is written, not which rows are meant.
bool is_about_paging(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kNames{"cursor", "limit", "offset", "count",
                                                          "shape"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

tl::unexpected<core::Error> bad_version(std::string_view got) {
  core::Error error{core::ErrorCode::kInvalidArgument,
                    "parameter-invalid",
                    {"パラメーターに誤りがあります: version", "Wrong parameters: version"},
                    {"版の番号は 1 以上の整数です。", "A version is a whole number from 1."},
                    {},
                    {}};
  core::ErrorDetail detail;
  detail.param = "version";
  detail.message = {"値が正しくありません。", "The value is not valid."};
  detail.expected = "1, 2, 3, ...";
  detail.got = formats::shown_input(got);
  detail.hint = error.hint;
  error.details.push_back(std::move(detail));
  return tl::unexpected<core::Error>(std::move(error));
}

}  // namespace

core::Result<std::int64_t> version_number(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || rest != end || number < 1) return bad_version(text);
  return number;
}

core::Result<TableCall> TableCall::open(const TableSources& sources, const Request& request) {
  TableCall call(sources, request);
  if (auto done = call.read_cursor(); !done) return tl::unexpected(std::move(done).error());
  if (auto done = call.read_version(); !done) return tl::unexpected(std::move(done).error());
  if (auto done = call.find(); !done) return tl::unexpected(std::move(done).error());
  return call;
}

core::Result<void> TableCall::read_cursor() {
  const std::string* text = request_.query_param("cursor");
  if (text == nullptr || text->empty()) return {};
  const auto payload = sources_.cursors.open(*text, binding());
  if (!payload || payload->size() != 2 * kNumberBytes) return invalid_cursor(*text);
  cursor_ = RowCursorPlace{static_cast<std::int64_t>(number_at(*payload, 0)),
                           static_cast<std::int64_t>(number_at(*payload, kNumberBytes))};
  return {};
}

core::Result<void> TableCall::read_version() {
  if (const std::string* text = request_.query_param("version")) {
    const auto number = version_number(*text);
    if (!number) return tl::unexpected(number.error());
    version_ = *number;
  }
  // A cursor is bound to its parameters, so it cannot belong to another version than `version`.
  if (cursor_) version_ = cursor_->version;
  return {};
}

core::Result<void> TableCall::find() {
  service::Tables& tables = sources_.tables;
  auto found = tables.find(*request_.path_param("id"), version_, request_.caller);
  if (!found) return tl::unexpected(std::move(found).error());
  table_ = *std::move(found);
  auto directory = tables.catalog().directory();
  if (!directory) return tl::unexpected(std::move(directory).error());
  context_.site_url = tables.catalog().options().site_url;
  context_.language = request_.language;
  const core::Group* publisher =
      (*directory)->find(core::GroupKind::kOrganization, table_->dataset.owner_org);
  if (publisher != nullptr) context_.publisher = publisher->title;
  return {};
}

std::string TableCall::binding() const {
  Params params;
  for (const auto& param : request_.query_params) {
    if (!is_about_paging(param.first)) params.push_back(param);
  }
  return *request_.path_param("id") + "?" + canonical_query(params);
}

std::string TableCall::self() const { return api_v1::self_link(request_, context_.site_url); }

std::string TableCall::with(std::string_view name, const std::string& value) const {
  return api_v1::link_with(request_, context_.site_url, name, value);
}

std::string TableCall::door(std::string_view name) const {
  Params params;
  for (const auto& param : request_.query_params) {
    if (!is_about_paging(param.first)) params.push_back(param);
  }
  return link(table_url(table_->version.table_id, context_.site_url) + "/" + std::string(name),
              params);
}

std::string TableCall::page_after(std::int64_t row) const {
  std::string payload;
  append_number(payload, static_cast<std::uint64_t>(table_->version.version));
  append_number(payload, static_cast<std::uint64_t>(row));
  Params params;
  for (const auto& param : request_.query_params) {
    // The cursor stands behind the rows that an offset skipped.
    if (param.first != "cursor" && param.first != "offset") params.push_back(param);
  }
  params.emplace_back("cursor", sources_.cursors.seal(payload, binding()));
  return link(context_.site_url + api_v1::encoded_path(request_.path), params);
}

void TableCall::set_caching(Response& response) const {
  if (version_) {
    response.headers.set("Cache-Control", kImmutable);
  }
  response.headers.set("Last-Modified", core::to_http_date(table_->version.created));
  response.headers.set("ETag", etag());
}

std::string TableCall::etag() const {
  // Title, licence and publisher of the dataset are shown too, in the reader's language.
  const std::string question = request_.path + "?" + canonical_query(request_.query_params) + "#" +
                               std::to_string(table_->version.version) +
                               (context_.language == core::Language::kJa ? "j" : "e") +
                               core::to_rfc3339(table_->dataset.modified) + context_.publisher;
  return "\"" + core::sha256_hex(table_->version.input_hash + question).substr(0, 32) + "\"";
}

}  // namespace minato::http::tables
