#include "tables_fixture.h"

#include <stdexcept>

#include "formats/json.h"
#include "http/handlers/tables/table_routes.h"
#include "http/url.h"

namespace minato::http {
namespace {

constexpr std::string_view kSite = "https://data.example.jp";

service::CatalogOptions site() {
  service::CatalogOptions options;
  options.site_url = kSite;
  return options;
}

core::TableColumn column(std::string name, core::ColumnType type) {
  core::TableColumn made;
  made.name = std::move(name);
  made.type = type;
  return made;
}

}  // namespace

std::string compact(const rapidjson::Value& value) {
  std::string text;
  formats::JsonWriter(text).value(value);
  return text;
}

std::string encoded(std::string_view target) {
  std::string out;
  for (const char c : target) {
    const bool plain = c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '`';
    out += plain ? std::string(1, c) : percent_encode(std::string_view(&c, 1));
  }
  return out;
}

TablesTest::TablesTest()
    : catalog_(store_, blobs_, clock_, site()),
      table_(RouteTable::make(table_routes(tables_.tables(), {"secret", spool_.path()})).value()) {
  support::fill_sample_catalog(store_);
  tables_.publish_population();
}

support::RouteReply TablesTest::get(const std::string& target, const std::string& language) {
  return support::call_route(table_, {"GET", encoded(target), {{"Accept-Language", language}}, ""});
}

support::RouteReply TablesTest::population(const std::string& door, const std::string& language) {
  return get("/api/v1/tables/population-r1" + door, language);
}

rapidjson::Document TablesTest::json(const std::string& target) {
  const support::RouteReply reply = get(target);
  EXPECT_EQ(reply.status, 200) << target << '\n' << reply.body;
  auto document = formats::parse_json(reply.body);
  EXPECT_TRUE(document.has_value()) << reply.body;
  if (reply.status != 200 || !document) throw std::runtime_error("no JSON: " + target);
  return std::move(*document);
}

std::string TablesTest::problem(const std::string& target) {
  const support::RouteReply reply = get(target, "en");
  const auto document = formats::parse_json(reply.body);
  if (reply.status < 400 || !document) return std::to_string(reply.status) + " " + reply.body;
  std::string text = std::to_string(reply.status) + " " + (*document)["code"].GetString();
  if (!document->HasMember("errors") || (*document)["errors"].Empty()) return text;
  const auto& detail = (*document)["errors"][0];
  text += std::string(" ") + detail["param"].GetString();
  if (detail.HasMember("hint")) text += std::string(": ") + detail["hint"].GetString();
  return text;
}

std::string TablesTest::data(const std::string& target) { return compact(json(target)["data"]); }

std::optional<std::string> TablesTest::next_of(const rapidjson::Value& page) {
  const auto& next = page["links"]["next"];
  if (next.IsNull()) return std::nullopt;
  const std::string url = next.GetString();
  EXPECT_TRUE(url.starts_with(kSite)) << url;
  return url.substr(kSite.size());
}

std::vector<std::string> TablesTest::walk(const std::string& target, const char* name) {
  constexpr int kMostPages = 200;
  std::vector<std::string> values;
  std::optional<std::string> next = target;
  for (int page = 0; next; ++page) {
    if (page == kMostPages) throw std::runtime_error("a walk without end: " + target);
    const auto document = json(*next);
    for (const auto& row : document["data"].GetArray()) values.push_back(compact(row[name]));
    next = next_of(document);
  }
  return values;
}

void TablesTest::publish_shelters(int rows) {
  using core::ColumnType;
  using core::Value;
  core::TableSchema schema;
  schema.columns = {column("番号", ColumnType::kInteger), column("区", ColumnType::kString),
                    column("定員", ColumnType::kInteger), column("率", ColumnType::kNumber)};
  std::vector<std::vector<Value>> values;
  for (std::int64_t i = 1; i <= rows; ++i) {
    values.push_back({i, i % 5 == 0 ? Value{} : Value("区" + std::to_string(i * 7 % 4)),
                      i % 3 == 0 ? Value{} : Value(i * 37 % 11),
                      static_cast<double>(i * 13 % 8) / 4});
  }
  tables_.publish("shelters-r1", schema, values);
}

}  // namespace minato::http
