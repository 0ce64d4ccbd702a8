// Delimited text, cut into records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tabular/input/dialect.h"
#include "tabular/input/text_stream.h"
#include "tabular/record_source.h"

namespace minato::tabular {

inline constexpr std::int64_t kMaxBlankRun = 100;  // see RecordSource::next()
inline constexpr std::int64_t kMaxQuotedLines =
    1'000;  // of a cell; more: its quote was never closed

// RFC 4180, and what files make of it: LF, CR LF or (Dialect) CR end a record; a quote opens a cell
// only as its first byte; text behind a closing quote is appended to the cell; an opening quote
// without a closing one within kMaxQuotedLines lines or max_cell_bytes, or whose closing one lies
// on a later line and amid text, is an ordinary character. Memory is that of the longest record.
class DelimitedSource final : public RecordSource {
 public:
  DelimitedSource(TextStream stream, Dialect dialect, ReadLimits limits)
      : stream_(std::move(stream)), dialect_(dialect), limits_(limits) {}

  core::Result<bool> next(RawRecord& record) override;
  core::Result<void> rewind() override;
  [[nodiscard]] std::vector<core::Finding> findings() const override;
  void note_repair() { repaired_ = true; }  // becomes a finding

 private:
  enum class Outcome { kRecord, kNeedsMore, kEnd };
  enum class CellEnd { kDelimiter, kRecord, kNeedsMore };
  struct Counts {
    std::int64_t crlf = 0;  // record ends
    std::int64_t lf = 0;
    std::int64_t cr = 0;
    std::int64_t lone_cr = 0;               // inside cells
    std::int64_t text_after_quote = 0;      // cells
    std::int64_t text_after_quote_row = 0;  // the first
    std::int64_t unclosed_quotes = 0;
    std::int64_t formula_texts = 0;  // cells
    std::int64_t formula_texts_row = 0;
    std::int64_t lines = 0;  // line ends
  };
  // A cell being read: [begin, end) of the buffer, quotes not resolved when `raw`.
  struct Extent {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool quoted = false;
    bool raw = false;
  };

  core::Result<bool> fill();
  core::Result<bool> skip_blank_records();
  [[nodiscard]] bool is_blank_byte(std::size_t at) const;
  Outcome parse(RawRecord& record);
  CellEnd cell(std::size_t& at, Extent& extent);
  CellEnd plain_rest(std::size_t& at, Extent& extent);
  CellEnd quoted_rest(std::size_t& at, Extent& extent, bool& unclosed);
  CellEnd line_end(std::size_t& at, Extent& extent);
  bool count_lines(std::size_t begin, std::size_t end, std::int64_t& lines);
  void note_unclosed(std::size_t open);
  void add(RawRecord& record, const Extent& extent);
  void resolve(const Extent& extent, RawCell& cell);
  void unwrap_formulas(RawRecord& record);
  core::Result<void> check(const RawRecord& record);

  TextStream stream_;
  Dialect dialect_;
  ReadLimits limits_;
  bool repaired_ = false;
  std::string buffer_;
  std::size_t begin_ = 0;     // of the next record
  std::size_t reached_ = 0;   // how far the record being read goes
  std::int64_t dropped_ = 0;  // bytes of text before the buffer
  bool ended_ = false;        // the buffer holds the rest of the text
  std::int64_t number_ = 0;   // of the last record
  std::int64_t filled_ = 0;   // records with text
  std::int64_t blank_run_ = 0;
  bool has_text_ = false;  // the record being read
  bool too_wide_ = false;
  bool too_long_ = false;
  Counts counts_;                                    // up to the last record
  Counts reading_;                                   // with the one being read
  std::vector<std::pair<std::size_t, Extent>> raw_;  // cells of the record to resolve
  std::vector<std::int64_t> literal_quotes_;         // places in the text, of this record
  std::vector<core::Finding> unclosed_;
};

}  // namespace minato::tabular
