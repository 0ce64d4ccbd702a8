#include "http/handlers/ckan/writes/dataset_dict.h"

#include <utility>

#include "auth/permissions.h"
#include "http/handlers/ckan/checks.h"

namespace minato::http::ckan {

Outcome check_shape(const rapidjson::Value& dict) {
  auto fault = formats::ckan_shape_fault(dict);
  if (!fault) return {};
  CkanError error{400, "Integrity Error", std::move(*fault), {}, {}};
  std::string data;
  formats::JsonWriter(data).value(dict);
  error.nested.emplace_back("data", std::move(data));
  return tl::unexpected<Failure>(std::move(error));
}

formats::CkanInput input_of(const WriteCall& call, const Rendering& shown,
                            formats::AbsentKeys absent) {
  formats::CkanInput input{shown.context};
  input.absent = absent;
  input.may_set_identity = auth::is_allowed(auth::Action::kSetIdentity, call.caller);
  return input;
}

Outcome write_dataset(WriteCall& call, formats::JsonWriter& json, const core::Dataset& dataset) {
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  formats::write_ckan_dataset(json, dataset, shown->context);
  return {};
}

std::string dataset_text(const core::Dataset& dataset, const formats::CkanContext& context) {
  std::string text;
  formats::JsonWriter json(text);
  formats::write_ckan_dataset(json, dataset, context);
  return text;
}

Checked<std::string> id_or_name(const Arguments& arguments) {
  Checks checks(arguments);
  std::string id = checks.text("id");
  if (id.empty() && !checks.failed()) id = checks.text("name");
  if (id.empty() && !checks.failed()) checks.fail("id", "Missing value");
  if (checks.failed()) return checks.failure();
  return id;
}

}  // namespace minato::http::ckan
