#include "web/catalogue/provenance_view.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"
#include "web/site/harvest_view.h"

namespace minato::web {

namespace {

// Members of a dataset by the first step of their pointer, with the text that names them.
constexpr std::array<std::pair<std::string_view, const char*>, 14> kFields = {
    {{"title", "ds_field_title"},
     {"title_en", "ds_field_title"},
     {"title_kana", "ds_field_title"},
     {"notes", "ds_field_notes"},
     {"notes_en", "ds_field_notes"},
     {"license_id", "license"},
     {"owner_org", "ds_publisher"},
     {"tags", "tags"},
     {"themes", "themes"},
     {"frequency", "frequency"},
     {"temporal", "period"},
     {"spatial", "places"},
     {"contact", "contact"},
     {"resources", "resources"}}};

// A time as its day in Japan; what is none stays as the remote wrote it.
std::string day_of(const std::string& text, core::Language language) {
  const auto time = core::parse_iso8601(text);
  return time ? display_day(*time, language) : text;
}

// "題名、説明": what the pointers are about, each once.
std::string fields_of(const std::vector<std::string>& pointers, const Texts& texts) {
  std::vector<std::string> names;
  for (const std::string& pointer : pointers) {
    std::string first = pointer.substr(pointer.starts_with("/") ? 1 : 0);
    first = first.substr(0, first.find('/'));
    const auto* known = std::find_if(kFields.begin(), kFields.end(),
                                     [&first](const auto& field) { return field.first == first; });
    const std::string& name = texts[known == kFields.end() ? "ds_field_other" : known->second];
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::string all;
  for (const std::string& name : names) {
    if (!all.empty()) all += texts["ds_comma"];
    all += name;
  }
  return all;
}

}  // namespace

void put_provenance(View& view, const std::optional<core::Provenance>& provenance,
                    const Visit& visit) {
  put(view, "harvested", provenance.has_value());
  if (!provenance) return;
  put_words(view, "harvest_source",
            provenance->source_title.empty() ? provenance->source : provenance->source_title,
            visit.language);
  put(view, "harvest_href", web_address(provenance->url));
  put(view, "harvest_fetched", day_of(provenance->fetched, visit.language));
  put(view, "harvest_modified", day_of(provenance->remote_modified, visit.language));
  const auto& confirmed = provenance->last_confirmed;
  put(view, "harvest_confirmed", confirmed ? display_day(*confirmed, visit.language) : "");
  put(view, "harvest_kept", fields_of(provenance->kept_fields, visit.texts));
  // The source may be gone, or its store busy: the link is a convenience.
  const auto source = visit.sources.harvest.source(provenance->source);
  put(view, "harvest_page", source ? visit.link(harvest_path(source->source)) : "");
}

bool is_provenance_extra(std::string_view key) {
  return key.starts_with("harvest_") || key.starts_with("raw_") || key.starts_with("remote_");
}

}  // namespace minato::web
