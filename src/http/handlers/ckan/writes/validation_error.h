// What the writing services refuse, in CKAN's words and shapes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "http/handlers/ckan/failure.h"

namespace minato::http::ckan {

// The Validation Error of an error's details, whose params are JSON Pointers into what the client
// sent:
//   "/name"              "name": ["..."]
//   "/resources/1/size"  "resources": [{}, {"size": ["..."]}]
//   "/tags/0"            "tags": ["..."]: of each tag its messages, joined by ", "
//   "/extras/1/key"      "extras": [{}, {"key": ["..."]}]; keys given twice: "extras_validation"
//   "/contact/email"     the extra it is in CKAN: "contact_email"
//   ""                   "message": "..."
// Only the English messages, without hints: they are CKAN's own words, which clients compare.
// `resource`: of actions about one resource, its place: what is wrong in it is not nested.
CkanError validation_error(const core::Error& error,
                           std::optional<std::size_t> resource = std::nullopt);

// How a write that failed is answered: kInvalidArgument and kConflict are Validation Errors (of
// those without details: "message"), a file that is too large is "upload", the rest as failed().
tl::unexpected<Failure> write_failed(core::Error error,
                                     std::optional<std::size_t> resource = std::nullopt);

// 409 {"<field>": "<message>"}: of the few fields where CKAN gives no list.
tl::unexpected<Failure> invalid_text(std::string_view field, std::string_view message);

}  // namespace minato::http::ckan
