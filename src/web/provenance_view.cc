#include "web/provenance_view.h"

#include "core/time.h"
#include "web/display.h"

namespace minato::web {

namespace {

// A time as its day in Japan; what is none stays as the remote wrote it.
std::string day_of(const std::string& text, core::Language language) {
  const auto time = core::parse_iso8601(text);
  return time ? display_day(*time, language) : text;
}

}  // namespace

void put_provenance(View& view, const std::optional<core::Provenance>& provenance,
                    const Visit& visit) {
  put(view, "harvested", provenance.has_value());
  if (!provenance) return;
  put(view, "harvest_source",
      provenance->source_title.empty() ? provenance->source : provenance->source_title);
  put(view, "harvest_href", web_address(provenance->url));
  put(view, "harvest_fetched", day_of(provenance->fetched, visit.language));
  put(view, "harvest_modified", day_of(provenance->remote_modified, visit.language));
  const auto& confirmed = provenance->last_confirmed;
  put(view, "harvest_confirmed", confirmed ? display_day(*confirmed, visit.language) : "");
}

bool is_provenance_extra(std::string_view key) { return key.starts_with("harvest_"); }

}  // namespace minato::web
