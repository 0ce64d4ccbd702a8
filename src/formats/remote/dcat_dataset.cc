#include "formats/remote/dcat_dataset.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/licenses.h"
#include "core/names.h"
#include "core/url.h"
#include "core/vocabularies.h"
#include "formats/remote/dcat_distribution.h"
#include "formats/remote/dcat_node.h"
#include "formats/remote/dcat_terms.h"

namespace minato::formats {
namespace {

using core::Dataset;

std::string dct(std::string_view name) { return term(kDct, name); }
std::string dcat(std::string_view name) { return term(kDcat, name); }
std::string schema(std::string_view name) { return term(kSchema, name); }

std::string without_scheme(std::string word, std::string_view scheme) {
  return word.starts_with(scheme) ? word.substr(scheme.size()) : word;
}

// Dates of midnight as dates; other times stay, and the import decides.
std::string date_of(const std::string& word) {
  const std::size_t time = word.find("T00:00:00");
  return time == 10 ? word.substr(0, 10) : word;
}

void read_texts(const DcatNode& node, Dataset& dataset) {
  const BilingualText title =
      node.text({dct("title"), schema("name"), term(kRdfs, "label"), term(kDc, "title")});
  dataset.title = title.ja;
  dataset.title_en = title.en == title.ja ? "" : title.en;
  const BilingualText notes =
      node.text({dct("description"), schema("description"), term(kDc, "description")});
  dataset.notes = notes.ja;
  dataset.notes_en = notes.en == notes.ja ? "" : notes.en;
  dataset.version = node.word(
      {dcat("version"), term(kOwl, "versionInfo"), term(kAdms, "version"), schema("version")});
  dataset.frequency = node.reference({dct("accrualPeriodicity")});
  for (const std::string& word : node.references({dct("language"), schema("inLanguage")})) {
    const std::string code = word.substr(word.find_last_of('/') + 1);
    const bool is_japanese = code == "JPN" || code == "jpn" || code == "ja";
    if (dataset.language.empty() || is_japanese) dataset.language = is_japanese ? "ja" : word;
  }
  for (const std::string& word : node.local_words({dcat("keyword"), schema("keywords")})) {
    dataset.tags.push_back({"", word, ""});
  }
}

// A theme's IRI, or its label where that is a word of ours.
void read_themes(const DcatNode& node, Dataset& dataset) {
  std::set<std::string> themes;
  for (const DcatNode& theme : node.nodes({dcat("theme")})) {
    const std::string label = theme.label();
    const bool says_more = theme.is_blank() || core::find_theme(label) != nullptr;
    themes.insert(says_more ? label : theme.iri());
  }
  if (themes.empty()) {
    for (std::string& word : node.references({dcat("theme")})) themes.insert(std::move(word));
  }
  themes.erase("");
  dataset.themes.assign(themes.begin(), themes.end());
}

void read_contact(const DcatNode& node, Dataset& dataset) {
  const std::vector<DcatNode> contacts =
      node.nodes({dcat("contactPoint"), term(kAdms, "contactPoint"), schema("contactPoint")});
  if (contacts.empty()) return;
  const DcatNode& contact = contacts.front();
  dataset.contact.name = contact
                             .text({term(kVcard, "fn"), term(kVcard, "organization-name"),
                                    term(kFoaf, "name"), schema("name")})
                             .ja;
  dataset.contact.email =
      without_scheme(contact.word({term(kVcard, "hasEmail"), term(kVcard, "email"),
                                   term(kFoaf, "mbox"), schema("email")}),
                     "mailto:");
  dataset.contact.phone = without_scheme(
      contact.word({term(kVcard, "hasTelephone"), term(kVcard, "tel"), schema("telephone")}),
      "tel:");
  dataset.contact.url = contact.reference(
      {term(kVcard, "hasURL"), term(kVcard, "url"), term(kFoaf, "homepage"), schema("url")});
  add_extra(dataset.extras, "contact_identifier", contact.reference({term(kVcard, "hasUID")}));
}

void read_agent(const DcatNode& node, const std::string& role, Dataset& dataset) {
  for (const DcatNode& agent : node.nodes({dct(role), schema(role)})) {
    const auto put = [&](std::string_view field, std::string value) {
      add_extra(dataset.extras, role + "_" + std::string(field), std::move(value));
    };
    put("uri", agent.iri());
    put("name", agent.label());
    put("email", without_scheme(agent.word({term(kFoaf, "mbox"), schema("email")}), "mailto:"));
    put("url", agent.reference({term(kFoaf, "homepage"), schema("url")}));
    put("type", agent.reference({dct("type")}));
    put("identifier", agent.reference({dct("identifier")}));
    if (role == "creator" && dataset.author.empty()) dataset.author = agent.label();
  }
  if (node.nodes({dct(role)}).empty()) {
    add_extra(dataset.extras, role + "_name", node.word({dct(role)}));
  }
}

void read_temporal(const DcatNode& node, Dataset& dataset) {
  for (const DcatNode& period : node.nodes({dct("temporal")})) {
    const auto moment = [&](std::string_view name, std::string_view owl_time) {
      std::string word = period.word({dcat(name), schema(name)});
      for (const DcatNode& instant : period.nodes({term(kTime, owl_time)})) {
        if (!word.empty()) break;
        word = instant.word({term(kTime, "inXSDDate"), term(kTime, "inXSDDateTime"),
                             term(kTime, "inXSDDateTimeStamp"), term(kTime, "inXSDgYear")});
      }
      return date_of(word);
    };
    if (!dataset.temporal.start.empty() || !dataset.temporal.end.empty()) return;
    dataset.temporal = {moment("startDate", "hasBeginning"), moment("endDate", "hasEnd")};
  }
  const std::string interval = node.word({dct("temporal"), schema("temporalCoverage")});
  const std::size_t slash = interval.find('/');
  const bool is_interval = slash != std::string::npos && interval.find("://") == std::string::npos;
  if (dataset.temporal == core::Period{} && is_interval) {
    dataset.temporal = {date_of(interval.substr(0, slash)), date_of(interval.substr(slash + 1))};
  }
}

// The municipality code that an IRI, identifier or word ends with.
void add_code(const std::string& word, Dataset& dataset) {
  if (word.size() < 6) return;
  const std::string code = word.substr(word.size() - 6);
  const bool is_longer =
      word.size() > 6 && word[word.size() - 7] >= '0' && word[word.size() - 7] <= '9';
  if (is_longer || !core::check_municipality_code(code, "").empty()) return;
  if (std::find(dataset.spatial.begin(), dataset.spatial.end(), code) == dataset.spatial.end()) {
    dataset.spatial.push_back(code);
  }
}

void read_spatial(const DcatNode& node, Dataset& dataset) {
  const std::string property = dct("spatial");
  std::vector<std::string> texts;
  for (const DcatNode& place : node.nodes({property})) {
    add_code(place.iri(), dataset);
    add_code(place.word({dct("identifier"), term(kSkos, "notation")}), dataset);
    add_extra(dataset.extras, "spatial_uri", place.iri());
    texts.push_back(place.label());
    for (const std::string& geometry : place.words({term(kLocn, "geometry")})) {
      if (geometry.starts_with('{')) add_extra(dataset.extras, "spatial", geometry);
    }
    add_extra(dataset.extras, "spatial_bbox", place.word({dcat("bbox")}));
    add_extra(dataset.extras, "spatial_centroid", place.word({dcat("centroid")}));
  }
  if (node.nodes({property}).empty()) texts = node.words({property});
  std::sort(texts.begin(), texts.end());
  for (const std::string& text : texts) {
    add_code(text, dataset);
    add_extra(dataset.extras, "spatial_text", text);
  }
  std::sort(dataset.spatial.begin(), dataset.spatial.end());
}

struct PlainExtra {
  std::string_view key;
  std::string_view prefix;
  std::string_view name;
  bool is_list = false;  // JSON text, as ckanext-dcat keeps it
};
constexpr std::array kPlainExtras = {
    PlainExtra{"identifier", kDct, "identifier"},
    PlainExtra{"alternate_identifier", kAdms, "identifier", true},
    PlainExtra{"issued", kDct, "issued"},
    PlainExtra{"modified", kDct, "modified"},
    PlainExtra{"version_notes", kAdms, "versionNotes"},
    PlainExtra{"conforms_to", kDct, "conformsTo", true},
    PlainExtra{"documentation", kFoaf, "page", true},
    PlainExtra{"related_resource", kDct, "relation", true},
    PlainExtra{"has_version", kDcat, "hasVersion", true},
    PlainExtra{"is_version_of", kDct, "isVersionOf", true},
    PlainExtra{"source_uri", kDct, "source", true},
    PlainExtra{"sample", kAdms, "sample", true},
    PlainExtra{"is_referenced_by", kDct, "isReferencedBy", true},
    PlainExtra{"access_rights", kDct, "accessRights"},
    PlainExtra{"provenance", kDct, "provenance"},
    PlainExtra{"dcat_type", kDct, "type"},
    PlainExtra{"in_series", kDcat, "inSeries", true},
    PlainExtra{"temporal_resolution", kDcat, "temporalResolution"},
    PlainExtra{"spatial_resolution_in_meters", kDcat, "spatialResolutionInMeters"},
    PlainExtra{"hvd_category", kDcatap, "hvdCategory", true},
    PlainExtra{"applicable_legislation", kDcatap, "applicableLegislation", true},
};

void read_plain_extras(const DcatNode& node, Dataset& dataset) {
  for (const PlainExtra& extra : kPlainExtras) {
    const std::string predicate = term(extra.prefix, extra.name);
    add_extra(dataset.extras, extra.key,
              extra.is_list ? text_list(node.references({predicate})) : node.word({predicate}));
  }
}

void read_distributions(const DcatNode& node, Dataset& dataset) {
  std::vector<std::string> repairs;
  auto& resources = dataset.resources;
  for (const DcatNode& each :
       node.nodes({dcat("distribution"), term(kAdms, "distribution"), schema("distribution")})) {
    if (auto resource = read_dcat_distribution(each)) {
      resources.push_back(std::move(*resource));
    } else {
      repairs.push_back("dcat:distribution: " + each.label());
    }
  }
  // RDF has no order.
  std::sort(resources.begin(), resources.end(), [](const auto& a, const auto& b) {
    return std::tie(a.name, a.url, a.id) < std::tie(b.name, b.url, b.id);
  });
  std::sort(repairs.begin(), repairs.end());
  put_repairs(dataset, repairs);
  std::set<std::string> keys;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    resources[i].position = static_cast<std::int64_t>(i);
    const std::string key = resources[i].id;
    for (int n = 2; !keys.insert(resources[i].id).second; ++n) {
      resources[i].id = key + "#" + std::to_string(n);
    }
  }
}

// DCAT keeps licences at the distributions: the first that we know is the dataset's.
void read_license(const DcatNode& node, Dataset& dataset) {
  dataset.license_id = node.reference({dct("license"), schema("license"), term(kCc, "license")});
  std::string other;
  for (const core::Resource& resource : dataset.resources) {
    if (other.empty()) other = resource.license_id;
    const bool is_known = core::find_license(resource.license_id) != nullptr;
    if (dataset.license_id.empty() && is_known) dataset.license_id = resource.license_id;
  }
  if (dataset.license_id.empty()) dataset.license_id = other;
  if (dataset.license_id.empty()) dataset.license_id = node.word({dct("rights")});
  for (core::Resource& resource : dataset.resources) {
    if (resource.license_id == dataset.license_id) resource.license_id.clear();
  }
}

// "https://data.example.jp/dataset/toilet" -> "toilet"
std::string name_in(const std::string& uri) {
  const auto url = core::parse_url(uri);
  if (!url) return {};
  const std::size_t slash = url->path.find_last_of('/');
  const std::string_view before = std::string_view(url->path).substr(0, slash);
  if (!before.ends_with("/dataset") && !before.ends_with("/datasets")) return {};
  return url->path.substr(slash + 1);
}

}  // namespace

