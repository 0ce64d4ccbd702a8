#include "service/metadata_schemas.h"

#include <string>

#include <embedded/metadata_schemas.h>

namespace minato::service {

namespace {

// dataset.schema.json refers to resource.schema.json beside it, as editors expect; the validator
// follows no reference out of a text, so the one is put into the other here.
std::string with_resource(std::string_view dataset_file, const std::string& resource_file) {
  std::string text(metadata_schemas::file(dataset_file));
  std::string_view resource = metadata_schemas::file(resource_file);
  const std::string reference = "\"$ref\": \"" + resource_file + "\"";
  const std::size_t at = text.find(reference);
  if (at == std::string::npos) return text;
  resource = resource.substr(resource.find('{') + 1);
  resource = resource.substr(0, resource.rfind('}'));
  return text.replace(at, reference.size(), resource);
}

std::string schema_text(MetadataKind kind) {
  switch (kind) {
    case MetadataKind::kDataset:
      break;
    case MetadataKind::kResource:
      return std::string(metadata_schemas::file("resource.schema.json"));
    case MetadataKind::kOrganization:
      return std::string(metadata_schemas::file("organization.schema.json"));
    case MetadataKind::kPublisher:
      return std::string(metadata_schemas::file("publisher.schema.json"));
    case MetadataKind::kDatasetInput:
      return with_resource("dataset-input.schema.json", "resource-input.schema.json");
    case MetadataKind::kResourceInput:
      return std::string(metadata_schemas::file("resource-input.schema.json"));
    case MetadataKind::kUploadInput:
      return std::string(metadata_schemas::file("upload-input.schema.json"));
    case MetadataKind::kTableVersionInput:
      return std::string(metadata_schemas::file("table-version-input.schema.json"));
  }
  return with_resource("dataset.schema.json", "resource.schema.json");
}

}  // namespace

core::Result<formats::SchemaValidator> metadata_schema(MetadataKind kind) {
  return formats::SchemaValidator::compile(schema_text(kind));
}

core::Result<void> check_metadata(const formats::SchemaValidator& schema, std::string_view json,
                                  std::string_view what) {
  auto details = schema.validate_text(json);
  if (!details) return tl::unexpected(std::move(details).error());
  if (details->empty()) return {};
  const std::string name(what);
  const std::string& pointer = details->front().param;
  const std::string first = pointer.empty() ? "/" : pointer;
  core::Error error{
      core::ErrorCode::kInvalidArgument,
      "metadata-invalid",
      {name + " の " + first + " が正しくありません。", name + ": " + first + " is not valid."},
      {"schemas/metadata/ の定義に合わせて直してください。",
       "Correct it as schemas/metadata/ describes."},
      std::move(*details),
      {}};
  return tl::unexpected(std::move(error));
}

}  // namespace minato::service
