// Questions to a connection that has a time limit.
#pragma once

#include <type_traits>
#include <utility>

#include "core/error.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite {

// Runs `work` within the connection's time limit; its faults become Errors.
template <typename Work>
auto ask(Connection& connection, Work&& work) -> core::Result<std::invoke_result_t<Work>> {
  return guarded([&]() -> core::Result<std::invoke_result_t<Work>> {
    // Short statements end before SQLite looks at the clock for the first time.
    connection.check_deadline();
    if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
      std::forward<Work>(work)();
      return {};
    } else {
      return std::forward<Work>(work)();
    }
  });
}

}  // namespace minato::storage::sqlite
