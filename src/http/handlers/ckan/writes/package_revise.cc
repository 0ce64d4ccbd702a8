#include "http/handlers/ckan/writes/package_revise.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>

#include "http/handlers/ckan/checks.h"
#include "http/handlers/ckan/writes/dataset_dict.h"
#include "http/handlers/ckan/writes/resource_files.h"
#include "http/handlers/ckan/writes/revise_dict.h"
#include "http/handlers/ckan/writes/validation_error.h"

namespace minato::http::ckan {
namespace {

using formats::text_of;
using rapidjson::Document;
using rapidjson::Value;

constexpr std::size_t kMaxText = std::size_t{1024} * 1024;
constexpr std::size_t kMaxPlaces = 1000;   // of match__ and update__
constexpr std::size_t kMaxPatterns = 100;  // of filter and include

struct PlacedValue {
  std::string place;  // "resources__0__name"
  Document value;
};

struct PlacedFile {
  std::string element;  // of "resources"
  service::StoredFile file;
};

struct Revision {
  Document match{rapidjson::kObjectType};
  std::vector<PlacedValue> match_at;
  std::vector<std::string> filter;
  Document update{rapidjson::kObjectType};
  std::vector<PlacedValue> update_at;
  std::vector<PlacedFile> files;
  std::vector<std::string> include;
};

// A list or a dictionary may come as JSON text: forms have nothing else.
Document value_of(const Value& value) {
  Document copy;
  if (value.IsString()) {
    const std::string_view text = text_of(value);
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && (text[first] == '{' || text[first] == '[')) {
      auto parsed = formats::parse_json(text, {kMaxText, 32});
      if (parsed) return std::move(*parsed);
    }
  }
  copy.CopyFrom(value, copy.GetAllocator());
  return copy;
}

Checked<Document> dictionary(const Arguments& arguments, std::string_view name) {
  const Value* value = arguments.find(name);
  if (value == nullptr) return Document(rapidjson::kObjectType);
  Document made = value_of(*value);
  if (made.IsObject()) return made;
  return invalid(name, "Must be a dict");
}

std::vector<PlacedValue> placed_values(const Arguments& arguments, std::string_view prefix) {
  std::vector<PlacedValue> placed;
  for (const auto& member : arguments.object().GetObject()) {
    const std::string_view name = text_of(member.name);
    if (!name.starts_with(prefix)) continue;
    placed.push_back({std::string(name.substr(prefix.size())), value_of(member.value)});
  }
  // New elements come first, so that "-1" is the last of them.
  std::stable_partition(placed.begin(), placed.end(),
                        [](const PlacedValue& value) { return value.place.ends_with("__extend"); });
  return placed;
}

Checked<Revision> read_revision(const Arguments& arguments) {
  Revision revision;
  auto match = dictionary(arguments, "match");
  if (!match) return tl::unexpected(std::move(match).error());
  auto update = dictionary(arguments, "update");
  if (!update) return tl::unexpected(std::move(update).error());
  revision.match = std::move(*match);
  revision.update = std::move(*update);
  revision.match_at = placed_values(arguments, "match__");
  revision.update_at = placed_values(arguments, "update__");
  Checks checks(arguments);
  revision.filter = checks.list("filter");
  revision.include = checks.list("include");
  for (const auto& [name, count, most] :
       {std::tuple("match", revision.match_at.size(), kMaxPlaces),
        std::tuple("update", revision.update_at.size(), kMaxPlaces),
        std::tuple("filter", revision.filter.size(), kMaxPatterns),
        std::tuple("include", revision.include.size(), kMaxPatterns)}) {
    if (count > most) checks.fail(name, "Too many: at most " + std::to_string(most));
  }
  if (checks.failed()) return checks.failure();
  return revision;
}

std::string wanted_text(const Revision& revision, std::string_view key) {
  if (const auto text = formats::string_member(revision.match, key)) return std::string(*text);
  for (const auto& [place, value] : revision.match_at) {
    if (place == key && value.IsString()) return std::string(text_of(value));
  }
  return {};
}

// "update__resources__<element>__upload"
std::optional<std::string> element_of_file(std::string_view name) {
  constexpr std::string_view kBefore = "update__resources__";
  constexpr std::string_view kBehind = "__upload";
  if (!name.starts_with(kBefore) || !name.ends_with(kBehind)) return std::nullopt;
  name.remove_prefix(kBefore.size());
  if (name.size() <= kBehind.size()) return std::nullopt;
  return std::string(name.substr(0, name.size() - kBehind.size()));
}

Outcome keep_files(const WriteCall& call, const std::string& id, Revision& revision) {
  for (const UploadedPart& part : call.files) {
    auto element = element_of_file(part.name);
    if (!element) return invalid(part.name, "A file must be update__resources__N__upload");
    auto dataset = call.sources.catalog.dataset(id, call.caller);
    if (!dataset) return failed(std::move(dataset).error());
    auto file = keep_file(call, part, dataset->owner_org);
    if (!file) return tl::unexpected(std::move(file).error());
    revision.files.push_back({std::move(*element), std::move(*file)});
  }
  return {};
}

tl::unexpected<core::Error> refused(std::string_view field, const std::vector<std::string>& texts) {
  auto error = core::fail(core::ErrorCode::kInvalidArgument, "dataset-invalid",
                          {"データセットを変更できません。", "The dataset cannot be changed."});
  for (const std::string& text : texts) {
    core::ErrorDetail detail;
    detail.param = formats::child_pointer("", field);
    detail.message = {text, text};
    error.value().details.push_back(std::move(detail));
  }
  return error;
}

// The dictionary as the revision leaves it.
core::Result<void> revise(const Revision& revision, Document& dict) {
  std::vector<std::string> unmatched;
  find_unmatched(dict, revision.match, "", unmatched);
  for (const auto& [place, value] : revision.match_at) {
    if (!matches_at(dict, place, value)) unmatched.push_back(place);
  }
  if (!unmatched.empty()) return refused("match", unmatched);
  const std::string id(formats::string_member(dict, "id").value_or(""));
  filter_dict(dict, revision.filter);
  auto& allocator = dict.GetAllocator();
  if (auto fault = merge_dict(dict, revision.update, allocator)) return refused("update", {*fault});
  for (const auto& [place, value] : revision.update_at) {
    if (auto fault = put_at(dict, place, value, allocator)) {
      return refused("update__" + place, {*fault});
    }
  }
  dict.RemoveMember("id");
  dict.AddMember("id", Value(id, allocator), allocator);
  return {};
}

// Where the files went, by place of their resources.
struct Landing {
  std::size_t resource = 0;
  const service::StoredFile* file = nullptr;
  bool replaces = false;
};

class Reviser {
 public:
  Reviser(const WriteCall& call, const Rendering& shown, const Revision& revision)
      : call_(call), shown_(shown), revision_(revision) {}

