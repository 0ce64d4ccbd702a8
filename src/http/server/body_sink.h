// Collects a request body: in memory while it is small, in an unnamed spool file when it grows,
// never more memory than that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/server/request_parser.h"

namespace minato::http {

class BodySink {
 public:
  struct Spool {
    const std::string& directory;  // must outlive the sink
    std::size_t from_bytes;        // larger bodies are spooled
    int max_descriptor;            // see DescriptorLimits::files
  };
  explicit BodySink(Spool spool) : spool_to_(spool) {}

  void begin(std::uint64_t max_bytes);  // forgets an earlier body

  // Refuses with 413 (over the limit), 507 (no space) or 503 (no spool file to be had). After a
  // refusal the sink is empty and must not be appended to before the next begin().
  Refusal append(std::string_view bytes);

  // The body, complete; the spool file stands at its beginning. Refuses as append() does.
  Refusal finish(Body& body);

  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  Refusal open_spool();
  Refusal write(std::string_view bytes);
  Refusal refuse(int status, std::string_view what);

  const Spool spool_to_;
  std::uint64_t max_bytes_ = 0;
  std::uint64_t size_ = 0;
  std::string buffer_;  // the whole body, or what is not yet in the spool file
  FileDescriptor spool_;
};

// An unnamed file in `directory`; invalid with errno set when it cannot be had.
FileDescriptor open_spool_file(const std::string& directory);

}  // namespace minato::http
