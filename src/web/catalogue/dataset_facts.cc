#include "web/catalogue/dataset_facts.h"

#include <string>

#include "core/vocabularies.h"
#include "formats/json.h"
#include "http/url.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/freshness.h"
#include "web/catalogue/provenance_view.h"
#include "web/catalogue/words_language.h"
#include "web/frame/ago.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

using http::percent_encode;

// Says more about the licence; shown beside it.
constexpr std::string_view kLicenseNote = "license_note";
// The documents that a shipped dataset was made from.
constexpr std::string_view kSource = "source";
constexpr std::string_view kIssued = "issued";

View link_item(const std::string& text, const std::string& href) {
  View item = object();
  put(item, "text", text);
  put(item, "href", href);
  return item;
}

View tag_links(const core::Dataset& dataset, const Visit& visit) {
  View tags = list();
  for (const core::Tag& tag : dataset.tags) {
    View item = link_item(tag.name, visit.link("/dataset?tag=" + percent_encode(tag.name)));
    put(item, "lang", words_language(tag.name, visit.language));
    tags.push_back(item);
  }
  return tags;
}

View theme_links(const core::Dataset& dataset, const Visit& visit) {
  View themes = list();
  for (const std::string& code : dataset.themes) {
    const core::Theme* theme = core::find_theme(code);
    themes.push_back(link_item(theme != nullptr ? theme->name.in(visit.language) : code,
                               visit.link("/dataset?theme=" + percent_encode(code))));
  }
  return themes;
}

View group_links_of(const DatasetMaterial& material, const Visit& visit) {
  View groups = list();
  for (const std::string& id : material.dataset.groups) {
    const core::Group* group = material.directory->find(core::GroupKind::kGroup, id);
    if (group == nullptr) continue;
    const bool english = visit.language == core::Language::kEn && !group->title_en.empty();
    groups.push_back(link_item(english ? group->title_en : group->title,
                               visit.link("/group/" + percent_encode(group->name))));
  }
  return groups;
}

std::string places_of(const DatasetMaterial& material, const Visit& visit) {
  std::string places;
  for (const std::string& code : material.dataset.spatial) {
    const core::Group* place = material.directory->find(core::GroupKind::kOrganization, code);
    if (!places.empty()) places += visit.texts["ds_comma"];
    if (place == nullptr) {
      places += code;
    } else {
      const bool english = visit.language == core::Language::kEn && !place->title_en.empty();
      places += english ? place->title_en : place->title;
    }
  }
  return places;
}

std::string period_of(const core::Dataset& dataset, const Visit& visit) {
  const auto& [start, end] = dataset.temporal;
  if (start.empty() && end.empty()) return "";
  return visit.texts.with("period_between", {{"start", display_date(start, visit.language)},
                                             {"end", display_date(end, visit.language)}});
}

void put_list(View& view, const std::string& key, const View& items) {
  put(view, "has_" + key, items.is_non_empty_list());
  put(view, key, items);
}

// Appends the texts within a JSON value, one after the other.
void collect_texts(const rapidjson::Value& value, const std::string& comma, std::string& out) {
  if (value.IsString() && value.GetStringLength() > 0) {
    if (!out.empty()) out += comma;
    out += formats::text_of(value);
  } else if (value.IsArray()) {
    for (const auto& item : value.GetArray()) collect_texts(item, comma, out);
  } else if (value.IsObject()) {
    for (const auto& member : value.GetObject()) collect_texts(member.value, comma, out);
  }
}

// Extras are texts, and some of those are JSON: of such lists and objects people read the texts in
// them.
std::string readable(const std::string& value, const Visit& visit) {
  if (!value.starts_with('[') && !value.starts_with('{')) return value;
  const auto json = formats::parse_json(value);
  std::string texts;
  if (json) collect_texts(*json, visit.texts["ds_comma"], texts);
  return texts.empty() ? value : texts;
}

View extras_of(const core::Dataset& dataset, const Visit& visit) {
  View extras = list();
  for (const core::Extra& extra : dataset.extras) {
    if (is_provenance_extra(extra.key) || extra.key == kLicenseNote) continue;
    View row = object();
    const auto issued = extra.key == kIssued ? core::parse_iso8601(extra.value) : std::nullopt;
    put_words(row, "key",
              extra.key == kSource   ? visit.texts["ds_source"]
              : extra.key == kIssued ? visit.texts["ds_issued"]
                                     : extra.key,
              visit.language);
    put_words(row, "value",
              issued ? display_day(*issued, visit.language) : readable(extra.value, visit),
              visit.language);
    put(row, "value_href", web_address(extra.value));
    extras.push_back(row);
  }
  return extras;
}

}  // namespace

void put_publisher(View& view, const core::Group* publisher, const Visit& visit) {
  put(view, "publisher", publisher != nullptr);
  if (publisher == nullptr) return;
  put_text(view, "publisher_title", {publisher->title, publisher->title_en}, visit.language);
  put(view, "publisher_href", visit.link("/organization/" + percent_encode(publisher->name)));
}

