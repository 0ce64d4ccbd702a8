// A remote dataset in our vocabularies: licences, formats, themes, frequencies, tags, dates, texts.
// What the remote wrote is kept: "raw_license", "raw_frequency", "raw_themes" among the extras of
// the dataset, "raw_format", "raw_license" among those of the resource, where it differs.
#pragma once

#include "core/dataset.h"
#include "formats/remote/source_options.h"

namespace minato::service {

// In place. Unknown words: licence "notspecified" unless the options name a default, theme dropped,
// frequency empty; always with the raw words kept. Whatever breaks a rule of core/names.h (tag too
// long, control characters, extras that name fields, bad dates, too many of something) is repaired
// or dropped, and the words that were dropped are told in the extra "harvest_repairs" (a JSON
// list), so that one odd field does not cost the record.
void normalize_harvested(core::Dataset& dataset, const formats::SourceOptions& options);

// "{code}-{remote name, made a slug}", or "{code}-{12 hex digits of the remote id}" when the remote
// has no ASCII name. At most 100 characters.
std::string harvested_name(std::string_view organization, std::string_view remote_name,
                           std::string_view remote_id);

}  // namespace minato::service
