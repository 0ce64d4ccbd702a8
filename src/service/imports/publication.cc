#include "service/imports/publication.h"

#include <algorithm>
#include <utility>

#include "formats/json.h"
#include "service/imports/import_subject.h"
#include "service/publish/dataset_record.h"

namespace minato::service {

namespace {

using core::Dataset;
using core::Resource;
using core::Result;
using storage::CatalogWriter;

constexpr std::string_view kAction = "file.publish";

// The bytes and what they say; the rest as it is now.
void put_file(const Resource& from, core::Timestamp now, Resource& resource) {
  const bool new_bytes = resource.blob != from.blob;
  resource.blob = from.blob;
  resource.url = from.url;
  resource.url_type = from.url_type;
  resource.size = from.size;
  resource.hash = from.hash;
  resource.format = from.format;
  resource.mimetype = from.mimetype;
  if (new_bytes || !resource.last_modified) resource.last_modified = now;
  resource.metadata_modified = now;
}

std::string detail_of(const Publication& publication) {
  std::string out;
  formats::JsonWriter json(out);
  json.begin_object().field("job", publication.job.id);
  json.field("resource", publication.resource.id).field("sha256", publication.resource.blob);
  json.key("confirmed").boolean(publication.job.confirmed).key("tables").begin_array();
  if (publication.prepared != nullptr) {
    for (const PreparedTable& table : publication.prepared->tables()) {
      json.begin_object().field("id", table.version.table_id);
      json.key("version").integer(table.version.version);
      json.key("rows").integer(table.version.rows).end_object();
    }
  }
  json.end_array().end_object();
  return out;
}

std::string tables_document(const std::vector<storage::TableVersion>& tables) {
  std::string out;
  formats::JsonWriter json(out);
  json.begin_array();
  for (const storage::TableVersion& table : tables) {
    json.begin_object().field("id", table.table_id).key("version").integer(table.version);
    json.field("input", table.input_hash).end_object();
  }
  json.end_array();
  return out;
}

class Transaction {
 public:
  Transaction(const Publication& publication, CatalogWriter& writer, core::Timestamp now)
      : publication_(publication), writer_(writer), now_(now) {}

  Result<Changes> run() {
    if (publication_.is_ours && !publication_.is_ours()) return lease_lost();
    auto subject = load_subject(publication_.job, writer_.reader());
    if (!subject) return tl::unexpected(std::move(subject).error());
    Changes changes;
    if (!has_file(subject->resource, publication_.resource)) {
      if (auto put = put_dataset(*subject, changes); !put) {
        return tl::unexpected(std::move(put).error());
      }
    }
    if (publication_.prepared != nullptr) {
      if (auto put = put_tables(*subject, changes); !put) {
        return tl::unexpected(std::move(put).error());
      }
    }
    for (AuditSubject& entry : changes.subjects) entry.detail = detail_of(publication_);
    return changes;
  }

 private:
  static tl::unexpected<core::Error> lease_lost() {
    return core::fail(
        core::ErrorCode::kConflict, "job-lease-lost",
        {"この取り込みは別のプロセスが引き継ぎました。", "Another process took this import over."},
        {"取り込みの状態を確かめてください。", "Look at the state of the job."});
  }

  Result<void> put_dataset(const ImportSubject& subject, Changes& changes) {
    Dataset after = subject.dataset;
    after.modified = now_;
    Resource& resource = find_or_make(after, subject.resource);
    put_file(publication_.resource, now_, resource);
    static const PublishOptions options;  // Imports looked at the limits
    const DatasetScope scope{writer_, publication_.job.caller, options, now_};
    std::vector<storage::TableKey> files;  // stays empty: no resource goes
    auto recorded = record_dataset(scope, {&subject.dataset, after}, {changes, files, {}});
    if (!recorded) return tl::unexpected(std::move(recorded).error());
    changes.subjects.back().action = kAction;
    return {};
  }

  // A resource that comes with its first file is the last of its dataset.
  Resource& find_or_make(Dataset& dataset, const Resource& wanted) const {
    for (Resource& resource : dataset.resources) {
      if (resource.id == wanted.id) return resource;
    }
    Resource& made = dataset.resources.emplace_back(wanted);
    made.position = static_cast<std::int64_t>(dataset.resources.size()) - 1;
    made.created = now_;
    return made;
  }

  // The dataset's entry, if there is one, speaks of the tables too.
  Result<void> put_tables(const ImportSubject& subject, Changes& changes) {
    if (auto put = publish_tables(writer_, *publication_.prepared, now_); !put) return put;
    if (!changes.subjects.empty()) return {};
    auto now = writer_.reader().tables_of(publication_.resource.id);
    if (!now) return tl::unexpected(std::move(now).error());
    AuditSubject entry;
    entry.action = kAction;
    entry.kind = "table";
    entry.id = publication_.resource.id;
    entry.name = subject.dataset.name;
    entry.organization_id = subject.dataset.owner_org;
    if (!subject.tables.empty()) entry.before = tables_document(subject.tables);
    entry.after = tables_document(*now);
    changes.subjects.push_back(std::move(entry));
    return {};
  }

  const Publication& publication_;
  CatalogWriter& writer_;
  core::Timestamp now_;
};

}  // namespace

bool has_file(const Resource& resource, const Resource& wanted) {
  return resource.blob == wanted.blob && resource.url == wanted.url &&
         resource.url_type == wanted.url_type && resource.size == wanted.size &&
         resource.hash == wanted.hash && resource.format == wanted.format &&
         resource.mimetype == wanted.mimetype;
}

Result<void> publish_file(const Publication& publication, AuditedStore& store) {
  WriteContext context;
  context.caller = publication.job.caller;
  auto written = store.write(context, [&](CatalogWriter& writer) {
    return Transaction(publication, writer, store.clock().now()).run();
  });
  if (!written) return tl::unexpected(std::move(written).error());
  return {};
}

}  // namespace minato::service
