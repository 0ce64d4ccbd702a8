#include "tabular/input/delimited_source.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "tabular/input/find_byte.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kChunk = std::size_t{256} * 1024;
constexpr std::size_t kMaxRecordCells = 16;  // cells of max_cell_bytes one record may be long

}  // namespace

// Reads on; what is before begin_ is dropped. Doubles with the record, so that reading a long one
// over and over costs no more than twice its length.
core::Result<bool> DelimitedSource::fill() {
  buffer_.erase(0, begin_);
  dropped_ += static_cast<std::int64_t>(begin_);
  begin_ = 0;
  too_long_ = buffer_.size() > limits_.max_cell_bytes * kMaxRecordCells;
  if (too_long_) return false;
  const auto more = stream_.more(buffer_, std::max(kChunk, buffer_.size()));
  if (!more) return tl::unexpected(more.error());
  ended_ = !*more;
  return true;
}

core::Result<void> DelimitedSource::rewind() {
  if (auto rewound = stream_.rewind(); !rewound) return rewound;
  buffer_.clear();
  begin_ = 0;
  dropped_ = number_ = filled_ = blank_run_ = 0;
  ended_ = too_long_ = false;
  counts_ = {};
  literal_quotes_.clear();
  unclosed_.clear();
  return {};
}

// Goes to the next record that has more than delimiters, or to the end of the buffer.
core::Result<bool> DelimitedSource::skip_blank_records() {
  while (true) {
    std::size_t at = begin_;
    while (at < buffer_.size() && is_blank_byte(at)) {
      if (buffer_[at++] != '\n') continue;
      ++number_;
      ++counts_.lines;
      begin_ = at;
    }
    if (at < buffer_.size() || ended_) return true;
    if (auto filled = fill(); !filled || !*filled) return filled;
  }
}

bool DelimitedSource::is_blank_byte(std::size_t at) const {
  const char c = buffer_[at];
  if (c == dialect_.delimiter || c == '\n') return true;
  return c == '\r' && at + 1 < buffer_.size() && buffer_[at + 1] == '\n';
}

core::Result<bool> DelimitedSource::next(RawRecord& record) {
  if (blank_run_ >= kMaxBlankRun && !dialect_.cr_ends_records) {
    if (auto skipped = skip_blank_records(); !skipped) return skipped;
  }
  while (true) {
    const Outcome outcome = too_long_ ? Outcome::kRecord : parse(record);
    if (outcome == Outcome::kNeedsMore) {
      if (auto filled = fill(); !filled) return filled;
      continue;
    }
    if (outcome == Outcome::kEnd) return false;
    if (dialect_.says_delimiter && number_ == 1 && !too_long_) continue;
    if (auto checked = check(record); !checked) return tl::unexpected(checked.error());
    return true;
  }
}

DelimitedSource::Outcome DelimitedSource::parse(RawRecord& record) {
  if (begin_ == buffer_.size()) return ended_ ? Outcome::kEnd : Outcome::kNeedsMore;
  record.cells.clear();
  raw_.clear();
  reading_ = counts_;
  has_text_ = too_wide_ = false;
  std::size_t at = begin_;
  CellEnd end = CellEnd::kDelimiter;
  while (end == CellEnd::kDelimiter) {
    Extent extent{at, at};
    end = cell(at, extent);
    if (end == CellEnd::kNeedsMore) return Outcome::kNeedsMore;
    add(record, extent);
  }
  for (const auto& [place, extent] : raw_) resolve(extent, record.cells[place]);
  record.number = ++number_;
  unwrap_formulas(record);
  record.line = counts_.lines + 1;
  record.hidden = false;
  counts_ = reading_;
  begin_ = at;
  literal_quotes_.clear();
  return Outcome::kRecord;
}

void DelimitedSource::add(RawRecord& record, const Extent& extent) {
  const std::size_t length = extent.end - extent.begin;
  has_text_ = has_text_ || length > 0;
  too_long_ = too_long_ || length > limits_.max_cell_bytes;
  if (record.cells.size() >= limits_.max_columns) {
    too_wide_ = too_wide_ || length > 0;
    return;
  }
  if (extent.raw) raw_.emplace_back(record.cells.size(), extent);
  RawCell& cell = record.cells.emplace_back();
  cell.text = std::string_view(buffer_.data() + extent.begin, length);
  cell.quoted = extent.quoted;
}

