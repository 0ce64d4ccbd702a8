#include <algorithm>
#include <utility>

#include "core/dataset_extras.h"
#include "core/vocabularies.h"
#include "formats/ckan_input/dataset_lists.h"
#include "formats/ckan_input/input_object.h"

namespace minato::formats {
namespace {

constexpr std::string_view kAreaNames = "spatial_text";

void clear_fields_of_extras(core::Dataset& dataset) {
  dataset.title_kana.clear();
  dataset.title_en.clear();
  dataset.notes_en.clear();
  dataset.frequency.clear();
  dataset.language.clear();
  dataset.temporal = {};
  dataset.contact = {};
  dataset.themes.clear();
  dataset.spatial.clear();
}

core::Extra read_extra(const rapidjson::Value& item, const std::string& pointer,
                       core::ErrorDetails& wrongs) {
  InputObject in(item, pointer, wrongs);
  core::Extra extra{in.text("key"), {}};
  if (in.has("value")) {
    extra.value = in.text("value");
  } else {
    in.wrong("value", {"値がありません。", "Missing value"});
  }
  return extra;
}

bool has_extra(const std::vector<core::Extra>& extras, std::string_view key) {
  return std::any_of(extras.begin(), extras.end(),
                     [key](const core::Extra& extra) { return extra.key == key; });
}

// The names of the areas are shown beside their codes. Handed back, they are no extra of their own,
// not even when the codes were changed and the names were not.
void drop_area_names(const core::Dataset& before, const CkanContext& context,
                     core::Dataset& dataset) {
  if (has_extra(before.extras, kAreaNames)) return;
  const std::string then = ckan_area_names(before, context);
  const std::string now = ckan_area_names(dataset, context);
  std::erase_if(dataset.extras, [&](const core::Extra& extra) {
    return extra.key == kAreaNames && (extra.value == then || extra.value == now);
  });
}

}  // namespace

void read_ckan_extras(const rapidjson::Value& dict, const CkanInput& input, core::Dataset& dataset,
                      core::ErrorDetails& wrongs) {
  InputObject in(dict, "", wrongs);
  if (!in.has("extras") && input.absent == AbsentKeys::kKeep) return;
  const core::Dataset before = dataset;
  clear_fields_of_extras(dataset);
  dataset.extras.clear();
  const auto* list = in.member("extras");
  if (list == nullptr) return;
  const std::size_t found = wrongs.size();
  // One more than there may be is enough to be refused.
  for (rapidjson::SizeType i = 0; i < list->Size() && i <= core::kMaxExtras; ++i) {
    dataset.extras.push_back(read_extra((*list)[i], child_pointer("/extras", i), wrongs));
  }
  core::ErrorDetails more = core::check_extras(dataset.extras, "/extras");
  std::move(more.begin(), more.end(), std::back_inserter(wrongs));
  if (wrongs.size() > found) {
    // Told once, with the places in the client's list.
    dataset.extras.clear();
    return;
  }
  core::take_fields_from_extras(dataset);
  if (const auto* frequency = core::find_frequency(dataset.frequency)) {
    dataset.frequency = frequency->code;
  }
  drop_area_names(before, input.context, dataset);
  std::stable_sort(dataset.extras.begin(), dataset.extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
}

}  // namespace minato::formats
