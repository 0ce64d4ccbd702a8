// The part of Solr's query language that CKAN harvesters send as fq.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "support/pretend_prefecture/ckan_catalogue.h"

namespace minato::pretend {

using KeyTest = std::function<bool(const CkanKey&)>;

// Empty when it cannot be read. `organization_id` gives the id of an organization's name.
KeyTest parse_filter(std::string_view text,
                     std::function<std::string(const std::string&)> organization_id);

}  // namespace minato::pretend
