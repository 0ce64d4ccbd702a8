// Finds the row of the route table for a request: a trie over path segments, linear in the length
// of the path.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "http/message.h"
#include "http/route.h"

namespace minato::http {

struct RouteMatch {
  const Route* route = nullptr;  // null: no row answers this method here
  Params params;                 // captures, decoded
  std::vector<std::string>
      allowed;  // methods of this path when `route` is null; empty: no such path
};

// Immutable after make(); safe to read from any thread.
//
// A pattern's segment is a literal, a capture "{name}", or literals and captures mixed
// ("catalog.{ext}",
// "{id}.atom"; the separators are found from the right). "{rest...}" ends a pattern and takes one
// segment or more. Captures never match an empty segment. Literal beats mixed beats capture beats
// rest, segment by segment; a row whose method differs never hides one whose method fits. HEAD is
// answered by GET rows.
class RouteTable {
 public:
  // Fails (id "internal") on two rows for the same method and pattern, a repeated operation, a row
  // without a handler, or a malformed pattern.
  static core::Result<RouteTable> make(std::vector<Route> rows);

  RouteTable(RouteTable&&) noexcept;
  RouteTable& operator=(RouteTable&&) noexcept;
  ~RouteTable();

  // `segments` as decode_path() gives them.
  [[nodiscard]] RouteMatch match(std::string_view method,
                                 const std::vector<std::string>& segments) const;

  // The rows in the order given; their addresses and positions are stable.
  [[nodiscard]] const std::vector<Route>& rows() const { return *rows_; }
  [[nodiscard]] std::size_t position(const Route& route) const {
    return static_cast<std::size_t>(&route - rows_->data());
  }

 private:
  struct Node;
  class Search;
  RouteTable();
  core::Result<void> insert(const Route& route);

  std::unique_ptr<std::vector<Route>> rows_;
  std::unique_ptr<Node> root_;
};

// "GET, HEAD, OPTIONS, POST": what the Allow header of a path with these rows says.
[[nodiscard]] std::string allow_header(const std::vector<std::string>& methods);

}  // namespace minato::http
