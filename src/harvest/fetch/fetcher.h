// Getting one document from the web, as a good guest and a wary one. CurlFetcher implements it;
// tests have fakes.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/time.h"

namespace minato::harvest {

struct FetchRequest {
  std::string url;            // http or https, absolute; non-ASCII is percent-encoded as UTF-8
  std::string accept;         // Accept header; empty: */*
  std::string etag;           // makes it conditional (If-None-Match), as the server sent it
  std::string last_modified;  // ditto (If-Modified-Since)
  std::vector<std::pair<std::string, std::string>> headers;  // never sent to another host
  std::uint64_t max_bytes = 64 * 1024 * 1024;                // of the decoded body
  std::string to_file;  // where the body goes (created or truncated); empty: into FetchReply::body
  // A person's permission to use paths that robots.txt forbids; empty: robots.txt decides.
  std::string robots_permission;
  std::int64_t min_delay_ms = -1;  // between requests to this host; -1: the fetcher's default
  core::Deadline deadline = core::Deadline::max();  // of the whole job
  const std::atomic<bool>* stop = nullptr;          // ends the transfer soon after it becomes true
};

struct FetchReply {
  int status = 200;          // 200, or 304 (not modified)
  std::string final_url;     // after redirects
  std::string content_type;  // media type in lower case, without parameters
  std::string charset;       // parameter of Content-Type, lower case; may be empty
  std::string etag;
  std::string last_modified;
  std::string file_name;   // of Content-Disposition (RFC 6266, both forms); may be empty
  std::string body;        // when to_file is empty
  std::uint64_t size = 0;  // of the decoded body
  std::string sha256;      // hex, of the decoded body; empty with 304
};

// Thread-safe. Errors (kUpstream unless told otherwise):
//   harvest-url            kInvalidArgument: no absolute http(s) URL, credentials in it, ...
//   harvest-address        kPermissionDenied: private, loopback, link-local, metadata address
//   harvest-robots         kPermissionDenied: robots.txt forbids it and nobody gave permission
//   harvest-resolve, harvest-connect, harvest-tls
//   harvest-status         the server said 4xx or 5xx (after the retries that are due)
//   harvest-timeout, harvest-too-slow   kDeadline
//   harvest-too-large      kTooLarge: announced or received more than max_bytes
//   harvest-truncated      the body ended early, or its length or coding is wrong
//   harvest-redirects      too many, or in a circle
//   harvest-stopped        kUnavailable: `stop` or the deadline
class Fetcher {
 public:
  virtual ~Fetcher() = default;
  virtual core::Result<FetchReply> fetch(const FetchRequest& request) = 0;
  // Requests and bytes received so far by this fetcher, robots.txt included.
  struct Usage {
    std::int64_t requests = 0;
    std::int64_t bytes = 0;
  };
  [[nodiscard]] virtual Usage usage() const = 0;
};

}  // namespace minato::harvest
