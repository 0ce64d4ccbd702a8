#include "harvest/sources/ckan_site.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/url.h"
#include "core/uuid.h"

namespace minato::harvest {
namespace {

using Names = std::vector<std::string>;

std::string decoded(std::string_view text) {
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (is_escape) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// The parts between `separator`, without empty ones.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

void read_query(std::string_view query, CkanSite& site) {
  for (const std::string_view part : parts_of(query, '&')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string value = decoded(part.substr(std::min(equals + 1, part.size())));
    if (value.empty()) continue;
    if (part.substr(0, equals) == "organization") site.organizations.push_back(value);
    if (part.substr(0, equals) == "groups") site.groups.push_back(value);
  }
}

std::string quoted(const std::string& value) {
  const bool is_plain = std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (c == '-');
  });
  if (is_plain && !value.starts_with('-') && value != "OR" && value != "AND" && value != "NOT") {
    return value;
  }
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string any_of(std::string_view field, const Names& values) {
  std::string clause = std::string(field) + ":(";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) clause += " OR ";
    clause += quoted(values[i]);
  }
  return clause + ")";
}

// Organizations are indexed by name, and by id in a field of its own.
std::string organization_clause(const Names& values) {
  Names names;
  Names ids;
  for (const std::string& value : values) {
    (core::is_uuid(value) ? ids : names).push_back(value);
  }
  if (ids.empty()) return any_of("organization", names);
  if (names.empty()) return any_of("owner_org", ids);
  return "(" + any_of("organization", names) + " OR " + any_of("owner_org", ids) + ")";
}

bool share_one(const Names& a, const Names& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& each) {
    return std::find(b.begin(), b.end(), each) != b.end();
  });
}

void append(Names& to, const Names& from) {
  for (const std::string& name : from) {
    if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
  }
}

}  // namespace

core::Result<CkanSite> read_ckan_site(std::string_view text) {
  const auto url = core::parse_url(text);
  if (!url || !url->user_info.empty()) {
    return core::fail(
        core::ErrorCode::kInvalidArgument, "harvest-source-url",
        {"収集元の URL「" + std::string(text.substr(0, 200)) +
             "」は http または https の URL ではありません。",
         "The source's URL \"" + std::string(text.substr(0, 200)) + "\" is no http or https URL."},
        {"CKAN ポータルのトップページの URL を登録してください。",
         "Register the URL of the CKAN portal's front page."});
  }
  CkanSite site;
  site.base = url->origin();
  const auto segments = parts_of(url->path, '/');
  constexpr std::array<std::string_view, 8> kPages = {
      "api", "dataset", "datasets", "organization", "group", "package", "harvest", "catalog.ttl"};
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (std::find(kPages.begin(), kPages.end(), segments[i]) == kPages.end()) {
      site.base.append("/").append(segments[i]);
      continue;
    }
    const bool has_name = i + 1 < segments.size() && segments[i + 1] != "about";
    if (segments[i] == "organization" && has_name) {
      site.organizations.push_back(decoded(segments[i + 1]));
    }
    if (segments[i] == "group" && has_name) site.groups.push_back(decoded(segments[i + 1]));
    break;
  }
  if (url->query) read_query(*url->query, site);
  return site;
}

CkanSelection::CkanSelection(const CkanSite& site, const formats::SourceOptions& options)
    : organizations_(site.organizations),
      excluded_(options.exclude_organizations),
      groups_(site.groups) {
  append(organizations_, options.organizations);
  append(groups_, options.groups);
}

std::string CkanSelection::query() const {
  std::string query;
  const auto add = [&query](const std::string& clause) {
    if (!query.empty()) query += ' ';
    query += clause;
  };
  if (!organizations_.empty()) add("+" + organization_clause(organizations_));
  if (!groups_.empty()) add("+" + any_of("groups", groups_));
  for (const std::string& name : excluded_) add("-" + organization_clause({name}));
  return query;
}

bool CkanSelection::wants(const formats::RecordHead& head) const {
  if (head.type == "harvest" || head.type == "showcase") return false;
  if (head.is_private || head.state == "draft" || head.state == "deleted") return false;
  if (!organizations_.empty() && !share_one(organizations_, head.organizations)) return false;
  if (!groups_.empty() && !share_one(groups_, head.groups)) return false;
  return !share_one(excluded_, head.organizations);
}

}  // namespace minato::harvest
