#include "web/table/row_count.h"

#include <cstdint>
#include <utility>

#include "http/handlers/tables/row_pages.h"

namespace minato::web {
namespace {

constexpr std::int64_t kOrdinaryRows = 100'000;

}  // namespace

core::Result<core::RowCount> row_count(storage::TableReader& reader,
                                       const formats::RowsRequest& question) {
  const auto mode = reader.schema().rows <= kOrdinaryRows ? formats::CountMode::kExact
                                                          : formats::CountMode::kAuto;
  auto count = http::tables::count_rows(reader, question, mode);
  if (!count) return tl::unexpected(std::move(count).error());
  return **count;
}

}  // namespace minato::web
