// CSV (RFC 4180: UTF-8, header, CRLF) and TSV.
#pragma once

#include <string>
#include <vector>

#include "formats/rows/cell_text.h"
#include "formats/rows/row_writer.h"

namespace minato::formats {

struct CsvStyle {
  char delimiter = ',';
  bool bom = false;    // not with cp932
  bool cp932 = false;  // what CP932 lacks becomes 〓 and is counted
  // A text that a spreadsheet would run as a formula gets a ' in front; the column names too.
  bool excel = false;
};

// Null is an empty cell, so is an empty text. Booleans: true, false.
class CsvRowWriter final : public RowWriter {
 public:
  explicit CsvRowWriter(std::vector<std::string> names, CsvStyle style = {});

  void begin(std::string& out) override;
  void row(std::span<const core::ValueView> values, std::string& out) override;
  void end(std::string& out) override;
  [[nodiscard]] std::int64_t lost_characters() const override { return lost_; }

 private:
  char* write_text(char* at, std::string_view text) const;
  char* write_cell(char* at, const core::ValueView& value) const;

  std::vector<std::string> names_;
  CsvStyle style_;
  unsigned char plain_from_;  // bytes from here on never need quotes
  RowBuffer buffer_;
  std::int64_t lost_ = 0;
};

// Copies `text` to `at` with its quotes doubled, in quotes. REQUIRES: room for twice its size
// and 2.
char* write_quoted(char* at, std::string_view text);

}  // namespace minato::formats
