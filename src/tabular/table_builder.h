// One table of a source: its shape's head and all its rows go in, its report comes out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tabular/shape/block_reader.h"
#include "tabular/tabular_file.h"
#include "tabular/types/column_observer.h"

namespace minato::tabular {

// Which cells of a record make the table's columns, and how they are read.
struct TablePlan {
  std::size_t first_cell = 0;
  std::vector<ColumnReading> columns;
};

struct BuiltTable {
  TableReport report;
  TablePlan plan;
  bool has_sentences = false;  // of a narrow table: what it holds may be remarks
};

// Not thread-safe.
class TableBuilder {
 public:
  // `ragged`: cells beyond or short of the header are worth a word (delimited text).
  TableBuilder(BlockHead head, const ReadOptions& options, bool ragged);

  void add(const RawRecord& record);
  // REQUIRES: all rows were added.
  BuiltTable build(const std::vector<ShapeNote>& notes, std::int64_t blank_records);

 private:
  void widen(std::size_t width);
  [[nodiscard]] NameHint hint_in_row(const std::string& name) const;
  void name_columns();
  [[nodiscard]] std::size_t first_used() const;
  [[nodiscard]] std::size_t end_used() const;
  void add_columns(std::size_t begin, std::size_t end, BuiltTable& table);
  void report_shape(const std::vector<ShapeNote>& notes, std::int64_t blank_records);
  void report_notes(const std::vector<ShapeNote>& notes, NoteKind kind, std::string_view id);
  void report_header(std::size_t begin, std::size_t end);
  void report_column(const ColumnObserver& column, const ColumnReading& reading,
                     const std::string& name);
  void report_rejects(const ColumnObserver& column, const ColumnReading& reading,
                      const std::string& name);
  void report_missing_columns();
  void note(std::string_view id, std::int64_t row, const std::string& column, std::int64_t count,
            std::string text = {});
  [[nodiscard]] const core::Column* declared(const std::string& name) const;

  BlockHead head_;
  const ReadOptions& options_;
  bool ragged_;
  std::vector<ColumnObserver> observers_;
  std::vector<NameHint> hints_;     // one per observer
  std::vector<std::string> names_;  // unique, one per observer
  std::int64_t rows_ = 0;
  std::int64_t first_row_ = 0;
  Sighting ragged_rows_;
  bool has_sentences_ = false;
  TableReport report_;
};

}  // namespace minato::tabular
