#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>
#include <vector>

#include "tabular/input/byte_source.h"

namespace minato::tabular {
namespace {

using core::ErrorCode;

core::LocalizedText unpack_hint() {
  return {"表のファイルだけを入れるか、展開して公開してください。",
          "Put only the table's file into it, or publish it unpacked."};
}

tl::unexpected<core::Error> damaged(archive* reader) {
  auto error = core::fail(
      ErrorCode::kInvalidArgument, "archive-damaged",
      {"書庫または圧縮ファイルが壊れています。", "The archive or compressed file is damaged."},
      {"作り直して公開してください。", "Make it again and publish it."});
  const char* text = reader != nullptr ? archive_error_string(reader) : nullptr;
  if (text != nullptr) error.value().internal = text;
  return error;
}

bool is_hidden(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view base = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return base.starts_with(".") || name.starts_with("__MACOSX/") || base == "Thumbs.db";
}

bool is_text_table(std::string_view name) {
  std::string end(name.substr(name.size() - std::min<std::size_t>(name.size(), 4)));
  std::transform(end.begin(), end.end(), end.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return end == ".csv" || end == ".tsv" || end == ".txt" || end == ".tab";
}

// The one entry to read, by its place. Names are bytes of any encoding: only their ASCII ends
// count.
class EntryChoice {
 public:
  void see(std::string_view name) {
    ++files_;
    const bool table = is_text_table(name);
    if (table) ++tables_;
    if (files_ == 1 || (table && tables_ == 1)) chosen_ = place_;
  }
  void next() { ++place_; }
  [[nodiscard]] core::Result<std::size_t> chosen() const {
    if (files_ == 1 || tables_ == 1) return chosen_;
    if (files_ == 0 || tables_ == 0) {
      return core::fail(ErrorCode::kUnsupportedMedia, "archive-no-table",
                        {"書庫に CSV がありません。", "There is no CSV in the archive."},
                        unpack_hint());
    }
    const std::string count = std::to_string(tables_);
    return core::fail(
        ErrorCode::kUnsupportedMedia, "archive-several-files",
        {"書庫に表のファイルが " + count + " 個あり、どれを読むか決められません。",
         "The archive holds " + count + " tables; which one is meant is unclear."},
        {"1 つのファイルずつ、別々に公開してください。", "Publish each file on its own."});
  }

 private:
  std::size_t place_ = 0;
  std::size_t chosen_ = 0;
  std::size_t files_ = 0;
  std::size_t tables_ = 0;
};

class UnpackedSource final : public ByteSource {
 public:
  UnpackedSource(std::unique_ptr<ByteSource> packed, const ReadLimits& limits)
      : packed_(std::move(packed)), limits_(limits) {}

  core::Result<void> open();
  core::Result<std::size_t> read(char* buffer, std::size_t size) override;
  core::Result<void> rewind() override { return start(); }

 private:
  struct Free {
    void operator()(archive* reader) const { archive_read_free(reader); }
  };

  static la_ssize_t read_packed(archive* reader, void* self, const void** block);
  core::Result<void> begin();
  core::Result<void> choose();
  core::Result<void> start();
  core::Result<archive_entry*> next_entry();
  [[nodiscard]] core::Result<void> check_limits() const;

  std::unique_ptr<ByteSource> packed_;
  ReadLimits limits_;
  std::array<char, std::size_t{64} * 1024> block_{};
  std::unique_ptr<archive, Free> reader_;
  std::size_t place_ = 0;
  std::uint64_t packed_bytes_ = 0;
  std::uint64_t unpacked_bytes_ = 0;
};

la_ssize_t UnpackedSource::read_packed(archive* reader, void* self, const void** block) {
  auto& source = *static_cast<UnpackedSource*>(self);
  const auto got = source.packed_->read(source.block_.data(), source.block_.size());
  if (!got) {
    archive_set_error(reader, ARCHIVE_FATAL, "%s", got.error().internal.c_str());
    return ARCHIVE_FATAL;
  }
  source.packed_bytes_ += *got;
  *block = source.block_.data();
  return static_cast<la_ssize_t>(*got);
}

// Zip is read as a stream: what its directory claims about sizes is not believed.
core::Result<void> UnpackedSource::begin() {
  if (auto rewound = packed_->rewind(); !rewound) return rewound;
  packed_bytes_ = unpacked_bytes_ = 0;
  reader_.reset(archive_read_new());
  if (!reader_) return core::fail_internal("libarchive: no memory");
  archive* const reader = reader_.get();
  archive_read_support_filter_gzip(reader);
  archive_read_support_format_zip_streamable(reader);
  archive_read_support_format_raw(reader);
  if (archive_read_open(reader, this, nullptr, &UnpackedSource::read_packed, nullptr) !=
      ARCHIVE_OK) {
    return damaged(reader);
  }
  return {};
}

// nullptr at the end.
core::Result<archive_entry*> UnpackedSource::next_entry() {
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(reader_.get(), &entry);
  if (status == ARCHIVE_EOF) return nullptr;
  if (status < ARCHIVE_WARN) return damaged(reader_.get());
  if (archive_entry_is_encrypted(entry) > 0) {
    return core::fail(ErrorCode::kInvalidArgument, "archive-encrypted",
                      {"書庫が暗号化されています。", "The archive is encrypted."},
                      {"パスワードなしで公開してください。", "Publish it without a password."});
  }
  return entry;
}

core::Result<void> UnpackedSource::check_limits() const {
  const auto packed = static_cast<double>(std::max<std::uint64_t>(packed_bytes_, 1));
  const bool steep = unpacked_bytes_ > (std::uint64_t{10} << 20) &&
                     static_cast<double>(unpacked_bytes_) / packed > limits_.max_ratio;
  if (!steep && unpacked_bytes_ <= limits_.max_unpacked_bytes) return {};
  return core::fail(ErrorCode::kTooLarge, "archive-bomb",
                    {"展開すると大きくなりすぎるファイルです。",
                     "Unpacked, the file grows beyond what is accepted."},
                    {"展開したファイルを公開してください。", "Publish the file unpacked."});
}

core::Result<void> UnpackedSource::choose() {
  EntryChoice choice;
  std::vector<char> skipped(std::size_t{64} * 1024);
  for (std::size_t entries = 0;; ++entries) {
    const auto entry = next_entry();
    if (!entry) return tl::unexpected(entry.error());
    if (*entry == nullptr) break;
    if (entries >= limits_.max_entries) {
      const std::string count = std::to_string(limits_.max_entries);
      return core::fail(ErrorCode::kTooLarge, "archive-bomb",
                        {"書庫のファイルが多すぎます(上限 " + count + ")。",
                         "The archive holds too many files (at most " + count + ")."},
                        unpack_hint());
    }
    const char* name = archive_entry_pathname(*entry);
    const std::string_view path = name != nullptr ? name : "";
    const bool folder = path.ends_with("/") || archive_entry_filetype(*entry) == AE_IFDIR;
    if (!folder && !is_hidden(path)) choice.see(path);
    choice.next();
    // Skipping unpacks too, so it counts: read() knows the limits.
    while (true) {
      const auto got = read(skipped.data(), skipped.size());
      if (!got) return tl::unexpected(got.error());
      if (*got == 0) break;
    }
  }
  const auto chosen = choice.chosen();
  if (!chosen) return tl::unexpected(chosen.error());
  place_ = *chosen;
  return {};
}

core::Result<void> UnpackedSource::start() {
  if (auto begun = begin(); !begun) return begun;
  for (std::size_t at = 0; at <= place_; ++at) {
    const auto entry = next_entry();
    if (!entry) return tl::unexpected(entry.error());
    if (*entry == nullptr) return damaged(nullptr);
  }
  return {};
}

core::Result<void> UnpackedSource::open() {
  if (auto begun = begin(); !begun) return begun;
  // One gzip stream has one entry; to look for a second would unpack it once more.
  archive_entry* entry = nullptr;
  if (archive_read_next_header(reader_.get(), &entry) < ARCHIVE_WARN) return damaged(reader_.get());
  if (archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW) return start();
  if (auto begun = begin(); !begun) return begun;
  if (auto chosen = choose(); !chosen) return chosen;
  return start();
}

core::Result<std::size_t> UnpackedSource::read(char* buffer, std::size_t size) {
  la_ssize_t got = ARCHIVE_RETRY;
  while (got == ARCHIVE_RETRY) got = archive_read_data(reader_.get(), buffer, size);
  if (got < 0) return damaged(reader_.get());
  unpacked_bytes_ += static_cast<std::uint64_t>(got);
  if (auto allowed = check_limits(); !allowed) return tl::unexpected(allowed.error());
  return static_cast<std::size_t>(got);
}

}  // namespace

core::Result<std::unique_ptr<ByteSource>> open_unpacked_source(const std::string& path,
                                                               const ReadLimits& limits) {
  auto packed = open_file_source(path, limits);
  if (!packed) return tl::unexpected(packed.error());
  auto source = std::make_unique<UnpackedSource>(std::move(*packed), limits);
  if (auto opened = source->open(); !opened) return tl::unexpected(opened.error());
  return source;
}

}  // namespace minato::tabular
