// Why a workbook cannot be read, in words for the publisher.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/error.h"

namespace minato::tabular {

// `what_ja` and `what_en` name the place: "シート「AED」", "sheet AED".
tl::unexpected<core::Error> workbook_damaged(std::string_view what_ja, std::string_view what_en);
tl::unexpected<core::Error> workbook_encrypted();
tl::unexpected<core::Error> workbook_too_large(std::string_view what_ja, std::string_view what_en);
tl::unexpected<core::Error> workbook_bomb();
tl::unexpected<core::Error> not_a_workbook(std::string_view what_ja, std::string_view what_en);
tl::unexpected<core::Error> too_many_columns(std::size_t max_columns);
tl::unexpected<core::Error> too_many_rows(std::int64_t max_rows);
tl::unexpected<core::Error> cell_too_large(std::int64_t row, std::size_t max_bytes);

}  // namespace minato::tabular
