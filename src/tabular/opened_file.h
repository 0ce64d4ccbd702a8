// A tabular file whose records can be read: tables found, types decided, rows on demand.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tabular/table_builder.h"
#include "tabular/tabular_file.h"

namespace minato::tabular {

struct NamedSource {
  std::string sheet;  // empty: the file has no sheets
  std::unique_ptr<RecordSource> records;
};

// Not thread-safe.
class OpenedFile : public TabularFile {
 public:
  // `report`: what is known about the container and the encoding.
  OpenedFile(std::vector<NamedSource> sources, FileReport report, ReadOptions options);

  // Reads everything once, for shapes and types, and again for statistics if these are wanted.
  core::Result<void> examine();

  [[nodiscard]] const FileReport& report() const override { return report_; }
  core::Result<void> read_rows(std::size_t table, RowSink& sink) override;

 private:
  struct Place {
    std::size_t source = 0;
    std::size_t block = 0;  // of the source, those without rows counted
    TablePlan plan;
    bool has_sentences = false;
  };
  // Where the reading stands, so that tables read in order cost one pass together.
  struct Position {
    std::size_t source = 0;
    std::size_t next_block = 0;
    std::unique_ptr<BlockReader> blocks;
  };

  core::Result<void> examine_source(std::size_t index);
  core::Result<BuiltTable> examine_block(BlockReader& blocks, BlockHead head);
  void adopt(std::size_t source, std::vector<std::pair<std::size_t, BuiltTable>> tables);
  void drop_notes_sheets();
  [[nodiscard]] bool is_notes_sheet(std::size_t source) const;
  core::Result<void> add_statistics();
  core::Result<void> go_to(const Place& place);
  core::Result<void> send_rows(const TablePlan& plan, RowSink& sink);

  std::vector<NamedSource> sources_;
  FileReport report_;
  ReadOptions options_;
  std::vector<Place> places_;
  Position position_;
};

}  // namespace minato::tabular
