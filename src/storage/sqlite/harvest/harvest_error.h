// Errors of the harvest store.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace minato::storage::sqlite::harvest {

tl::unexpected<core::Error> source_exists(std::string_view name);
tl::unexpected<core::Error> source_not_found(std::string_view id_or_name);
tl::unexpected<core::Error> job_exists();
tl::unexpected<core::Error> job_not_found();
tl::unexpected<core::Error> job_finished();
tl::unexpected<core::Error> record_exists(std::string_view remote_id);

}  // namespace minato::storage::sqlite::harvest
