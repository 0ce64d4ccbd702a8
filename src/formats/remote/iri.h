// References of RDF documents, which name more than web pages ("urn:...", "mailto:..."); web links
// are resolved by core/url.h.
#pragma once

#include <string>
#include <string_view>

namespace minato::formats {

// What `reference` means in a document at `base` (RFC 3986 s5.2): "../a.csv", "/a", "//host/a",
// "?page=2", "". Blanks around it are dropped; nothing is decoded or encoded. A base that is no
// absolute URI leaves the reference as it is.
std::string resolve_iri(std::string_view base, std::string_view reference);

}  // namespace minato::formats
