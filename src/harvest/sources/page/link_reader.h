// The links of a page: to files of data, and to other pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "harvest/sources/page/html_document.h"
#include "harvest/sources/page/link_text.h"
#include "text/pattern.h"

namespace minato::harvest {

struct FileLink {
  NodeId node = kNoNode;
  std::string url;     // absolute, without fragment
  std::string stem;    // of the file's name, decoded, without ending; may be empty
  std::string format;  // "CSV"; empty: unknown
  LinkText text;
  std::string label;    // what its table row or list item says besides links; may be empty
  std::string heading;  // of the section it stands in, below the dataset's own; may be empty
};

struct PageLink {
  NodeId node = kNoNode;
  std::string url;  // absolute, normalised
  std::string text;
  bool next_page = false;  // the list goes on there
};

class LinkReader {
 public:
  // `file_pattern` (may be null): files are what it finds in URL or text, whatever their format.
  // REQUIRES: all arguments outlive it.
  LinkReader(const HtmlDocument& document, const std::string& page_url,
             const text::Pattern* file_pattern);

  // nullopt: no <a> with an http(s) URL to a file. Fails as the pattern does.
  [[nodiscard]] core::Result<std::optional<FileLink>> file_at(NodeId id) const;
  // nullopt: no <a> or <area> to a page, or one to this page.
  [[nodiscard]] std::optional<PageLink> page_at(NodeId id) const;

 private:
  [[nodiscard]] std::string target_of(const HtmlNode& node) const;
  [[nodiscard]] std::string format_from_markup(NodeId id) const;
  [[nodiscard]] LinkText words_of(NodeId id, const std::string& words) const;
  bool read_format(FileLink& link) const;

  const HtmlDocument& document_;
  std::string base_;
  std::string own_url_;
  const text::Pattern* file_pattern_;
};

// The last segment of the path, or what the query gives as a file's name; decoded from %XX.
std::string page_file_name(std::string_view url);
std::string escapes_decoded(std::string_view text);

}  // namespace minato::harvest