// In place: the cell only gets shorter.
void DelimitedSource::resolve(const Extent& extent, RawCell& cell) {
  char* out = buffer_.data() + extent.begin;
  bool inside = true;
  for (std::size_t at = extent.begin; at < extent.end; ++at) {
    if (inside && buffer_[at] == '"') {
      inside = at + 1 < extent.end && buffer_[at + 1] == '"';
      if (!inside) continue;
      ++at;
    }
    *out++ = buffer_[at];
  }
  const char* const begin = buffer_.data() + extent.begin;
  cell.text = std::string_view(begin, static_cast<std::size_t>(out - begin));
}

// ="00123" keeps a spreadsheet from making a number of a code; what it stands for is 00123.
void DelimitedSource::unwrap_formulas(RawRecord& record) {
  for (RawCell& cell : record.cells) {
    std::string_view inner = cell.text;
    if (inner.size() < 3 || !inner.starts_with("=\"") || !inner.ends_with('"')) continue;
    inner = inner.substr(2, inner.size() - 3);
    if (inner.find('"') != std::string_view::npos) continue;
    cell.text = inner;
    if (reading_.formula_texts++ == 0) reading_.formula_texts_row = number_;
  }
}

DelimitedSource::CellEnd DelimitedSource::cell(std::size_t& at, Extent& extent) {
  if (at == buffer_.size()) return ended_ ? CellEnd::kRecord : CellEnd::kNeedsMore;
  const std::size_t open = at;
  const bool literal =
      !literal_quotes_.empty() &&
      std::find(literal_quotes_.begin(), literal_quotes_.end(),
                dropped_ + static_cast<std::int64_t>(open)) != literal_quotes_.end();
  if (buffer_[open] == '"' && !literal) {
    const Counts before = reading_;
    bool unclosed = false;
    const CellEnd end = quoted_rest(at, extent, unclosed);
    if (!unclosed) return end;
    reading_ = before;
    note_unclosed(open);
    at = open;
    extent = {open, open};
  }
  return plain_rest(at, extent);
}

// From `at`, which is in a cell and outside quotes, to the cell's end and behind what ends it.
DelimitedSource::CellEnd DelimitedSource::plain_rest(std::size_t& at, Extent& extent) {
  const char* const data = buffer_.data();
  const char* const end = data + buffer_.size();
  while (true) {
    const char* const found = find_byte(data + at, end, dialect_.delimiter, '\n', '\r');
    at = static_cast<std::size_t>(found - data);
    extent.end = at;
    if (found == end) return ended_ ? CellEnd::kRecord : CellEnd::kNeedsMore;
    if (*found == dialect_.delimiter) {
      ++at;
      return CellEnd::kDelimiter;
    }
    const CellEnd how = line_end(at, extent);
    if (how != CellEnd::kDelimiter) return how;  // else a lone CR of the cell
  }
}

// At a CR or LF: moves behind the end of the record, or behind a lone CR (kDelimiter then).
DelimitedSource::CellEnd DelimitedSource::line_end(std::size_t& at, Extent& extent) {
  std::size_t last = at;
  while (last < buffer_.size() && buffer_[last] == '\r' && !dialect_.cr_ends_records) ++last;
  if (dialect_.cr_ends_records && buffer_[at] == '\r') ++last;
  if (last == buffer_.size() && !ended_ && buffer_[at] == '\r') return CellEnd::kNeedsMore;
  const bool feed = last < buffer_.size() && buffer_[last] == '\n';
  const bool has_cr = buffer_[at] == '\r';
  extent.end = at;
  if (!feed && !dialect_.cr_ends_records && last < buffer_.size()) {
    reading_.lone_cr += static_cast<std::int64_t>(last - at);
    at = last;
    return CellEnd::kDelimiter;
  }
  at = feed ? last + 1 : last;
  ++reading_.lines;
  ++(feed ? (has_cr ? reading_.crlf : reading_.lf) : reading_.cr);
  return CellEnd::kRecord;
}

// Line ends of quoted text; false when there are too many for one cell.
bool DelimitedSource::count_lines(std::size_t begin, std::size_t end, std::int64_t& lines) {
  const char* const data = buffer_.data();
  for (std::size_t at = begin; at < end; ++at) {
    const char* const found = find_byte(data + at, data + end, '\n', '\r', '\n');
    at = static_cast<std::size_t>(found - data);
    if (at == end) break;
    const bool feed = *found == '\n';
    const bool pair = !feed && at + 1 < buffer_.size() && data[at + 1] == '\n';
    if (pair) continue;
    if (feed || dialect_.cr_ends_records) {
      ++lines;
    } else {
      ++reading_.lone_cr;
    }
  }
  return lines <= kMaxQuotedLines;
}

