#include "service/harvest/import.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "core/sha256.h"
#include "formats/dataset_document.h"
#include "service/harvest/batch.h"
#include "service/harvest/identity.h"
#include "service/harvest/night.h"
#include "service/harvest/normalize.h"
#include "service/harvest/record.h"

namespace minato::service {

namespace {

using core::RecordReport;
using core::Result;
using storage::HarvestRecord;

constexpr std::chrono::seconds kReadTimeout{30};
// Grows when the same content becomes another dataset than before, so that all are made anew.
constexpr const char* kRules = "1";

std::string content_hash_of(const HarvestedDataset& given) {
  if (!given.object.content.empty()) return core::sha256_hex(given.object.content);
  core::Dataset dataset = given.dataset;
  for (core::Resource& resource : dataset.resources) resource.blob.clear();
  return core::sha256_hex(formats::write_dataset_document(dataset));
}

// "{harvest_source_id}" and the like in the extras that an operator adds to all datasets.
void fill_placeholders(core::Dataset& dataset, const HarvestImportContext& context) {
  const std::array<std::pair<std::string_view, const std::string&>, 3> words{
      {{"{harvest_source_id}", context.source.id},
       {"{harvest_source_url}", context.source.url},
       {"{harvest_source_title}", context.source.title}}};
  for (const auto& option : context.options.default_extras) {
    for (core::Extra& extra : dataset.extras) {
      if (extra.key != option.first || extra.value != option.second) continue;
      for (const auto& [word, value] : words) {
        const std::size_t place = extra.value.find(word);
        if (place != std::string::npos) extra.value.replace(place, word.size(), value);
      }
    }
  }
}

ImportItem prepared(const HarvestedDataset& given, const HarvestImportContext& context) {
  ImportItem item;
  item.given = &given;
  item.theirs = given.dataset;
  item.remote_name = given.dataset.name;
  normalize_harvested(item.theirs, context.options);
  fill_placeholders(item.theirs, context);
  item.content_hash = content_hash_of(given);
  item.origin_hash = core::sha256_hex(item.content_hash + "\n" + kRules + "\n" +
                                      context.source.organization + "\n" + context.source.options);
  item.keys = identity_keys(item.theirs, given.object, context.source);
  return item;
}

tl::unexpected<core::Error> group_unknown(const std::string& name) {
  return core::fail(
      core::ErrorCode::kNotFound, "harvest-group-unknown",
      {"収集元のオプション default_groups のグループ「" + name + "」がカタログにありません。",
       "The group \"" + name + "\" of the source's option default_groups is not in the catalogue."},
      {"グループを作るか、オプションから消してください。",
       "Create the group, or remove it from the option."});
}

class BatchImport {
 public:
  BatchImport(const std::vector<HarvestedDataset>& given, const HarvestImportContext& context,
              const HarvestTarget& target)
      : target_(target), batch_{context, target, {}, {}, target.clock.now(), {}} {
    batch_.items.reserve(given.size());
    for (const HarvestedDataset& one : given) batch_.items.push_back(prepared(one, context));
  }

  Result<void> run() {
    if (auto done = load_records(); !done) return done;
    auto identities = Identities::load(batch_);
    if (!identities) return tl::unexpected(std::move(identities).error());
    for (ImportItem& item : batch_.items) {
      auto moved = identities->moved_from(item);
      if (!moved) return tl::unexpected(std::move(moved).error());
      item.moved = *std::move(moved);
    }
    if (auto done = look(*identities); !done) return done;
    if (target_.dry_run) return {};
    const auto wants_write = [](const ImportItem& item) { return item.wants_write; };
    if (std::any_of(batch_.items.begin(), batch_.items.end(), wants_write)) {
      if (auto done = write(); !done) return done;
    }
    return remember();
  }

  std::vector<ImportedRecord> take_results() {
    std::vector<ImportedRecord> results;
    results.reserve(batch_.items.size());
    for (ImportItem& item : batch_.items) results.push_back(std::move(item.result));
    return results;
  }

 private:
  [[nodiscard]] const std::string& source_id() const { return batch_.source().id; }

  Result<void> load_records() {
    std::vector<std::string> ids;
    for (const ImportItem& item : batch_.items) ids.push_back(item.remote_id());
    auto records = target_.harvest.records(source_id(), ids);
    if (!records) return tl::unexpected(std::move(records).error());
    std::map<std::string, HarvestRecord> by_id;
    for (HarvestRecord& record : *records) by_id.emplace(record.remote_id, std::move(record));
    for (ImportItem& item : batch_.items) {
      const auto known = by_id.find(item.remote_id());
      if (known != by_id.end()) item.record = known->second;
    }
    return {};
  }

  Result<void> resolve_groups(storage::CatalogReader& reader) {
    const std::string& code = batch_.source().organization;
    auto organization = reader.group(core::GroupKind::kOrganization, code);
    if (!organization) return tl::unexpected(std::move(organization).error());
    if (!*organization || (*organization)->state == core::State::kDeleted) {
      return organization_unknown(code);
    }
    batch_.owner_org = (*organization)->id;
    for (const std::string& name : batch_.context.options.default_groups) {
      auto group = reader.group(core::GroupKind::kGroup, name);
      if (!group) return tl::unexpected(std::move(group).error());
      if (!*group) return group_unknown(name);
      batch_.groups.push_back((*group)->id);
    }
    return {};
  }

