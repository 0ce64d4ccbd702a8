#include "service/imports/uploads.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "auth/permissions.h"
#include "core/sha256.h"
#include "core/uuid.h"
#include "service/imports/media_type.h"
#include "service/imports/upload_errors.h"
#include "service/imports/upload_file.h"

namespace minato::service {

namespace {

using core::ErrorCode;
using core::Result;
using storage::Upload;

constexpr std::int64_t kUsPerHour = std::int64_t{3600} * 1'000'000;

// Who may change some dataset may send files; of which one is seen when the file is used.
Result<void> require_sender(const core::Caller& caller) {
  const auto may = [&](const auto& role) {
    return auth::is_allowed(auth::Action::kUpdateDataset, caller, role.first);
  };
  if (std::any_of(caller.roles.begin(), caller.roles.end(), may)) return {};
  return auth::require(auth::Action::kUpdateDataset, caller);
}

std::string lower(std::string_view hex) {
  std::string text(hex);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
  return text;
}

Result<std::string> checked_hash(std::string_view hash) {
  std::string text = lower(hash);
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (text.empty() || (text.size() == 64 && std::all_of(text.begin(), text.end(), is_hex))) {
    return text;
  }
  return checksum_invalid();
}

std::int64_t expiry(core::Timestamp now, const UploadOptions& options) {
  return now.us + options.expire_hours * kUsPerHour;
}

StoredFile stored_file(const Upload& upload) {
  return {upload.blob, upload.size, upload.file_name, upload.media_type};
}

Result<void> make_folder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0750) == 0 || errno == EEXIST) return {};
  return tl::unexpected(upload_file_error("mkdir", folder, errno));
}

// Removes a file that nobody took.
class RemovedAtEnd {
 public:
  explicit RemovedAtEnd(std::string path) : path_(std::move(path)) {}
  ~RemovedAtEnd() { ::unlink(path_.c_str()); }
  RemovedAtEnd(const RemovedAtEnd&) = delete;
  RemovedAtEnd& operator=(const RemovedAtEnd&) = delete;

 private:
  std::string path_;
};

}  // namespace

Uploads::Uploads(storage::PushStore& store, storage::BlobStore& blobs, const core::Clock& clock,
                 UploadOptions options)
    : store_(store), blobs_(blobs), clock_(clock), options_(std::move(options)) {}

std::string Uploads::path_of(std::string_view id) const {
  return options_.folder + "/" + std::string(id);
}

Result<NewUpload> Uploads::checked(const NewUpload& wanted) const {
  auto name = safe_file_name(wanted.file_name);
  if (!name) return tl::unexpected(std::move(name).error());
  auto hash = checked_hash(wanted.sha256);
  if (!hash) return tl::unexpected(std::move(hash).error());
  if (wanted.size < 0) return size_invalid();
  if (wanted.size > options_.max_bytes) return upload_too_large(wanted.size, options_.max_bytes);
  return NewUpload{*std::move(name), wanted.media_type, wanted.size, *std::move(hash)};
}

Result<Upload> Uploads::begin(const NewUpload& wanted, const core::Caller& caller) {
  if (auto may = require_sender(caller); !may) return tl::unexpected(std::move(may).error());
  auto good = checked(wanted);
  if (!good) return tl::unexpected(std::move(good).error());
  const core::Timestamp now = clock_.now();
  auto others = store_.uploads_of(caller.user_id);
  if (!others) return tl::unexpected(std::move(others).error());
  const auto open = std::count_if(others->begin(), others->end(), [&](const Upload& upload) {
    return upload.state == Upload::State::kOpen && upload.expires > now;
  });
  if (open >= options_.max_open_per_user) return too_many_uploads(options_.max_open_per_user);
  if (auto made = make_folder(options_.folder); !made) {
    return tl::unexpected(std::move(made).error());
  }
  Upload upload;
  upload.id = core::random_uuid();
  upload.user_id = caller.user_id;
  upload.file_name = std::move(good->file_name);
  upload.media_type = std::move(good->media_type);
  upload.size = good->size;
  upload.sha256 = std::move(good->sha256);
  upload.created = now;
  upload.expires = {expiry(now, options_)};
  auto file = UploadFile::create(path_of(upload.id));
  if (!file) return tl::unexpected(std::move(file).error());
  if (auto put = store_.put_upload(upload); !put) {
    ::unlink(path_of(upload.id).c_str());
    return tl::unexpected(std::move(put).error());
  }
  return upload;
}

