#include "api_writes_fixture.h"

#include <rapidjson/pointer.h>

#include <stdexcept>

#include "formats/json.h"
#include "http/handlers/api_v1/api_v1.h"
#include "http/handlers/tables/table_routes.h"
#include "http/handlers/writes/write_routes.h"

namespace minato::http {
namespace {

constexpr std::string_view kSite = "https://data.example.jp";

template <typename T>
T need(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().internal);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

service::CatalogOptions site() {
  service::CatalogOptions options;
  options.site_url = kSite;
  return options;
}

core::Caller user(const std::string& name, const std::string& organization) {
  core::Caller caller;
  caller.user_id = name + "-id";
  caller.user_name = name;
  caller.token_id = name + "-token";
  caller.address = "192.0.2.1";
  caller.roles[organization] = core::Role::kEditor;
  return caller;
}

service::UploadOptions upload_options(const std::string& folder) {
  service::UploadOptions options;
  options.folder = folder + "/uploads";
  options.max_bytes = 1'000'000;
  return options;
}

service::AccountOptions account_options() {
  service::AccountOptions options;
  options.token_secret = "secret";
  return options;
}

std::vector<Route> all_routes(const WriteDependencies& writes, const std::string& spool) {
  std::vector<Route> routes = write_routes(writes);
  for (auto& some : {api_v1_routes(*writes.catalog, {"secret", nullptr}),
                     table_routes(*writes.tables, {"secret", spool})}) {
    routes.insert(routes.end(), some.begin(), some.end());
  }
  return routes;
}

core::Result<void> put_group(storage::CatalogWriter& writer, const std::string& code,
                             const std::string& title) {
  core::Group group;
  group.id = code + "-id";
  group.kind = core::GroupKind::kOrganization;
  group.name = code;
  group.title = title;
  group.created = support::at("2024-01-01T00:00:00Z");
  return writer.put_group(group);
}

core::Result<void> put_user(storage::CatalogWriter& writer, const std::string& name) {
  storage::User user;
  user.id = name + "-id";
  user.name = name;
  user.created = support::at("2024-01-01T00:00:00Z");
  return writer.accounts().put_user(user);
}

}  // namespace

std::string ApiReply::at(const char* pointer) const {
  const auto* value = rapidjson::Pointer(pointer).Get(json);
  if (value == nullptr) return "(nothing)";
  std::string text;
  formats::JsonWriter(text).value(*value);
  return text;
}

std::string ApiReply::problem() const {
  std::string text = std::to_string(status);
  if (!json.IsObject() || !json.HasMember("code")) return text + " " + body;
  text += std::string(" ") + json["code"].GetString();
  if (!json.HasMember("errors")) return text;
  char separator = ' ';
  for (const auto& error : json["errors"].GetArray()) {
    text += separator;
    text += formats::string_member(error, "param").value_or("-");
    separator = ',';
  }
  return text;
}

ApiWrites::ApiWrites()
    : editor_(user("editor", "141003-id")),
      stranger_(user("stranger", "142042-id")),
      caller_(editor_),
      storage_(need(storage::sqlite::open_storage(folder_.path() + "/data", {}))),
      catalog_(*storage_.catalog, *storage_.blobs, clock_, site()),
      tables_(catalog_, *storage_.catalog, *storage_.tables, {}),
      store_(*storage_.catalog, clock_, "audit"),
      accounts_(store_, account_options()),
      datasets_(store_, *storage_.tables, {}),
      uploads_(*storage_.push, *storage_.blobs, clock_, upload_options(folder_.path())),
      imports_(store_, {*storage_.catalog, *storage_.blobs, *storage_.tables, clock_},
               *storage_.push, {}),
      rows_(store_, {*storage_.catalog, *storage_.blobs, *storage_.tables, clock_}) {
  WriteDependencies writes;
  writes.catalog = &catalog_;
  writes.tables = &tables_;
  writes.accounts = &accounts_;
  writes.store = &store_;
  writes.datasets = &datasets_;
  writes.uploads = &uploads_;
  writes.imports = &imports_;
  writes.rows = &rows_;
  table_.emplace(RouteTable::make(all_routes(writes, folder_.path())).value());
  need(storage_.catalog->write([](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto done = put_group(writer, "141003", "横浜市"); !done) return done;
    if (auto done = put_group(writer, "142042", "鎌倉市"); !done) return done;
    if (auto done = put_user(writer, "editor"); !done) return done;
    return put_user(writer, "stranger");
  }));
}

ApiReply ApiWrites::call(const std::string& method, const std::string& target, std::string body,
                         Fields headers) {
  support::RouteCall asked;
  asked.method = method;
  asked.target = target;
  asked.body = std::move(body);
  asked.headers = std::move(headers);
  asked.caller = caller_;
  support::RouteReply got = support::call_route(*table_, asked);
  ApiReply reply;
  reply.status = got.status;
  reply.headers = std::move(got.headers);
  reply.body = std::move(got.body);
  if (auto parsed = formats::parse_json(reply.body)) reply.json = std::move(*parsed);
  return reply;
}

ApiReply ApiWrites::send(const std::string& method, const std::string& target,
                         const std::string& json, Fields headers) {
  headers.emplace_back("Content-Type", "application/json");
  return call(method, target, json, std::move(headers));
}

std::string ApiWrites::create(const std::string& json) {
  const ApiReply reply = send("POST", "/api/v1/datasets", json);
  EXPECT_EQ(reply.status, 201) << reply.body;
  return reply.status == 201 ? reply.json["data"]["id"].GetString() : std::string();
}

std::string ApiWrites::create_with_table(const std::string& name, const std::string& csv) {
  create(R"({"name":")" + name +
         R"(","title":"表","organization":"141003","license":"CC-BY-4.0"})");
  const ApiReply reply =
      call("POST", "/api/v1/datasets/" + name + "/resources",
           "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"人口.csv\"\r\n\r\n" +
               csv + "\r\n--b--\r\n",
           {{"Content-Type", "multipart/form-data; boundary=b"}});
  EXPECT_EQ(reply.status, 201) << reply.body;
  const std::string link = reply.headers.joined("Link");
  EXPECT_EQ(run_job(link.substr(1, link.find('>') - 1)), "done");
  return reply.json["data"]["id"].GetString();
}

std::string ApiWrites::run_job(const std::string& url) {
  const std::string id = url.substr(url.rfind('/') + 1);
  if (const auto done = imports_.run(id); !done) return done.error().id;
  const ApiReply reply = get("/api/v1/jobs/" + id);
  return reply.status == 200 ? reply.json["data"]["state"].GetString() : reply.body;
}

}  // namespace minato::http
