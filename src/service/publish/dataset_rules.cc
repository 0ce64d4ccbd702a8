#include "service/publish/dataset_rules.h"

#include <set>
#include <string>
#include <utility>

#include "service/publish/dataset_scope.h"
#include "service/publish/dataset_texts.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::ErrorDetails;
using core::State;

bool is_public(const Dataset& dataset) {
  return dataset.state == State::kActive && !dataset.is_private;
}

// Adds what is about other fields than those that have a wrong already.
void add_more(ErrorDetails& wrongs, ErrorDetails more) {
  std::set<std::string> named;
  for (const core::ErrorDetail& wrong : wrongs) named.insert(wrong.param);
  for (core::ErrorDetail& wrong : more) {
    if (!named.contains(wrong.param)) wrongs.push_back(std::move(wrong));
  }
}

void check_count(std::size_t size, std::size_t most, const std::string& param,
                 ErrorDetails& wrongs) {
  if (size <= most) return;
  const std::string number = std::to_string(most);
  add_wrong(wrongs, param,
            {"数が多すぎます（" + number + " まで）。", "Too many: at most " + number});
}

// Lists that no setting limits.
ErrorDetails check_counts(const Dataset& dataset) {
  constexpr std::size_t kMaxCodes = 2'000;  // Japan has 1,788 municipalities and prefectures
  constexpr std::size_t kMaxColumns = 10'000;
  ErrorDetails wrongs;
  check_count(dataset.themes.size(), kMaxCodes, "/themes", wrongs);
  check_count(dataset.spatial.size(), kMaxCodes, "/spatial", wrongs);
  for (std::size_t i = 0; i < dataset.resources.size(); ++i) {
    const std::size_t columns = dataset.resources[i].columns.size();
    check_count(columns, kMaxColumns, item_pointer("/resources", i, "columns"), wrongs);
  }
  return wrongs;
}

// Names and times that only some states have.
ErrorDetails check_state(const DatasetPair& pair) {
  ErrorDetails wrongs;
  const Dataset& after = pair.after;
  if (pair.before == nullptr && after.state == State::kDeleted) {
    add_wrong(wrongs, "/state",
              {"新しいデータセットの state は active か draft です。",
               "A new dataset is either active or a draft"},
              {"state を active か draft にしてください。", "Set state to active or draft."});
  }
  if (after.publish_at && after.state != State::kDraft) {
    add_wrong(
        wrongs, "/publish_at",
        {"公開日時を付けられるのは下書きだけです。", "Only a draft can have a publication time"},
        {"state を draft にするか、publish_at を消してください。",
         "Set state to draft, or leave publish_at out."});
  }
  return wrongs;
}

ErrorDetails check_license(const DatasetPair& pair) {
  if (!is_public(pair.after)) return {};
  const bool was_so = pair.before != nullptr && is_public(*pair.before);
  ErrorDetails wrongs = check_publication(pair.after);
  if (was_so && pair.before->license_id.empty()) wrongs.clear();
  // Without a name there is no title by default: one mistake, not two.
  if (pair.after.name.empty()) {
    std::erase_if(wrongs, [](const core::ErrorDetail& wrong) { return wrong.param == "/title"; });
  }
  return wrongs;
}

core::Result<void> limited(std::size_t before, std::size_t after, std::int64_t most,
                           const core::Error& refusal) {
  if (after <= before || after <= static_cast<std::size_t>(most)) return {};
  return tl::unexpected<core::Error>(refusal);
}

core::Error too_many(std::string_view id, std::string_view param, core::LocalizedText message,
                     core::LocalizedText hint) {
  core::Error error = core::fail(core::ErrorCode::kInvalidArgument, id, message, hint).value();
  add_wrong(error.details, param, std::move(message), std::move(hint));
  return error;
}

core::Error too_many_resources(std::int64_t most) {
  const std::string number = std::to_string(most);
  return too_many("too-many-resources", "/resources",
                  {"リソースが多すぎます（1 データセットに " + number + " まで）。",
                   "Too many resources: at most " + number + " in a dataset"},
                  {"データセットを分けてください。", "Split the dataset."});
}

core::Error too_many_tags(std::int64_t most) {
  const std::string number = std::to_string(most);
  return too_many("too-many-tags", "/tags",
                  {"タグが多すぎます（1 データセットに " + number + " まで）。",
                   "Too many tags: at most " + number + " on a dataset"},
                  {"タグを減らしてください。", "Leave out some of them."});
}

core::Error too_many_extras(std::int64_t most, std::string_view param) {
  const std::string number = std::to_string(most);
  return too_many(
      "too-many-extras", param,
      {"追加項目が多すぎます（" + number + " まで）。", "Too many extras: at most " + number},
      {"追加項目を減らしてください。", "Leave out some of them."});
}

std::size_t extras_of(const Dataset& dataset, const std::string& resource_id) {
  for (const core::Resource& resource : dataset.resources) {
    if (resource.id == resource_id) return resource.extras.size();
  }
  return 0;
}

}  // namespace

ErrorDetails check_publication(const Dataset& dataset) {
  ErrorDetails wrongs;
  if (dataset.title.empty()) {
    add_wrong(wrongs, "/title", {"公開するデータセットには題名が必要です。", "Missing value"},
              {"title を書くか、下書き (state: draft) にしてください。",
               "Give a title, or make it a draft (state: draft)."});
  }
  if (dataset.license_id.empty()) {
    add_wrong(wrongs, "/license_id",
              {"公開するデータセットにはライセンスが必要です。", "Missing value"},
              {"license_id を書く（例: CC-BY-4.0）か、下書き (state: draft) にしてください。",
               "Give a license_id (such as CC-BY-4.0), or make it a draft (state: draft)."});
  }
  return wrongs;
}

ErrorDetails check_rules(const DatasetPair& pair, ErrorDetails found) {
  add_more(found, core::check_dataset(pair.after));
  add_more(found, check_counts(pair.after));
  add_more(found, check_state(pair));
  add_more(found, check_license(pair));
  return found;
}

ErrorDetails check_characters(const DatasetPair& pair) {
  ErrorDetails wrongs = check_texts(pair.after);
  if (wrongs.empty() || pair.before == nullptr) return wrongs;
  std::set<std::string> known;
  for (const core::ErrorDetail& wrong : check_texts(*pair.before)) known.insert(wrong.param);
  std::erase_if(wrongs, [&](const core::ErrorDetail& w) { return known.contains(w.param); });
  return wrongs;
}

core::Result<void> check_limits(const DatasetPair& pair, const PublishOptions& options) {
  static const Dataset kNothing;
  const Dataset& before = pair.before == nullptr ? kNothing : *pair.before;
  const Dataset& after = pair.after;
  auto fits = limited(before.resources.size(), after.resources.size(), options.max_resources,
                      too_many_resources(options.max_resources));
  if (fits) {
    fits = limited(before.tags.size(), after.tags.size(), options.max_tags,
                   too_many_tags(options.max_tags));
  }
  if (fits) {
    fits = limited(before.extras.size(), after.extras.size(), options.max_extras,
                   too_many_extras(options.max_extras, "/extras"));
  }
  for (std::size_t i = 0; fits && i < after.resources.size(); ++i) {
    const core::Resource& resource = after.resources[i];
    if (resource.extras.size() <= static_cast<std::size_t>(options.max_extras)) continue;
    fits = limited(extras_of(before, resource.id), resource.extras.size(), options.max_extras,
                   too_many_extras(options.max_extras, item_pointer("/resources", i, "extras")));
  }
  return fits;
}

}  // namespace minato::service
