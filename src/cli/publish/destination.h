// Where a published file goes: its dataset and resource, made when they are missing.
#pragma once

#include <string>

#include "cli/publish/commands.h"
#include "core/error.h"
#include "service/imports/uploads.h"

namespace minato::cli {

struct Destination {
  std::string dataset_name;
  std::string dataset_title;
  std::string resource_id;  // empty: a new one, which the import makes (--review)
};

// kInvalidArgument "publish-organization-missing" for a new dataset without --organization; the
// errors of DatasetWrites. A new resource has the file at once, but for --review; of one that is
// there the file stays until the import publishes the new one.
core::Result<Destination> destination_of(PublishCommand& command, const service::StoredFile& file);

}  // namespace minato::cli
