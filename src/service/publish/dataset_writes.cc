#include "service/publish/dataset_writes.h"

#include <chrono>
#include <set>
#include <utility>

#include "core/sha256.h"
#include "core/utf8.h"
#include "formats/dataset_document.h"
#include "service/not_found.h"
#include "service/publish/dataset_change.h"
#include "service/publish/dataset_identity.h"
#include "service/publish/dataset_references.h"
#include "service/publish/dataset_rules.h"
#include "service/publish/dataset_texts.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Result;
using storage::CatalogWriter;

constexpr std::size_t kMaxDatasetsAtOnce = 1'000;
constexpr std::chrono::seconds kReadTimeout{30};

// What a step does with one dataset.
using Step = std::function<Result<WrittenDataset>(const DatasetScope&, const DatasetRecord&)>;

// One write of the catalogue, and the removal of the rows that nobody needs afterwards.
class DatasetWrite {
 public:
  DatasetWrite(AuditedStore& store, storage::TableStore& tables, const PublishOptions& options)
      : store_(store), tables_(tables), options_(options) {}

  Result<WrittenDataset> run(const WriteContext& context, const Step& step) {
    WrittenDataset now;
    std::vector<storage::TableKey> files;
    auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
      Changes changes;
      files.clear();
      const DatasetScope scope{writer, context.caller, options_, store_.clock().now(), by_program};
      auto done = step(scope, {changes, files});
      if (!done) return tl::unexpected(std::move(done).error());
      now = *std::move(done);
      changes.result = write_remembered({now.dataset.id, now.note});
      return changes;
    });
    if (!written) return tl::unexpected(std::move(written).error());
    if (written->replayed) return replayed(read_remembered(written->result));
    // The catalogue leads to them no more; what cannot be removed now takes space and harms nobody.
    for (const storage::TableKey& key : files) static_cast<void>(tables_.remove(key));
    return now;
  }

  bool by_program = false;

 private:
  // The dataset as it is now: others may have changed it since.
  Result<WrittenDataset> replayed(RememberedDataset remembered) {
    auto reader = store_.store().read(std::chrono::steady_clock::now() + kReadTimeout);
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto dataset = (*reader)->dataset(remembered.id);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    WrittenDataset again{{}, false, true, std::move(remembered.note)};
    if (*dataset) again.dataset = **std::move(dataset);
    return again;
  }

  AuditedStore& store_;
  storage::TableStore& tables_;
  const PublishOptions& options_;
};

