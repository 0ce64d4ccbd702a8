// One request about a table: which table and version it means, and what every answer says of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "formats/query/row_parameters.h"
#include "http/handlers/signed_text.h"
#include "http/handlers/tables/table_json.h"
#include "http/message.h"
#include "service/tables.h"

namespace minato::http::tables {

// What the handlers are made with.
struct TableSources {
  service::Tables& tables;
  SignedText cursors;
  std::string spool_directory;
};

// Caching of what a version number pins.
inline constexpr const char* kImmutable = "public, max-age=31536000, immutable";

// Where a walk through the rows goes on: right behind that row of that version.
struct RowCursorPlace {
  std::int64_t version = 0;
  std::int64_t row = 0;
};

// kInvalidArgument "parameter-invalid" when it is none.
core::Result<std::int64_t> version_number(std::string_view text);

class TableCall {
 public:
  // Finds the table of the path's {id} in the version that `version` or `cursor` names, else the
  // current one. Fails as Tables::find(), or with "parameter-invalid", "cursor-invalid".
  static core::Result<TableCall> open(const TableSources& sources, const Request& request);

  [[nodiscard]] const service::FoundTable& table() const { return *table_; }
  [[nodiscard]] const core::TableSchema& schema() const { return *table_->schema; }
  [[nodiscard]] const Request& request() const { return request_; }
  [[nodiscard]] const TableContext& context() const { return context_; }
  [[nodiscard]] const std::optional<RowCursorPlace>& cursor() const { return cursor_; }
  [[nodiscard]] formats::TableQuestion question() const {
    return {request_.query_params, schema()};
  }

  // This request's URL; with one parameter set (or left out, when `value` is empty); the same
  // question under another door of the table ("export.csv"), without paging.
  [[nodiscard]] std::string self() const;
  [[nodiscard]] std::string with(std::string_view name, const std::string& value) const;
  [[nodiscard]] std::string door(std::string_view name) const;
  // This question, going on behind that row.
  [[nodiscard]] std::string page_after(std::int64_t row) const;

  // Caching of an answer: a pinned version never changes.
  void set_caching(Response& response) const;
  // ETag of what only this version and this question decide.
  [[nodiscard]] std::string etag() const;

 private:
  TableCall(const TableSources& sources, const Request& request)
      : sources_(sources), request_(request) {}
  core::Result<void> read_cursor();
  core::Result<void> read_version();
  core::Result<void> find();
  [[nodiscard]] std::string binding() const;

  const TableSources& sources_;
  const Request& request_;
  service::FoundTablePointer table_;
  TableContext context_;
  std::optional<RowCursorPlace> cursor_;
  std::optional<std::int64_t> version_;
};

}  // namespace minato::http::tables
