#include "service/harvest/content.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/file_formats.h"
#include "service/harvest/extras.h"
#include "tabular/input/container.h"

namespace minato::service {

namespace {

using tabular::Container;

bool is_one_of(std::string_view format, std::initializer_list<std::string_view> formats) {
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

// "CSV" or "TSV": more tabs than commas in the first line.
std::string_view delimited_format(std::string_view head) {
  const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  return std::count(line.begin(), line.end(), '\t') > std::count(line.begin(), line.end(), ',')
             ? "TSV"
             : "CSV";
}

// The format that the content shows, as far as it speaks against the word; empty: the word may
// stand. A ZIP may well be a shapefile or GTFS, text may be anything that is text.
std::string_view better_format(Container container, std::string_view word, std::string_view head) {
  switch (container) {
    case Container::kXlsx:
      return is_one_of(word, {"XLSX", "XLSM"}) ? "" : "XLSX";
    case Container::kXls:
      return word == "XLS" ? "" : "XLS";
    case Container::kText:
      return word.empty() || is_one_of(word, {"XLSX", "XLS", "XLSM", "ZIP", "GZIP", "PDF"})
                 ? delimited_format(head)
                 : "";
    case Container::kZip:
      return word.empty() || is_one_of(word, {"CSV", "TSV", "XLSX", "XLS", "XLSM", "GZIP", "PDF"})
                 ? "ZIP"
                 : "";
    case Container::kGzip:
      return word.empty() || is_one_of(word, {"XLSX", "XLS", "XLSM", "ZIP", "PDF"}) ? "GZIP" : "";
    case Container::kPdf:
      return word == "PDF" ? "" : "PDF";
    case Container::kWordDocument:
      return is_one_of(word, {"DOC", "DOCX"}) ? "" : "DOCX";
    case Container::kOpenDocument:
      return word.empty() || is_one_of(word, {"CSV", "XLSX", "XLS"}) ? "ODS" : "";
    default:
      return "";
  }
}

}  // namespace

std::string_view better_format(std::string_view head, std::string_view word) {
  return better_format(tabular::sniff_container(head), word, head);
}

core::Result<FileContent> look_at_content(const std::string& path, const core::Resource& resource) {
  auto head = tabular::read_head(path);
  if (!head) return tl::unexpected(std::move(head).error());
  const Container container = tabular::sniff_container(*head);
  if (container == Container::kHtml && resource.format != "HTML") {
    return core::fail(
        core::ErrorCode::kUnsupportedMedia, "harvest-file-is-page",
        {"ファイルの代わりにウェブページが返ってきました: " + resource.url,
         "The server sent a web page in place of the file: " + resource.url},
        {"ブラウザーで URL "
         "を開いて確かめ、公開団体に知らせてください。手元のファイルはそのまま残ります。",
         "Open the URL in a browser and tell the publisher; the file we hold stays."});
  }
  FileContent content;
  content.format = better_format(container, resource.format, *head);
  if (const auto* format = core::find_file_format(content.format)) {
    content.mimetype = format->mimetype;
  }
  return content;
}

void apply(const FileContent& content, core::Resource& resource) {
  if (content.format.empty()) return;
  if (extra_of(resource.extras, "raw_format").empty()) {
    set_extra(resource.extras, "raw_format", resource.format);
  }
  resource.format = content.format;
  resource.mimetype = content.mimetype;
}

}  // namespace minato::service
