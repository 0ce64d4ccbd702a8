// The streams of an OLE compound file ([MS-CFB]): the container of XLS and of encrypted workbooks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::tabular {

class CompoundFile {
 public:
  static constexpr std::string_view kMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

  // Fails with "workbook-damaged". Chains that loop or leave the file are found when they are read.
  static core::Result<CompoundFile> parse(std::string bytes);

  // Streams of the root storage, by name without case.
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  [[nodiscard]] core::Result<std::string> read(std::string_view name) const;

 private:
  struct Entry {
    std::string name;  // lower case, its ASCII characters only
    std::uint8_t type = 0;
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    std::uint32_t child = 0;
    std::uint32_t start = 0;
    std::uint64_t size = 0;
  };

  [[nodiscard]] const Entry* find(std::string_view name) const;
  core::Result<void> read_tables();
  core::Result<void> read_directory(std::string_view bytes);
  void list_root();
  [[nodiscard]] core::Result<std::string> chain(std::uint32_t start, std::uint64_t size) const;
  [[nodiscard]] core::Result<std::string> small_chain(std::uint32_t start,
                                                      std::uint64_t size) const;
  [[nodiscard]] std::string_view sector(std::uint32_t number) const;

  std::string bytes_;
  std::size_t sector_bytes_ = 512;
  std::uint64_t small_stream_limit_ = 4'096;
  std::vector<std::uint32_t> next_;        // FAT
  std::vector<std::uint32_t> small_next_;  // mini FAT
  std::string small_sectors_;
  std::vector<Entry> entries_;
  std::vector<std::size_t> root_;  // of entries_
};

}  // namespace minato::tabular
