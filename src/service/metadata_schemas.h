// The JSON Schemas of schemas/metadata/, compiled into the program.
#pragma once

#include <string_view>

#include "core/error.h"
#include "formats/schema_validator.h"

namespace minato::service {

enum class MetadataKind {
  kDataset,
  kResource,
  kOrganization,
  kPublisher,
  // What clients of /api/v1 send:
  kDatasetInput,
  kResourceInput,
  kUploadInput,
  kTableVersionInput,
};

// Compiles the schema. Fails only when the built-in text is broken.
core::Result<formats::SchemaValidator> metadata_schema(MetadataKind kind);

// Fails with the errors of parse_json(), or with kInvalidArgument "metadata-invalid" and one detail
// per wrong field (JSON Pointer). `what` names the file or row in the message.
core::Result<void> check_metadata(const formats::SchemaValidator& schema, std::string_view json,
                                  std::string_view what);

}  // namespace minato::service
