// Workbooks from literal parts: XLSX as a zip of XML texts, XLS as a compound file of records.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace minato::test {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string make_zip(const Parts& parts) {
  std::string bytes(std::size_t{1} << 16, '\0');
  for (const auto& [name, text] : parts) bytes.resize(bytes.size() + text.size() + 1'024);
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
  for (const auto& [name, text] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (archive_write_header(writer, entry) != ARCHIVE_OK) throw std::runtime_error("zip header");
    archive_write_data(writer, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

// One visible sheet "表" unless parts are set otherwise.
struct XlsxBuilder {
  std::string rows;         // <row> elements
  std::string before_rows;  // <cols>, <dimension>
  std::string behind_rows;  // <mergeCells>
  std::string strings;      // <si> elements
  std::string formats;      // <numFmt> elements
  std::string styles = "<xf numFmtId=\"0\"/>";
  std::string workbook_properties;
  std::string sheets = "<sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/>";
  Parts more;  // other parts, or other texts of these

  [[nodiscard]] Parts parts() const {
    static constexpr std::string_view kMain =
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
        "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    static const std::string kType =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const std::string main(kMain);
    Parts all = {
        {"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"" + kType +
                            "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId1\" Type=\"" + kType +
             "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
             kType + "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>" +
             "<Relationship Id=\"rId3\" Type=\"" + kType +
             "chartsheet\" Target=\"chartsheets/sheet1.xml\"/><Relationship Id=\"rId8\" Type=\"" +
             kType + "sharedStrings\" Target=\"sharedStrings.xml\"/>" +
             "<Relationship Id=\"rId9\" Type=\"" + kType +
             "styles\" Target=\"styles.xml\"/></Relationships>"},
        {"xl/workbook.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook " + main + ">" +
                                workbook_properties + "<sheets>" + sheets + "</sheets></workbook>"},
        {"xl/styles.xml", "<styleSheet " + main + "><numFmts>" + formats + "</numFmts><cellXfs>" +
                              styles + "</cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml", "<sst " + main + ">" + strings + "</sst>"},
        {"xl/worksheets/sheet1.xml", "<?xml version=\"1.0\"?>\n<worksheet " + main + ">" +
                                         before_rows + "<sheetData>" + rows + "</sheetData>" +
                                         behind_rows + "</worksheet>"}};
    for (const auto& [name, text] : more) {
      bool replaced = false;
      for (auto& [known, content] : all) {
        if (known != name) continue;
        content = text;
        replaced = true;
      }
      if (!replaced) all.emplace_back(name, text);
    }
    return all;
  }
  [[nodiscard]] std::string bytes() const { return make_zip(parts()); }
};

inline std::string le16(unsigned number) {
  return {static_cast<char>(number & 0xFF), static_cast<char>(number >> 8 & 0xFF)};
}
inline std::string le32(std::uint32_t number) { return le16(number & 0xFFFF) + le16(number >> 16); }
inline std::string le64(double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number);
  return le32(static_cast<std::uint32_t>(bits)) + le32(static_cast<std::uint32_t>(bits >> 32));
}
inline std::string biff_record_bytes(unsigned type, const std::string& body) {
  return le16(type) + le16(static_cast<unsigned>(body.size())) + body;
}

// A compound file ([MS-CFB], sectors of 512 bytes) with one stream in its root.
inline std::string make_compound_file(const std::string& name, std::string stream) {
  constexpr std::size_t kSector = 512;
  constexpr std::uint32_t kEnd = 0xFFFFFFFE;
  if (stream.size() < 4'096) stream.resize(4'096);  // smaller ones lie in another place
  stream.resize((stream.size() + kSector - 1) / kSector * kSector);
  const auto stream_sectors = static_cast<std::uint32_t>(stream.size() / kSector);
  const std::uint32_t fat_sectors = (stream_sectors + 1) / 127 + 1;
  std::string head = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') + le16(0x3E) +
                     le16(3) + le16(0xFFFE) + le16(9) + le16(6) + std::string(10, '\0') +
                     le32(fat_sectors) + le32(fat_sectors) + le32(0) + le32(4'096) + le32(kEnd) +
                     le32(0) + le32(kEnd) + le32(0);
  for (std::uint32_t i = 0; i < fat_sectors; ++i) head += le32(i);
  head.resize(kSector, '\xFF');
  std::string fat;
  for (std::uint32_t i = 0; i < fat_sectors; ++i) fat += le32(0xFFFFFFFD);
  fat += le32(kEnd);  // the directory
  const std::uint32_t begin = fat_sectors + 1;
  for (std::uint32_t i = 1; i < stream_sectors; ++i) fat += le32(begin + i);
  fat += le32(kEnd);
  fat.resize(fat_sectors * kSector, '\xFF');
  const auto entry = [](const std::string& ascii, char type, std::uint32_t child,
                        std::uint32_t start, std::uint32_t size) {
    std::string wide;
    for (const char c : ascii) wide += {c, '\0'};
    wide.resize(64);
    return wide + le16(static_cast<unsigned>(2 * ascii.size() + 2)) + type + '\1' + le32(~0U) +
           le32(~0U) + le32(child) + std::string(36, '\0') + le32(start) + le32(size) + le32(0);
  };
  std::string directory = entry("Root Entry", 5, 1, kEnd, 0) +
                          entry(name, 2, ~0U, begin, static_cast<std::uint32_t>(stream.size()));
  directory.resize(kSector);
  return head + fat + directory + stream;
}

// Records of BIFF8 for one sheet and those before it.
struct XlsBuilder {
  std::string globals;  // records
  std::string cells;    // records of the sheet
  std::string name = "AED";
  unsigned state = 0;  // of the sheet: 1 hidden
  unsigned version = 0x0600;

  [[nodiscard]] std::string stream() const {
    const auto bof = [this](unsigned type) {
      return biff_record_bytes(0x0809, le16(version) + le16(type) + std::string(12, '\0'));
    };
    const std::string length(1, static_cast<char>(name.size()));
    const std::string flags = version == 0x0600 ? std::string(1, '\0') : "";
    const auto bound = [&](std::uint32_t offset) {
      return biff_record_bytes(
          0x85, le32(offset) + static_cast<char>(state) + '\0' + length + flags + name);
    };
    const std::string end = biff_record_bytes(0x0A, "");
    const std::string before = bof(5) + globals;
    const auto offset = static_cast<std::uint32_t>(before.size() + bound(0).size() + end.size());
    return before + bound(offset) + end + bof(16) + cells + end;
  }
  [[nodiscard]] std::string bytes() const {
    return make_compound_file(version == 0x0600 ? "Workbook" : "Book", stream());
  }
};

}  // namespace minato::test
