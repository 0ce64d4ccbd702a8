// Commands for operators that look into a data directory; they work while the server runs.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "core/error.h"

namespace minato::cli {

// Looking must not make a data directory where there is none: kNotFound "data-dir-empty".
core::Result<void> require_catalog(const std::string& data_dir);

// `minato check`: the whole integrity check of the catalogue (SQLite's quick_check).
core::Result<void> check_data(const std::string& data_dir, std::ostream& out);

// `minato missed-searches`: one line each, tab separated: count, last time (RFC 3339), text as
// searched.
core::Result<void> list_missed_searches(const std::string& data_dir, std::int64_t limit,
                                        std::ostream& out);

}  // namespace minato::cli
