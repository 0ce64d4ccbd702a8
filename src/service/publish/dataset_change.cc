#include "service/publish/dataset_change.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "core/dataset_extras.h"
#include "core/vocabularies.h"
#include "service/harvest/extras.h"
#include "service/publish/dataset_identity.h"
#include "service/publish/dataset_references.h"
#include "service/publish/dataset_resources.h"
#include "text/blanks.h"

namespace minato::service {

namespace {

using auth::Action;
using core::Dataset;
using core::Result;
using core::State;

void keep_each_once(std::vector<std::string>& items) {
  std::set<std::string> seen;
  std::erase_if(items, [&](const std::string& item) { return !seen.insert(item).second; });
}

// A licence goes by its id however it was written: filters and counts know no other.
void settle_license(std::string& raw) {
  if (const core::License* known = core::find_license(raw)) raw = known->id;
}

// Codes for whatever spelling of them the vocabularies know.
void settle_vocabularies(Dataset& dataset) {
  settle_license(dataset.license_id);
  for (core::Resource& resource : dataset.resources) settle_license(resource.license_id);
  for (std::string& raw : dataset.themes) {
    if (const core::Theme* theme = core::find_theme(raw)) raw = theme->code;
  }
  keep_each_once(dataset.themes);
  keep_each_once(dataset.spatial);
  if (const core::Frequency* known = core::find_frequency(dataset.frequency)) {
    dataset.frequency = known->code;
  }
}

// Where a dataset was harvested from is not for people to say: those extras stay as they are.
void keep_provenance(const Dataset* before, std::vector<core::Extra>& extras) {
  std::erase_if(extras, [](const core::Extra& extra) { return is_provenance_key(extra.key); });
  if (before == nullptr) return;
  for (const core::Extra& extra : before->extras) {
    if (is_provenance_key(extra.key)) extras.push_back(extra);
  }
}

void settle_extras(const Dataset* before, DatasetEdit& edit) {
  std::vector<core::Extra>& extras = edit.dataset.extras;
  keep_provenance(before, extras);
  for (core::ErrorDetail& wrong : core::check_extras(extras, "/extras")) {
    edit.wrongs.push_back(std::move(wrong));
  }
  core::take_fields_from_extras(edit.dataset);
  std::stable_sort(extras.begin(), extras.end(),
                   [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
}

void settle_texts(const DatasetScope& scope, const Dataset* before, Dataset& dataset) {
  if (text::trimmed(dataset.title).empty()) dataset.title = dataset.name;
  const bool is_public = dataset.state == State::kActive && !dataset.is_private;
  if (dataset.license_id.empty() && is_public) {
    dataset.license_id = scope.options.default_license;
    settle_license(dataset.license_id);
  }
  // The time at which it was to be published says nothing any more.
  const bool is_stale = before != nullptr && dataset.publish_at == before->publish_at;
  if (dataset.state != State::kDraft && is_stale) dataset.publish_at.reset();
}

// Everything but identity and name. Fails for what is no wrong of a field.
Result<void> settle(const DatasetScope& scope, const Dataset* before, DatasetEdit& edit) {
  const DatasetPair pair{before, edit.dataset};
  if (auto broken = check_characters(pair); !broken.empty()) {
    // Nothing is looked up by such texts.
    std::move(broken.begin(), broken.end(), std::back_inserter(edit.wrongs));
    return dataset_invalid(std::move(edit.wrongs));
  }
  settle_extras(before, edit);
  settle_vocabularies(edit.dataset);
  for (const auto step : {settle_owner, settle_groups, settle_tags, settle_resources}) {
    if (auto done = step(scope, before, edit); !done) return done;
  }
  settle_texts(scope, before, edit.dataset);
  return {};
}

// After settle(): what is left to object to.
Result<void> check(const DatasetScope& scope, const Dataset* before, DatasetEdit& edit) {
  if (auto done = check_name_is_free(scope, edit); !done) return done;
  edit.wrongs = check_rules({before, edit.dataset}, std::move(edit.wrongs));
  if (edit.wrongs.empty()) return {};
  return dataset_invalid(std::move(edit.wrongs));
}

Result<void> settle_name(const DatasetScope& scope, bool with_made_name, DatasetEdit& edit) {
  Dataset& dataset = edit.dataset;
  if (!dataset.name.empty() || !with_made_name) return {};
  if (!text::trimmed(dataset.title).empty()) return make_name(scope, dataset);
  add_wrong(edit.wrongs, "/title", {"題名がありません。", "Missing value"},
            {"title を書いてください。name は題名から作ります。",
             "Give a title: the name is made of it."});
  add_wrong(edit.wrongs, "/name", {"名前がありません。", "Missing value"});
  return {};
}

void settle_new_times(const DatasetScope& scope, Dataset& dataset) {
  const bool is_sysadmin = scope.caller.sysadmin;
  if (!is_sysadmin || dataset.creator_user_id.empty()) {
    dataset.creator_user_id = scope.caller.user_id;
  }
  if (!is_sysadmin || dataset.created.us == 0) dataset.created = scope.now;
  if (!is_sysadmin || dataset.modified.us == 0) dataset.modified = scope.now;
}

// What the client may not change is as it was; a wrong where that would surprise.
void keep_identity(const DatasetScope& scope, const Dataset& before, DatasetEdit& edit) {
  Dataset& dataset = edit.dataset;
  if (!dataset.id.empty() && dataset.id != before.id) {
    add_wrong(edit.wrongs, "/id",
              {"ID は変えられません。", "Cannot change value of key from " + before.id + " to " +
                                            dataset.id + ". This key is read-only"});
  }
  dataset.id = before.id;
  dataset.created = before.created;
  if (scope.caller.sysadmin) {
    if (dataset.modified.us == 0) dataset.modified = before.modified;
    if (dataset.creator_user_id.empty()) dataset.creator_user_id = before.creator_user_id;
    return;
  }
  dataset.creator_user_id = before.creator_user_id;
  dataset.modified = before.modified;
}

// Later than before, so that no two states of a dataset have the same time.
void settle_modified(const DatasetScope& scope, const Dataset& before, Dataset& after) {
  if (after.modified != before.modified) return;  // a sysadmin's
  after.modified = std::max(scope.now, core::Timestamp{before.modified.us + 1});
}

// The state that an edit asks for, besides the right to change the dataset at all.
Result<void> allow_state(const DatasetScope& scope, const Dataset& before, const Dataset& after) {
  const bool removes = before.state != State::kDeleted && after.state == State::kDeleted;
  return removes ? allow_change(scope, Action::kDeleteDataset, before) : Result<void>{};
}

Result<WrittenDataset> write(const DatasetScope& scope, const Dataset* before, DatasetEdit& edit,
                             const DatasetRecord& record) {
  auto stored = record_dataset(scope, {before, edit.dataset}, record);
  if (!stored) return tl::unexpected(std::move(stored).error());
  return WrittenDataset{*std::move(stored), true, false, std::move(edit.note)};
}

}  // namespace

Result<WrittenDataset> create_dataset(const DatasetScope& scope, DatasetEdit wanted,
                                      bool with_made_name, const DatasetRecord& record) {
  if (auto may = allow_creation(scope, wanted.dataset); !may) return tl::unexpected(may.error());
  if (auto fits = check_limits({nullptr, wanted.dataset}, scope.options); !fits) {
    return tl::unexpected(std::move(fits).error());
  }
  if (auto done = settle_id(scope, wanted); !done) return tl::unexpected(done.error());
  settle_new_times(scope, wanted.dataset);
  if (auto done = settle_name(scope, with_made_name, wanted); !done) {
    return tl::unexpected(std::move(done).error());
  }
  if (auto done = settle(scope, nullptr, wanted); !done) return tl::unexpected(done.error());
  if (auto done = check(scope, nullptr, wanted); !done) return tl::unexpected(done.error());
  return write(scope, nullptr, wanted, record);
}

Result<WrittenDataset> change_dataset(const DatasetScope& scope, const Dataset& before,
                                      const DatasetWrites::Edit& edit,
                                      const DatasetRecord& record) {
  if (auto may = allow_change(scope, Action::kUpdateDataset, before); !may) {
    return tl::unexpected(std::move(may).error());
  }
  DatasetEdit wanted{before, {}, {}};
  if (auto done = edit(wanted); !done) return tl::unexpected(std::move(done).error());
  Dataset& after = wanted.dataset;
  if (auto fits = check_limits({&before, after}, scope.options); !fits) {
    return tl::unexpected(std::move(fits).error());
  }
  keep_identity(scope, before, wanted);
  if (auto done = settle(scope, &before, wanted); !done) return tl::unexpected(done.error());
  if (wanted.wrongs.empty() && before == after) {
    return WrittenDataset{before, false, false, std::move(wanted.note)};
  }
  if (auto may = allow_state(scope, before, after); !may) return tl::unexpected(may.error());
  if (auto done = check(scope, &before, wanted); !done) return tl::unexpected(done.error());
  settle_modified(scope, before, after);
  return write(scope, &before, wanted, record);
}

Result<WrittenDataset> remove_dataset(const DatasetScope& scope, const Dataset& before,
                                      const DatasetRecord& record) {
  if (auto may = allow_change(scope, Action::kDeleteDataset, before); !may) {
    return tl::unexpected(std::move(may).error());
  }
  if (before.state == State::kDeleted) {
    auto tombstone = scope.reader().history().tombstone(before.id);
    if (!tombstone) return tl::unexpected(std::move(tombstone).error());
    if (*tombstone) return WrittenDataset{before, false, false, {}};
  }
  DatasetEdit wanted{before, {}, {}};
  wanted.dataset.state = State::kDeleted;
  wanted.dataset.publish_at.reset();
  settle_modified(scope, before, wanted.dataset);
  return write(scope, &before, wanted, record);
}

}  // namespace minato::service
