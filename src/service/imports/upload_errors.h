// What may be wrong with an upload, in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"
#include "storage/push_store.h"

namespace minato::service {

using UploadFailure = tl::unexpected<core::Error>;

UploadFailure upload_not_found(std::string_view id);
UploadFailure upload_too_large(std::int64_t size, std::int64_t most);
UploadFailure too_many_uploads(std::int64_t most);
UploadFailure size_invalid();
UploadFailure checksum_invalid();
UploadFailure checksum_mismatch(const std::string& announced, const std::string& found);
UploadFailure offset_mismatch(std::int64_t right);
UploadFailure part_too_long(std::int64_t size);
UploadFailure upload_incomplete(const storage::Upload& upload);

}  // namespace minato::service
