#include <algorithm>
#include <iterator>
#include <regex>
#include <set>

#include "formats/json.h"
#include "http/documents/documents.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/writes/write_action.h"
#include "support/program_fixture.h"

namespace minato {
namespace {

using Operations = std::set<std::string>;  // "GET /api/v1/datasets/{id} getDataset"

bool is_method(std::string_view name) {
  return name == "get" || name == "post" || name == "put" || name == "patch" || name == "delete";
}

Operations without(const Operations& all, const Operations& some) {
  Operations rest;
  std::set_difference(all.begin(), all.end(), some.begin(), some.end(),
                      std::inserter(rest, rest.end()));
  return rest;
}

class OpenApi : public ProgramTest {
 protected:
  OpenApi() {
    auto parsed = formats::parse_json(*http::openapi_json("https://data.example.jp"));
    if (!parsed) throw std::runtime_error(parsed.error().message.en);
    document_ = std::move(*parsed);
  }

  Operations documented() const {
    Operations operations;
    for (const auto& path : document_["paths"].GetObject()) {
      for (const auto& member : path.value.GetObject()) {
        std::string method(formats::text_of(member.name));
        if (!is_method(method)) continue;
        for (char& c : method) c = static_cast<char>(c - 'a' + 'A');
        operations.insert(method + ' ' + std::string(formats::text_of(path.name)) + ' ' +
                          member.value["operationId"].GetString());
      }
    }
    return operations;
  }

  rapidjson::Document document_;
};

TEST_F(OpenApi, DescribesEveryRouteAndNoOther) {
  Operations served;
  for (const http::Route& route : table_.rows()) {
    std::string path = route.pattern;
    if (path.ends_with("...}")) path = path.substr(0, path.size() - 4) + "}";
    served.insert(route.method + ' ' + path + ' ' + route.operation);
  }
  const Operations told = documented();
  EXPECT_EQ(without(told, served), Operations()) << "described, but not served";
  EXPECT_EQ(without(served, told), Operations()) << "served, but not described";
}

TEST_F(OpenApi, DeclaresEveryParameterOfEveryPath) {
  static const std::regex capture("\\{([a-z]+)\\}");
  const auto names = [this](const rapidjson::Value& holder, std::set<std::string>& found) {
    if (!holder.HasMember("parameters")) return;
    for (const auto& parameter : holder["parameters"].GetArray()) {
      const rapidjson::Value* target = &parameter;
      if (parameter.HasMember("$ref")) {
        const std::string ref = parameter["$ref"].GetString();
        target = &document_["components"]["parameters"][ref.substr(ref.rfind('/') + 1).c_str()];
      }
      if (std::string((*target)["in"].GetString()) == "path")
        found.insert((*target)["name"].GetString());
    }
  };
  for (const auto& path : document_["paths"].GetObject()) {
    const std::string text(formats::text_of(path.name));
    std::set<std::string> wanted;
    for (std::sregex_iterator it(text.begin(), text.end(), capture), end; it != end; ++it) {
      wanted.insert((*it)[1]);
    }
    for (const auto& member : path.value.GetObject()) {
      if (!is_method(formats::text_of(member.name))) continue;
      std::set<std::string> declared;
      names(path.value, declared);
      names(member.value, declared);
      EXPECT_EQ(declared, wanted) << formats::text_of(member.name) << " " << text;
    }
  }
}

TEST_F(OpenApi, NamesEveryActionOfTheActionApi) {
  std::set<std::string> served;
  for (const auto& action : http::ckan::read_actions()) served.emplace(action.name);
  for (const auto& action : http::ckan::write_actions()) served.emplace(action.name);
  for (const auto& name : http::ckan::harvest_writes()) served.emplace(name);
  std::set<std::string> documented;
  for (const auto& name :
       document_["components"]["parameters"]["CkanAction"]["schema"]["enum"].GetArray()) {
    documented.insert(name.GetString());
  }
  EXPECT_EQ(documented, served);
}

TEST_F(OpenApi, IsServedWithTheSitesOwnAddress) {
  const auto reply = support::call_route(table_, {"GET", "/api/v1/openapi.json", {}, ""});
  EXPECT_EQ(reply.status, 200);
  const auto served = formats::parse_json(reply.body);
  ASSERT_TRUE(served.has_value());
  EXPECT_STREQ((*served)["openapi"].GetString(), "3.1.0");
  EXPECT_STREQ((*served)["servers"][0]["url"].GetString(), "https://data.example.jp");
}

}  // namespace
}  // namespace minato
