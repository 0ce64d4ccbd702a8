// Follows redirects by hand, so that every hop can be checked like a request of its own.
#pragma once

#include <functional>

#include "core/error.h"
#include "core/url.h"
#include "harvest/fetch/polite_client.h"

namespace minato::harvest {

struct Arrival {
  core::Url url;
  HopReply reply;  // no redirect
};

// Sends one hop; `is_same_host` false: nothing meant for the first host alone may go along.
using VisitHop = std::function<core::Result<HopReply>(const core::Url& url, bool is_same_host)>;

// http or https, a host, no user and password; the host in ASCII (IDNA). Fails with harvest-url.
core::Result<core::Url> fetchable_url(const std::string& text);

// Errors: those of `visit`; harvest-redirects (too many, in a circle, to what cannot be fetched).
core::Result<Arrival> follow_redirects(core::Url url, int max_redirects, const VisitHop& visit);

}  // namespace minato::harvest
