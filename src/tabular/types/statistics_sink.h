// Nulls, distinct values, extremes and examples of each column, from typed rows.
#pragma once

#include <span>
#include <vector>

#include "core/table.h"
#include "tabular/tabular_file.h"
#include "tabular/types/distinct_counter.h"

namespace minato::tabular {

// Not thread-safe.
class StatisticsSink : public RowSink {
 public:
  static constexpr std::size_t kMaxExamples = 5;
  static constexpr std::size_t kMaxExampleBytes = 200;

  explicit StatisticsSink(std::size_t columns) : columns_(columns) {}

  core::Result<void> row(std::span<const core::ValueView> values) override;
  // Into the columns of `schema`, in their order.
  void write_to(core::TableSchema& schema) const;

 private:
  struct Column {
    std::int64_t nulls = 0;
    DistinctCounter distinct;
    core::Value min;
    core::Value max;
    std::vector<core::Value> examples;
  };
  static void add(Column& column, const core::ValueView& value);

  std::vector<Column> columns_;
};

}  // namespace minato::tabular