DcatDataset read_dcat_dataset(const RdfGraph& graph, const std::string& subject) {
  const DcatNode node(graph, subject);
  DcatDataset result;
  Dataset& dataset = result.dataset;
  read_texts(node, dataset);
  read_themes(node, dataset);
  read_contact(node, dataset);
  for (const std::string_view role : {"publisher", "creator"}) {
    read_agent(node, std::string(role), dataset);
  }
  read_temporal(node, dataset);
  read_spatial(node, dataset);
  read_plain_extras(node, dataset);
  read_distributions(node, dataset);
  read_license(node, dataset);
  dataset.url = node.reference({dcat("landingPage"), schema("url"), term(kFoaf, "homepage")});
  add_extra(dataset.extras, "uri", node.iri());
  result.id = node.iri();
  if (result.id.empty()) result.id = node.word({dct("identifier"), schema("identifier")});
  if (result.id.empty()) result.id = dataset.url;
  dataset.name = name_in(node.iri());
  if (dataset.url.empty() && core::parse_url(node.iri())) dataset.url = node.iri();
  result.modified = node.word({dct("modified"), schema("dateModified")});
  if (const auto time = core::parse_iso8601(result.modified)) dataset.modified = *time;
  std::stable_sort(dataset.extras.begin(), dataset.extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
  return result;
}

}  // namespace minato::formats