  // What becomes of each, without writing: a batch in which nothing changed leaves the catalogue,
  // and the caches that hang on its revision, alone.
  Result<void> look(const Identities& identities) {
    auto reader = target_.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
    if (!reader) return tl::unexpected(std::move(reader).error());
    if (auto done = resolve_groups(**reader); !done) return done;
    RecordImport import(batch_, identities, **reader, nullptr);
    for (ImportItem& item : batch_.items) {
      if (auto done = import.run(item); !done) return done;
    }
    return {};
  }

  // The keys of new datasets are written before the catalogue commits: whoever imports next, in
  // whichever process, waits for that and finds them, so that two sources that bring the same
  // dataset at the same time cannot both publish it.
  Result<void> write() {
    return target_.catalog.write([&](storage::CatalogWriter& writer) -> Result<void> {
      auto identities = Identities::load(batch_);
      if (!identities) return tl::unexpected(std::move(identities).error());
      RecordImport import(batch_, *identities, writer.reader(), &writer);
      for (ImportItem& item : batch_.items) {
        if (!item.wants_write) continue;
        if (auto done = import.run(item); !done) return done;
      }
      return put_keys([](const ImportItem& item) { return item.is_new; });
    });
  }

  template <typename Choice>
  Result<void> put_keys(const Choice& is_chosen) {
    std::vector<std::string> ids;
    std::vector<storage::HarvestStore::Key> keys;
    for (const ImportItem& item : batch_.items) {
      if (!is_chosen(item)) continue;
      ids.push_back(item.remote_id());
      for (const std::string& key : item.keys) keys.push_back({key, source_id(), item.remote_id()});
    }
    if (ids.empty()) return {};
    return target_.harvest.put_keys(source_id(), ids, keys);
  }

  Result<void> remember() {
    for (const ImportItem& item : batch_.items) {
      if (!item.result.moved) continue;
      if (auto done = move_record(*item.moved, item.remote_id()); !done) return done;
    }
    std::vector<HarvestRecord> records;
    for (const ImportItem& item : batch_.items) records.push_back(record_of(item));
    if (auto done = target_.harvest.put_records(records); !done) return done;
    // A record that is unchanged and known has its keys.
    return put_keys([](const ImportItem& item) {
      return item.result.report == RecordReport::kUpdated ||
             item.result.report == RecordReport::kDuplicate ||
             (item.result.report == RecordReport::kUnchanged && !item.record);
    });
  }

  Result<void> move_record(const HarvestRecord& from, const std::string& to) {
    auto moved = target_.harvest.move_record(source_id(), from.remote_id, to);
    if (moved || moved.error().id != "harvest-record-exists") return moved;
    // It was moved by an import that broke off: what is left behind has no dataset any more.
    HarvestRecord left = from;
    left.deleted = true;
    return target_.harvest.put_records({left});
  }

  HarvestRecord record_of(const ImportItem& item) const {
    HarvestRecord record;
    if (item.record) record = *item.record;
    if (!item.record && item.moved && item.result.moved) record = *item.moved;
    const storage::HarvestObject& object = item.given->object;
    record.source_id = source_id();
    record.remote_id = item.remote_id();
    record.url = object.url;
    record.last_job = batch_.context.job_id;
    record.last_seen = batch_.now;
    record.missing_since.reset();
    record.missing_runs = 0;
    record.missing_confirmed = false;
    record.duplicate_of.clear();
    if (item.result.report == RecordReport::kErrored) {
      // Whatever it says of itself next time, it is looked at again.
      record.remote_modified.clear();
      return record;
    }
    if (item.result.report == RecordReport::kDuplicate) {
      record.duplicate_of = item.result.dataset_id;
      record.dataset_id.clear();
      record.remote_modified.clear();
      record.content_hash.clear();
      return record;
    }
    const bool changed = item.result.report != RecordReport::kUnchanged;
    record.dataset_id = item.result.dataset_id;
    record.remote_modified = object.remote_modified;
    if (changed || record.object_id.empty()) record.object_id = object.id;
    if (changed || record.content_hash != item.content_hash) {
      record.fetched = object.fetched.value_or(batch_.now);
    }
    record.content_hash = item.content_hash;
    record.deleted = false;
    return record;
  }

  const HarvestTarget& target_;
  ImportBatch batch_;
};

}  // namespace

Result<std::vector<ImportedRecord>> import_harvested(const std::vector<HarvestedDataset>& batch,
                                                     const HarvestImportContext& context,
                                                     const HarvestTarget& target) {
  BatchImport import(batch, context, target);
  if (auto done = import.run(); !done) return tl::unexpected(std::move(done).error());
  return import.take_results();
}

Result<void> confirm_source(const core::HarvestSource& source, core::Timestamp now,
                            storage::CatalogStore& catalog) {
  return catalog.write([&](storage::CatalogWriter& writer) {
    return writer.put_source_confirmation({source.id, source.title, source.url, now});
  });
}

}  // namespace minato::service
