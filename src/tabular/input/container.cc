#include "tabular/input/container.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <utility>

namespace minato::tabular {
namespace {

struct Magic {
  std::string_view bytes;
  Container container;
};

using namespace std::string_view_literals;

constexpr Magic kMagics[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, Container::kXls},
    {"\x1F\x8B"sv, Container::kGzip},
    {"%PDF-"sv, Container::kPdf},
    {"\x89PNG\r\n"sv, Container::kPicture},
    {"\xFF\xD8\xFF"sv, Container::kPicture},
    {"GIF87a"sv, Container::kPicture},
    {"GIF89a"sv, Container::kPicture},
    {"II*\0"sv, Container::kPicture},
    {"MM\0*"sv, Container::kPicture},
    {"7z\xBC\xAF\x27\x1C"sv, Container::kSevenZip},
    {"Rar!\x1A\x07"sv, Container::kRar},
    {"\xFD\x37zXZ\0"sv, Container::kXz},
    {"\x28\xB5\x2F\xFD"sv, Container::kZstd},
    {"SQLite format 3\0"sv, Container::kSqlite},
};

std::string_view trimmed_start(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

// ASCII part of the head, in lower case: enough for markup; the NULs of UTF-16 are left out.
std::string folded(std::string_view head) {
  std::string text;
  for (const char c : head.substr(0, 4096)) {
    if (c == '\0' || c == '\xEF' || c == '\xBB' || c == '\xBF' || c == '\xFF' || c == '\xFE') {
      continue;
    }
    text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

// "{" or "[" alone begin titles too: "[令和4年度] ...".
bool is_json(std::string_view text) {
  if (text.empty() || (text.front() != '{' && text.front() != '[')) return false;
  const std::string_view inner = trimmed_start(text.substr(1));
  if (inner.empty()) return false;
  if (text.front() == '{') return inner.front() == '"' || inner.front() == '}';
  return inner.front() == '{' || inner.front() == '[' || inner.front() == '"';
}

Container sniff_markup(std::string_view head) {
  const std::string folded_head = folded(head);
  const std::string_view text = trimmed_start(folded_head);
  if (is_json(text)) return Container::kJson;
  for (const std::string_view tag :
       {"<!doctype html", "<html", "<head", "<body", "<script", "<table", "<meta", "<title"}) {
    if (text.starts_with(tag)) return Container::kHtml;
  }
  if (!text.starts_with("<?xml") && !text.starts_with("<!--") && !text.starts_with("<!doctype")) {
    return Container::kText;
  }
  return text.find("<html") != std::string_view::npos ? Container::kHtml : Container::kXml;
}

// By the names of its first entries (APPNOTE 4.3.7).
Container sniff_zip(std::string_view head) {
  const auto number = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(head[at])) |
           static_cast<std::size_t>(static_cast<unsigned char>(head[at + 1])) << 8U;
  };
  constexpr std::size_t kHeader = 30;
  bool office = false;
  for (std::size_t at = 0; at != std::string_view::npos && at + kHeader < head.size();
       at = head.find("PK\x03\x04", at + 4)) {
    const std::string_view name = head.substr(at + kHeader, number(at + 26));
    if (name.starts_with("xl/")) return Container::kXlsx;
    if (name.starts_with("word/")) return Container::kWordDocument;
    if (name.starts_with("ppt/")) return Container::kPresentation;
    if (name == "mimetype" &&
        head.substr(0, 128).find("application/vnd.oasis.opendocument") != std::string_view::npos) {
      return Container::kOpenDocument;
    }
    office = office || name == "[Content_Types].xml";
  }
  return office ? Container::kXlsx : Container::kZip;
}

struct Name {
  Container container;
  std::string_view id;
  std::string_view ja;
  std::string_view en;
};

constexpr Name kNames[] = {
    {Container::kEmpty, "empty", "空のファイル", "an empty file"},
    {Container::kText, "text", "テキスト", "text"},
    {Container::kXlsx, "xlsx", "Excel ブック", "an Excel workbook"},
    {Container::kXls, "xls", "Excel 97-2003 ブック", "an Excel 97-2003 workbook"},
    {Container::kZip, "zip", "ZIP 書庫", "a ZIP archive"},
    {Container::kGzip, "gzip", "gzip 圧縮ファイル", "a gzip file"},
    {Container::kWordDocument, "docx", "Word 文書", "a Word document"},
    {Container::kPresentation, "pptx", "PowerPoint 文書", "a PowerPoint document"},
    {Container::kOpenDocument, "opendocument", "OpenDocument 文書", "an OpenDocument file"},
    {Container::kPdf, "pdf", "PDF", "a PDF"},
    {Container::kHtml, "html", "HTML(Web ページ)", "HTML (a web page)"},
    {Container::kJson, "json", "JSON", "JSON"},
    {Container::kXml, "xml", "XML", "XML"},
    {Container::kPicture, "picture", "画像", "a picture"},
    {Container::kSevenZip, "7z", "7z 書庫", "a 7z archive"},
    {Container::kRar, "rar", "RAR 書庫", "a RAR archive"},
    {Container::kBzip2, "bzip2", "bzip2 圧縮ファイル", "a bzip2 file"},
    {Container::kXz, "xz", "xz 圧縮ファイル", "an xz file"},
    {Container::kZstd, "zstd", "Zstandard 圧縮ファイル", "a Zstandard file"},
    {Container::kLzh, "lzh", "LZH 書庫", "an LZH archive"},
    {Container::kSqlite, "sqlite", "SQLite データベース", "an SQLite database"},
};

const Name& name_of(Container container) {
  for (const Name& name : kNames) {
    if (name.container == container) return name;
  }
  return kNames[1];
}

bool is_archive(Container container) {
  switch (container) {
    case Container::kSevenZip:
    case Container::kRar:
    case Container::kBzip2:
    case Container::kXz:
    case Container::kZstd:
    case Container::kLzh:
      return true;
    default:
      return false;
  }
}

core::LocalizedText cure(Container container) {
  if (container == Container::kEmpty) {
    return {"中身のあるファイルを置き直してください。",
            "Publish the file again, with its content."};
  }
  if (container == Container::kHtml) {
    return {
        "ファイルの代わりに Web ページ(エラー画面など)が保存されていないか確かめ、CSV か XLSX "
        "を公開してください。",
        "Check whether a web page (an error page?) was saved in place of the file; publish CSV "
        "or XLSX."};
  }
  if (is_archive(container)) {
    return {"展開した CSV か XLSX を公開してください。ZIP と gzip はそのまま読めます。",
            "Publish the CSV or XLSX in it; ZIP and gzip are read as they are."};
  }
  return {"表を CSV か XLSX で公開してください。", "Publish the table as CSV or XLSX."};
}

}  // namespace

std::string_view container_name(Container container) { return name_of(container).id; }

Container sniff_container(std::string_view head) {
  if (head.empty() || head == "\xEF\xBB\xBF") return Container::kEmpty;
  for (const Magic& magic : kMagics) {
    if (head.starts_with(magic.bytes)) return magic.container;
  }
  if (head.starts_with("PK\x03\x04")) return sniff_zip(head);
  if (head.starts_with("PK\x05\x06")) return Container::kZip;
  if (head.starts_with("BZh") && head.substr(4, 6) == "1AY&SY") return Container::kBzip2;
  if (head.size() > 7 && head[2] == '-' && head[3] == 'l' && head[4] == 'h' && head[6] == '-') {
    return Container::kLzh;
  }
  return sniff_markup(head);
}

core::Result<std::string> read_head(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string head(kSniffBytes, '\0');
  if (file) file.read(head.data(), static_cast<std::streamsize>(head.size()));
  if (file.bad() || (!file && !file.eof())) {
    return core::fail(
        core::ErrorCode::kNotFound, "file-missing",
        {"ファイルがないか、読めません。", "The file does not exist or cannot be read."},
        {"ファイルの場所と読み取り権限を確かめてください。",
         "Check its path and that it may be read."});
  }
  head.resize(static_cast<std::size_t>(file.gcount()));
  return head;
}

core::Error not_tabular(Container container) {
  const Name& name = name_of(container);
  return {core::ErrorCode::kUnsupportedMedia,
          "file-not-tabular",
          {"表ではないファイルです: " + std::string(name.ja) + "。",
           "Not a table: the file is " + std::string(name.en) + "."},
          cure(container),
          {},
          {}};
}

}  // namespace minato::tabular
