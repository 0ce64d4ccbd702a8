// The one table of routes. Everything the server answers is a row here: api/openapi.yaml, the docs,
// the Allow header, OPTIONS and the metrics' labels come from it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "http/message.h"

namespace minato::http {

// How errors on this route are written, also those that middleware finds.
enum class ErrorFormat { kProblem, kCkan, kHtml };

// Who may call; checked before the handler runs.
// kUser: a known token, whose body is not even read without one (401); what its user may do is for
// the services to say.
enum class Permission { kPublic, kUser };

enum class CacheRule {
  kNone,      // never stored by us: Cache-Control: no-store
  kRevision,  // public, depends on the catalogue only: kept in the response cache for one revision
  kFile,      // bytes of a file: ETag and Range by the handler, not kept in the response cache
};

enum class Execution {
  kInline,  // short: runs on the reactor thread under the read time limit
  kPooled,  // may take long: runs on the worker pool
  // Waits for disks or for an import: runs on threads of its own, so that no read waits behind it.
  kWriting,
};

using Handler = std::function<core::Result<Response>(const Request&)>;

struct Route {
  std::string method;   // "GET" (serves HEAD too), "POST"
  std::string pattern;  // "/api/v1/datasets/{id}"; "{rest...}" at the end takes the remaining path
  std::string operation;  // operationId in openapi.yaml; unique
  Handler handler;
  Permission permission = Permission::kPublic;
  ErrorFormat errors = ErrorFormat::kProblem;
  CacheRule cache = CacheRule::kRevision;
  Execution execution = Execution::kInline;
  // Asked instead where only the request tells (CKAN's actions: reads are sent by POST too). Empty:
  // `execution`.
  std::function<Execution(const Request&)> execution_of = {};
  std::uint64_t max_body_bytes = 0;        // 0: a body is ignored up to 64 KB, refused beyond that
  std::vector<std::string> content_types;  // accepted request types; empty: any
  std::vector<std::string> produces;       // response media types for 406; empty: any
  bool cors = true;                        // public reads answer any origin
  // The answer depends on Request::language: keyed and announced (Vary). A handler may also say so
  // for one reply by setting Content-Language.
  bool varies_by_language = false;
  bool rate_limited = true;  // false: for health checks
};

}  // namespace minato::http
