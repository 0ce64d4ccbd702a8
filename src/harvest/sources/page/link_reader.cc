#include "harvest/sources/page/link_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/file_formats.h"
#include "core/url.h"
#include "harvest/sources/page/html_text.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

// Formats that pages link without publishing data.
constexpr std::array<std::string_view, 12> kNoData = {
    "HTML", "MARKDOWN", "PNG", "JPEG", "GIF", "SVG", "WEBP", "MP3", "MP4", "API", "WMS", "WFS"};
constexpr std::array<std::string_view, 11> kPageEndings = {
    "html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "jsp", "cgi", "do", "cfm"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find_first_of("?#"));
}

std::string ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : lower(name.substr(dot + 1));
}

bool is_data_format(std::string_view format) {
  return !format.empty() && std::find(kNoData.begin(), kNoData.end(), format) == kNoData.end();
}

// By the ending alone: "LZH" and the like are files too.
std::string format_of_name(std::string_view name) {
  const std::string ending = ending_of(name);
  if (ending == "lzh") return "LZH";
  const core::FileFormat* format = core::find_file_format(ending);
  const bool by_ending = format != nullptr &&
                         std::find(format->extensions.begin(), format->extensions.end(), ending) !=
                             format->extensions.end();
  return by_ending ? format->name : std::string();
}

bool is_page_ending(std::string_view ending) {
  return std::find(kPageEndings.begin(), kPageEndings.end(), ending) != kPageEndings.end();
}

// News feeds carry the endings of data.
bool is_feed(const std::string& stem, const std::string& format) {
  const std::string name = lower(stem);
  return (format == "XML" || format == "RDF") &&
         (name == "rss" || name == "feed" || name == "atom" || name == "index" ||
          name == "sitemap" || name == "news");
}

// Terms of use and manuals are no data.
bool is_paper_about_use(const std::string& name, const std::string& format) {
  if (format != "PDF" && format != "DOC" && format != "DOCX" && format != "TXT") return false;
  for (const std::string_view word : {"利用規約", "利用許諾", "免責事項", "操作マニュアル",
                                      "利用の手引", "ご利用にあたって", "利用条件"}) {
    if (name.find(word) != std::string::npos) return true;
  }
  return false;
}

std::string stem_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const bool has_ending = dot != std::string_view::npos && name.size() - dot <= 9;
  return std::string(has_ending ? name.substr(0, dot) : name);
}

bool is_next_page(std::string_view text, std::string_view rel) {
  if (rel == "next") return true;
  std::string plain;
  for (const char c : text) {
    if (c != ' ') plain += c;
  }
  for (const std::string_view mark : {"»", "＞", "›", "→", "▶", ">"}) {
    for (std::size_t at = plain.find(mark); at != std::string::npos; at = plain.find(mark)) {
      plain.erase(at, mark.size());
    }
  }
  if (plain.starts_with("次の") && plain.ends_with("件") && plain.size() < 20) return true;
  for (const std::string_view word : {"次へ", "次のページ", "次ページ", "次のページへ",
                                      "次ページへ", "次の一覧", "次の一覧へ", "Next", "next"}) {
    if (plain == word) return true;
  }
  return false;
}

}  // namespace

std::string escapes_decoded(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
        digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return text::sanitized(out);
}

std::string page_file_name(std::string_view url) {
  const std::size_t question = url.find('?');
  if (question != std::string_view::npos) {
    std::string_view query = url.substr(question + 1);
    while (!query.empty()) {
      const std::string_view pair = query.substr(0, query.find('&'));
      query.remove_prefix(std::min(query.size(), pair.size() + 1));
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos) continue;
      std::string value = escapes_decoded(pair.substr(equals + 1));
      value = value.substr(value.find_last_of("/\\") + 1);
      if (is_data_format(format_of_name(value))) return value;
    }
  }
  const std::string_view path = without_query(url);
  return escapes_decoded(path.substr(path.rfind('/') + 1));
}

LinkReader::LinkReader(const HtmlDocument& document, const std::string& page_url,
                       const text::Pattern* file_pattern)
    : document_(document),
      base_(page_url),
      own_url_(core::normalize_url(page_url)),
      file_pattern_(file_pattern) {
  const NodeId base = document.find("base");
  if (base == kNoNode) return;
  const auto href = document.node(base).attribute("href");
  if (auto resolved = core::resolve_url(page_url, href); !href.empty() && resolved) {
    base_ = std::move(*resolved);
  }
}

