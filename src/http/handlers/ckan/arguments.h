// The parameters of one call of an action, wherever they came from: CKAN's "data_dict".
#pragma once

#include <rapidjson/document.h>

#include <string_view>
#include <vector>

#include "http/message.h"

namespace minato::http::ckan {

class Arguments {
 public:
  Arguments() : object_(rapidjson::kObjectType) {}
  // REQUIRES: an object.
  explicit Arguments(rapidjson::Document object) : object_(std::move(object)) {}
  // A key once is a string, a key repeated a list of strings.
  static Arguments from_params(const Params& params);

  // nullptr when it is absent or null.
  [[nodiscard]] const rapidjson::Value* find(std::string_view name) const;
  // All of them.
  [[nodiscard]] const rapidjson::Value& object() const { return object_; }
  // In the order given; valid as long as this lives.
  [[nodiscard]] std::vector<std::string_view> names() const;
  // JSONP's `callback` is no parameter of any action.
  void remove(std::string_view name);

 private:
  rapidjson::Document object_;
};

}  // namespace minato::http::ckan
