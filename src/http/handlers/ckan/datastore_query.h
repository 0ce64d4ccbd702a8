// What datastore_search and /datastore/dump ask of a table, from CKAN's parameters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/row_query.h"
#include "http/handlers/ckan/arguments.h"
#include "http/handlers/ckan/failure.h"
#include "service/tables.h"

namespace minato::http::ckan {

// CKAN's cap on datastore_search; larger limits become this one silently, and are echoed so.
inline constexpr std::int64_t kMaxDatastoreRows = 32'000;

struct DatastoreQuery {
  core::RowQuery query;
  bool distinct = false;
};

// filters, q, plain, distinct, fields, sort. Failures are CKAN's Validation Errors.
Checked<DatastoreQuery> datastore_query(const Arguments& arguments,
                                        const core::TableSchema& schema);

// The table of a resource id (or table id, or alias). CKAN's 404 when there is none.
Checked<service::FoundTablePointer> datastore_table(service::Tables& tables, std::string_view id,
                                                    const core::Caller& caller);

// What a question to the table answers when it fails: too slow is a Validation Error.
tl::unexpected<Failure> query_failed(core::Error error);

// The name of a column of the answer; "_id" for the row's number.
std::string field_name(int column, const core::TableSchema& schema);

}  // namespace minato::http::ckan
