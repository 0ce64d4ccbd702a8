#include "manage_fixture.h"

#include <regex>
#include <stdexcept>

namespace minato::web {
namespace {

template <typename T>
T need(core::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().id + " " + result.error().message.en + " " +
                             result.error().internal);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

service::CatalogOptions site() {
  service::CatalogOptions options;
  options.site_url = "https://data.example.jp";
  options.site_title = {"見本カタログ", "Sample catalogue"};
  return options;
}

service::UploadOptions uploads(const std::string& folder) {
  service::UploadOptions options;
  options.folder = folder + "/uploads";
  options.max_bytes = 100'000;
  return options;
}

service::WriteContext by_operator() { return {service::operator_caller(), "", ""}; }

constexpr const char* kBoundary = "boundary-of-the-form";

std::string part(const std::string& head, const std::string& content) {
  return "--" + std::string(kBoundary) + "\r\nContent-Disposition: form-data; " + head +
         "\r\n\r\n" + content + "\r\n";
}

}  // namespace

ManageTest::ManageTest()
    : storage_(need(storage::sqlite::open_storage(folder_.path(), {}))),
      catalog_(*storage_.catalog, *storage_.blobs, clock_, site()),
      store_(*storage_.catalog, clock_, "audit"),
      tables_(catalog_, *storage_.catalog, *storage_.tables, {}),
      harvest_(*storage_.harvest, *storage_.catalog, clock_),
      accounts_(store_, {.token_secret = "token"}),
      datasets_(store_, *storage_.tables, {}),
      uploads_(*storage_.push, *storage_.blobs, clock_, uploads(folder_.path())),
      imports_(store_, {*storage_.catalog, *storage_.blobs, *storage_.tables, clock_},
               *storage_.push, {}),
      sources_{catalog_,  tables_,  harvest_, store_,   accounts_,
               datasets_, uploads_, imports_, "secret", "{}"},
      table_(need(http::RouteTable::make(web_routes(sources_)))) {
  need(storage_.catalog->write([this](storage::CatalogWriter& writer) {
    core::Group town;
    town.id = "town-id";
    town.kind = core::GroupKind::kOrganization;
    town.name = kTown;
    town.title = "鎌倉市";
    town.created = clock_.now();
    return writer.put_group(town);
  }));
}

std::string ManageTest::token_of(const std::string& user, std::optional<core::Role> role,
                                 bool sysadmin) {
  service::UserChange wanted;
  wanted.name = user;
  wanted.sysadmin = sysadmin;
  need(accounts_.create_user(wanted, by_operator()));
  if (role) need(accounts_.put_member(kTown, user, *role, by_operator()));
  return need(accounts_.issue_token({user, "test", {}, {}}, by_operator())).text;
}

support::RouteReply ManageTest::send_token(
    const std::string& token, const std::string& to,
    std::vector<std::pair<std::string, std::string>> headers) {
  headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  return support::call_route(table_, {"POST", "/manage/sign-in", std::move(headers),
                                      http::build_query({{"token", token}, {"to", to}})});
}

void ManageTest::sign_in(const std::string& token) { cookie_ = cookie_in(send_token(token)); }

support::RouteReply ManageTest::get(const std::string& target) {
  const std::string cookies = "other=1; " + cookie_;
  return support::call_route(
      table_,
      {"GET", target, {{"Cookie", cookies}}, "", need(caller_of_session(sources_, cookies))});
}

support::RouteReply ManageTest::post(const std::string& target, Fields fields,
                                     std::vector<std::pair<std::string, std::string>> headers) {
  const bool has_token = std::any_of(fields.begin(), fields.end(),
                                     [](const auto& f) { return f.first == "form_token"; });
  if (!has_token) fields.emplace_back("form_token", hidden(get("/manage").body, "form_token"));
  headers.emplace_back("Cookie", cookie_);
  headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  return support::call_route(table_, {"POST", target, std::move(headers), http::build_query(fields),
                                      need(caller_of_session(sources_, cookie_))});
}

support::RouteReply ManageTest::upload(const std::string& target, Fields fields,
                                       const std::optional<UploadedFile>& file) {
  fields.emplace_back("form_token", hidden(get("/manage").body, "form_token"));
  std::string body;
  for (const auto& [name, value] : fields) body += part("name=\"" + name + "\"", value);
  const std::string name = file ? file->name : "";
  body += part("name=\"file\"; filename=\"" + name + "\"", file ? file->bytes : "");
  body += "--" + std::string(kBoundary) + "--\r\n";
  const std::string type = "multipart/form-data; boundary=" + std::string(kBoundary);
  return support::call_route(table_, {"POST",
                                      target,
                                      {{"Cookie", cookie_}, {"Content-Type", type}},
                                      body,
                                      need(caller_of_session(sources_, cookie_))});
}

std::string ManageTest::hidden(const std::string& page, const std::string& name) {
  const std::regex pattern("<input type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\">");
  std::smatch found;
  return std::regex_search(page, found, pattern) ? found[1].str() : std::string();
}

std::string ManageTest::location(const support::RouteReply& reply) {
  const std::string* place = reply.headers.find("Location");
  return place == nullptr ? std::string() : *place;
}

std::string ManageTest::cookie_in(const support::RouteReply& reply) {
  for (const auto& [name, value] : reply.headers.all()) {
    if (name == "Set-Cookie" && value.find("Path=/manage;") != std::string::npos) {
      return value.substr(0, value.find(';'));
    }
  }
  return {};
}

std::string ManageTest::make_dataset(const std::string& title, Fields more) {
  Fields fields = {{"title", title}, {"organization", "town-id"}, {"visibility", "draft"}};
  fields.insert(fields.end(), more.begin(), more.end());
  const auto reply = post("/manage/new", fields);
  const std::string place = location(reply);
  return place.substr(0, place.find('?'));
}

std::string ManageTest::send_file(const std::string& dataset, const UploadedFile& file,
                                  Fields more) {
  const std::string job = location(upload(dataset + "/upload", std::move(more), file));
  run_jobs();
  return job;
}

void ManageTest::run_jobs() {
  storage::ImportJobRequest waiting;
  waiting.state = storage::ImportJob::State::kWaiting;
  for (const storage::ImportJob& job : need(storage_.push->jobs(waiting))) {
    need(imports_.run(job.id));
  }
}

core::Dataset ManageTest::dataset(const std::string& name) {
  return need(catalog_.dataset(name, service::operator_caller()));
}

std::vector<core::AuditEntry> ManageTest::audit() {
  std::vector<core::AuditEntry> entries;
  auto reader = need(storage_.catalog->read(core::Deadline::max()));
  need(reader->history().each_audit_entry(1, [&](const core::AuditEntry& entry) {
    entries.push_back(entry);
    return true;
  }));
  return entries;
}

}  // namespace minato::web
