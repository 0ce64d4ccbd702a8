#include "http/handlers/tables/row_format.h"

#include "formats/rows/csv_rows.h"
#include "formats/rows/geojson_rows.h"
#include "formats/rows/json_rows.h"

namespace minato::http::tables {

namespace {

core::Result<std::unique_ptr<formats::RowWriter>> geojson_writer(formats::RowsRequest& request,
                                                                 const core::TableSchema& schema) {
  const auto places = formats::place_columns(schema, request.query.columns);
  if (!places) {
    return core::fail(core::ErrorCode::kInvalidArgument, "no-coordinates",
                      {"この表には緯度・経度の列がありません。",
                       "This table has no columns with latitude and longitude."},
                      {"GeoJSON ではなく CSV か JSON で取得してください。",
                       "Get it as CSV or JSON instead of GeoJSON."});
  }
  return std::make_unique<formats::GeoJsonRowWriter>(request.names, *places);
}

}  // namespace

std::string_view extension_of(RowFormat format) {
  switch (format) {
    case RowFormat::kCsv:
      return "csv";
    case RowFormat::kTsv:
      return "tsv";
    case RowFormat::kJson:
      return "json";
    case RowFormat::kNdjson:
      return "ndjson";
    case RowFormat::kGeojson:
      return "geojson";
    case RowFormat::kXlsx:
      break;
  }
  return "xlsx";
}

std::string media_type_of(RowFormat format, bool cp932) {
  const std::string charset = cp932 ? "; charset=Shift_JIS" : "; charset=utf-8";
  switch (format) {
    case RowFormat::kCsv:
      return "text/csv" + charset + "; header=present";
    case RowFormat::kTsv:
      return "text/tab-separated-values" + charset;
    case RowFormat::kJson:
      return "application/json; charset=utf-8";
    case RowFormat::kNdjson:
      return "application/x-ndjson; charset=utf-8";
    case RowFormat::kGeojson:
      return "application/geo+json; charset=utf-8";
    case RowFormat::kXlsx:
      break;
  }
  return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

core::Result<std::unique_ptr<formats::RowWriter>> make_row_writer(RowFormat format,
                                                                  formats::RowsRequest& request,
                                                                  const core::TableSchema& schema) {
  switch (format) {
    case RowFormat::kJson:
    case RowFormat::kNdjson:
      return std::make_unique<formats::JsonRowWriter>(
          request.names, formats::JsonStyle{request.shape, format == RowFormat::kNdjson});
    case RowFormat::kGeojson:
      return geojson_writer(request, schema);
    default:
      break;
  }
  formats::CsvStyle style;
  style.delimiter = format == RowFormat::kTsv ? '\t' : ',';
  style.bom = request.text.bom;
  style.cp932 = request.text.cp932;
  style.excel = request.text.excel;
  return std::make_unique<formats::CsvRowWriter>(request.names, style);
}

}  // namespace minato::http::tables