Result<Upload> Uploads::find(std::string_view id, const core::Caller& caller) {
  auto upload = store_.upload(id);
  if (!upload) return tl::unexpected(std::move(upload).error());
  if (!*upload) return upload_not_found(id);
  const bool own = !caller.user_id.empty() && (*upload)->user_id == caller.user_id;
  const bool over = (*upload)->state == Upload::State::kOpen && (*upload)->expires <= clock_.now();
  if ((!own && !caller.sysadmin) || over) return upload_not_found(id);
  return **std::move(upload);
}

// Nobody else works on it until the file closes, and its file has exactly what the store says.
Result<Uploads::Locked> Uploads::lock(std::string_view id, const core::Caller& caller) {
  if (auto seen = find(id, caller); !seen) return tl::unexpected(std::move(seen).error());
  auto file = UploadFile::open(path_of(id));
  if (!file) return tl::unexpected(std::move(file).error());
  auto upload = find(id, caller);  // as it is now that others are done
  if (!upload) return tl::unexpected(std::move(upload).error());
  if (!file->is_open() || upload->state == Upload::State::kComplete) {
    return Locked{*std::move(upload), *std::move(file)};
  }
  auto size = file->size();
  if (!size) return tl::unexpected(std::move(size).error());
  if (*size > upload->received) {
    if (auto cut = file->cut(upload->received); !cut) {
      return tl::unexpected(std::move(cut).error());
    }
  } else if (*size < upload->received) {  // a folder that was restored from elsewhere
    upload->received = *size;
    if (auto put = store_.put_upload(*upload); !put) {
      return tl::unexpected(std::move(put).error());
    }
  }
  return Locked{*std::move(upload), *std::move(file)};
}

Result<Upload> Uploads::append(std::string_view id, std::int64_t offset, const PartBytes& part,
                               std::string_view sha256, const core::Caller& caller) {
  if (auto may = require_sender(caller); !may) return tl::unexpected(std::move(may).error());
  auto hash = checked_hash(sha256);
  if (!hash) return tl::unexpected(std::move(hash).error());
  auto locked = lock(id, caller);
  if (!locked) return tl::unexpected(std::move(locked).error());
  Upload& upload = locked->upload;
  const bool complete = upload.state == Upload::State::kComplete;
  if (offset < 0 || part.size < 0 || (!complete && !locked->file.is_open())) {
    return offset_mismatch(upload.received);
  }
  if (part.size > upload.size - offset) return part_too_long(upload.size);
  if (offset + part.size <= upload.received) return repeated(*locked, offset, part);
  if (complete || offset != upload.received) return offset_mismatch(upload.received);
  return appended(*locked, part, *hash);
}

Result<Upload> Uploads::appended(Locked& locked, const PartBytes& part, const std::string& hash) {
  Upload upload = locked.upload;
  const auto give_up = [&](core::Error error) {
    (void)locked.file.cut(upload.received);  // else the next one does it
    return tl::unexpected(std::move(error));
  };
  auto written = locked.file.write(upload.received, part);
  if (!written) return give_up(std::move(written).error());
  if (!hash.empty() && *written != hash) {
    return give_up(checksum_mismatch(hash, *written).value());
  }
  Upload moved = upload;
  moved.received += part.size;
  moved.expires = {expiry(clock_.now(), options_)};
  if (auto put = store_.put_upload(moved); !put) return give_up(std::move(put).error());
  return moved;
}

// A client that did not hear our answer sends the part again.
Result<Upload> Uploads::repeated(const Locked& locked, std::int64_t offset, const PartBytes& part) {
  const Upload& upload = locked.upload;
  if (part.size == 0) return upload;
  Result<bool> same = false;
  if (upload.state == Upload::State::kComplete) {
    auto fd = blobs_.open(upload.blob);
    if (!fd) return tl::unexpected(std::move(fd).error());
    const UploadFile blob = UploadFile::reading(*fd);
    same = blob.holds(offset, part);
  } else {
    same = locked.file.holds(offset, part);
  }
  if (!same) return tl::unexpected(std::move(same).error());
  if (!*same) return offset_mismatch(upload.received);
  return upload;
}