std::string LinkReader::target_of(const HtmlNode& node) const {
  const std::string_view href = node.attribute("href");
  if (href.empty() || href.starts_with("#")) return {};
  auto url = core::resolve_url(base_, href);
  if (!url) return {};
  url->erase(std::min(url->size(), url->find('#')));
  return std::move(*url);
}

// <a class="icon-xls">, <img src="icon_csv.gif" alt="CSVファイル">: inside the link or beside it.
std::string LinkReader::format_from_markup(NodeId id) const {
  for (NodeId at = id; at < document_.node(id).end; ++at) {
    const HtmlNode& node = document_.node(at);
    if (!node.is_element()) continue;
    if (const LinkText alt = read_link_text(node.attribute("alt")); !alt.format.empty()) {
      return alt.format;
    }
    std::string classes = lower(node.attribute("class"));
    if (node.tag == "img") classes += " " + stem_of(page_file_name(node.attribute("src")));
    std::string word;
    for (const char c : classes + " ") {
      if ((c >= 'a' && c <= 'z')) {
        word += c;
        continue;
      }
      for (const std::string_view ending : {"csv", "xlsx", "xls", "excel", "pdf", "zip", "json",
                                            "geojson", "kml", "docx", "doc", "word", "txt"}) {
        const bool icon = word.starts_with("icon") || word.starts_with("file");
        const bool common = ending == "doc" || ending == "word" || ending == "txt";
        if ((word == ending && !common) || (icon && word.ends_with(ending))) {
          return core::normalise_format(ending == "excel" ? "XLS" : ending);
        }
      }
      word.clear();
    }
  }
  return {};
}

LinkText LinkReader::words_of(NodeId id, const std::string& words) const {
  LinkText text = read_link_text(words);
  if (!text.name.empty()) return text;
  const LinkText title = read_link_text(document_.node(id).attribute("title"));
  text.name = title.name;
  if (text.format.empty()) text.format = title.format;
  if (!text.size) text.size = title.size;
  return text;
}

// By the ending of its name, else by what the page says of it. False: it is no file of data.
bool LinkReader::read_format(FileLink& link) const {
  const HtmlNode& node = document_.node(link.node);
  std::string name = page_file_name(link.url);
  link.format = format_of_name(name);
  if (const std::string_view download = node.attribute("download");
      link.format.empty() && !format_of_name(download).empty()) {
    name = download;
    link.format = format_of_name(name);
  }
  link.stem = stem_of(name);
  if (is_data_format(link.format)) return true;
  const std::string ending = ending_of(name);
  const bool page_like = is_page_ending(ending) || link.url.ends_with('/');
  if (page_like) link.stem.clear();
  const bool html = link.format == "HTML" || ending == "shtml";
  link.format = link.text.format.empty() ? format_from_markup(link.node) : link.text.format;
  if (node.has_attribute("download")) return true;
  const bool has_query = link.url.find('?') != std::string::npos;
  return is_data_format(link.format) && !html && (!page_like || has_query);
}

core::Result<std::optional<FileLink>> LinkReader::file_at(NodeId id) const {
  if (document_.node(id).tag != "a") return std::nullopt;
  FileLink link;
  link.node = id;
  link.url = target_of(document_.node(id));
  if (link.url.empty()) return std::nullopt;
  const std::string words = text_of(document_, id, {nullptr, true});
  link.text = words_of(id, words);
  const bool is_file = read_format(link);
  if (file_pattern_ != nullptr) {
    auto found = file_pattern_->found_in(link.url);
    if (found && !*found) found = file_pattern_->found_in(words);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found) return std::nullopt;
    return link;
  }
  const bool other = is_feed(link.stem, link.format) || is_paper_about_use(words, link.format);
  if (!is_file || other) return std::nullopt;
  return link;
}

std::optional<PageLink> LinkReader::page_at(NodeId id) const {
  const HtmlNode& node = document_.node(id);
  if (node.tag != "a" && node.tag != "area" && node.tag != "link") return std::nullopt;
  if (node.tag == "link" && node.attribute("rel") != "next") return std::nullopt;
  PageLink link;
  link.node = id;
  link.url = core::normalize_url(target_of(node));
  if (link.url.empty() || link.url == own_url_) return std::nullopt;
  link.text = text_of(document_, id, {nullptr, true});
  if (link.text.empty()) link.text = node.attribute("alt");
  link.next_page = is_next_page(link.text, node.attribute("rel"));
  const std::string format = format_of_name(page_file_name(link.url));
  const bool web_page = format.empty() || format == "HTML";
  if (!web_page || node.has_attribute("download")) return std::nullopt;
  return link;
}

}  // namespace minato::harvest
