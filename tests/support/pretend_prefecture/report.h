// What the program tells of the prefecture, as JSON.
#pragma once

#include <string>

#include "support/pretend_prefecture/prefecture.h"

namespace minato::pretend {

// {"sources": [{code, name, title, kind, url, organization, options, expected}], "sites": {name:
// url},
//  "control": url}
std::string sources_json(const Prefecture& prefecture);
// {site: {requests, bodies, unchanged, bytes}}
std::string counts_json(const Prefecture& prefecture);
// GET /requests, /reset, /edition?number=2, /fault?site=141003&fault=status500
Reply control(Prefecture& prefecture, const Request& request);

}  // namespace minato::pretend
