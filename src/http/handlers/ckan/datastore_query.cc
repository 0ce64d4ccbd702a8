#include "http/handlers/ckan/datastore_query.h"

#include <utility>

#include "formats/query/datastore_filters.h"
#include "http/handlers/ckan/checks.h"

namespace minato::http::ckan {
namespace {

using core::Filter;

// The parsers put CKAN's words into the error's details.
tl::unexpected<Failure> invalid_question(const core::Error& error) {
  CkanError failure;
  for (const core::ErrorDetail& detail : error.details) {
    failure.fields.push_back({detail.param, {detail.message.en}});
  }
  if (failure.fields.empty()) failure.message = explain(error);
  return tl::unexpected<Failure>(std::move(failure));
}

const rapidjson::Value& argument(const Arguments& arguments, std::string_view name) {
  static const rapidjson::Value kNull;
  const rapidjson::Value* value = arguments.find(name);
  return value == nullptr ? kNull : *value;
}

Filter both(Filter left, Filter right) {
  if (left.kind == Filter::Kind::kAll) return right;
  if (right.kind == Filter::Kind::kAll) return left;
  Filter all;
  all.kind = Filter::Kind::kAnd;
  all.children.push_back(std::move(left));
  all.children.push_back(std::move(right));
  return all;
}

}  // namespace

Checked<DatastoreQuery> datastore_query(const Arguments& arguments,
                                        const core::TableSchema& schema) {
  Checks checks(arguments);
  const bool plain = checks.boolean("plain", true);
  DatastoreQuery asked;
  asked.distinct = checks.boolean("distinct", false);
  if (checks.failed()) return checks.failure();
  auto filters = formats::parse_datastore_filters(argument(arguments, "filters"), schema);
  if (!filters) return invalid_question(filters.error());
  auto q = formats::parse_datastore_q(argument(arguments, "q"), plain, schema);
  if (!q) return invalid_question(q.error());
  auto fields = formats::parse_datastore_fields(argument(arguments, "fields"), schema);
  if (!fields) return invalid_question(fields.error());
  auto sort = formats::parse_datastore_sort(argument(arguments, "sort"), schema);
  if (!sort) return invalid_question(sort.error());
  asked.query.filter = both(*std::move(filters), *std::move(q));
  asked.query.columns = *std::move(fields);
  asked.query.sort = *std::move(sort);
  asked.query.distinct = asked.distinct;
  return asked;
}

Checked<service::FoundTablePointer> datastore_table(service::Tables& tables, std::string_view id,
                                                    const core::Caller& caller) {
  auto found = tables.find_named(id, caller);
  if (found) return *std::move(found);
  if (found.error().code == core::ErrorCode::kNotFound) {
    return not_found("Resource \"" + shortened(id) + "\" was not found.");
  }
  return failed(std::move(found).error());
}

tl::unexpected<Failure> query_failed(core::Error error) {
  if (error.code == core::ErrorCode::kDeadline) return invalid("query", "Query took too long");
  return failed(std::move(error));
}

std::string field_name(int column, const core::TableSchema& schema) {
  return column == core::Operand::kRowId ? "_id"
                                         : schema.columns[static_cast<std::size_t>(column)].name;
}

}  // namespace minato::http::ckan
