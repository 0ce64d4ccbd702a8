// Files that come with a write: uploads that are complete, and bytes in the request itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "http/handlers/ckan/multipart.h"
#include "http/handlers/writes/write_sources.h"
#include "http/message.h"
#include "service/imports/uploads.h"

namespace minato::http::writes {

// By id of the upload.
using GivenFiles = std::map<std::string, service::StoredFile, std::less<>>;

// Completes the uploads; fails as service::Uploads does.
core::Result<GivenFiles> take_uploads(const WriteSources& sources, const Request& request,
                                      const std::vector<std::string>& ids);

// A multipart body: its first file, and its texts as one JSON object. kInvalidArgument
// "multipart-syntax".
struct Form {
  std::optional<ckan::FormPart> file;
  rapidjson::Document texts;
};
core::Result<Form> read_form(const Request& request);
[[nodiscard]] bool is_form(const Request& request);

// Keeps the bytes: the part's, or the whole body under that name. kInvalidArgument
// "file-name-invalid", kTooLarge "upload-too-large", kInsufficientStorage "storage-full".
core::Result<service::StoredFile> keep_part(const WriteSources& sources, const Request& request,
                                            const ckan::FormPart& part);
core::Result<service::StoredFile> keep_body(const WriteSources& sources, const Request& request,
                                            const std::string& file_name);

// The file name that the request gives the body: Content-Disposition (RFC 6266), else `filename=`;
// empty: none.
std::string body_file_name(const Request& request);

// Ok when the caller may change the datasets of that organization: nothing is kept of others.
core::Result<void> may_change(const Request& request, std::string_view organization);

// A file for a resource, which has it by now, or keeps its old one until the import has compared
// both and publishes this one.
struct GivenFile {
  std::string resource_id;
  service::StoredFile file;
  bool replaces = false;
};
// Puts it, unless it replaces one; gives what start_imports() wants.
GivenFile give_file(core::Resource& resource, const service::StoredFile& file, core::Timestamp now);
// URLs of the jobs. Fails when the import of a file that replaces another cannot be started; one of
// a file that is in the catalogue is taken up at the next start (service::Imports::start).
core::Result<std::vector<std::string>> start_imports(const WriteSources& sources,
                                                     const std::vector<GivenFile>& files,
                                                     const service::WriteContext& context);

}  // namespace minato::http::writes
