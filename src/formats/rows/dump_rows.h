// CKAN's /datastore/dump/{id}, byte for byte where its clients look.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/rows/row_writer.h"

namespace minato::formats {

enum class DumpFormat { kCsv, kTsv, kJson, kXml };

struct DumpField {
  std::string id;    // "_id" for the row's number
  std::string type;  // datastore_type(); "int" for "_id"
};

// bom: U+FEFF in front, of any format.
//   csv, tsv  header with CRLF, rows with LF (CKAN's quirk); quotes as PostgreSQL's COPY: null is
//             empty, an empty text is "", booleans are t and f
//   json      {"fields":[...],"records":[...]}, a record per line, each an array
//   xml       <data><row _id="1"><a>..</a></row></data>, null as xsi:nil, names made XML names
std::unique_ptr<RowWriter> make_dump_writer(DumpFormat format, std::vector<DumpField> fields,
                                            bool bom);

// The rows alone as datastore_search gives them with records_format csv or tsv: no header.
std::unique_ptr<RowWriter> make_dump_records_writer(DumpFormat format);

}  // namespace minato::formats