  core::Result<void> operator()(service::DatasetEdit& now) {
    landings_.clear();
    auto dict = formats::parse_json(dataset_text(now.dataset, shown_.context));
    if (!dict) return tl::unexpected(std::move(dict).error());
    if (auto done = revise(revision_, *dict); !done) return done;
    if (const auto fault = formats::ckan_shape_fault(*dict)) return refused("update", {*fault});
    formats::CkanInput input = input_of(call_, shown_, formats::AbsentKeys::kClear);
    input.clears_resources = true;
    formats::read_ckan_dataset(*dict, input, now.dataset, now.wrongs);
    return land(*dict, now);
  }

  [[nodiscard]] const std::vector<Landing>& landings() const { return landings_; }

 private:
  core::Result<void> land(const Document& dict, service::DatasetEdit& now) {
    const Value* resources = formats::find_member(dict, "resources");
    for (const PlacedFile& placed : revision_.files) {
      const bool is_list = resources != nullptr && resources->IsArray();
      const auto index = is_list ? element_of(*resources, placed.element) : std::nullopt;
      if (!index) {
        return refused("update__resources__" + placed.element + "__upload",
                       {"there is no element " + placed.element});
      }
      core::Resource& resource = now.dataset.resources.at(*index);
      const bool replaces = !resource.blob.empty();
      if (!replaces) put_file(resource, placed.file, call_.sources.catalog.now());
      landings_.push_back({*index, &placed.file, replaces});
    }
    return {};
  }

  const WriteCall& call_;
  const Rendering& shown_;
  const Revision& revision_;
  std::vector<Landing> landings_;
};

Outcome write_result(WriteCall& call, formats::JsonWriter& json, const core::Dataset& dataset,
                     const std::vector<std::string>& include) {
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  const std::string text = "{\"package\":" + dataset_text(dataset, shown->context) + "}";
  if (include.empty()) {
    json.raw(text);
    return {};
  }
  auto result = formats::parse_json(text);
  if (!result) return tl::unexpected<Failure>(std::move(result).error());
  filter_dict(*result, include);
  json.value(*result);
  return {};
}

Outcome package_revise(WriteCall& call, formats::JsonWriter& json) {
  auto revision = read_revision(call.arguments);
  if (!revision) return tl::unexpected(std::move(revision).error());
  std::string id = wanted_text(*revision, "id");
  if (id.empty()) id = wanted_text(*revision, "name");
  if (id.empty()) return invalid("match__id", "Missing value");
  if (auto kept = keep_files(call, id, *revision); !kept) return kept;
  auto shown = rendering(call.sources.catalog);
  if (!shown) return tl::unexpected(std::move(shown).error());
  Reviser reviser(call, *shown, *revision);
  auto written = call.sources.datasets.change(id, std::ref(reviser), call.context());
  if (!written) return write_failed(std::move(written).error());
  core::Dataset dataset = std::move(written->dataset);
  for (const Landing& landing : reviser.landings()) {
    const std::string resource = dataset.resources.at(landing.resource).id;
    const auto job = import_file(call, {resource, *landing.file, landing.replaces});
    if (!job) return tl::unexpected(job.error());
  }
  if (!reviser.landings().empty()) {
    auto now = call.sources.catalog.dataset(dataset.id, call.caller);
    if (now) dataset = std::move(*now);
  }
  return write_result(call, json, dataset, revision->include);
}

}  // namespace

WriteAction package_revise_action() {
  return {
      "package_revise",
      package_revise,
      {"データセットが期待どおりの状態のときだけ、その一部を変えます。",
       "Changes parts of a dataset, but only when it is as the caller expects."},
      {{"match, match__*",
        {"一致すべき値（id か name は必須）", "values that must match (id or name is required)"}},
       {"filter",
        {"消す項目のパターン。例 -resources__1、+title、-*",
         "patterns of what goes: -resources__1, +title, -*"}},
       {"update, update__*",
        {"変える値。例 update__resources__0__name、update__resources__extend",
         "values to change: update__resources__0__name, update__resources__extend"}},
       {"update__resources__*__upload", {"ファイル（multipart）", "a file (multipart)"}},
       {"include", {"返す項目のパターン", "patterns of what is returned"}}},
      {"package にデータセットの辞書を持つ辞書。一致しなければ 409",
       "a dictionary with the dataset dictionary as package; 409 when something does not match"}};
}

}  // namespace minato::http::ckan
