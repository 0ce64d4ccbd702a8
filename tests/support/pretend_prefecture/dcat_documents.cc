#include <functional>

#include "support/pretend_prefecture/calendar.h"
#include "support/pretend_prefecture/documents.h"
#include "support/pretend_prefecture/json_text.h"

namespace minato::pretend {
namespace {

constexpr std::size_t kPerPage = 5;

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out + "\"";
}

std::string page_url(const std::string& base, std::size_t page) {
  return page == 1 ? base : base + "?page=" + std::to_string(page);
}

std::string iri_of(const Town& town, const Dataset& dataset, const Change& change) {
  return town.site_url + "/dataset/" + dataset.name + (change.new_ids ? "-2" : "");
}

std::string turtle_distribution(const Resource& resource, const License& license) {
  return "<" + resource.url + "#distribution> a dcat:Distribution ;\n  dct:title " +
         literal(resource.name) + "@ja ;\n  dcat:accessURL <" + resource.url +
         "> ;\n  dcat:downloadURL <" + resource.url + "> ;\n  dct:format " +
         literal(resource.format) + " ;\n  dcat:mediaType " + literal(resource.mimetype) +
         " ;\n  dcat:byteSize " + literal(std::to_string(resource.size)) +
         "^^xsd:decimal ;\n  dct:license <" + license.url + "> .\n\n";
}

std::string turtle_dataset(const Town& town, const Dataset& dataset, const Change& change) {
  const std::string iri = iri_of(town, dataset, change);
  std::string out = "<" + iri + "> a dcat:Dataset ;\n  dct:title " + literal(dataset.title) +
                    "@ja ;\n  dct:description " + literal(dataset.notes) +
                    "@ja ;\n  dct:identifier " + literal(iri) + " ;\n";
  for (const std::string& tag : dataset.tags) out += "  dcat:keyword " + literal(tag) + "@ja ;\n";
  out += "  dct:publisher [ a foaf:Agent ; foaf:name " + literal(town.city) + " ] ;\n";
  out +=
      "  dct:accrualPeriodicity "
      "<http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;\n";
  out += "  dcat:landingPage <" + town.site_url + "/opendata/" + dataset.name + ".html> ;\n";
  for (const Resource& resource : dataset.resources) {
    out += "  dcat:distribution <" + resource.url + "#distribution> ;\n";
  }
  out += "  dct:issued \"" + dataset.created + "\"^^xsd:date ;\n  dct:modified \"" +
         dataset.modified + "\"^^xsd:date .\n\n";
  for (const Resource& resource : dataset.resources) {
    out += turtle_distribution(resource, dataset.license);
  }
  return out;
}

constexpr std::string_view kPrefixes =
    "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
    "@prefix dct: <http://purl.org/dc/terms/> .\n"
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
    "@prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n";

void json_distribution(JsonText& json, const Resource& resource, const License& license) {
  json.begin_object().member("@type", "dcat:Distribution").member("@id", resource.url + "#d");
  json.member("dct:title", resource.name).member("dct:format", resource.format);
  json.key("dcat:downloadURL").begin_object().member("@id", resource.url).end_object();
  json.key("dcat:accessURL").begin_object().member("@id", resource.url).end_object();
  json.key("dct:license").begin_object().member("@id", license.url).end_object();
  json.end_object();
}

void json_dataset(JsonText& json, const Town& town, const Dataset& dataset, const Change& change) {
  json.begin_object().member("@id", iri_of(town, dataset, change));
  json.member("@type", "dcat:Dataset").key("dct:title").begin_object();
  json.member("@value", dataset.title).member("@language", "ja").end_object();
  json.member("dct:description", dataset.notes);
  json.key("dcat:keyword").begin_array();
  for (const std::string& tag : dataset.tags) json.value(tag);
  json.end_array().key("dcat:landingPage").begin_object();
  json.member("@id", town.site_url + "/opendata/" + dataset.name + ".html").end_object();
  json.key("dct:modified").begin_object().member("@value", dataset.modified);
  json.member("@type", "xsd:date").end_object().key("dcat:distribution").begin_array();
  for (const Resource& resource : dataset.resources) {
    json_distribution(json, resource, dataset.license);
  }
  json.end_array().end_object();
}

std::size_t page_count(const TownCatalogue& catalogue) {
  return (catalogue.datasets.size() + kPerPage - 1) / kPerPage;
}

void for_page(const TownCatalogue& catalogue, std::size_t page,
              const std::function<void(const Dataset&)>& visit) {
  for (std::size_t i = (page - 1) * kPerPage; i < page * kPerPage; ++i) {
    if (i < catalogue.datasets.size()) visit(catalogue.datasets[i]);
  }
}

}  // namespace

