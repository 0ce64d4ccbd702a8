// How an action fails. CKAN's clients read the exact shapes (api/ckan.md), so most are made here;
// faults of the machine stay core::Error and are answered by the dispatcher, which also logs them.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>

#include "core/error.h"
#include "http/error_encoder.h"

namespace minato::http::ckan {

// 400 with the bare JSON string "Bad request: <text>".
struct BadRequest {
  std::string text;
};

using Failure = std::variant<BadRequest, CkanError, core::Error>;

template <typename T>
using Checked = tl::expected<T, Failure>;
using Outcome = Checked<void>;

// 409 {"<field>": ["<message>"]}
tl::unexpected<Failure> invalid(std::string_view field, std::string_view message);
// 409 {"message": "..."}
tl::unexpected<Failure> invalid(std::string_view message);
// 404 "Not found", or "Not found: <what>".
tl::unexpected<Failure> not_found(std::string_view what = {});
// 403 "Access denied", or "Access denied: <why>".
tl::unexpected<Failure> access_denied(std::string_view why = {});
// 400 "Search Query is invalid: <why>"
tl::unexpected<Failure> invalid_search(std::string_view why);
// 409 "Search error: <why>"
tl::unexpected<Failure> search_failed(std::string_view why);

// What the catalogue says, in CKAN's words: not found and permission denied become 404 and 403.
// Everything else stays as it is.
tl::unexpected<Failure> failed(core::Error error);

// The English message with the position and the cure, for the texts CKAN has in one string.
std::string explain(const core::Error& error);

// At most `max_bytes` of `text`, cut between characters, for echoing input in messages.
std::string shortened(std::string_view text, std::size_t max_bytes = 100);

}  // namespace minato::http::ckan