void put_freshness(View& view, const core::Dataset& dataset, const Visit& visit) {
  const Freshness freshness = freshness_of(dataset, visit.catalog.now());
  const core::Frequency* frequency = core::find_frequency(dataset.frequency);
  const std::string name =
      frequency != nullptr ? frequency->name.in(visit.language) : dataset.frequency;
  const std::string age = ago(freshness.newest, visit);
  put(view, "frequency", name);
  put(view, "newest", display_day(freshness.newest, visit.language));
  put(view, "newest_iso", core::to_rfc3339(freshness.newest));
  put(view, "age_note", visit.texts.with("ds_age_note", {{"age", age}}));
  put(view, "late", freshness.is_late);
  put(view, "on_time", freshness.is_periodic && !freshness.is_late);
  put(view, "freshness",
      name.empty() ? ""
                   : visit.texts.with(freshness.is_late ? "ds_fresh_late" : "ds_fresh",
                                      {{"frequency", name}, {"age", age}}));
}

void put_facts(View& view, const DatasetMaterial& material, const Visit& visit) {
  const core::Dataset& dataset = material.dataset;
  put(view, "period", period_of(dataset, visit));
  put_words(view, "places", places_of(material, visit), visit.language);
  put_list(view, "themes", theme_links(dataset, visit));
  put_list(view, "groups", group_links_of(material, visit));
  put_list(view, "tags", tag_links(dataset, visit));
  put_list(view, "extras", extras_of(dataset, visit));
  put(view, "landing_page", web_address(dataset.url));
  put_words(view, "version", dataset.version, visit.language);
  put_words(view, "author", dataset.author, visit.language);
  put(view, "created", display_day(dataset.created, visit.language));
  put(view, "created_iso", core::to_rfc3339(dataset.created));
  put(view, "modified", display_day(dataset.modified, visit.language));
  put(view, "modified_iso", core::to_rfc3339(dataset.modified));
  put(view, "name", dataset.name);
}

void put_contact(View& view, const core::Dataset& dataset, const Visit& visit) {
  const core::Contact& contact = dataset.contact;
  put(view, "contact", contact != core::Contact{});
  put_words(view, "contact_name", contact.name, visit.language);
  put(view, "contact_email", contact.email);
  put(view, "contact_phone", contact.phone);
  put(view, "contact_href", web_address(contact.url));
  // A mail that says what it is about, to the dataset's contact or to the site's.
  const std::string& site = visit.sources.options.contact;
  const std::string site_href = web_address(site);
  const std::string mail = !contact.email.empty() ? contact.email
                           : site_href.empty()    ? site
                                                  : std::string();
  const std::string subject =
      visit.texts.with("ds_mail_subject", {{"title", title_in(dataset, visit.language)}});
  const bool is_mail = mail.find('@') != std::string::npos;
  put(view, "report_href",
      is_mail ? "mailto:" + percent_encode(mail.substr(0, mail.find('@'))) + "@" +
                    percent_encode(mail.substr(mail.find('@') + 1)) +
                    "?subject=" + percent_encode(subject)
              : site_href);
}

void put_reuse(View& view, const DatasetMaterial& material, const Visit& visit) {
  const core::Dataset& dataset = material.dataset;
  const core::License* license = core::find_license(dataset.license_id);
  const bool is_said = license != nullptr && license->id != "notspecified";
  put(view, "license_title",
      license != nullptr ? license->title.in(visit.language) : dataset.license_id);
  put(view, "license_href", license != nullptr ? web_address(license->url) : "");
  const char* meaning = "ds_license_other";
  if (dataset.license_id.empty() || (license != nullptr && !is_said)) {
    meaning = "ds_license_unsaid";
  } else if (is_said && license->open) {
    meaning = license->attribution ? "ds_license_open" : "ds_license_free";
  }
  put(view, "license_meaning", visit.texts[meaning]);
  put(view, "license_open", is_said && license->open);
  std::string note;
  for (const core::Extra& extra : dataset.extras) {
    if (extra.key == kLicenseNote) note = extra.value;
  }
  put_words(view, "license_note", note, visit.language);
  const core::Group* publisher = material.publisher();
  std::string credit;
  if (is_said) {
    core::Work work;
    const bool english = visit.language == core::Language::kEn;
    work.title = english ? title_in(dataset, visit.language)
                         : (dataset.title.empty() ? dataset.name : dataset.title);
    work.creator = publisher == nullptr                      ? dataset.author
                   : english && !publisher->title_en.empty() ? publisher->title_en
                                                             : publisher->title;
    work.url = visit.catalog.options().site_url + dataset_path(dataset);
    credit = core::credit_line(*license, work).in(visit.language);
  }
  put(view, "credit", credit);
}

}  // namespace minato::web
