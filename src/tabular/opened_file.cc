#include "tabular/opened_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tabular/types/cell_reader.h"
#include "tabular/types/finding_texts.h"
#include "tabular/types/statistics_sink.h"
#include "text/blanks.h"

namespace minato::tabular {

OpenedFile::OpenedFile(std::vector<NamedSource> sources, FileReport report, ReadOptions options)
    : sources_(std::move(sources)), report_(std::move(report)), options_(std::move(options)) {}

core::Result<void> OpenedFile::examine() {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (auto done = examine_source(i); !done) {
      return done;
    }
  }
  if (report_.tables.empty()) {
    return core::fail(core::ErrorCode::kUnsupportedMedia, "file-not-tabular",
                      {"ファイルに表がありません（空行だけです）。",
                       "The file holds no table: all its records are blank."},
                      {"1 行目に列名、2 行目からデータを入れてください。",
                       "Put the names of the columns into the first row and data below."});
  }
  drop_notes_sheets();
  return options_.statistics ? add_statistics() : core::Result<void>();
}

bool OpenedFile::is_notes_sheet(std::size_t source) const {
  if (sources_[source].sheet.empty()) {
    return false;
  }
  bool has_sentences = false;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].source != source) continue;
    if (report_.tables[i].schema.columns.size() > 1) {
      return false;
    }
    has_sentences = has_sentences || places_[i].has_sentences;
  }
  return has_sentences;
}

