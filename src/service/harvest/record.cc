#include "service/harvest/record.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/names.h"
#include "core/uuid.h"
#include "formats/dataset_document.h"
#include "service/harvest/difference.h"
#include "service/harvest/extras.h"
#include "service/harvest/kept_file.h"
#include "service/harvest/owned.h"
#include "service/harvest/provenance.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::ErrorCode;
using core::RecordReport;
using core::Result;
using storage::Origin;

constexpr std::size_t kMaxDocumentBytes = std::size_t{12} * 1024 * 1024;  // read back: 16 MB

// Keys of the source's adapter as ids of ours; one that stands twice gets its count behind it.
void finish_resources(Dataset& dataset) {
  std::set<std::string> seen;
  std::int64_t position = 0;
  for (core::Resource& resource : dataset.resources) {
    std::string key = resource.id.empty() ? resource.url : resource.id;
    for (int count = 2; !seen.insert(key).second; ++count) {
      key = resource.id + "#" + std::to_string(count);
    }
    resource.id = core::stable_uuid("harvest-resource", dataset.id + "\n" + key);
    resource.dataset_id = dataset.id;
    resource.position = position++;
  }
}

tl::unexpected<core::Error> invalid(core::ErrorDetails details) {
  auto failure = core::fail(ErrorCode::kInvalidArgument, "harvest-record-invalid",
                            {"記録に、このカタログの決まりに合わない項目があります（" +
                                 details[0].param + "）。" + details[0].message.ja,
                             "The record has a field that breaks a rule of this catalogue (" +
                                 details[0].param + "): " + details[0].message.en},
                            {"収集元のデータセットを直すよう公開団体に伝えてください。",
                             "Ask the publisher to correct the dataset."});
  failure.value().details = std::move(details);
  return failure;
}

core::Error too_large() {
  return core::fail(ErrorCode::kTooLarge, "harvest-record-too-large",
                    {"データセットの記述が大きすぎます（上限 12 MB）。",
                     "The description of the dataset is too large (limit 12 MB)."},
                    {"リソースを分けてデータセットを小さくするよう公開団体に伝えてください。",
                     "Ask the publisher to split the dataset."})
      .value();
}

// What the record is to blame for; the rest are faults of the store.
bool is_fault_of_record(const core::Error& error) {
  return error.code == ErrorCode::kInvalidArgument || error.code == ErrorCode::kConflict ||
         error.code == ErrorCode::kTooLarge;
}

Result<void> fail_record(ImportItem& item, core::Error error) {
  if (!is_fault_of_record(error)) return tl::unexpected(std::move(error));
  item.result.report = RecordReport::kErrored;
  item.result.error = std::move(error);
  item.wants_write = false;
  item.is_new = false;
  return {};
}

Result<std::optional<Dataset>> base_of(const std::optional<Origin>& origin) {
  if (!origin || origin->document.empty()) return std::nullopt;
  auto base = formats::parse_dataset_document(origin->document);
  if (!base) {
    return core::fail(
        ErrorCode::kConflict, "harvest-origin-unreadable",
        {"データセット " + origin->dataset_id + " について前回の収集で控えた内容を読めません。",
         "What the last harvest noted of dataset " + origin->dataset_id + " cannot be read."},
        {"カタログを minato check で調べてください。データセットはそのまま残ります。",
         "Check the catalogue with `minato check`; the dataset stays as it is."});
  }
  for (core::Resource& resource : base->resources) resource.dataset_id = base->id;
  return std::optional(std::move(*base));
}

void tell(ImportItem& item, const Dataset& dataset) {
  item.result.dataset_id = dataset.id;
  item.result.dataset_name = dataset.name;
  item.result.resources = dataset.resources;
}

}  // namespace

Result<void> RecordImport::run(ImportItem& item) {
  if (item.result.report == RecordReport::kErrored) return {};
  item.result = {};
  item.is_new = item.wants_write = false;
  auto place = find_place(item);
  if (!place) return tl::unexpected(std::move(place).error());
  item.result.dataset_id = place->dataset_id;
  if (place->has_moved) {
    item.result.moved = true;
    item.result.moved_from = item.moved->remote_id;
    item.wants_write = place->origin->remote_id != item.remote_id();
  }
  if (place->is_gone() && place->origin && !place->has_vanished()) {
    return leave_removed(item, *place);
  }
  if (!place->is_gone() && place->origin && place->origin->hash == item.origin_hash) {
    return leave_unchanged(item, *place);
  }
  return update(item, *place);
}

