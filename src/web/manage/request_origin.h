// Whether a form was sent by one of our own pages.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "http/message.h"

namespace minato::web {

// By what browsers say of themselves (Sec-Fetch-Site; older ones: Origin). True also when nothing
// is said: scripts and old browsers are held by the form's token.
bool is_from_here(const http::Request& request, std::string_view site_url);

// The same, but false when nothing is said.
bool is_surely_from_here(const http::Request& request, std::string_view site_url);

// kPermissionDenied "form-rejected": nothing was changed.
tl::unexpected<core::Error> form_rejected();

// Where somebody wanted to go, if that is a page of the staff corner; else "/manage" of the
// language: no address of a form or link leads elsewhere.
std::string safe_target(std::string_view wanted, core::Language language);

}  // namespace minato::web
