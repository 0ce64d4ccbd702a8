#include "tabular/workbook/package.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tabular/workbook/workbook_errors.h"

namespace minato::tabular {
namespace {

constexpr std::uint64_t kSmall = 10'000'000;  // no ratio is a bomb below this
constexpr std::size_t kBlock = 65'536;

struct CloseArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

// Where the archive's bytes are, and what has been unpacked of them; streams share it.
struct ZipFile {
  std::string path;  // empty: `bytes` holds the archive
  std::string bytes;
  std::uint64_t packed = 0;
  ReadLimits limits;
  std::vector<std::uint64_t> unpacked;  // of each entry, by the longest read so far
  std::uint64_t total = 0;

  [[nodiscard]] bool allows(std::uint64_t size) const {
    if (size > limits.max_unpacked_bytes) return false;
    return size <= kSmall ||
           static_cast<double>(size) <= limits.max_ratio * static_cast<double>(packed);
  }
};

core::Result<Archive> open_archive(const ZipFile& file) {
  Archive reader(archive_read_new());
  if (!reader) return core::fail_internal("archive_read_new failed");
  archive_read_support_format_zip(reader.get());
  const int status =
      file.path.empty()
          ? archive_read_open_memory(reader.get(), file.bytes.data(), file.bytes.size())
          : archive_read_open_filename(reader.get(), file.path.c_str(), kBlock);
  if (status != ARCHIVE_OK) return workbook_damaged("ZIP の構造", "its zip structure");
  return reader;
}

// False at the end.
core::Result<bool> next_entry(archive* reader, archive_entry*& entry) {
  const int status = archive_read_next_header(reader, &entry);
  if (status == ARCHIVE_EOF) return false;
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
    return workbook_damaged("ZIP の目次", "the directory of its zip archive");
  }
  return true;
}

class ZipPartStream final : public PartStream {
 public:
  ZipPartStream(std::shared_ptr<ZipFile> file, Archive reader, std::size_t entry)
      : file_(std::move(file)), reader_(std::move(reader)), entry_(entry) {}

  core::Result<std::size_t> read(char* out, std::size_t size) override {
    const la_ssize_t got = archive_read_data(reader_.get(), out, size);
    if (got < 0) return workbook_damaged("ZIP の中身", "the contents of its zip archive");
    read_ += static_cast<std::uint64_t>(got);
    if (std::uint64_t& known = file_->unpacked[entry_]; read_ > known) {
      file_->total += read_ - known;
      known = read_;
      if (!file_->allows(file_->total)) return workbook_bomb();
    }
    return static_cast<std::size_t>(got);
  }

 private:
  std::shared_ptr<ZipFile> file_;
  Archive reader_;
  std::size_t entry_;
  std::uint64_t read_ = 0;
};

class ZipPackage final : public Package {
 public:
  explicit ZipPackage(std::shared_ptr<ZipFile> file) : file_(std::move(file)) {}

  core::Result<void> read_directory();

  [[nodiscard]] bool has(std::string_view part) const override {
    return entries_.contains(part_key(part));
  }

  core::Result<std::unique_ptr<PartStream>> open(std::string_view part) override {
    const auto found = entries_.find(part_key(part));
    if (found == entries_.end()) {
      return workbook_damaged("部品 " + std::string(part) + " がない",
                              "its part " + std::string(part) + " is missing");
    }
    auto reader = open_archive(*file_);
    if (!reader) return tl::unexpected(reader.error());
    archive_entry* entry = nullptr;
    for (std::size_t i = 0; i <= found->second; ++i) {
      const auto more = next_entry(reader->get(), entry);
      if (!more) return tl::unexpected(more.error());
      if (!*more) return workbook_damaged("ZIP の目次", "the directory of its zip archive");
    }
    return std::make_unique<ZipPartStream>(file_, std::move(*reader), found->second);
  }

 private:
  std::shared_ptr<ZipFile> file_;
  std::unordered_map<std::string, std::size_t> entries_;  // the first of equal names
};

core::Result<void> ZipPackage::read_directory() {
  auto reader = open_archive(*file_);
  if (!reader) return tl::unexpected(reader.error());
  archive_entry* entry = nullptr;
  std::uint64_t declared = 0;
  std::size_t index = 0;
  for (;; ++index) {
    const auto more = next_entry(reader->get(), entry);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    if (index >= file_->limits.max_entries) return workbook_bomb();
    if (archive_entry_size_is_set(entry)) {
      const auto size =
          static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
      declared = declared + size < declared ? UINT64_MAX : declared + size;
    }
    if (const char* name = archive_entry_pathname(entry)) {
      entries_.emplace(part_key(name), index);
    }
  }
  if (!file_->allows(declared)) return workbook_bomb();
  file_->unpacked.assign(index, 0);
  return {};
}

core::Result<std::shared_ptr<Package>> open_zip(std::shared_ptr<ZipFile> file) {
  auto package = std::make_shared<ZipPackage>(std::move(file));
  if (auto read = package->read_directory(); !read) return tl::unexpected(read.error());
  return package;
}

}  // namespace

std::string part_key(std::string_view part) {
  while (!part.empty() && (part.front() == '/' || part.front() == '\\')) part.remove_prefix(1);
  std::string key(part);
  for (char& c : key) {
    if (c == '\\') c = '/';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

core::Result<std::string> read_part(Package& package, std::string_view part,
                                    std::size_t max_bytes) {
  auto stream = package.open(part);
  if (!stream) return tl::unexpected(stream.error());
  std::string text;
  std::vector<char> block(kBlock);
  while (true) {
    const auto got = (*stream)->read(block.data(), block.size());
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return text;
    if (text.size() + *got > max_bytes) {
      return workbook_too_large("部品 " + std::string(part) + " ", "its part " + std::string(part));
    }
    text.append(block.data(), *got);
  }
}

core::Result<std::shared_ptr<Package>> open_zip_package(const std::string& path,
                                                        const ReadLimits& limits) {
  auto file = std::make_shared<ZipFile>();
  std::error_code error;
  file->packed = std::filesystem::file_size(path, error);
  if (error) return core::fail_internal("size of " + path + ": " + error.message());
  file->path = path;
  file->limits = limits;
  return open_zip(std::move(file));
}

core::Result<std::shared_ptr<Package>> open_zip_package_bytes(std::string bytes,
                                                              const ReadLimits& limits) {
  auto file = std::make_shared<ZipFile>();
  file->packed = bytes.size();
  file->bytes = std::move(bytes);
  file->limits = limits;
  return open_zip(std::move(file));
}

}  // namespace minato::tabular
