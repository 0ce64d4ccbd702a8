#include "harvest/sources/page/link_words.h"

#include <array>
#include <set>
#include <string_view>

namespace minato::harvest {
namespace {

struct Word {
  std::u32string_view written;
  std::string_view meaning;
};

// Longer ones first.
constexpr std::array<Word, 47> kFormats = {{{U"geojson", "GeoJSON"},
                                            {U"topojson", "TopoJSON"},
                                            {U"json-ld", "JSON-LD"},
                                            {U"jsonld", "JSON-LD"},
                                            {U"ndjson", "NDJSON"},
                                            {U"json", "JSON"},
                                            {U"csv", "CSV"},
                                            {U"tsv", "TSV"},
                                            {U"タブ区切り", "TSV"},
                                            {U"カンマ区切り", "CSV"},
                                            {U"xlsx", "XLSX"},
                                            {U"xlsm", "XLSM"},
                                            {U"xls", "XLS"},
                                            {U"エクセル", "XLS"},
                                            {U"microsoft excel", "XLS"},
                                            {U"ms-excel", "XLS"},
                                            {U"msexcel", "XLS"},
                                            {U"excel", "XLS"},
                                            {U"ods", "ODS"},
                                            {U"pdf", "PDF"},
                                            {U"docx", "DOCX"},
                                            {U"doc", "DOC"},
                                            {U"microsoft word", "DOC"},
                                            {U"word", "DOC"},
                                            {U"ワード", "DOC"},
                                            {U"pptx", "PPTX"},
                                            {U"ppt", "PPT"},
                                            {U"powerpoint", "PPT"},
                                            {U"パワーポイント", "PPT"},
                                            {U"zip", "ZIP"},
                                            {U"lzh", "LZH"},
                                            {U"7z", "7Z"},
                                            {U"圧縮ファイル", "ZIP"},
                                            {U"kmz", "KMZ"},
                                            {U"kml", "KML"},
                                            {U"gml", "GML"},
                                            {U"shapefile", "SHP"},
                                            {U"shape", "SHP"},
                                            {U"シェープファイル", "SHP"},
                                            {U"シェープ", "SHP"},
                                            {U"shp", "SHP"},
                                            {U"gpkg", "GPKG"},
                                            {U"xml", "XML"},
                                            {U"rdf", "RDF"},
                                            {U"ttl", "TTL"},
                                            {U"txt", "TXT"},
                                            {U"テキストファイル", "TXT"}}};

constexpr std::array<Word, 18> kEncodings = {{{U"utf-8", "utf-8"},
                                              {U"utf8", "utf-8"},
                                              {U"utf_8", "utf-8"},
                                              {U"utf-16", "utf-16le"},
                                              {U"utf16", "utf-16le"},
                                              {U"shift_jis", "cp932"},
                                              {U"shift-jis", "cp932"},
                                              {U"shiftjis", "cp932"},
                                              {U"shift jis", "cp932"},
                                              {U"s-jis", "cp932"},
                                              {U"sjis", "cp932"},
                                              {U"シフトjis", "cp932"},
                                              {U"cp932", "cp932"},
                                              {U"ms932", "cp932"},
                                              {U"windows-31j", "cp932"},
                                              {U"euc-jp", "euc-jp"},
                                              {U"eucjp", "euc-jp"},
                                              {U"euc_jp", "euc-jp"}}};

constexpr std::array<std::u32string_view, 30> kActs = {U"別ウィンドウで開きます",
                                                       U"別ウインドウで開きます",
                                                       U"別ウィンドウで開く",
                                                       U"別ウインドウで開く",
                                                       U"別ウィンドウで表示",
                                                       U"新しいウィンドウで開きます",
                                                       U"新しいウインドウで開きます",
                                                       U"新しいウィンドウで開く",
                                                       U"新規ウィンドウで開きます",
                                                       U"新規ウインドウで開きます",
                                                       U"新規ウィンドウで開く",
                                                       U"新しいタブで開きます",
                                                       U"別タブで開きます",
                                                       U"別タブで開く",
                                                       U"別ウィンドウ",
                                                       U"別ウインドウ",
                                                       U"新しいウィンドウ",
                                                       U"新規ウィンドウ",
                                                       U"外部サイトへリンク",
                                                       U"外部サイト",
                                                       U"外部リンク",
                                                       U"ダウンロードはこちら",
                                                       U"ダウンロードする",
                                                       U"のダウンロード",
                                                       U"をダウンロード",
                                                       U"ダウンロード",
                                                       U"download",
                                                       U"はこちらから",
                                                       U"はこちら",
                                                       U"クリックしてください"};

constexpr std::array<std::u32string_view, 36> kWeak = {U"ファイル形式",
                                                       U"ファイルサイズ",
                                                       U"ファイル容量",
                                                       U"データ形式",
                                                       U"ファイル名",
                                                       U"ファイル",
                                                       U"データ",
                                                       U"形式",
                                                       U"容量",
                                                       U"サイズ",
                                                       U"文字コード",
                                                       U"文字エンコード",
                                                       U"エンコーディング",
                                                       U"bom付き",
                                                       U"bomあり",
                                                       U"bom有り",
                                                       U"bom有",
                                                       U"bomなし",
                                                       U"bom無し",
                                                       U"bom無",
                                                       U"bom",
                                                       U"版",
                                                       U"こちら",
                                                       U"から",
                                                       U"で開く",
                                                       U"開きます",
                                                       U"約",
                                                       U"の",
                                                       U"を",
                                                       U"は",
                                                       U"with",
                                                       U"new",
                                                       U"および",
                                                       U"及び",
                                                       U"または",
                                                       U"97-2003"};

struct Unit {
  std::u32string_view written;
  std::int64_t bytes;
};
constexpr std::array<Unit, 15> kUnits = {{{U"キロバイト", 1024},
                                          {U"メガバイト", 1024 * 1024},
                                          {U"ギガバイト", 1024 * 1024 * 1024},
                                          {U"バイト", 1},
                                          {U"kbytes", 1024},
                                          {U"kbyte", 1024},
                                          {U"mbytes", 1024 * 1024},
                                          {U"mbyte", 1024 * 1024},
                                          {U"kib", 1024},
                                          {U"mib", 1024 * 1024},
                                          {U"kb", 1024},
                                          {U"mb", 1024 * 1024},
                                          {U"gb", 1024 * 1024 * 1024},
                                          {U"bytes", 1},
                                          {U"byte", 1}}};

// Characters that some word of the lists begins with: most texts are done with after one look.
bool may_begin(char32_t c) {
  static const std::set<char32_t> first = [] {
    std::set<char32_t> made = {U'.', U'b'};
    for (const Word& word : kFormats) made.insert(word.written[0]);
    for (const Word& word : kEncodings) made.insert(word.written[0]);
    for (const std::u32string_view word : kActs) made.insert(word[0]);
    for (const std::u32string_view word : kWeak) made.insert(word[0]);
    return made;
  }();
  return is_digit(c) || first.contains(c);
}

bool is_word_character(char32_t c) { return is_ascii_letter(c) || is_digit(c); }

}  // namespace

bool LinkWords::ends_word(std::size_t at) const {
  return at >= text_.size() || !is_ascii_letter(text_.plain[at]);
}

bool LinkWords::begins_word(std::size_t at) const {
  return at == 0 || !is_word_character(text_.plain[at]) || !is_word_character(text_.plain[at - 1]);
}

std::size_t LinkWords::size_at(std::size_t at, LinkText* claims) const {
  std::size_t end = at;
  double number = 0;
  double place = 0;
  for (; end < text_.size() && end < at + 15; ++end) {
    const char32_t c = text_.plain[end];
    if (is_digit(c)) {
      number = place == 0 ? number * 10 + static_cast<double>(c - U'0')
                          : number + static_cast<double>(c - U'0') * place;
      place /= 10;
    } else if (c == U'.' && place == 0 && end > at) {
      place = 0.1;
    } else if (c != U',' || end == at) {
      break;
    }
  }
  if (end == at) return 0;
  while (end < text_.size() && text_.plain[end] == U' ') ++end;
  for (const Unit& unit : kUnits) {
    if (!text_.has(end, unit.written)) continue;
    end += unit.written.size();
    if (!ends_word(end)) return 0;
    if (claims != nullptr && !claims->size && number < 1e9) {
      claims->size = static_cast<std::int64_t>(number * static_cast<double>(unit.bytes));
    }
    return end - at;
  }
  if (text_.has(end, U"b") && ends_word(end + 1)) return end + 1 - at;
  return 0;
}

std::size_t LinkWords::format_at(std::size_t at, LinkText* claims) const {
  const std::size_t dot = text_.has(at, U".") ? 1 : 0;
  for (const Word& word : kFormats) {
    if (!text_.has(at + dot, word.written)) continue;
    std::size_t end = at + dot + word.written.size();
    if (!ends_word(end)) continue;
    if (claims != nullptr && claims->format.empty()) claims->format = word.meaning;
    // Excel2016, Excel97-2003
    if (word.meaning == "XLS" || word.meaning == "DOC") {
      std::size_t year = end;
      while (year < text_.size() && (is_digit(text_.plain[year]) || text_.plain[year] == U'-')) {
        ++year;
      }
      if (year >= end + 2 && ends_word(year)) end = year;
    }
    return end - at;
  }
  return 0;
}

std::size_t LinkWords::encoding_at(std::size_t at, LinkText* claims) const {
  for (const Word& word : kEncodings) {
    if (!text_.has(at, word.written) || !ends_word(at + word.written.size())) continue;
    if (claims != nullptr && claims->encoding.empty()) claims->encoding = word.meaning;
    return word.written.size();
  }
  return 0;
}

std::size_t LinkWords::act_at(std::size_t at) const {
  for (const std::u32string_view word : kActs) {
    if (text_.has(at, word)) return word.size();
  }
  return 0;
}

std::size_t LinkWords::weak_at(std::size_t at) const {
  for (const std::u32string_view word : kWeak) {
    if (text_.has(at, word) && (!is_ascii_letter(word[0]) || ends_word(at + word.size()))) {
      return word.size();
    }
  }
  return 0;
}

LinkWords::Sequence LinkWords::read(std::size_t from, std::size_t to, LinkText* claims) const {
  constexpr std::u32string_view kSeparators = U" :/,・-~|.;+&()";
  Sequence out;
  out.end = from;
  for (std::size_t at = from; at < to; at = out.end) {
    const char32_t c = text_.plain[at];
    const bool separator = kSeparators.find(c) != std::u32string_view::npos;
    std::size_t length = 0;
    if (may_begin(c) && begins_word(at)) {
      length = size_at(at, claims);
      if (length == 0) length = encoding_at(at, claims);
      if (length == 0) length = format_at(at, claims);
      if (length == 0) length = act_at(at);
    }
    if (length != 0) {
      if (!out.strong) out.first_strong = at;
      out.strong = true;
    } else if (!separator) {
      length = may_begin(c) ? weak_at(at) : 0;
    } else {
      length = 1;
    }
    if (length == 0) break;
    out.end = at + length;
  }
  return out;
}

}  // namespace minato::harvest
