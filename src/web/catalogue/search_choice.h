// What somebody chose on the search page: the parameters of its address.
#pragma once

#include <string>
#include <string_view>

#include "core/search.h"
#include "http/message.h"
#include "web/frame/page.h"

namespace minato::web {

using Param = std::pair<std::string, std::string>;

// Parameters are those of /api/v1/datasets, CKAN's names for the same (tags, res_format,
// license_id, groups, sort=metadata_modified desc) and `page`, which is left out here. Others are
// dropped, and so are values that mean nothing: people's links carry marks of mail and advertising
// systems, and are cut and mangled on their way.
http::Params understood(const http::Params& params);
// organization, tag, ...: what can be chosen more than once, and "modified_since".
bool is_filter(std::string_view name);

// The value of the first parameter of that name; "" without one.
std::string value_of(const http::Params& params, std::string_view name);
bool has(const http::Params& params, const Param& param);
http::Params without(const http::Params& params, const Param& param);
http::Params without_name(const http::Params& params, std::string_view name);
// Without it where it is, with it where it is not.
http::Params toggled(const http::Params& params, const Param& param);
// With this value instead of any other of that name; an empty one is left out.
http::Params with(const http::Params& params, const Param& param);

// As the API reads them: a day is one in Japan.
http::Params for_api(const http::Params& params);
// "/dataset?..." with the language's prefix.
std::string search_link(const http::Params& params, const Visit& visit);

// Fails as /api/v1/datasets does.
core::Result<core::SearchRequest> search_request(const http::Params& params);
// How many datasets it finds. Not noted as a search of its own.
core::Result<std::int64_t> count_of(const http::Params& params, const Visit& visit);

// The value in words: "横浜市" for 141003, "2026年11月14日以降" for a day.
std::string words_of(const Param& param, const service::Directory& directory, const Visit& visit);

}  // namespace minato::web
