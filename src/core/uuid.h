// UUIDs (RFC 9562) in their 36 character lower-case text form.
#pragma once

#include <string>
#include <string_view>

namespace minato::core {

// Version 4, from the operating system's random source.
std::string random_uuid();
// Version 5: the same (kind, name) gives the same id on every machine, in Minato's own namespace.
// Shipped datasets and organizations get theirs this way, so links survive a re-installation.
std::string stable_uuid(std::string_view kind, std::string_view name);
bool is_uuid(std::string_view text);

}  // namespace minato::core
