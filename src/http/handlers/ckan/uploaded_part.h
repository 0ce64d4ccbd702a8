// A file of a multipart body. Its bytes stay where the body is: they are not copied.
#pragma once

#include <cstdint>
#include <string>

#include "service/imports/uploads.h"

namespace minato::http::ckan {

// Good for as long as the request it came with.
struct UploadedPart {
  std::string name;        // of the field: "upload"
  std::string file_name;   // as the client wrote it; service::Uploads makes it safe
  std::string media_type;  // of the part, as the client wrote it; may be empty
  service::PartBytes bytes;
};

}  // namespace minato::http::ckan
