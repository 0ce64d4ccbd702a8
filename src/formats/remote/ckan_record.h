// A dataset dict of a CKAN portal as a dataset in the remote's words (harvest/sources/source.h).
#pragma once

#include <string>
#include <string_view>

#include "core/dataset.h"
#include "core/error.h"

namespace minato::formats {

struct CkanPlace {
  std::string base;  // of the portal: "https://data.example.jp"
  std::string page;  // of the dataset
};

// Takes the dicts of CKAN 2.2 to 2.12 and of portals that imitate it: extras as list or object,
// texts as {"ja": ..., "en": ...}, nulls and wrong types anywhere. What is dropped is told in the
// extra "harvest_repairs"; custom fields become extras; organization and groups are kept as extras
// "remote_*", the words of the licence as "license_title" and "license_url". Resources without an
// address are dropped.
// Fails with kUpstream "harvest-record": no JSON object, or neither title nor name.
core::Result<core::Dataset> read_ckan_record(std::string_view json, const CkanPlace& place);

}  // namespace minato::formats
