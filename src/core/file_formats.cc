#include "core/file_formats.h"

#include <algorithm>

namespace minato::core {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string_view trim(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool contains(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// The part behind the last dot of the last path segment, in lower case.
std::string extension_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == path.size()) return {};
  return lower(path.substr(dot + 1));
}

const FileFormat* find_by_extension(std::string_view extension) {
  if (extension.empty()) return nullptr;
  for (const FileFormat& format : file_formats()) {
    if (contains(format.extensions, extension)) return &format;
  }
  return nullptr;
}

// What an IRI of an authority names: the EU file-type table, IANA's media types.
std::string_view named_by_iri(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) return text;
  constexpr std::string_view kMediaTypes = "/media-types/";
  constexpr std::string_view kFileTypes = "/authority/file-type/";
  for (const std::string_view table : {kMediaTypes, kFileTypes}) {
    const std::size_t place = text.find(table);
    if (place != std::string_view::npos) return text.substr(place + table.size());
  }
  return text;
}

}  // namespace

const std::vector<FileFormat>& file_formats() {
  static const std::vector<FileFormat> formats = {
      {"CSV", "text/csv", {"csv"}, {"text/comma-separated-values", "application/csv"}},
      {"TSV", "text/tab-separated-values", {"tsv", "tab"}, {"text/tsv"}},
      {"TXT", "text/plain", {"txt", "text"}, {"plain text", "テキスト"}},
      {"XLSX",
       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
       {"xlsx"},
       {"excel (xlsx)", "openxml", "excel2007"}},
      {"XLS",
       "application/vnd.ms-excel",
       {"xls"},
       {"excel", "application/excel", "msexcel", "ms excel", "microsoft excel", "エクセル"}},
      {"XLSM", "application/vnd.ms-excel.sheet.macroenabled.12", {"xlsm"}, {}},
      {"ODS", "application/vnd.oasis.opendocument.spreadsheet", {"ods"}, {}},
      {"JSON", "application/json", {"json"}, {"text/json", "application/x-json"}},
      {"NDJSON", "application/x-ndjson", {"ndjson", "jsonl"}, {"application/jsonl", "json lines"}},
      {"GeoJSON", "application/geo+json", {"geojson"}, {"application/vnd.geo+json"}},
      {"TopoJSON", "application/topo+json", {"topojson"}, {}},
      {"JSON-LD", "application/ld+json", {"jsonld"}, {"json ld", "json_ld"}},
      {"XML", "application/xml", {"xml"}, {"text/xml"}},
      {"RDF", "application/rdf+xml", {"rdf"}, {"rdf/xml", "rdf_xml"}},
      {"TTL", "text/turtle", {"ttl"}, {"turtle", "rdf_turtle", "application/x-turtle"}},
      {"N3", "text/n3", {"n3"}, {}},
      {"KML", "application/vnd.google-earth.kml+xml", {"kml"}, {}},
      {"KMZ", "application/vnd.google-earth.kmz", {"kmz"}, {}},
      {"GML", "application/gml+xml", {"gml"}, {}},
      {"SHP",
       "",
       {"shp"},
       {"shapefile", "shape", "esri shapefile", "esri shape", "シェープファイル", "シェープ",
        "シェイプファイル"}},
      {"GPKG", "application/geopackage+sqlite3", {"gpkg"}, {"geopackage"}},
      {"DXF", "image/vnd.dxf", {"dxf"}, {}},
      {"GTFS", "", {}, {"gtfs-jp", "gtfs jp", "gtfs_jp", "標準的なバス情報フォーマット"}},
      {"ZIP", "application/zip", {"zip"}, {"application/x-zip-compressed", "application/x-zip"}},
      {"GZIP", "application/gzip", {"gz", "gzip"}, {"application/x-gzip"}},
      {"7Z", "application/x-7z-compressed", {"7z"}, {}},
      {"TAR", "application/x-tar", {"tar"}, {}},
      {"PDF", "application/pdf", {"pdf"}, {"application/x-pdf"}},
      {"DOC", "application/msword", {"doc"}, {"word", "ms word", "ワード"}},
      {"DOCX",
       "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
       {"docx"},
       {}},
      {"ODT", "application/vnd.oasis.opendocument.text", {"odt"}, {}},
      {"PPT", "application/vnd.ms-powerpoint", {"ppt"}, {"powerpoint", "パワーポイント"}},
      {"PPTX",
       "application/vnd.openxmlformats-officedocument.presentationml.presentation",
       {"pptx"},
       {}},
      {"RTF", "application/rtf", {"rtf"}, {"text/rtf"}},
      {"HTML",
       "text/html",
       {"html", "htm"},
       {"application/xhtml+xml", "xhtml", "html5", "web page", "ウェブページ", "webページ",
        "webサイト", "ホームページ"}},
      {"MARKDOWN", "text/markdown", {"md"}, {}},
      {"PNG", "image/png", {"png"}, {}},
      {"JPEG", "image/jpeg", {"jpg", "jpeg"}, {"image/jpg"}},
      {"GIF", "image/gif", {"gif"}, {}},
      {"TIFF", "image/tiff", {"tif", "tiff"}, {"geotiff"}},
      {"SVG", "image/svg+xml", {"svg"}, {}},
      {"WEBP", "image/webp", {"webp"}, {}},
      {"MP3", "audio/mpeg", {"mp3"}, {}},
      {"MP4", "video/mp4", {"mp4"}, {}},
      {"ICS", "text/calendar", {"ics"}, {"icalendar"}},
      {"PARQUET", "application/vnd.apache.parquet", {"parquet"}, {}},
      {"SQLITE", "application/vnd.sqlite3", {"sqlite", "sqlite3"}, {}},
      {"CityGML", "", {"citygml"}, {}},
      {"3D Tiles", "", {}, {"3dtiles", "3d-tiles"}},
      {"LAS", "application/vnd.las", {"las"}, {}},
      {"LAZ", "application/vnd.laszip", {"laz"}, {}},
      {"API", "", {}, {"web api", "webapi", "rest api", "rest"}},
      {"WMS", "", {"wms"}, {"ogc wms"}},
      {"WFS", "", {"wfs"}, {"ogc wfs"}},
      {"SPARQL", "", {}, {"sparql endpoint"}},
  };
  return formats;
}

const FileFormat* find_file_format(std::string_view raw) {
  std::string_view text = named_by_iri(trim(raw.substr(0, raw.find(';'))));
  if (text.starts_with('.')) text.remove_prefix(1);
  const std::string key = lower(text);
  if (key.empty()) return nullptr;
  for (const FileFormat& format : file_formats()) {
    if (lower(format.name) == key || format.mimetype == key || contains(format.aliases, key)) {
      return &format;
    }
  }
  return find_by_extension(key);
}

std::string normalise_format(std::string_view raw) {
  const FileFormat* format = find_file_format(raw);
  return format != nullptr ? format->name : std::string(trim(raw));
}

std::string format_of_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    const std::size_t path = url.find('/', scheme + 3);
    if (path == std::string_view::npos) return {};  // "https://example.jp" is no ".jp" file
    url.remove_prefix(path);
  }
  const FileFormat* format = find_by_extension(extension_of(url));
  return format != nullptr ? format->name : std::string();
}

std::string mimetype_of_file(std::string_view file_name) {
  const FileFormat* format = find_by_extension(extension_of(file_name));
  return format != nullptr && !format->mimetype.empty() ? format->mimetype
                                                        : "application/octet-stream";
}

}  // namespace minato::core
