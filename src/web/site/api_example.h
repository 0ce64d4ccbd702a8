// A call of an operation as one would type it.
#pragma once

#include <string>

#include "http/message.h"
#include "web/site/api_document.h"
#include "web/site/sample_table.h"

namespace minato::web {

// A curl command for reading an address; values that an address would spell in hexadecimal stay
// readable.
std::string curl_get(const std::string& url, const http::Params& query);

// A curl command. Operations that read are asked about `sample` (may be null) and `publisher`
// (the name of an organization or harvest source); those that write name nothing that exists.
std::string curl_of(const ApiOperation& operation, const SampleTable* sample,
                    const std::string& publisher, const std::string& site_url);

}  // namespace minato::web
