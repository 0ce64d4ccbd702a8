#include "service/publish/dataset_record.h"

#include <utility>

#include "formats/dataset_document.h"
#include "formats/json.h"
#include "formats/json_texts.h"
#include "service/harvest/batch.h"
#include "service/publish/dataset_activity.h"
#include "service/publish/dataset_owners.h"
#include "service/publish/dataset_resources.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Result;
using core::State;

std::string_view audit_action(const DatasetPair& pair) {
  if (pair.before == nullptr) return "dataset.create";
  const State was = pair.before->state;
  const State is = pair.after.state;
  if (was == is) return "dataset.update";
  if (is == State::kDeleted) return "dataset.delete";
  if (was == State::kDeleted) return "dataset.restore";
  return is == State::kActive ? "dataset.publish" : "dataset.update";
}

std::string detail_of(const std::optional<std::string_view>& reason) {
  if (!reason || reason->empty()) return {};
  std::string json;
  formats::JsonWriter(json).begin_object().field("reason", *reason).end_object();
  return json;
}

// Of a dataset that staff removed: it never comes back; of one that they restored: it does.
Result<void> mark_origins(const DatasetScope& scope, const std::string& dataset_id, bool removed) {
  auto origins = scope.reader().origins_of(dataset_id);
  if (!origins) return tl::unexpected(std::move(origins).error());
  for (storage::Origin& origin : *origins) {
    if (origin.removed == removed) continue;
    origin.removed = removed;
    // It would come back when its source lists it again.
    if (removed && origin.hash == kVanished) origin.hash.clear();
    if (auto done = scope.writer.put_origin(origin); !done) return done;
  }
  return {};
}

Result<void> record_state(const DatasetScope& scope, const DatasetPair& pair,
                          const std::optional<std::string_view>& reason) {
  const bool was_gone = pair.before != nullptr && pair.before->state == State::kDeleted;
  const bool is_gone = pair.after.state == State::kDeleted;
  if (was_gone && !is_gone) {
    auto done = scope.writer.history().remove_tombstone(pair.after.id);
    return done ? mark_origins(scope, pair.after.id, false) : done;
  }
  if (!is_gone || (was_gone && !reason)) return {};
  auto done = scope.writer.history().put_tombstone(
      {pair.after.id, std::string(reason.value_or("")), scope.caller.user_id, scope.now});
  return done ? mark_origins(scope, pair.after.id, true) : done;
}

Result<void> record_owners(const DatasetScope& scope, const DatasetPair& pair) {
  auto origins = scope.reader().origins_of(pair.after.id);
  if (!origins) return tl::unexpected(std::move(origins).error());
  if (origins->empty()) return {};
  auto pointers = changed_fields(*pair.before, pair.after);
  if (pointers.empty()) return {};
  auto owners = scope.reader().field_owners(pair.after.id);
  if (!owners) return tl::unexpected(std::move(owners).error());
  return scope.writer.put_field_owners(
      pair.after.id,
      claim_fields(*std::move(owners), {std::move(pointers), scope.caller.user_id, scope.now}));
}

// What only a dataset that was there before leaves behind.
Result<void> record_past(const DatasetScope& scope, const DatasetPair& pair,
                         const DatasetRecord& record) {
  if (pair.before == nullptr) return {};
  if (pair.before->name != pair.after.name) {
    auto done = scope.writer.history().put_former_dataset_name(pair.before->name, pair.after.id);
    if (!done) return done;
  }
  for (const std::string& id : removed_resources(*pair.before, pair.after)) {
    if (auto done = drop_tables(scope.writer, id, record.files); !done) return done;
  }
  if (scope.by_program) return {};
  return record_owners(scope, pair);
}

AuditSubject subject_of(const Dataset& dataset, std::string_view action) {
  AuditSubject subject;
  subject.action = action;
  subject.kind = "dataset";
  subject.id = dataset.id;
  subject.name = dataset.name;
  subject.organization_id = dataset.owner_org;
  return subject;
}

}  // namespace

Result<Dataset> record_dataset(const DatasetScope& scope, const DatasetPair& pair,
                               const DatasetRecord& record) {
  if (auto put = scope.writer.put_dataset(pair.after); !put) {
    return tl::unexpected(std::move(put).error());
  }
  auto stored = scope.reader().dataset(pair.after.id);
  if (!stored) return tl::unexpected(std::move(stored).error());
  if (!*stored)
    return core::fail_internal("dataset " + pair.after.id + " was put and is not there");
  const DatasetPair written{pair.before, **stored};
  if (auto done = record_past(scope, written, record); !done) {
    return tl::unexpected(std::move(done).error());
  }
  if (auto done = record_state(scope, written, record.reason); !done) {
    return tl::unexpected(std::move(done).error());
  }
  AuditSubject subject = subject_of(written.after, audit_action(written));
  if (pair.before != nullptr) subject.before = formats::write_dataset_document(*pair.before);
  subject.after = formats::write_dataset_document(written.after);
  subject.detail = detail_of(record.reason);
  record.changes.subjects.push_back(std::move(subject));
  auto activity = activity_of(scope, written);
  if (!activity) return tl::unexpected(std::move(activity).error());
  record.changes.activities.push_back(*std::move(activity));
  return **std::move(stored);
}

Result<void> record_purge(const DatasetScope& scope, const Dataset& dataset,
                          const DatasetRecord& record) {
  if (auto done = mark_origins(scope, dataset.id, true); !done) return done;
  for (const core::Resource& resource : dataset.resources) {
    if (auto done = drop_tables(scope.writer, resource.id, record.files); !done) return done;
  }
  if (auto done = scope.writer.history().remove_tombstone(dataset.id); !done) return done;
  if (auto done = scope.writer.purge_dataset(dataset.id); !done) return done;
  AuditSubject subject = subject_of(dataset, "dataset.purge");
  subject.before = formats::write_dataset_document(dataset);
  record.changes.subjects.push_back(std::move(subject));
  return {};
}

std::string write_remembered(const RememberedDataset& remembered) {
  return formats::write_json_texts({remembered.id, remembered.note});
}

RememberedDataset read_remembered(std::string_view result) {
  auto texts = formats::read_json_texts(result);
  if (!texts || texts->size() != 2) return {};
  return {std::move((*texts)[0]), std::move((*texts)[1])};
}

}  // namespace minato::service
