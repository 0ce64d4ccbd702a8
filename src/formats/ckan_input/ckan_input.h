// Dictionaries that clients of the CKAN Action API send, into our datasets and resources.
//
// What is wrong is collected, never thrown: core::ErrorDetail::param is a JSON Pointer into the
// dictionary ("/resources/1/size") and the English message is CKAN's. Rules about names, lengths
// and vocabularies are not checked here: service::DatasetWrites does that.
//
// What package_show showed comes back unchanged in meaning: derived keys (organization, num_tags,
// license_title, the download address of a kept file, the names of the areas) are recognised and
// change nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/dataset.h"
#include "core/names.h"
#include "formats/ckan_json.h"
#include "formats/json.h"

namespace minato::formats {

// package_update and resource_update clear what is not given; the patches keep it. Neither clears
// what a client cannot mean by leaving it out: name, state, privacy, and the list of resources.
enum class AbsentKeys { kClear, kKeep };

struct CkanInput {
  const CkanContext& context;  // as the client saw the dataset
  AbsentKeys absent = AbsentKeys::kClear;
  bool may_set_identity = false;  // metadata_modified and creator_user_id are taken
  bool clears_resources = false;  // no "resources": all of them go (package_revise)
  // A file comes with the resource: address, type, size and hash are the file's.
  bool has_file = false;
};

// The fault of lists that hold something else than objects, in CKAN's words; nothing can be read
// then.
std::optional<std::string> ckan_shape_fault(const rapidjson::Value& dict);

// `dataset`: as it is; empty for a new one. owner_org and groups become what the client wrote, id
// or name. REQUIRES: an object without ckan_shape_fault().
void read_ckan_dataset(const rapidjson::Value& dict, const CkanInput& input, core::Dataset& dataset,
                       core::ErrorDetails& wrongs);

// `pointer`: of the dictionary, for the wrongs: "/resources/1". The id stays as it is. A file that
// we keep stays the resource's, with its size and hash, until "clear_upload" is true or "url" is
// the address of something else. REQUIRES: an object.
void read_ckan_resource(const rapidjson::Value& dict, const CkanInput& input,
                        core::Resource& resource, const std::string& pointer,
                        core::ErrorDetails& wrongs);

}  // namespace minato::formats
