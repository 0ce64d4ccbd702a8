// JSON: an array of objects or arrays, and NDJSON.
#pragma once

#include <string>
#include <vector>

#include "formats/query/row_parameters.h"
#include "formats/rows/cell_text.h"
#include "formats/rows/row_writer.h"

namespace minato::formats {

// One JSON value per row; shared by the writers of JSON, NDJSON and GeoJSON.
class JsonRowText {
 public:
  JsonRowText(const std::vector<std::string>& names, RowShape shape);
  // Appends {"name":value,...} or [value,...]. Uses the first values, one for each name.
  void append(std::span<const core::ValueView> values, std::string& out);

 private:
  std::vector<std::string> prefixes_;  // {"a":  ,"b":  or [ and ,
  std::size_t prefix_bytes_ = 0;
  char close_;
  RowBuffer buffer_;
};

struct JsonStyle {
  RowShape shape = RowShape::kObjects;
  bool lines = false;  // NDJSON: a row per line, no brackets
};

// "[", rows with commas and line ends between, "]\n"; or NDJSON. Begin to end it is a JSON value,
// so it can stand as `data` in an envelope.
class JsonRowWriter final : public RowWriter {
 public:
  JsonRowWriter(const std::vector<std::string>& names, const JsonStyle& style)
      : text_(names, style.shape), lines_(style.lines) {}

  void begin(std::string& out) override;
  void row(std::span<const core::ValueView> values, std::string& out) override;
  void end(std::string& out) override;

 private:
  JsonRowText text_;
  bool lines_;
  bool is_first_ = true;
};

// Writes any value as JSON. REQUIRES: room for 6 bytes per byte of text and kMaxNumberBytes.
char* write_json_value(char* at, const core::ValueView& value);

}  // namespace minato::formats
