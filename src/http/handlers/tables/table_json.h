// Tables as /api/v1 describes them. Keys are always present; what is not given is null.
//
// Table: { "id", "resource": {"id","name"}, "dataset": {"id","name","title"}, "name": sheet or
// title
//   line, "part": 1, "version", "current": bool, "created", "rows",
//   "columns": [{ "name", "alias": "c1", "title", "type", "unit", "description", "role":
//     "latitude"|"longitude"|"point"|null, "nulls", "distinct", "distinct_exact", "min", "max",
//     "top": [{"value","count"}], "examples": [] }],
//   "bbox": [west,south,east,north] | null,
//   "reading": { "container", "encoding", "rejects": count, "rejected": [{"line","row","column",
//     "text","reason","message","hint"}], "findings": [{"id","row","column","message","hint"}] },
//   "file": {"name","bytes","sha256","url"}, "license": {"id","title","url","open"} | null,
//   "attribution": credit line | null }
// Version: { "version", "current", "created", "rows", "columns", "findings", "rejects", "file",
//   "links": {"rows","schema"} }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/table.h"
#include "formats/json.h"
#include "service/tables.h"

namespace minato::http::tables {

struct TableContext {
  std::string site_url;
  core::Language language = core::Language::kJa;
  std::string publisher;  // title of the organization; may be empty
};

void write_table(formats::JsonWriter& json, const service::FoundTable& table,
                 const storage::ReadingNotes& notes, const TableContext& context);
void write_version(formats::JsonWriter& json, const storage::TableVersion& version, bool is_current,
                   const TableContext& context);

// "https://site/api/v1/tables/{id}"
std::string table_url(std::string_view table_id, const std::string& site_url);
// Where the file of this version is, by content.
std::string file_url(const storage::TableVersion& version, const std::string& site_url);

struct Credit {
  std::string license_url;  // empty: none, or unknown
  std::string attribution;  // the ready credit line; empty when the licence has none
};
Credit credit_of(const service::FoundTable& table, const TableContext& context);

}  // namespace minato::http::tables