Result<RecordImport::Place> RecordImport::find_place(const ImportItem& item) {
  Place place;
  const std::string& source = batch_.source().id;
  auto origin = reader_.origin(source, item.remote_id());
  if (!origin) return tl::unexpected(std::move(origin).error());
  if (item.moved) {
    if (!*origin) {
      origin = reader_.origin(source, item.moved->remote_id);
      if (!origin) return tl::unexpected(std::move(origin).error());
      place.has_moved = origin->has_value();
    } else {
      // Moved by an import that ended before the harvest store knew of it.
      place.has_moved = (*origin)->dataset_id == item.moved->dataset_id;
    }
  }
  place.origin = *std::move(origin);
  place.dataset_id = place.origin ? place.origin->dataset_id
                                  : core::stable_uuid("harvest", source + "\n" + item.remote_id());
  auto current = reader_.dataset(place.dataset_id);
  if (!current) return tl::unexpected(std::move(current).error());
  place.current = *std::move(current);
  return place;
}

Result<void> RecordImport::leave_removed(ImportItem& item, const Place& place) {
  item.result.report = RecordReport::kUnchanged;
  if (place.current) item.result.dataset_name = place.current->name;
  Origin origin = *place.origin;
  item.wants_write = item.wants_write || !origin.removed;
  if (!item.wants_write) return {};
  origin.removed = true;
  return put(item, place, nullptr, std::move(origin));
}

Result<void> RecordImport::leave_unchanged(ImportItem& item, const Place& place) {
  item.result.report = RecordReport::kUnchanged;
  tell(item, *place.current);
  return item.wants_write ? put(item, place, nullptr, *place.origin) : Result<void>{};
}

Result<void> RecordImport::update(ImportItem& item, const Place& place) {
  auto base = base_of(place.origin);
  if (!base) return fail_record(item, std::move(base).error());
  auto theirs = finished(item, place, *base);
  if (!theirs) return fail_record(item, std::move(theirs).error());
  if (place.is_gone() || !place.origin) {
    auto duplicate = identities_.duplicate_of(item, *theirs, reader_);
    if (!duplicate) return tl::unexpected(std::move(duplicate).error());
    if (*duplicate) {
      item.result.report = RecordReport::kDuplicate;
      item.result.dataset_id = (*duplicate)->id;
      item.result.duplicate_of = (*duplicate)->name;
      item.wants_write = false;
      return {};
    }
  }
  if (auto wrongs = core::check_dataset(*theirs); !wrongs.empty()) {
    return fail_record(item, invalid(std::move(wrongs)).value());
  }
  item.wants_write = true;
  return place.current ? merge(item, place, *base, std::move(*theirs))
                       : create(item, place, std::move(*theirs));
}

Result<void> RecordImport::create(ImportItem& item, const Place& place, Dataset theirs) {
  set_provenance(theirs, item, batch_);
  item.is_new = true;
  item.result.report = RecordReport::kAdded;
  tell(item, theirs);
  if (batch_.target.with_differences) item.result.differences = field_differences({}, theirs);
  if (writer_ == nullptr) return {};
  return put(item, place, &theirs, origin_of(item, place, theirs));
}

