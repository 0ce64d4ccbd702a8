#include "web/catalogue/sitemap.h"

#include <utility>

#include "formats/atom.h"
#include "http/error_encoder.h"
#include "http/url.h"
#include "web/catalogue/dataset_material.h"

namespace minato::web {
namespace {

constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::size_t kLanguages = 2;

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  formats::append_xml(out, text);
  out.append("</").append(name).append(">");
}

std::string english(const std::string& path) { return path == "/" ? "/en" : "/en" + path; }

void append_alternate(std::string& out, std::string_view language, const std::string& url) {
  out.append("<xhtml:link rel=\"alternate\" hreflang=\"").append(language).append("\" href=\"");
  formats::append_xml(out, url);
  out += "\"/>";
}

// One page: an entry for each language, and both name both.
void append_page(std::string& out, const std::string& site, const std::string& path,
                 std::string_view modified) {
  const std::string in_japanese = site + path;
  const std::string in_english = site + english(path);
  for (const std::string& url : {in_japanese, in_english}) {
    out += "<url>";
    append_element(out, "loc", url);
    if (!modified.empty()) append_element(out, "lastmod", modified);
    append_alternate(out, "ja", in_japanese);
    append_alternate(out, "en", in_english);
    out += "</url>\n";
  }
}

void append_dataset(std::string& out, const std::string& site, const core::Dataset& dataset) {
  append_page(out, site, dataset_path(dataset), core::to_rfc3339(dataset.modified));
  for (const core::Resource& resource : dataset.resources) {
    const auto modified = resource.last_modified.value_or(resource.metadata_modified);
    append_page(out, site, resource_path(dataset, resource), core::to_rfc3339(modified));
  }
}

std::size_t urls_of(const core::Dataset& dataset) {
  return kLanguages * (1 + dataset.resources.size());
}

// Behind that id; all for the empty one.
std::vector<core::SearchExpr> behind(const std::string& id) {
  if (id.empty()) return {};
  core::SearchExpr range;
  range.kind = core::SearchExpr::Kind::kRange;
  range.field = "id";
  range.low = {id, false};
  return {range};
}

}  // namespace

Sitemap::Sitemap(service::Catalog& catalog, std::vector<std::string> fixed, std::size_t max_urls)
    : catalog_(catalog), fixed_(std::move(fixed)), max_urls_(max_urls) {}

core::Result<std::vector<std::string>> Sitemap::other_pages() {
  const auto directory = catalog_.directory();
  if (!directory) return tl::unexpected(directory.error());
  std::vector<std::string> paths = fixed_;
  for (const auto kind : {core::GroupKind::kOrganization, core::GroupKind::kGroup}) {
    const bool organizations = kind == core::GroupKind::kOrganization;
    for (const core::Group& group : (*directory)->groups(kind)) {
      paths.push_back((organizations ? "/organization/" : "/group/") +
                      http::percent_encode(group.name));
    }
  }
  return paths;
}

core::Result<std::shared_ptr<const Sitemap::Plan>> Sitemap::plan() {
  const std::uint64_t revision = catalog_.revision();
  {
    const std::lock_guard lock(mutex_);
    if (plan_ && plan_->revision == revision) return plan_;
  }
  const auto others = other_pages();
  if (!others) return tl::unexpected(others.error());
  auto made = std::make_shared<Plan>();
  made->revision = revision;
  made->starts.emplace_back();
  std::size_t urls = kLanguages * others->size();
  std::string last;
  const auto counted = catalog_.each_dataset([&](const core::Dataset& dataset) {
    if (!last.empty() && urls + urls_of(dataset) > max_urls_) {
      made->starts.push_back(last);
      urls = 0;
    }
    urls += urls_of(dataset);
    last = dataset.id;
    return true;
  });
  if (!counted) return tl::unexpected(counted.error());
  const std::lock_guard lock(mutex_);
  plan_ = made;
  return made;
}

core::Result<std::string> Sitemap::write(const Plan& plan, std::size_t place) {
  const std::string& site = catalog_.options().site_url;
  std::string out(kXml);
  out +=
      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
      "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
  if (place == 0) {
    const auto others = other_pages();
    if (!others) return tl::unexpected(others.error());
    for (const std::string& path : *others) append_page(out, site, path, "");
  }
  const bool is_last = place + 1 == plan.starts.size();
  const std::string end = is_last ? "" : plan.starts[place + 1];
  const auto written = catalog_.each_dataset(
      [&](const core::Dataset& dataset) {
        if (!is_last && dataset.id > end) return false;
        append_dataset(out, site, dataset);
        return true;
      },
      behind(plan.starts[place]));
  if (!written) return tl::unexpected(written.error());
  return out + "</urlset>\n";
}

core::Result<std::string> Sitemap::whole() {
  const auto known = plan();
  if (!known) return tl::unexpected(known.error());
  if ((*known)->starts.size() == 1) return write(**known, 0);
  std::string out(kXml);
  out += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (std::size_t number = 1; number <= (*known)->starts.size(); ++number) {
    out += "<sitemap>";
    append_element(out, "loc",
                   catalog_.options().site_url + "/sitemap-" + std::to_string(number) + ".xml");
    out += "</sitemap>\n";
  }
  return out + "</sitemapindex>\n";
}

core::Result<std::string> Sitemap::file(std::size_t number) {
  const auto known = plan();
  if (!known) return tl::unexpected(known.error());
  if (number < 1 || number > (*known)->starts.size()) {
    return tl::unexpected(http::error_of_status(404));
  }
  return write(**known, number - 1);
}

}  // namespace minato::web
