// The words of the pages: one table per language (texts/ja.json, texts/en.json).
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"

namespace minato::web {

// Immutable.
class Texts {
 public:
  // The table of `language`. Throws std::logic_error when an embedded table is not a flat JSON
  // object of strings.
  static const Texts& in(core::Language language);

  // Throws std::logic_error when there is no such key.
  [[nodiscard]] const std::string& operator[](std::string_view key) const;
  // The same with each "{name}" replaced by its value.
  [[nodiscard]] std::string with(
      std::string_view key,
      std::initializer_list<std::pair<std::string_view, std::string>> values) const;
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const {
    return texts_;
  }

 private:
  explicit Texts(std::string_view json);
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace minato::web
