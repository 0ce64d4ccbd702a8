// Turns a handler's 200 into the representation that one client gets: validators, coding, Vary.
#pragma once

#include <memory>

#include "core/error.h"
#include "http/exchange.h"
#include "http/message.h"
#include "http/response_cache.h"

namespace minato::http {

// Sets ETag (strings of kRevision rows that have none), Vary and the standard headers; codes string
// bodies and sets Content-Encoding. Returns the coding that was chosen: a source is announced so,
// and must go through code_source() before it is sent. Ranges are cut from the identity coding.
// Fails only when a compression library does.
core::Result<Coding> choose_representation(const Exchange& exchange, Response& response);

// Does what choose_representation() announced for a source; leaves other bodies alone.
core::Result<void> code_source(Response& response, Coding coding);

// The reply as the cache keeps it, or null when it must not be kept: not a string, private, with a
// cookie, or varying by what the cache does not know.
std::shared_ptr<const CachedReply> make_cached_reply(const Exchange& exchange,
                                                     const Response& response);

// What every reply of a handler gets, whatever its status: Vary for the language and the standard
// headers.
void finish_headers(const Exchange& exchange, Headers& headers);

[[nodiscard]] bool varies_by_language(const Route& route, const Headers& headers);

}  // namespace minato::http
