#include "storage/sqlite/tables/sql_functions.h"

#include <SQLiteCpp/Exception.h>

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "storage/sqlite/tables/coordinates.h"
#include "storage/sqlite/tables/word_matcher.h"
#include "text/lowercase.h"

namespace minato::storage::sqlite::tables {
namespace {

using Function = void (*)(sqlite3_context*, int, sqlite3_value**);

bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

// Numbers as SQLite prints them.
std::string_view text_of(sqlite3_value* value) {
  const auto* start = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (start == nullptr) throw std::bad_alloc();
  return {start, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

// No exception may pass through SQLite.
template <Function function>
void guarded_call(sqlite3_context* context, int count, sqlite3_value** values) {
  try {
    function(context, count, values);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  } catch (const std::exception& fault) {
    sqlite3_result_error(context, fault.what(), -1);
  }
}

void lower(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  if (is_null(values[0])) return;
  const std::string result = text::lowercase(text_of(values[0]));
  sqlite3_result_text64(context, result.data(), result.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void ends_with(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  if (is_null(values[0]) || is_null(values[1])) return;
  sqlite3_result_int(context, text_of(values[0]).ends_with(text_of(values[1])) ? 1 : 0);
}

void matches(sqlite3_context* context, int count, sqlite3_value** values) {
  if (count < 2 || is_null(values[0])) return;
  if (count == 2 && is_null(values[1])) return;
  const auto* matcher = static_cast<const WordMatcher*>(sqlite3_get_auxdata(context, 0));
  std::unique_ptr<WordMatcher> made;
  if (matcher == nullptr) {
    made = std::make_unique<WordMatcher>(text_of(values[0]));
    matcher = made.get();
  }
  WordMatcher::Search search(*matcher);
  for (int i = 1; i < count && !search.complete(); ++i) {
    if (!is_null(values[i])) search.look_in(text_of(values[i]));
  }
  sqlite3_result_int(context, search.complete() ? 1 : 0);
  if (made) {  // last: SQLite may delete it at once
    sqlite3_set_auxdata(context, 0, made.release(),
                        [](void* old) { delete static_cast<WordMatcher*>(old); });
  }
}

bool is_number(sqlite3_value* value) {
  const int type = sqlite3_value_type(value);
  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

void distance_between(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  for (int i = 0; i < 4; ++i) {
    if (!is_number(values[i])) return;
  }
  const Position from{sqlite3_value_double(values[0]), sqlite3_value_double(values[1])};
  const Position to{sqlite3_value_double(values[2]), sqlite3_value_double(values[3])};
  if (from.valid() && to.valid()) sqlite3_result_double(context, distance(from, to));
}

template <double Position::*part>
void point_part(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  if (is_null(values[0])) return;
  if (const auto position = parse_position(text_of(values[0]))) {
    sqlite3_result_double(context, (*position).*part);
  }
}

struct Sum {
  std::int64_t integer;
  double real;
  bool any;
  bool inexact;
};

void sum_step(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  if (!is_number(values[0])) return;
  auto* sum = static_cast<Sum*>(sqlite3_aggregate_context(context, sizeof(Sum)));  // zeroes
  if (sum == nullptr) return sqlite3_result_error_nomem(context);
  sum->any = true;
  sum->real += sqlite3_value_double(values[0]);
  if (sqlite3_value_type(values[0]) == SQLITE_FLOAT ||
      __builtin_add_overflow(sum->integer, sqlite3_value_int64(values[0]), &sum->integer)) {
    sum->inexact = true;
  }
}

void sum_final(sqlite3_context* context) {
  const auto* sum = static_cast<const Sum*>(sqlite3_aggregate_context(context, 0));
  if (sum == nullptr || !sum->any) return;
  if (sum->inexact) return sqlite3_result_double(context, sum->real);
  sqlite3_result_int64(context, sum->integer);
}

void add(sqlite3* db, const char* name, int arguments, Function function) {
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  const int code = sqlite3_create_function_v2(db, name, arguments, flags, nullptr, function,
                                              nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(db, code);
}

}  // namespace

void register_sql_functions(Connection& connection) {
  sqlite3* db = connection.handle();
  add(db, "row_lower", 1, guarded_call<lower>);
  add(db, "row_ends_with", 2, guarded_call<ends_with>);
  add(db, "row_matches", -1, guarded_call<matches>);
  add(db, "row_distance", 4, guarded_call<distance_between>);
  add(db, "row_point_lat", 1, guarded_call<point_part<&Position::latitude>>);
  add(db, "row_point_lon", 1, guarded_call<point_part<&Position::longitude>>);
  const int code = sqlite3_create_function_v2(db, "row_sum", 1, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                              nullptr, nullptr, sum_step, sum_final, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(db, code);
}

}  // namespace minato::storage::sqlite::tables
