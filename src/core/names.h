// What names, tags and other short fields may look like: CKAN's rules, so that whatever passes here
// can be published by, and harvested into, any CKAN. The English messages are CKAN's own words,
// which its clients print verbatim.
//
// Every check returns the wrongs it found, in order; none means the value is fine. `param` is put
// into ErrorDetail::param as it is.
#pragma once

#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"

namespace minato::core {

using ErrorDetails = std::vector<ErrorDetail>;

inline constexpr std::size_t kMaxNameLength = 100;
inline constexpr std::size_t kMaxVersionLength = 100;
// Ours, not CKAN's: a dataset dictionary has to stay servable.
inline constexpr std::size_t kMaxTitleLength = 1000;      // code points
inline constexpr std::size_t kMaxTextBytes = 256 * 1024;  // notes, description, extra values
inline constexpr std::size_t kMaxUrlBytes = 8 * 1024;
inline constexpr std::size_t kMaxResources = 10'000;
inline constexpr std::size_t kMaxTags = 1'000;
inline constexpr std::size_t kMaxExtras = 1'000;

// Of datasets, groups and organizations.
ErrorDetails check_name(std::string_view name, std::string_view param = "name");
ErrorDetails check_tag_name(std::string_view name, std::string_view param = "tags");
ErrorDetails check_vocabulary_name(std::string_view name, std::string_view param = "name");
ErrorDetails check_version(std::string_view version, std::string_view param = "version");
// The pattern of HTML5's <input type=email>; empty is fine.
ErrorDetails check_email(std::string_view email, std::string_view param);
// Unique, non-empty keys that are not the names of dataset fields.
ErrorDetails check_extras(const std::vector<Extra>& extras, std::string_view param = "extras");
// ISO 8601 date ("2024", "2024-04" and "2024-04-01"); empty is fine.
ErrorDetails check_date(std::string_view date, std::string_view param);
// The municipality code of 6 digits with its check digit (JIS X 0401/0402 and 総務省's modulus 11).
ErrorDetails check_municipality_code(std::string_view code, std::string_view param);

// All of the above and the sizes, over every field. `param` is a JSON Pointer: "/resources/0/url".
ErrorDetails check_dataset(const Dataset& dataset);
ErrorDetails check_group(const Group& group);

}  // namespace minato::core