Files turtle_catalogue(const Town& town, const TownCatalogue& catalogue, const Change& change) {
  Files files;
  const std::size_t pages = page_count(catalogue);
  const std::string base = town.site_url + "/catalog.ttl";
  for (std::size_t page = 1; page <= pages; ++page) {
    std::string text(kPrefixes);
    text += "<" + town.site_url + "> a dcat:Catalog ;\n";
    for_page(catalogue, page, [&](const Dataset& dataset) {
      text += "  dcat:dataset <" + iri_of(town, dataset, change) + "> ;\n";
    });
    text += "  dct:title " + literal(town.city + "オープンデータカタログ") + "@ja .\n\n";
    text += "<" + page_url(base, page) + "> a hydra:PagedCollection ;\n";
    if (page < pages) text += "  hydra:next " + literal(page_url(base, page + 1)) + " ;\n";
    text += "  hydra:itemsPerPage " + std::to_string(kPerPage) + " ;\n  hydra:totalItems " +
            std::to_string(catalogue.datasets.size()) + " .\n\n";
    for_page(catalogue, page,
             [&](const Dataset& dataset) { text += turtle_dataset(town, dataset, change); });
    if (change.has_bad_record && page == 1) {
      text += "<" + town.site_url + "/dataset/broken> a dcat:Dataset ; dct:modified \"いつか\" .\n";
    }
    files[page_url("/catalog.ttl", page)] = {text, "text/turtle; charset=utf-8", "", -1};
  }
  return files;
}

Files json_ld_catalogue(const Town& town, const TownCatalogue& catalogue, const Change& change) {
  Files files;
  const std::size_t pages = page_count(catalogue);
  const std::string base = town.site_url + "/catalog.jsonld";
  for (std::size_t page = 1; page <= pages; ++page) {
    JsonText json;
    json.begin_object().key("@context").begin_object();
    json.member("dcat", "http://www.w3.org/ns/dcat#").member("dct", "http://purl.org/dc/terms/");
    json.member("hydra", "http://www.w3.org/ns/hydra/core#");
    json.member("xsd", "http://www.w3.org/2001/XMLSchema#").end_object();
    json.key("@graph").begin_array().begin_object().member("@id", town.site_url);
    json.member("@type", "dcat:Catalog").member("dct:title", town.city).end_object();
    json.begin_object().member("@id", page_url(base, page));
    json.member("@type", "hydra:PagedCollection");
    if (page < pages) json.member("hydra:nextPage", page_url(base, page + 1));
    json.member("hydra:totalItems", static_cast<std::int64_t>(catalogue.datasets.size()));
    json.end_object();
    for_page(catalogue, page,
             [&](const Dataset& dataset) { json_dataset(json, town, dataset, change); });
    if (change.has_bad_record && page == 1) {
      json.begin_object().member("@id", town.site_url + "/dataset/broken");
      json.member("@type", "dcat:Dataset").member("dct:modified", "いつか").end_object();
    }
    json.end_array().end_object();
    files[page_url("/catalog.jsonld", page)] = {json.text(), "application/ld+json", "", -1};
  }
  return files;
}

}  // namespace minato::pretend
