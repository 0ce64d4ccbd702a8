// A prepared statement lent by a Connection. SQLiteCpp's Column copies a shared pointer per cell,
// which costs more than reading the cell; this reads cells directly.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace minato::storage::sqlite {

class Connection;

// Goes back to its connection's cache, reset and unbound, when it is destroyed. Bound text is not
// copied: it must outlive the last step(). Every call may throw SQLite::Exception.
class Statement {
 public:
  Statement(Connection& owner, sqlite3_stmt* statement) : owner_(&owner), statement_(statement) {}
  ~Statement();
  Statement(Statement&& other) noexcept : owner_(other.owner_), statement_(other.statement_) {
    other.statement_ = nullptr;
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;

  // Parameters are numbered from 1.
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, double value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, core::Timestamp time) { return bind(index, time.us); }
  Statement& bind_null(int index);
  template <typename T>
  Statement& bind(int index, const std::optional<T>& value) {
    return value ? bind(index, *value) : bind_null(index);
  }
  Statement& bind(int index, const std::string& text) {
    return bind(index, std::string_view(text));
  }
  Statement& bind(int index, const char* text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, int value) { return bind(index, std::int64_t{value}); }
  Statement& bind(int index, bool value) { return bind(index, std::int64_t{value}); }
  // Binds all from parameter 1 on.
  template <typename... Values>
  Statement& bind_all(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }

  // True while there is a row.
  bool step();
  // Steps to the end and makes the statement ready for other values.
  void run();
  // Ready for other values.
  void reset();

  // Columns are numbered from 0; views live until the next step().
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] core::Timestamp time(int column) const { return core::Timestamp{integer(column)}; }
  [[nodiscard]] sqlite3_stmt* handle() const { return statement_; }

 private:
  void check(int code) const;

  Connection* owner_;
  sqlite3_stmt* statement_;
};

}  // namespace minato::storage::sqlite
