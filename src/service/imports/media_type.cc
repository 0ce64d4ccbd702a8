#include "service/imports/media_type.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/file_formats.h"
#include "service/harvest/content.h"
#include "tabular/input/container.h"

namespace minato::service {

namespace {

using tabular::Container;
using namespace std::string_view_literals;

constexpr std::string_view kUnknown = "application/octet-stream";

struct Named {
  std::string_view begin;
  std::string_view format;
};

constexpr std::array<Named, 6> kPictures{{{"\x89PNG\r\n"sv, "PNG"},
                                          {"\xFF\xD8\xFF"sv, "JPEG"},
                                          {"GIF8"sv, "GIF"},
                                          {"II*\0"sv, "TIFF"},
                                          {"MM\0*"sv, "TIFF"},
                                          {"RIFF"sv, "WEBP"}}};

std::string_view picture_format(std::string_view head) {
  for (const Named& picture : kPictures) {
    if (head.starts_with(picture.begin)) return picture.format;
  }
  return {};
}

std::string mimetype_of_format(std::string_view format) {
  const core::FileFormat* found = core::find_file_format(format);
  return found == nullptr || found->mimetype.empty() ? std::string(kUnknown) : found->mimetype;
}

bool is_one_of(std::string_view format, std::initializer_list<std::string_view> formats) {
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

// What is text whatever its characters mean.
bool is_text_format(std::string_view format) {
  return is_one_of(format, {"CSV",     "TSV",  "TXT",      "JSON", "NDJSON", "GeoJSON", "TopoJSON",
                            "JSON-LD", "XML",  "RDF",      "TTL",  "N3",     "KML",     "GML",
                            "CityGML", "HTML", "MARKDOWN", "SVG",  "ICS",    "DXF",     "RTF"});
}

// Whatever is nothing else is sniffed as text: music and maps too.
bool looks_like_text(std::string_view head) {
  if (head.starts_with("\xFF\xFE"sv) || head.starts_with("\xFE\xFF"sv)) return true;  // UTF-16
  return std::none_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1A' &&
           c != '\x1B';  // ISO-2022-JP
  });
}

// The format that the bytes show; empty: they may be anything. `named` is what the name says.
std::string_view shown_format(Container container, std::string_view named, std::string_view head) {
  switch (container) {
    case Container::kXlsx:
      return named == "XLSM" ? "XLSM" : "XLSX";
    case Container::kXls:
      return is_one_of(named, {"DOC", "PPT"}) ? named : "XLS";
    case Container::kZip:
      return is_one_of(named, {"SHP", "KMZ", "GTFS", "CityGML", "3D Tiles"}) ? named : "ZIP";
    case Container::kGzip:
      return "GZIP";
    case Container::kPdf:
      return "PDF";
    case Container::kPicture:
      return picture_format(head);
    case Container::kWordDocument:
      return "DOCX";
    case Container::kPresentation:
      return "PPTX";
    case Container::kOpenDocument:
      return named == "ODT" ? "ODT" : "ODS";
    case Container::kHtml:
      return "HTML";
    case Container::kJson:
      return is_text_format(named) && named != "CSV" && named != "TXT" ? named : "JSON";
    case Container::kXml:
      return is_text_format(named) && named != "CSV" && named != "TXT" ? named : "XML";
    case Container::kSevenZip:
      return "7Z";
    case Container::kSqlite:
      return named == "GPKG" ? "GPKG" : "SQLITE";
    default:
      return {};
  }
}

}  // namespace

std::string media_type_of(std::string_view head, std::string_view file_name,
                          std::string_view told) {
  const std::string named = core::format_of_url(file_name);
  const Container container = tabular::sniff_container(head);
  const std::string_view shown = shown_format(container, named, head);
  if (!shown.empty()) return mimetype_of_format(shown);
  if (container == Container::kText && looks_like_text(head)) {
    return is_text_format(named) ? mimetype_of_format(named) : std::string("text/plain");
  }
  if (!named.empty() && !is_text_format(named)) return mimetype_of_format(named);
  const core::FileFormat* word = core::find_file_format(told);
  return word == nullptr || word->mimetype.empty() ? std::string(kUnknown) : word->mimetype;
}

std::string format_of_file(std::string_view head, std::string_view word) {
  const Container container = tabular::sniff_container(head);
  if (container == Container::kHtml || container == Container::kPicture) {
    return std::string(shown_format(container, word, head));
  }
  const std::string_view better = better_format(head, word);
  return std::string(better.empty() ? word : better);
}

core::Result<std::string> head_of(int fd) {
  std::string head(tabular::kSniffBytes, '\0');
  std::size_t filled = 0;
  while (filled < head.size()) {
    const ssize_t got =
        ::pread(fd, head.data() + filled, head.size() - filled, static_cast<off_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return core::fail_internal(std::string("pread: ") + std::strerror(errno));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  head.resize(filled);
  return head;
}

}  // namespace minato::service