Result<StoredFile> Uploads::complete(std::string_view id, const core::Caller& caller) {
  if (auto may = require_sender(caller); !may) return tl::unexpected(std::move(may).error());
  auto locked = lock(id, caller);
  if (!locked) return tl::unexpected(std::move(locked).error());
  Upload& upload = locked->upload;
  if (upload.state == Upload::State::kComplete) return stored_file(upload);
  if (upload.received != upload.size) return upload_incomplete(upload);
  if (locked->file.is_open()) {
    auto hash = locked->file.hash();
    if (!hash) return tl::unexpected(std::move(hash).error());
    if (!upload.sha256.empty() && *hash != upload.sha256) {
      return checksum_mismatch(upload.sha256, *hash);
    }
    auto head = head_of(locked->file.fd());
    if (!head) return tl::unexpected(std::move(head).error());
    upload.media_type = media_type_of(*head, upload.file_name, upload.media_type);
    // First where it will be: after a crash in between it is found there.
    upload.blob = *std::move(hash);
    if (auto put = store_.put_upload(upload); !put) {
      return tl::unexpected(std::move(put).error());
    }
    if (auto taken = blobs_.take_file(path_of(id)); !taken) {
      return tl::unexpected(std::move(taken).error());
    }
  } else {
    auto fd = blobs_.open(upload.blob);
    if (!fd) return upload_not_found(id);
    ::close(*fd);
  }
  upload.state = Upload::State::kComplete;
  if (auto put = store_.put_upload(upload); !put) return tl::unexpected(std::move(put).error());
  return stored_file(upload);
}

Result<void> Uploads::abort(std::string_view id, const core::Caller& caller) {
  auto locked = lock(id, caller);
  if (!locked) return tl::unexpected(std::move(locked).error());
  if (auto removed = store_.remove_upload(id); !removed) return removed;
  ::unlink(path_of(id).c_str());
  return {};
}

Result<StoredFile> Uploads::store(const NewUpload& file, const PartBytes& bytes) {
  NewUpload wanted = file;
  wanted.size = bytes.size;
  auto good = checked(wanted);
  if (!good) return tl::unexpected(std::move(good).error());
  if (auto made = make_folder(options_.folder); !made) {
    return tl::unexpected(std::move(made).error());
  }
  const std::string path = path_of("now-" + core::random_uuid());
  const RemovedAtEnd remover(path);
  auto copy = UploadFile::create(path);
  if (!copy) return tl::unexpected(std::move(copy).error());
  auto hash = copy->write(0, bytes);
  if (!hash) return tl::unexpected(std::move(hash).error());
  if (!good->sha256.empty() && *hash != good->sha256) {
    return checksum_mismatch(good->sha256, *hash);
  }
  auto head = head_of(copy->fd());
  if (!head) return tl::unexpected(std::move(head).error());
  auto kept = blobs_.take_file(path);
  if (!kept) return tl::unexpected(std::move(kept).error());
  return StoredFile{kept->sha256, bytes.size, good->file_name,
                    media_type_of(*head, good->file_name, good->media_type)};
}

Result<void> Uploads::remove_expired() {
  const core::Timestamp now = clock_.now();
  auto expired = store_.uploads_expired(now);
  if (!expired) return tl::unexpected(std::move(expired).error());
  for (const Upload& upload : *expired) {
    auto file = UploadFile::open(path_of(upload.id));
    if (!file) continue;  // somebody works on it
    const auto again = store_.upload(upload.id);
    if (!again || !*again || (*again)->expires > now) continue;
    if (auto removed = store_.remove_upload(upload.id); !removed) return removed;
    ::unlink(path_of(upload.id).c_str());
  }
  return remove_leftovers();
}

// Files of processes that ended between making them and telling the store, or after.
Result<void> Uploads::remove_leftovers() {
  std::error_code error;
  const auto limit = std::filesystem::file_time_type::clock::now() -
                     std::chrono::hours(std::max<std::int64_t>(options_.expire_hours, 1));
  std::filesystem::directory_iterator entry(options_.folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    std::error_code gone;
    const auto written = std::filesystem::last_write_time(entry->path(), gone);
    if (gone || written > limit) continue;
    const auto known = store_.upload(entry->path().filename().string());
    if (!known) return tl::unexpected(known.error());
    if (!*known) std::filesystem::remove(entry->path(), gone);
  }
  return {};
}

}  // namespace minato::service
