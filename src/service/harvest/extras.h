// The extras of remote datasets and resources: keys that mean something to us are told from those
// that don't.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "service/harvest/text.h"

namespace minato::service {

// The value, or "".
std::string_view extra_of(const std::vector<core::Extra>& extras, std::string_view key);
// Replaces the value, or adds the extra; an empty value takes it away. Keeps the order by key.
void set_extra(std::vector<core::Extra>& extras, std::string_view key, std::string value);
// Takes the extra out and gives its value; "" when there is none.
std::string take_extra(std::vector<core::Extra>& extras, std::string_view key);

// What harvesting itself writes into the extras of a dataset: no such key comes from a remote.
bool is_provenance_key(std::string_view key);

// Clean keys and values, each key once, sorted. Keys that are ours ("harvest_url", "raw_license")
// or name fields of a dataset go on as "remote_<key>".
void clean_extras(std::vector<core::Extra>& extras, Repairs& repairs);

}  // namespace minato::service
