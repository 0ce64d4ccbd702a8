#include "writes_fixture.h"

#include <rapidjson/pointer.h>

#include <stdexcept>
#include <utility>

#include "formats/json.h"
#include "http/error_encoder.h"
#include "http/url.h"

namespace minato::http {
namespace {

using core::GroupKind;
using core::Role;

template <typename T>
T valid(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message.en + result.error().internal);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

service::CatalogOptions site() {
  service::CatalogOptions options;
  options.site_url = "https://data.example.jp";
  return options;
}

service::UploadOptions upload_options(const std::string& folder) {
  service::UploadOptions options;
  options.folder = folder + "/uploads";
  options.max_bytes = 1'000'000;
  return options;
}

service::AccountOptions account_options() {
  service::AccountOptions options;
  options.token_secret = "secret of this test";
  return options;
}

core::Group group(GroupKind kind, const std::string& name, const std::string& title) {
  core::Group made;
  made.id = name + "-id";
  made.kind = kind;
  made.name = name;
  made.title = title;
  return made;
}

storage::User user(const std::string& name) {
  storage::User made;
  made.id = name + "-id";
  made.name = name;
  made.sysadmin = name == "root";
  return made;
}

WriteReply read(const Response& response) {
  WriteReply reply;
  reply.status = response.status;
  if (const auto* text = std::get_if<std::string>(&response.body)) reply.body = *text;
  auto parsed = formats::parse_json(reply.body);
  if (parsed) reply.json = std::move(*parsed);
  return reply;
}

}  // namespace

core::Timestamp SteppingClock::now() const {
  constexpr std::int64_t kStart = 1'718'452'800;  // 2024-06-15T12:00:00Z
  return {(kStart + seconds_.fetch_add(1)) * 1'000'000};
}

std::string WriteReply::at(const char* pointer) const {
  const auto* value = rapidjson::Pointer(pointer).Get(json);
  if (value == nullptr) return "(nothing)";
  std::string text;
  formats::JsonWriter(text).value(*value);
  return text;
}

std::string WriteReply::text(const char* pointer) const {
  const auto* value = rapidjson::Pointer(pointer).Get(json);
  return value != nullptr && value->IsString() ? std::string(formats::text_of(*value)) : "";
}

Form& Form::raw(std::string_view part) {
  parts_.append("--").append(kBoundary).append("\r\n").append(part).append("\r\n");
  return *this;
}

Form& Form::text(std::string_view name, std::string_view value) {
  return raw("Content-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" +
             std::string(value));
}

Form& Form::file(std::string_view name, std::string_view file_name, std::string_view bytes) {
  return raw("Content-Disposition: form-data; name=\"" + std::string(name) + "\"; filename=\"" +
             std::string(file_name) + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" +
             std::string(bytes));
}

WritesTest::WritesTest(service::PublishOptions publish)
    : storage_(valid(storage::sqlite::open_storage(folder_.path(), {}))),
      store_(*storage_.catalog, clock_, "audit key of this test"),
      catalog_(*storage_.catalog, *storage_.blobs, clock_, site()),
      tables_(catalog_, *storage_.catalog, *storage_.tables, {}),
      harvest_(*storage_.harvest, *storage_.catalog, clock_),
      accounts_(store_, account_options()),
      datasets_(store_, *storage_.tables, std::move(publish)),
      groups_(store_, service::OrganizationCreators::kSysadmins),
      uploads_(*storage_.push, *storage_.blobs, clock_, upload_options(folder_.path())),
      imports_(store_, {*storage_.catalog, *storage_.blobs, *storage_.tables, clock_},
               *storage_.push, {}),
      rows_(store_, {*storage_.catalog, *storage_.blobs, *storage_.tables, clock_}),
      table_(RouteTable::make(ckan_routes({&catalog_,
                                           &tables_,
                                           &harvest_,
                                           &accounts_,
                                           &datasets_,
                                           &groups_,
                                           &uploads_,
                                           &imports_,
                                           &rows_,
                                           {}}))
                 .value()) {
  fill();
  imports_.start();
}

WritesTest::~WritesTest() { imports_.stop(); }

void WritesTest::fill() {
  valid(storage_.catalog->write([](storage::CatalogWriter& writer) -> core::Result<void> {
    valid(writer.put_group(group(GroupKind::kOrganization, "140007", "神奈川県")));
    valid(writer.put_group(group(GroupKind::kOrganization, "141003", "横浜市")));
    valid(writer.put_group(group(GroupKind::kGroup, "bosai", "防災")));
    auto& accounts = writer.accounts();
    for (const char* name : {"root", "hanako", "boss", "member", "jiro"}) {
      valid(accounts.put_user(user(name)));
    }
    valid(accounts.put_membership({"141003-id", "hanako-id", Role::kEditor, {}}));
    valid(accounts.put_membership({"141003-id", "boss-id", Role::kAdmin, {}}));
    valid(accounts.put_membership({"bosai-id", "boss-id", Role::kAdmin, {}}));
    valid(accounts.put_membership({"141003-id", "member-id", Role::kMember, {}}));
    valid(accounts.put_membership({"140007-id", "jiro-id", Role::kEditor, {}}));
    return {};
  }));
}

core::Caller WritesTest::caller(std::string_view name) {
  core::Caller made;
  if (name.empty()) return made;
  made.user_id = std::string(name) + "-id";
  made.user_name = name;
  made.sysadmin = name == "root";
  auto reader = valid(storage_.catalog->read(core::Deadline::max()));
  for (const auto& membership : valid(reader->accounts().memberships_of_user(made.user_id))) {
    made.roles.emplace(membership.group_id, membership.role);
  }
  return made;
}

WriteReply WritesTest::call(std::string_view action, std::string json, std::string_view user) {
  Request request;
  request.method = "POST";
  request.caller = caller(user);
  request.headers.set("Content-Type", "application/json");
  request.body.size = json.size();
  request.body.memory = std::move(json);
  return answer(std::move(request), "/api/3/action/" + std::string(action));
}

WriteReply WritesTest::send(std::string_view action, const Form& form, std::string_view user) {
  Request request;
  request.method = "POST";
  request.caller = caller(user);
  request.headers.set("Content-Type",
                      "multipart/form-data; boundary=" + std::string(Form::kBoundary));
  request.body.memory = form.body();
  request.body.size = request.body.memory.size();
  return answer(std::move(request), "/api/3/action/" + std::string(action));
}

WriteReply WritesTest::show(std::string_view call, std::string_view user) {
  Request request;
  request.method = "GET";
  request.caller = caller(user);
  return answer(std::move(request), "/api/3/action/" + std::string(call));
}

WriteReply WritesTest::answer(Request request, std::string_view target) {
  const auto parts = split_target(target).value();
  request.target = target;
  request.path = parts.path;
  request.query = parts.query;
  request.query_params = parse_query(parts.query).value();
  auto match = table_.match(request.method, decode_path(parts.path).value());
  if (match.route == nullptr) throw std::runtime_error("no route for " + request.target);
  request.path_params = std::move(match.params);
  auto answered = match.route->handler(request);
  if (answered) return read(*answered);
  ErrorContext context;
  context.format = match.route->errors;
  context.language = core::Language::kEn;
  return read(encode_error(answered.error(), context));
}

WriteReply WritesTest::create(std::string_view name, std::string_view more) {
  return call("package_create",
              R"({"name":")" + std::string(name) +
                  R"(","title":"題","owner_org":"141003","license_id":"cc-by-4.0")" +
                  std::string(more) + "}");
}

std::string WritesTest::id_of(std::string_view dataset) {
  return show("package_show?id=" + percent_encode(dataset), "root").text("/result/id");
}

}  // namespace minato::http