DelimitedSource::CellEnd DelimitedSource::quoted_rest(std::size_t& at, Extent& extent,
                                                      bool& unclosed) {
  const std::size_t begin = at + 1;
  std::int64_t lines = 0;
  extent = {begin, begin, true, false};
  std::size_t from = begin;
  const auto fits = [&](std::size_t end) {
    return count_lines(from, end, lines) && end - begin <= limits_.max_cell_bytes;
  };
  while (true) {
    const void* const hit = std::memchr(buffer_.data() + from, '"', buffer_.size() - from);
    const std::size_t quote =
        hit == nullptr ? buffer_.size()
                       : static_cast<std::size_t>(static_cast<const char*>(hit) - buffer_.data());
    unclosed = !fits(quote) || (hit == nullptr && ended_);
    if (unclosed) return CellEnd::kRecord;
    if (quote + 1 >= buffer_.size() && !ended_) return CellEnd::kNeedsMore;
    from = quote + 1;
    if (from == buffer_.size() || buffer_[from] != '"') {
      extent.end = quote;
      break;
    }
    extent.raw = true;
    ++from;
  }
  reading_.lines += lines;
  at = from;
  const CellEnd end = plain_rest(at, extent);
  if (end == CellEnd::kNeedsMore) return end;
  if (extent.end > from) {  // text behind the closing quote
    const std::string_view rest = std::string_view(buffer_).substr(from, extent.end - from);
    const bool blank = rest.find_first_not_of(' ') == std::string_view::npos;
    unclosed = lines > 0 && !blank;
    extent.raw = true;
    if (!blank && reading_.text_after_quote++ == 0) reading_.text_after_quote_row = number_ + 1;
  } else {
    extent.end = from - 1;
  }
  return end;
}

void DelimitedSource::note_unclosed(std::size_t open) {
  literal_quotes_.push_back(dropped_ + static_cast<std::int64_t>(open));
  ++counts_.unclosed_quotes;
  ++reading_.unclosed_quotes;
  if (unclosed_.size() >= limits_.max_findings) return;
  const std::string line = std::to_string(reading_.lines + 1);
  unclosed_.push_back(
      {"unclosed_quote",
       number_ + 1,
       {},
       {line + " 行目で始まる引用符が閉じられていません。引用符を文字として読みました。",
        "The quote that opens on line " + line + " is never closed; it was read as a character."},
       {"引用符を閉じるか、セル内の引用符を 2 つ重ねて(\"\")ください。",
        "Close the quote, or double quotes inside cells (\"\")."}});
}

core::Result<void> DelimitedSource::check(const RawRecord& record) {
  const auto too = [&](std::string_view id, core::LocalizedText message, core::LocalizedText hint) {
    return core::fail(core::ErrorCode::kTooLarge, id, std::move(message), std::move(hint));
  };
  const std::string line = std::to_string(too_long_ ? counts_.lines + 1 : record.line);
  if (too_long_) {
    return too("record-too-large",
               {line + " 行目から始まるレコードが長すぎます。",
                "The record that begins on line " + line + " is too long."},
               {"改行と引用符を確かめてください。表のファイルではないかもしれません。",
                "Check its line ends and quotes; it may be no table at all."});
  }
  if (too_wide_) {
    const std::string most = std::to_string(limits_.max_columns);
    return too("too-many-columns",
               {line + " 行目の列が多すぎます(上限 " + most + " 列)。",
                "Line " + line + " has too many columns (at most " + most + ")."},
               {"列を行に移した縦長の表にするか、分けて公開してください。",
                "Turn columns into rows (a long table), or publish it in parts."});
  }
  blank_run_ = has_text_ ? 0 : blank_run_ + 1;
  if (has_text_ && ++filled_ > limits_.max_rows) {
    const std::string most = std::to_string(limits_.max_rows);
    return too("too-many-rows",
               {"行が多すぎます(上限 " + most + " 行)。", "Too many rows (at most " + most + ")."},
               {"ファイルを分けて公開してください。", "Publish it in parts."});
  }
  return {};
}

}  // namespace minato::tabular
