// Values as people send them, made values of a column.
#pragma once

#include <tl/expected.hpp>

#include "core/error.h"
#include "core/table.h"

namespace minato::service {

// Why a value does not fit: in PostgreSQL's words, as CKAN's clients know them, and in Japanese.
struct Misfit {
  core::LocalizedText message;
  core::LocalizedText hint;
};

// Empty text is null where the column holds no text; numbers in text, dates as people in Japan
// write them and PostgreSQL's words for true and false are understood. NUL never fits.
tl::expected<core::Value, Misfit> fit_value(const core::Value& value, core::ColumnType type);

}  // namespace minato::service
