#include "service/harvest/kept_file.h"

#include <algorithm>

#include "service/harvest/extras.h"
#include "service/harvest/files.h"
#include "service/harvest/text.h"

namespace minato::service {

namespace {

// What the remote calls the format: kept as an extra where ours is another.
std::string word_of(const core::Resource& resource) {
  const std::string_view raw = extra_of(resource.extras, "raw_format");
  return lower_ascii(raw.empty() ? std::string_view(resource.format) : raw);
}

// The file, not the remote's word, told this format.
bool is_from_content(const core::Resource& before, const core::Resource& now) {
  if (before.format == now.format) return false;
  return now.format.empty() ||
         (word_of(before) == word_of(now) && !extra_of(before.extras, "raw_format").empty());
}

void carry(const core::Resource& before, core::Resource& now) {
  now.blob = before.blob;
  now.hash = before.hash;
  now.size = before.size;
  now.last_modified = before.last_modified;
  if (is_from_content(before, now)) {
    now.format = before.format;
    now.mimetype = before.mimetype;
    set_extra(now.extras, "raw_format", std::string(extra_of(before.extras, "raw_format")));
  } else if (now.mimetype.empty()) {
    now.mimetype = before.mimetype;
  }
}

}  // namespace

void carry_kept_files(const core::Dataset& before, core::Dataset& theirs) {
  for (core::Resource& now : theirs.resources) {
    const auto known =
        std::find_if(before.resources.begin(), before.resources.end(),
                     [&](const core::Resource& resource) { return resource.id == now.id; });
    if (known == before.resources.end() || known->blob.empty()) continue;
    // Another URL under the same key is another edition of the file, unless it is no table any
    // more: then the old rows must not stand beside it.
    if (now.url == known->url || is_tabular_candidate(now)) carry(*known, now);
  }
}

}  // namespace minato::service
