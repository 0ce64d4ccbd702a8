#include "formats/atom.h"

#include <algorithm>

#include "core/utf8.h"

namespace minato::formats {
namespace {

// XML 1.0 s2.2: what a document may hold.
bool is_xml_character(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  append_xml(out, text);
  out.append("</").append(name).append(">\n");
}

void append_link(std::string& out, std::string_view relation, std::string_view href,
                 std::string_view type) {
  out.append("<link rel=\"").append(relation).append("\" type=\"").append(type);
  out += "\" href=\"";
  append_xml(out, href);
  out += "\"/>\n";
}

std::string page_url(const AtomFeed& feed, std::int64_t page) {
  std::string url = feed.site_url + feed.path;
  std::string_view separator = "?";
  if (!feed.query.empty()) {
    url.append(separator).append(feed.query);
    separator = "&";
  }
  if (page > 1) url.append(separator).append("page=").append(std::to_string(page));
  return url;
}

// RFC 4151: the host and the day the dataset came, so the id stays when a site's protocol changes.
std::string entry_id(const AtomFeed& feed, const core::Dataset& dataset) {
  std::string_view host = feed.site_url;
  const std::size_t scheme = host.find("://");
  if (scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find_first_of(":/"));
  return "tag:" + std::string(host) + "," + core::to_rfc3339(dataset.created).substr(0, 10) +
         ":/dataset/" + dataset.id;
}

void append_entry(std::string& out, const AtomFeed& feed, const core::Dataset& dataset) {
  out += "<entry>\n";
  append_element(out, "title", dataset.title.empty() ? dataset.name : dataset.title);
  append_element(out, "id", entry_id(feed, dataset));
  append_element(out, "updated", core::to_rfc3339(dataset.modified));
  append_element(out, "published", core::to_rfc3339(dataset.created));
  if (!dataset.author.empty()) {
    out += "<author>";
    append_element(out, "name", dataset.author);
    out += "</author>\n";
  }
  append_link(out, "alternate", feed.site_url + "/dataset/" + dataset.name, "text/html");
  append_link(out, "enclosure", feed.site_url + "/api/3/action/package_show?id=" + dataset.name,
              "application/json");
  for (const core::Tag& tag : dataset.tags) {
    out += "<category term=\"";
    append_xml(out, tag.name);
    out += "\"/>\n";
  }
  out += "<content type=\"text\">";
  append_xml(out, dataset.notes);
  out += "</content>\n</entry>\n";
}

void append_page_links(std::string& out, const AtomFeed& feed) {
  constexpr std::string_view kAtom = "application/atom+xml";
  const std::int64_t last =
      std::max<std::int64_t>(1, (feed.count + kAtomPageSize - 1) / kAtomPageSize);
  append_link(out, "self", page_url(feed, feed.page), kAtom);
  append_link(out, "first", page_url(feed, 1), kAtom);
  append_link(out, "last", page_url(feed, last), kAtom);
  // Behind the end, "previous" leads back to the last page that has something.
  if (feed.page > 1)
    append_link(out, "previous", page_url(feed, std::min(feed.page - 1, last)), kAtom);
  if (feed.page < last) append_link(out, "next", page_url(feed, feed.page + 1), kAtom);
}

}  // namespace

void append_xml(std::string& out, std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    const auto c = core::next_code_point(text, offset);
    if (!c) {
      ++offset;
      continue;
    }
    if (*c == U'&') {
      out += "&amp;";
    } else if (*c == U'<') {
      out += "&lt;";
    } else if (*c == U'>') {
      out += "&gt;";
    } else if (*c == U'"') {
      out += "&quot;";
    } else if (*c == U'\r') {
      out += "&#13;";  // a bare one would be read as a line end (XML 1.0 s2.11)
    } else if (is_xml_character(*c)) {
      out.append(text.substr(start, offset - start));
    }
  }
}

std::string write_atom(const AtomFeed& feed) {
  static const std::vector<core::DatasetPointer> kNone;
  const auto& datasets = feed.datasets != nullptr ? *feed.datasets : kNone;
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"ja\">\n";
  append_element(out, "id", page_url(feed, 1));
  append_element(out, "title", feed.title);
  if (!feed.subtitle.empty()) append_element(out, "subtitle", feed.subtitle);
  core::Timestamp updated = feed.updated;
  if (!datasets.empty()) {
    updated =
        (*std::max_element(datasets.begin(), datasets.end(), [](const auto& a, const auto& b) {
          return a->modified < b->modified;
        }))->modified;
  }
  append_element(out, "updated", core::to_rfc3339(updated));
  out += "<author>";
  append_element(out, "name", feed.site_title);
  append_element(out, "uri", feed.site_url);
  out += "</author>\n";
  append_link(out, "alternate", feed.site_url + feed.alternate, "text/html");
  append_page_links(out, feed);
  for (const auto& dataset : datasets) append_entry(out, feed, *dataset);
  out += "</feed>\n";
  return out;
}

}  // namespace minato::formats