// A cover or a list of remarks is no table beside sheets that are.
void OpenedFile::drop_notes_sheets() {
  auto& tables = report_.tables;
  const bool has_table = std::any_of(tables.begin(), tables.end(), [](const TableReport& table) {
    return table.schema.columns.size() > 1;
  });
  for (std::size_t source = 0; has_table && source < sources_.size(); ++source) {
    if (!is_notes_sheet(source)) continue;
    for (std::size_t i = places_.size(); i-- > 0;) {
      if (places_[i].source != source) continue;
      tables.erase(tables.begin() + static_cast<std::ptrdiff_t>(i));
      places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    report_.findings.push_back(make_finding("notes_sheet", {0, {}, 1, sources_[source].sheet}));
  }
}

core::Result<void> OpenedFile::examine_source(std::size_t index) {
  RecordSource& source = *sources_[index].records;
  BlockReader blocks(source);
  std::vector<std::pair<std::size_t, BuiltTable>> tables;
  bool too_many = false;
  for (std::size_t block = 0;; ++block) {
    BlockHead head;
    auto more = blocks.next_block(head);
    if (!more) {
      return tl::unexpected(std::move(more.error()));
    }
    too_many = *more && report_.tables.size() + tables.size() >= options_.limits.max_tables;
    if (!*more || too_many) {
      break;
    }
    auto built = examine_block(blocks, std::move(head));
    if (!built) {
      return tl::unexpected(std::move(built.error()));
    }
    tables.emplace_back(block, std::move(*built));
  }
  if (too_many) {
    report_.findings.push_back(make_finding(
        "too_many_tables", {0, {}, static_cast<std::int64_t>(options_.limits.max_tables), {}}));
  }
  if (tables.empty() && !sources_[index].sheet.empty()) {
    report_.findings.push_back(make_finding("empty_sheet", {0, {}, 1, sources_[index].sheet}));
  }
  adopt(index, std::move(tables));
  return {};
}

core::Result<BuiltTable> OpenedFile::examine_block(BlockReader& blocks, BlockHead head) {
  TableBuilder builder(std::move(head), options_, report_.delimiter != 0);
  while (true) {
    auto row = blocks.next_row();
    if (!row) {
      return tl::unexpected(std::move(row.error()));
    }
    if (*row == nullptr) {
      return builder.build(blocks.notes(), blocks.blank_records());
    }
    builder.add(**row);
  }
}

// Tables without rows are left out where there are others; the findings of a sheet stand with its
// first table, those of a delimited file with the file.
void OpenedFile::adopt(std::size_t source, std::vector<std::pair<std::size_t, BuiltTable>> tables) {
  std::vector<core::Finding> findings = sources_[source].records->findings();
  if (tables.size() > 1) {
    findings.push_back(
        make_finding("several_tables", {0, {}, static_cast<std::int64_t>(tables.size()), {}}));
  }
  std::size_t with_rows = 0;
  for (const auto& [block, table] : tables) {
    with_rows += table.report.schema.rows > 0 ? 1 : 0;
  }
  const std::string& sheet = sources_[source].sheet;
  const std::size_t first = report_.tables.size();
  for (auto& [block, table] : tables) {
    TableReport& report = table.report;
    if (report.schema.rows == 0 && (with_rows > 0 || block > 0)) {
      findings.push_back(make_finding(
          "table_without_rows",
          {report.header_rows.empty() ? 0 : report.header_rows[0], {}, 1, report.name}));
      continue;
    }
    if (!sheet.empty() && (tables.size() == 1 || report.name.empty())) {
      report.name = sheet;
    }
    places_.push_back({source, block, std::move(table.plan), table.has_sentences});
    report_.tables.push_back(std::move(report));
  }
  const bool of_table = !sheet.empty() && report_.tables.size() > first;
  auto& into = of_table ? report_.tables[first].findings : report_.findings;
  into.insert(into.begin(), std::make_move_iterator(findings.begin()),
              std::make_move_iterator(findings.end()));
}

core::Result<void> OpenedFile::add_statistics() {
  for (std::size_t i = 0; i < report_.tables.size(); ++i) {
    StatisticsSink statistics(report_.tables[i].schema.columns.size());
    if (auto done = read_rows(i, statistics); !done) {
      return done;
    }
    statistics.write_to(report_.tables[i].schema);
  }
  return {};
}

core::Result<void> OpenedFile::go_to(const Place& place) {
  if (!position_.blocks || position_.source != place.source || position_.next_block > place.block) {
    position_ = {};
    if (auto done = sources_[place.source].records->rewind(); !done) {
      return done;
    }
    position_ = {place.source, 0, std::make_unique<BlockReader>(*sources_[place.source].records)};
  }
  while (position_.next_block <= place.block) {
    BlockHead head;
    auto more = position_.blocks->next_block(head);
    if (!more || !*more) {
      position_ = {};
      return !more ? core::Result<void>(tl::unexpected(std::move(more.error())))
                   : core::Result<void>(core::fail_internal("the file changed while it was read"));
    }
    ++position_.next_block;
  }
  return {};
}

core::Result<void> OpenedFile::read_rows(std::size_t table, RowSink& sink) {
  if (table >= places_.size()) {
    return core::fail_internal("read_rows: no such table");
  }
  const Place& place = places_[table];
  auto done = go_to(place);
  if (done) {
    done = send_rows(place.plan, sink);
  }
  if (!done) {
    position_ = {};
  }
  return done;
}

core::Result<void> OpenedFile::send_rows(const TablePlan& plan, RowSink& sink) {
  const std::size_t width = plan.columns.size();
  std::vector<core::ValueView> values(width);
  std::vector<std::array<char, text::kMaxIsoBytes>> scratch(width);
  while (true) {
    auto row = position_.blocks->next_row();
    if (!row) {
      return tl::unexpected(std::move(row.error()));
    }
    if (*row == nullptr) {
      return {};
    }
    const std::vector<RawCell>& cells = (*row)->cells;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t at = plan.first_cell + i;
      if (at < cells.size() && cells[at].kind != CellKind::kError) {
        (void)read_cell(text::trimmed(cells[at].text), plan.columns[i], scratch[i], values[i]);
      } else {
        values[i].emplace<std::monostate>();
      }
    }
    if (auto done = sink.row(values); !done) {
      return done;
    }
  }
}

}  // namespace minato::tabular
