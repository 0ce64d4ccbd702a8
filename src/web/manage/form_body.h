// What a browser sends with a form: texts, and at most one file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "http/handlers/ckan/multipart.h"
#include "http/message.h"
#include "service/imports/uploads.h"

namespace minato::web {

inline constexpr std::uint64_t kMaxFormBytes = std::uint64_t{1024} * 1024;

struct FormBody {
  http::Params texts;
  std::optional<http::ckan::FormPart> file;  // one that was chosen

  // The first of that name, as plain_text(); empty when there is none.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts_of(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
};

// As a form would give it back: line ends as "\n", no blanks around it.
std::string plain_text(std::string_view text);

// application/x-www-form-urlencoded or multipart/form-data. kInvalidArgument: "multipart-syntax",
// or as http::parse_query().
core::Result<FormBody> read_form(const http::Request& request);

// The file goes among those we keep; fails as Uploads::store().
core::Result<service::StoredFile> keep_file(service::Uploads& uploads, const http::Request& request,
                                            const http::ckan::FormPart& file);

}  // namespace minato::web
