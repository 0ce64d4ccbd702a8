#include "web/catalogue/dataset_view.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/vocabularies.h"
#include "http/url.h"
#include "web/catalogue/citation.h"
#include "web/catalogue/dataset_facts.h"
#include "web/catalogue/freshness.h"
#include "web/catalogue/history_view.h"
#include "web/catalogue/prose.h"
#include "web/catalogue/provenance_view.h"
#include "web/catalogue/resource_card.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

// The description in the page's language, else in the other.
const std::string& notes_of(const core::Dataset& dataset, core::Language language, bool& other) {
  const core::LocalizedText notes{dataset.notes, dataset.notes_en};
  const bool japanese = language == core::Language::kJa;
  other = notes.in(language).empty() && !notes.empty();
  return japanese == other ? dataset.notes_en : dataset.notes;
}

const char* other_language(core::Language language) {
  return language == core::Language::kJa ? "en" : "ja";
}

// The lede says the first sentence; the section says everything, if there is more.
void put_notes(View& view, const core::Dataset& dataset, const Visit& visit) {
  bool other = false;
  const std::string& notes = notes_of(dataset, visit.language, other);
  const std::string lede = first_sentence(notes);
  put(view, "lede", lede);
  put(view, "notes_lang", other ? other_language(visit.language) : "");
  const bool has_more = trimmed(notes) != lede;
  put(view, "has_notes", has_more);
  put(view, "blocks", has_more ? prose(notes) : list());
}

void put_citations(View& view, const DatasetMaterial& material, const Visit& visit) {
  const core::Dataset& dataset = material.dataset;
  const core::Group* publisher = material.publisher();
  const core::License* license = core::find_license(dataset.license_id);
  CitedWork work;
  work.key = dataset.name;
  work.title = title_in(dataset, visit.language);
  if (publisher != nullptr) {
    const bool english = visit.language == core::Language::kEn && !publisher->title_en.empty();
    work.publisher = english ? publisher->title_en : publisher->title;
  }
  work.site = visit.catalog.options().site_title.in(visit.language);
  work.url = visit.catalog.options().site_url + dataset_path(dataset);
  work.version = dataset.version;
  work.license = license != nullptr ? license->title.in(visit.language) : "";
  work.issued = freshness_of(dataset, visit.catalog.now()).newest;
  put(view, "citation", citation_text(work, visit.language));
  put(view, "bibtex", citation_bibtex(work));
}

View resource_cards(const DatasetMaterial& material, const Visit& visit) {
  View cards = list();
  for (const core::Resource& resource : material.dataset.resources) {
    if (resource.state != core::State::kActive) continue;
    cards.push_back(resource_card(material, resource, visit));
  }
  return cards;
}

View related_list(const DatasetMaterial& material, const Visit& visit) {
  View items = list();
  for (const core::DatasetPointer& other : material.related) {
    View item = object();
    put_text(item, "title", title_of(*other), visit.language);
    put(item, "href", visit.link(dataset_path(*other)));
    put_publisher(item, material.directory->find(core::GroupKind::kOrganization, other->owner_org),
                  visit);
    bool in_other = false;
    put(item, "about", lede_of(*other, visit.language, in_other));
    put(item, "about_lang", in_other ? other_language(visit.language) : "");
    items.push_back(item);
  }
  return items;
}

void put_programs(View& view, const DatasetMaterial& material, const Visit& visit) {
  const std::string name = http::percent_encode(material.dataset.name);
  const std::string& site = visit.catalog.options().site_url;
  put(view, "api_href", "/api/v1/datasets/" + name);
  put(view, "api_url", site + "/api/v1/datasets/" + name);
  put(view, "ckan_href", "/api/3/action/package_show?id=" + name);
  put(view, "ckan_url", site + "/api/3/action/package_show?id=" + name);
  View tables = list();
  for (const service::ResourceTables& each : material.tables) {
    if (tables.list_value().size() == 5) break;  // the files' own pages tell of the others
    View item = object();
    const std::string path =
        "/api/v1/tables/" + http::percent_encode(each.current.front().table_id) + "/rows";
    put(item, "href", visit.data_link(path));
    put(item, "url", site + path);
    tables.push_back(item);
  }
  put(view, "has_table_apis", tables.is_non_empty_list());
  put(view, "table_apis", tables);
}

}  // namespace

std::string self_description(const DatasetMaterial& material, const Visit& visit) {
  const std::string& site = visit.catalog.options().site_title.in(visit.language);
  const core::Group* publisher = material.publisher();
  std::string owner = material.dataset.author;
  if (publisher != nullptr) {
    const bool english = visit.language == core::Language::kEn && !publisher->title_en.empty();
    owner = english ? publisher->title_en : publisher->title;
  }
  return visit.texts.with("ds_self_description",
                          {{"title", title_in(material.dataset, visit.language)},
                           {"publisher", owner.empty() ? site : owner},
                           {"site", site}});
}

core::LocalizedText title_of(const core::Dataset& dataset) {
  const std::string& title = dataset.title.empty() ? dataset.name : dataset.title;
  return {title, dataset.title_en};
}

std::string title_in(const core::Dataset& dataset, core::Language language) {
  const core::LocalizedText title = title_of(dataset);
  return title.in(language).empty() ? title.ja : title.in(language);
}

std::string lede_of(const core::Dataset& dataset, core::Language language, bool& other) {
  return first_sentence(notes_of(dataset, language, other));
}

View dataset_view(const DatasetMaterial& material, const Visit& visit) {
  const core::Dataset& dataset = material.dataset;
  View view = object();
  put_text(view, "title", title_of(dataset), visit.language);
  put(view, "is_draft", dataset.state == core::State::kDraft);
  put(view, "is_private", dataset.is_private);
  put_notes(view, dataset, visit);
  put_publisher(view, material.publisher(), visit);
  put_freshness(view, dataset, visit);
  put_reuse(view, material, visit);
  put_citations(view, material, visit);
  put_facts(view, material, visit);
  put_contact(view, dataset, visit);
  put_provenance(view, material.provenance, visit);
  put_history(view, material, visit);
  put_programs(view, material, visit);
  const View cards = resource_cards(material, visit);
  put(view, "has_resources", cards.is_non_empty_list());
  put(view, "resources", cards);
  put(view, "has_related", !material.related.empty());
  put(view, "related", related_list(material, visit));
  return view;
}

}  // namespace minato::web
