// What writing rows fails with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/names.h"

namespace minato::service {

// "/records/3", or "/records/3/列" with a column.
std::string record_pointer(std::size_t record, std::string_view column = {});
// "record 3"
std::string record_position(std::size_t record);

// kInvalidArgument "rows-invalid".
tl::unexpected<core::Error> rows_invalid(core::ErrorDetails wrongs);
// kInvalidArgument "table-definition-invalid".
tl::unexpected<core::Error> definition_invalid(core::ErrorDetails wrongs);
// kInvalidArgument "table-without-key": the table has no key, and the record no row number.
tl::unexpected<core::Error> key_needed(std::size_t record);
// kInvalidArgument "row-key-missing": the record lacks values of the key; names joined by ", ".
tl::unexpected<core::Error> key_incomplete(std::size_t record, const std::string& names);
// kNotFound "row-not-found"; `key`: the values, as a person reads them.
tl::unexpected<core::Error> row_not_found(std::size_t record, const std::string& key);
// kConflict "row-key-taken".
tl::unexpected<core::Error> key_taken(std::size_t record, const std::string& key);
// kConflict "table-key-not-unique".
tl::unexpected<core::Error> key_not_unique(const std::vector<std::string>& key);
// kConflict "table-read-only".
tl::unexpected<core::Error> read_only();
// kConflict "table-of-several".
tl::unexpected<core::Error> of_several();
// kNotFound "table-missing".
tl::unexpected<core::Error> no_table();
// kPreconditionFailed "version-changed".
tl::unexpected<core::Error> version_changed(std::int64_t current);
// kTooLarge "too-many-records".
tl::unexpected<core::Error> too_many_records(std::int64_t most);
// kConflict "table-version-taken": somebody else published meanwhile.
tl::unexpected<core::Error> overtaken();

}  // namespace minato::service