Result<void> RecordImport::merge(ImportItem& item, const Place& place,
                                 const std::optional<Dataset>& base, Dataset theirs) {
  const Dataset& current = *place.current;
  auto owners = reader_.field_owners(current.id);
  if (!owners) return tl::unexpected(std::move(owners).error());
  const KeptFields owned = owned_fields(*owners, batch_.context.options.keep_fields);
  // Nothing known of the past: what differs belongs to staff.
  keep_provenance(base ? *base : current, theirs);
  DatasetMerge merged = merge_dataset({base ? *base : theirs, theirs, current, owned}, batch_.now);
  if (place.is_gone()) {
    merged.dataset.state = core::State::kActive;
    auto taken = names_.is_taken(merged.dataset.name, current.id);
    if (!taken) return tl::unexpected(std::move(taken).error());
    if (*taken) {
      auto name = names_.give(item, current.id);
      if (!name) return tl::unexpected(std::move(name).error());
      merged.dataset.name = theirs.name = *std::move(name);
    }
    merged.dataset.modified = batch_.now;
    merged.changed = true;
  }
  item.result.report = merged.changed ? RecordReport::kUpdated : RecordReport::kUnchanged;
  if (merged.changed) {
    set_provenance(theirs, item, batch_);
    set_provenance(merged.dataset, item, batch_);
  }
  tell(item, merged.dataset);
  std::erase_if(merged.kept, is_provenance_pointer);
  item.result.kept = merged.kept;
  if (batch_.target.with_differences) {
    item.result.differences = field_differences(current, merged.dataset);
  }
  if (writer_ == nullptr) return {};
  auto done =
      put(item, place, merged.changed ? &merged.dataset : nullptr, origin_of(item, place, theirs));
  if (!done || item.result.report == RecordReport::kErrored) return done;
  return keep_for_staff(item, *owners, merged.kept);
}

Result<Dataset> RecordImport::finished(const ImportItem& item, const Place& place,
                                       const std::optional<Dataset>& base) {
  Dataset theirs = item.theirs;
  theirs.id = place.dataset_id;
  theirs.owner_org = batch_.owner_org;
  theirs.groups = batch_.groups;
  theirs.created = theirs.modified = batch_.now;
  finish_resources(theirs);
  for (core::Resource& resource : theirs.resources) {
    resource.created = resource.metadata_modified = batch_.now;
  }
  if (base) carry_kept_files(*base, theirs);
  if (base && !base->name.empty()) {
    theirs.name = base->name;
  } else if (place.current) {
    theirs.name = place.current->name;
  } else {
    auto name = names_.give(item, theirs.id);
    if (!name) return tl::unexpected(std::move(name).error());
    theirs.name = *std::move(name);
  }
  // Purged by staff as housekeeping meanwhile, and somebody else has the name.
  if (!place.current && base) {
    auto taken = names_.is_taken(theirs.name, theirs.id);
    if (!taken) return tl::unexpected(std::move(taken).error());
    auto name = *taken ? names_.give(item, theirs.id) : Result<std::string>(theirs.name);
    if (!name) return tl::unexpected(std::move(name).error());
    theirs.name = *std::move(name);
  }
  if (theirs.title.empty()) theirs.title = theirs.name;
  return theirs;
}

Result<void> RecordImport::keep_for_staff(ImportItem& item,
                                          const std::vector<storage::FieldOwner>& known,
                                          const KeptFields& kept) {
  auto owners = owners_after(known, kept, batch_.context.options.keep_fields, batch_.now);
  if (owners == known) return {};
  return writer_->put_field_owners(item.result.dataset_id, owners);
}

Origin RecordImport::origin_of(const ImportItem& item, const Place& place,
                               const Dataset& theirs) const {
  return {place.dataset_id,
          batch_.source().id,
          item.remote_id(),
          formats::write_dataset_document(theirs),
          item.origin_hash,
          batch_.now,
          false};
}

Result<void> RecordImport::put(ImportItem& item, const Place& place, const Dataset* dataset,
                               Origin origin) {
  if (writer_ == nullptr) return {};
  if (origin.document.size() > kMaxDocumentBytes) return fail_record(item, too_large());
  if (dataset != nullptr) {
    if (auto done = writer_->put_dataset(*dataset); !done) {
      return fail_record(item, std::move(done).error());
    }
  }
  origin.remote_id = item.remote_id();
  return put_origin(place, origin);
}

Result<void> RecordImport::put_origin(const Place& place, const Origin& origin) {
  if (place.origin && place.origin->remote_id != origin.remote_id) {
    auto removed = writer_->remove_origin(origin.source, place.origin->remote_id);
    if (!removed) return removed;
  }
  return writer_->put_origin(origin);
}

}  // namespace minato::service
