// Where a harvested dataset comes from, for people.
#pragma once

#include <optional>
#include <string_view>

#include "core/harvest_status.h"
#include "web/frame/page.h"
#include "web/frame/view.h"

namespace minato::web {

// Sets "harvested" (false without provenance) and what the section of the page shows.
void put_provenance(View& view, const std::optional<core::Provenance>& provenance,
                    const Visit& visit);

// True for extras that the section shows in words.
bool is_provenance_extra(std::string_view key);

}  // namespace minato::web
