// GET requests to a portal's Action API.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "harvest/sources/source.h"

namespace minato::harvest {

// The HTTP status a "harvest-status" error tells of; 0: another error.
int status_of(const core::Error& error);

class CkanApi {
 public:
  using Parameters = std::vector<std::pair<std::string_view, std::string>>;

  // `base` without a slash at its end.
  CkanApi(const SourceContext& context, std::string base);

  // The body. Asks /api/3/action/, and where that does not exist /api/action/. Fails as the
  // fetcher.
  core::Result<std::string> get(std::string_view action, const Parameters& parameters,
                                std::uint64_t max_bytes);
  // Of the newest request: for messages.
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  core::Result<std::string> get_at(std::size_t door, const std::string& call,
                                   std::uint64_t max_bytes);

  const SourceContext& context_;
  std::string base_;
  std::string url_;
  std::size_t door_ = 0;
  bool is_door_known_ = false;
};

}  // namespace minato::harvest
