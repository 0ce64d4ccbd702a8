#include "tabular/workbook/compound_file.h"

#include <algorithm>
#include <utility>

#include "tabular/workbook/little_endian.h"
#include "tabular/workbook/workbook_errors.h"

namespace minato::tabular {
namespace {

constexpr std::uint32_t kMaxSector = 0xFFFFFFFA;  // above: end of chain, free, ...
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;
constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kHeaderFatSectors = 109;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kSmallSectorBytes = 64;
constexpr std::uint8_t kStream = 2;
constexpr std::uint8_t kRoot = 5;

tl::unexpected<core::Error> bad_file() {
  return workbook_damaged("OLE 複合ファイルの構造", "the structure of its OLE compound file");
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

core::Result<CompoundFile> CompoundFile::parse(std::string bytes) {
  CompoundFile file;
  file.bytes_ = std::move(bytes);
  const std::uint16_t shift = u16(file.bytes_, 30);
  if (file.bytes_.size() < kHeaderBytes || !file.bytes_.starts_with(kMagic) ||
      (shift != 9 && shift != 12)) {
    return bad_file();
  }
  file.sector_bytes_ = std::size_t{1} << shift;
  file.small_stream_limit_ = std::min<std::uint32_t>(u32(file.bytes_, 56), 65'536);
  if (auto tables = file.read_tables(); !tables) return tl::unexpected(tables.error());
  return file;
}

// Empty beyond the file; the last sector may be cut.
std::string_view CompoundFile::sector(std::uint32_t number) const {
  const std::uint64_t begin = (std::uint64_t{number} + 1) * sector_bytes_;
  if (number >= kMaxSector || begin >= bytes_.size()) return {};
  return std::string_view(bytes_).substr(begin, sector_bytes_);
}

core::Result<void> CompoundFile::read_tables() {
  const std::size_t sectors = bytes_.size() / sector_bytes_ + 1;
  const auto add_fat = [this](std::uint32_t number) {
    const std::string_view table = sector(number);
    for (std::size_t at = 0; at + 4 <= table.size(); at += 4) next_.push_back(u32(table, at));
  };
  const auto full = [this, sectors] { return next_.size() >= sectors; };
  for (std::size_t i = 0; i < kHeaderFatSectors && !full(); ++i) add_fat(u32(bytes_, 76 + 4 * i));
  std::uint32_t more = u32(bytes_, 68);
  for (std::size_t steps = 0; more < kMaxSector && !full(); ++steps) {
    const std::string_view table = sector(more);
    if (table.size() < sector_bytes_ || steps > sectors) return bad_file();
    for (std::size_t at = 0; at + 8 <= table.size() && !full(); at += 4) add_fat(u32(table, at));
    more = u32(table, sector_bytes_ - 4);
  }
  const auto directory = chain(u32(bytes_, 48), UINT64_MAX);
  if (!directory) return tl::unexpected(directory.error());
  if (auto read = read_directory(*directory); !read) return read;
  if (u32(bytes_, 64) == 0) return {};
  const auto small = chain(u32(bytes_, 60), UINT64_MAX);
  if (!small) return tl::unexpected(small.error());
  for (std::size_t at = 0; at + 4 <= small->size(); at += 4) {
    small_next_.push_back(u32(*small, at));
  }
  auto small_sectors = chain(entries_.front().start, entries_.front().size);
  if (!small_sectors) return tl::unexpected(small_sectors.error());
  small_sectors_ = std::move(*small_sectors);
  return {};
}

core::Result<void> CompoundFile::read_directory(std::string_view bytes) {
  for (std::size_t at = 0; at + kEntryBytes <= bytes.size(); at += kEntryBytes) {
    const std::string_view record = bytes.substr(at, kEntryBytes);
    Entry entry;
    const std::size_t name_bytes = std::min<std::size_t>(u16(record, 64), 64);
    for (std::size_t i = 0; i + 2 < name_bytes; i += 2) {
      const std::uint16_t unit = u16(record, i);
      entry.name += unit < 0x80 ? static_cast<char>(unit) : '?';
    }
    entry.name = lower_ascii(entry.name);
    entry.type = little_endian<std::uint8_t>(record, 66);
    entry.left = u32(record, 68);
    entry.right = u32(record, 72);
    entry.child = u32(record, 76);
    entry.start = u32(record, 116);
    entry.size =
        sector_bytes_ == 512 ? u32(record, 120) : little_endian<std::uint64_t>(record, 120);
    entries_.push_back(std::move(entry));
  }
  if (entries_.empty() || entries_.front().type != kRoot) return bad_file();
  list_root();
  return {};
}

// Only what lies in the root: a workbook may hold documents that hold workbooks.
void CompoundFile::list_root() {
  std::vector<bool> seen(entries_.size());
  std::vector<std::uint32_t> open = {entries_.front().child};
  while (!open.empty()) {
    const std::uint32_t number = open.back();
    open.pop_back();
    if (number == kNoEntry || number >= entries_.size() || seen[number]) continue;
    seen[number] = true;
    root_.push_back(number);
    open.push_back(entries_[number].left);
    open.push_back(entries_[number].right);
  }
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const std::string lower = lower_ascii(name);
  for (const std::size_t number : root_) {
    if (entries_[number].type == kStream && entries_[number].name == lower) {
      return &entries_[number];
    }
  }
  return nullptr;
}

core::Result<std::string> CompoundFile::read(std::string_view name) const {
  const Entry* entry = find(name);
  if (entry == nullptr) return bad_file();
  return entry->size < small_stream_limit_ ? small_chain(entry->start, entry->size)
                                           : chain(entry->start, entry->size);
}

// `size` UINT64_MAX: to the end of the chain.
core::Result<std::string> CompoundFile::chain(std::uint32_t start, std::uint64_t size) const {
  std::string out;
  if (size != UINT64_MAX && size > bytes_.size()) return bad_file();
  std::uint32_t number = start;
  while (out.size() < size && number < kMaxSector) {
    const std::string_view piece = sector(number);
    // A chain longer than the file is a loop.
    if (piece.empty() || number >= next_.size() || out.size() > bytes_.size()) return bad_file();
    out += piece;
    number = next_[number];
  }
  if (size == UINT64_MAX) return out;
  if (out.size() < size) return bad_file();
  out.resize(size);
  return out;
}

core::Result<std::string> CompoundFile::small_chain(std::uint32_t start, std::uint64_t size) const {
  std::string out;
  std::uint32_t number = start;
  while (out.size() < size && number < kMaxSector) {
    const std::uint64_t begin = std::uint64_t{number} * kSmallSectorBytes;
    if (begin >= small_sectors_.size() || number >= small_next_.size()) return bad_file();
    out += std::string_view(small_sectors_).substr(begin, kSmallSectorBytes);
    number = small_next_[number];
  }
  if (out.size() < size) return bad_file();
  out.resize(size);
  return out;
}

}  // namespace minato::tabular
