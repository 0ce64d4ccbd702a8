#include "formats/rows/dump_rows.h"

#include <cstring>
#include <utility>

#include "formats/json.h"
#include "formats/rows/cell_text.h"
#include "formats/rows/csv_rows.h"
#include "formats/rows/json_rows.h"
#include "formats/rows/xml_rows.h"

namespace minato::formats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct CopyHeader {
  std::vector<std::string> names;
  bool bom = false;
};

class CopyRowWriter final : public RowWriter {
 public:
  CopyRowWriter(char delimiter, CopyHeader header)
      : delimiter_(delimiter), header_(std::move(header)) {}

  void begin(std::string& out) override {
    if (header_.bom) out += kByteOrderMark;
    if (!header_.names.empty()) CsvRowWriter(header_.names, {.delimiter = delimiter_}).begin(out);
  }

  void row(std::span<const core::ValueView> values, std::string& out) override {
    char* const start = buffer_.room(widest(values, 2, 3) + 2);
    char* at = start;
    for (const auto& value : values) {
      at = write_cell(at, value, values.size() == 1);
      *at++ = delimiter_;
    }
    if (at != start) --at;
    *at++ = '\n';
    out.append(start, static_cast<std::size_t>(at - start));
  }

  void end(std::string&) override {}

 private:
  char* write_cell(char* at, const core::ValueView& value, bool is_alone) const {
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      return write_text(at, *text, is_alone);
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return write_number(at, *integer);
    if (const auto* number = std::get_if<double>(&value)) return write_number(at, *number);
    if (const auto* flag = std::get_if<bool>(&value)) *at++ = *flag ? 't' : 'f';
    return at;
  }

  // The rule of PostgreSQL's CopyAttributeOutCSV().
  char* write_text(char* at, std::string_view text, bool is_alone) const {
    const char signs[] = {delimiter_, '"', '\r', '\n'};
    const bool suspect = has_byte_below(text, ',' + 1);
    const bool quoted =
        text.empty() || (is_alone && text == "\\.") ||
        (suspect && text.find_first_of(std::string_view(signs, 4)) != std::string_view::npos);
    if (quoted) return write_quoted(at, text);
    std::memcpy(at, text.data(), text.size());
    return at + text.size();
  }

  char delimiter_;
  CopyHeader header_;
  RowBuffer buffer_;
};

class DumpJsonWriter final : public RowWriter {
 public:
  DumpJsonWriter(std::vector<DumpField> fields, bool bom)
      : fields_(std::move(fields)), bom_(bom), text_(names_of(fields_), RowShape::kArrays) {}

  void begin(std::string& out) override {
    if (bom_) out += kByteOrderMark;
    out += "{\n  \"fields\": ";
    JsonWriter json(out);
    json.begin_array();
    for (const DumpField& field : fields_) {
      json.begin_object().field("id", field.id).field("type", field.type).end_object();
    }
    json.end_array();
    out += ",\n  \"records\": [";
  }

  void row(std::span<const core::ValueView> values, std::string& out) override {
    out += is_first_ ? "\n    " : ",\n    ";
    is_first_ = false;
    text_.append(values, out);
  }

  void end(std::string& out) override { out += "\n]}\n"; }

 private:
  static std::vector<std::string> names_of(const std::vector<DumpField>& fields) {
    std::vector<std::string> names;
    for (const DumpField& field : fields) names.push_back(field.id);
    return names;
  }

  std::vector<DumpField> fields_;
  bool bom_;
  JsonRowText text_;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<RowWriter> make_dump_writer(DumpFormat format, std::vector<DumpField> fields,
                                            bool bom) {
  if (format == DumpFormat::kJson) {
    return std::make_unique<DumpJsonWriter>(std::move(fields), bom);
  }
  CopyHeader header{{}, bom};
  for (DumpField& field : fields) header.names.push_back(std::move(field.id));
  if (format == DumpFormat::kXml) {
    return std::make_unique<XmlRowWriter>(std::move(header.names), bom);
  }
  const char delimiter = format == DumpFormat::kTsv ? '\t' : ',';
  return std::make_unique<CopyRowWriter>(delimiter, std::move(header));
}

std::unique_ptr<RowWriter> make_dump_records_writer(DumpFormat format) {
  return std::make_unique<CopyRowWriter>(format == DumpFormat::kTsv ? '\t' : ',', CopyHeader{});
}

}  // namespace minato::formats