Result<WrittenDataset> purge_one(const DatasetScope& scope, std::string_view id_or_name,
                                 const DatasetRecord& record) {
  // Before anything is looked up: nobody learns which datasets there are.
  if (auto may = auth::require(auth::Action::kPurgeDataset, scope.caller); !may) {
    return tl::unexpected(std::move(may).error());
  }
  auto dataset = find_dataset(scope.reader(), id_or_name);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (auto done = record_purge(scope, *dataset, record); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return WrittenDataset{*std::move(dataset), true, false, {}};
}

// Who is nobody hears that first, not which datasets there are.
Result<Dataset> find_for(const DatasetScope& scope, std::string_view id_or_name) {
  if (scope.caller.is_anonymous() && !scope.caller.sysadmin && !scope.by_program) {
    auto may = auth::require(auth::Action::kUpdateDataset, scope.caller);
    if (!may) return tl::unexpected(std::move(may).error());
  }
  return find_dataset(scope.reader(), id_or_name);
}

// The id of the organization; empty for none.
Result<std::string> organization_id(const DatasetScope& scope, std::string_view id_or_name) {
  if (id_or_name.empty()) return std::string();
  auto group = scope.reader().group(core::GroupKind::kOrganization, id_or_name);
  if (!group) return tl::unexpected(std::move(group).error());
  if (!*group) return group_not_found(core::GroupKind::kOrganization);
  return (*group)->id;
}

// A draft whose time has come; anything else stays as it is.
Result<WrittenDataset> publish_one(const DatasetScope& scope, const std::string& id,
                                   const DatasetRecord& record) {
  auto draft = scope.reader().dataset(id);
  if (!draft) return tl::unexpected(std::move(draft).error());
  const bool is_due = *draft && (*draft)->state == core::State::kDraft && (*draft)->publish_at &&
                      *(*draft)->publish_at <= scope.now;
  if (!is_due) return WrittenDataset{};
  const auto publish = [](DatasetEdit& edit) -> Result<void> {
    edit.dataset.state = core::State::kActive;
    return {};
  };
  return change_dataset(scope, **draft, publish, record);
}

// What may be done to any of them, or to none.
Result<std::vector<Dataset>> find_all(const DatasetScope& scope,
                                      const std::vector<std::string>& ids,
                                      std::string_view organization) {
  auto owner = organization_id(scope, organization);
  if (!owner) return tl::unexpected(std::move(owner).error());
  std::vector<Dataset> found;
  std::set<std::string> seen;
  for (const std::string& id : ids) {
    auto dataset = find_for(scope, id);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    if (!owner->empty() && dataset->owner_org != *owner) return dataset_not_found();
    if (seen.insert(dataset->id).second) found.push_back(*std::move(dataset));
  }
  return found;
}

core::Result<void> check_reason(std::string_view reason) {
  core::ErrorDetails wrongs;
  check_text(wrongs, "/reason", std::string(reason));
  if (wrongs.empty() && core::count_code_points(reason) > core::kMaxTitleLength) {
    add_wrong(
        wrongs, "/reason",
        {"理由は 1000 文字以内にしてください。", "Must be a maximum of 1000 characters long"});
  }
  if (wrongs.empty()) return {};
  return dataset_invalid(std::move(wrongs));
}

tl::unexpected<core::Error> too_many_datasets() {
  const std::string most = std::to_string(kMaxDatasetsAtOnce);
  return core::fail(core::ErrorCode::kInvalidArgument, "too-many-datasets",
                    {"一度に変更できるデータセットは " + most + " 件までです。",
                     "At most " + most + " datasets can be changed at once."},
                    {"何回かに分けて送ってください。", "Send them in several requests."});
}

// A replay can only tell of a dataset that is still there.
Result<WrittenDataset> still_there(Result<WrittenDataset> written) {
  if (written && written->replayed && written->dataset.id.empty()) return dataset_not_found();
  return written;
}

Result<void> without_value(const Result<WrittenDataset>& written) {
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace

DatasetWrites::DatasetWrites(AuditedStore& store, storage::TableStore& tables,
                             PublishOptions options)
    : store_(store), tables_(tables), options_(std::move(options)) {}

Result<WrittenDataset> DatasetWrites::create(DatasetEdit wanted, bool make_name,
                                             const WriteContext& context) {
  return still_there(DatasetWrite(store_, tables_, options_)
                         .run(context, [&](const DatasetScope& scope, const DatasetRecord& record) {
                           return create_dataset(scope, wanted, make_name, record);
                         }));
}

Result<WrittenDataset> DatasetWrites::change(std::string_view id_or_name, const Edit& edit,
                                             const WriteContext& context) {
  return still_there(DatasetWrite(store_, tables_, options_)
                         .run(context,
                              [&](const DatasetScope& scope,
                                  const DatasetRecord& record) -> Result<WrittenDataset> {
                                auto before = find_for(scope, id_or_name);
                                if (!before) return tl::unexpected(std::move(before).error());
                                return change_dataset(scope, *before, edit, record);
                              }));
}

Result<WrittenDataset> DatasetWrites::change_of_resource(std::string_view resource_id,
                                                         const Edit& edit,
                                                         const WriteContext& context) {
  const auto step = [&](const DatasetScope& scope,
                        const DatasetRecord& record) -> Result<WrittenDataset> {
    auto id = scope.reader().dataset_of_resource(resource_id);
    if (!id) return tl::unexpected(std::move(id).error());
    auto before = find_for(scope, id->value_or(""));
    if (!*id && (before || before.error().code == core::ErrorCode::kNotFound)) {
      return resource_not_found();
    }
    if (!before) return tl::unexpected(std::move(before).error());
    return change_dataset(scope, *before, edit, record);
  };
  return still_there(DatasetWrite(store_, tables_, options_).run(context, step));
}

Result<void> DatasetWrites::remove(std::string_view id_or_name, std::string_view reason,
                                   const WriteContext& context, const Check& check) {
  if (auto fits = check_reason(reason); !fits) return fits;
  const auto step = [&](const DatasetScope& scope,
                        const DatasetRecord& record) -> Result<WrittenDataset> {
    auto before = find_for(scope, id_or_name);
    if (!before) return tl::unexpected(std::move(before).error());
    if (auto fine = check ? check(*before) : Result<void>(); !fine) {
      return tl::unexpected(std::move(fine).error());
    }
    return remove_dataset(scope, *before, {record.changes, record.files, reason});
  };
  return without_value(DatasetWrite(store_, tables_, options_).run(context, step));
}

Result<void> DatasetWrites::purge(std::string_view id_or_name, const WriteContext& context) {
  const auto step = [&](const DatasetScope& scope, const DatasetRecord& record) {
    return purge_one(scope, id_or_name, record);
  };
  return without_value(DatasetWrite(store_, tables_, options_).run(context, step));
}

Result<void> DatasetWrites::change_all(const std::vector<std::string>& ids,
                                       std::string_view organization, const Edit& edit,
                                       const WriteContext& context) {
  if (ids.size() > kMaxDatasetsAtOnce) return too_many_datasets();
  const auto step = [&](const DatasetScope& scope,
                        const DatasetRecord& record) -> Result<WrittenDataset> {
    auto datasets = find_all(scope, ids, organization);
    if (!datasets) return tl::unexpected(std::move(datasets).error());
    WrittenDataset last;
    for (const Dataset& before : *datasets) {
      auto done = change_dataset(scope, before, edit, record);
      if (!done) return done;
      last = *std::move(done);
    }
    return last;
  };
  return without_value(DatasetWrite(store_, tables_, options_).run(context, step));
}

Result<std::vector<std::string>> DatasetWrites::publish_due() {
  const core::Timestamp now = store_.clock().now();
  auto reader = store_.store().read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto due = (*reader)->datasets_due(now);
  if (!due) return tl::unexpected(std::move(due).error());
  reader->reset();
  std::vector<std::string> published;
  DatasetWrite write(store_, tables_, options_);
  write.by_program = true;
  for (const std::string& id : *due) {
    const auto step = [&](const DatasetScope& scope,
                          const DatasetRecord& record) -> Result<WrittenDataset> {
      return publish_one(scope, id, record);
    };
    auto done = write.run({}, step);
    if (!done && done.error().code == core::ErrorCode::kInvalidArgument) continue;
    if (!done) return tl::unexpected(std::move(done).error());
    if (done->changed) published.push_back(done->dataset.name);
  }
  return published;
}

std::string DatasetWrites::etag(const Dataset& dataset) {
  constexpr std::size_t kDigits = 32;
  const std::string document = formats::write_dataset_document(dataset);
  return "\"" + core::sha256_hex(document).substr(0, kDigits) + "\"";
}

}  // namespace minato::service
