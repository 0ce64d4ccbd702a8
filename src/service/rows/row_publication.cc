#include "service/rows/row_publication.h"

#include <chrono>
#include <string_view>
#include <utility>

#include "formats/json.h"
#include "formats/rows_input/rows_result.h"
#include "service/rows/row_errors.h"

namespace minato::service {
namespace {

using core::Result;
using formats::JsonWriter;
using storage::TableVersion;

constexpr std::chrono::seconds kReadTimeout{30};
// Somebody may be about to open a version that was current a moment ago.
constexpr std::int64_t kStillWantedUs = 60 * std::int64_t{1'000'000};

void write_names(JsonWriter& json, std::string_view name, const std::vector<std::string>& names) {
  json.key(name).begin_array();
  for (const std::string& each : names) json.string(each);
  json.end_array();
}

// The audited document: what the catalogue says of the table.
std::string document(const std::optional<TableVersion>& version,
                     const std::optional<storage::TableDefinition>& definition) {
  if (!version && !definition) return {};
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  if (version) {
    json.field("table", version->table_id).key("version").integer(version->version);
    json.key("rows").integer(version->rows).key("columns").integer(version->columns);
    json.key("created").integer(version->created.us);
  }
  if (definition) {
    write_names(json, "primary_key", definition->primary_key);
    write_names(json, "aliases", definition->aliases);
  }
  json.end_object();
  return text;
}

formats::RowCounts counts_of(const RowPublication& publication) {
  const RowsWritten& written = publication.written;
  return {written.inserted,
          written.updated,
          written.unchanged,
          written.deleted,
          publication.version ? publication.version->version : 0,
          written.rows};
}

AuditSubject subject_of(const RowPublication& publication) {
  const TablePlace& place = publication.place;
  AuditSubject subject;
  subject.action = publication.action;
  subject.kind = "table";
  subject.id = place.resource.id;
  subject.name = place.resource.name;
  subject.organization_id = place.dataset.owner_org;
  subject.before = document(place.current, place.definition);
  if (!publication.drop) {
    subject.after = document(publication.version ? publication.version : place.current,
                             publication.definition ? publication.definition : place.definition);
  }
  subject.detail = formats::write_row_counts(counts_of(publication));
  return subject;
}

Result<std::vector<storage::TableKey>> forget_old(storage::CatalogWriter& writer,
                                                  const TableVersion& newest, std::int64_t keep) {
  std::vector<storage::TableKey> forgotten;
  if (keep <= 0) return forgotten;
  auto versions = writer.reader().table_versions(newest.table_id);
  if (!versions) return tl::unexpected(std::move(versions).error());
  for (auto i = static_cast<std::size_t>(keep); i < versions->size(); ++i) {
    const TableVersion& old = (*versions)[i];
    // It was current until the next newer one came.
    const bool wanted = (*versions)[i - 1].created.us > newest.created.us - kStillWantedUs;
    if (old.container != kRowsContainer || wanted) continue;
    if (auto done = writer.forget_table_version(old.table_id, old.version); !done) {
      return tl::unexpected(std::move(done).error());
    }
    forgotten.push_back({old.table_id, old.version});
  }
  return forgotten;
}

class Publishing {
 public:
  Publishing(const RowPublication& publication, const RowWriteOptions& options,
             const WriteContext& context)
      : publication_(publication), options_(options), context_(context) {}

  Result<Changes> run(storage::CatalogWriter& writer) {
    forgotten_.clear();
    auto now = find_place(writer.reader(), publication_.place.resource.id, context_.caller,
                          publication_.force);
    if (!now) return tl::unexpected(std::move(now).error());
    if (!now->is_as(publication_.place)) return overtaken();
    if (auto changed = change(writer); !changed) return tl::unexpected(std::move(changed).error());
    Changes changes;
    changes.subjects.push_back(subject_of(publication_));
    changes.result = formats::write_row_counts(counts_of(publication_));
    return changes;
  }
  std::vector<storage::TableKey> forgotten() { return std::move(forgotten_); }

 private:
  Result<void> change(storage::CatalogWriter& writer) {
    const std::string& resource = publication_.place.resource.id;
    if (publication_.drop) {
      if (auto dropped = writer.publish_tables(resource, {}); !dropped) return dropped;
      return writer.remove_table_definition(resource);
    }
    if (publication_.definition) {
      auto put = writer.put_table_definition(*publication_.definition);
      if (!put) return put;
    }
    if (!publication_.version) return {};
    if (auto put = writer.publish_tables(resource, {*publication_.version}); !put) return put;
    auto forgotten = forget_old(writer, *publication_.version, options_.keep_versions);
    if (!forgotten) return tl::unexpected(std::move(forgotten).error());
    forgotten_ = *std::move(forgotten);
    return {};
  }

  const RowPublication& publication_;
  const RowWriteOptions& options_;
  const WriteContext& context_;
  std::vector<storage::TableKey> forgotten_;
};

}  // namespace

Result<Published> publish_rows(AuditedStore& store, const RowWriteOptions& options,
                               const RowPublication& publication, const WriteContext& context) {
  Publishing publishing(publication, options, context);
  auto written =
      store.write(context, [&](storage::CatalogWriter& writer) { return publishing.run(writer); });
  if (!written) return tl::unexpected(std::move(written).error());
  return Published{*std::move(written), publishing.forgotten()};
}

Result<std::optional<RowsWritten>> replayed_rows(AuditedStore& store, const WriteContext& context) {
  if (context.idempotency_key.empty()) return std::nullopt;
  {
    auto reader = store.store().read(std::chrono::steady_clock::now() + kReadTimeout);
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto answered =
        (*reader)->history().answered_key(context.caller.user_id, context.idempotency_key);
    if (!answered) return tl::unexpected(std::move(answered).error());
    if (!*answered) return std::nullopt;
  }
  // The store decides what a key that came before means; the change is not run for one.
  auto written = store.write(context, [](storage::CatalogWriter&) { return Result<Changes>(); });
  if (!written) return tl::unexpected(std::move(written).error());
  if (!written->replayed) return std::nullopt;  // it was forgotten in between
  auto counts = formats::read_row_counts(written->result);
  if (!counts) return tl::unexpected(std::move(counts).error());
  RowsWritten rows;
  rows.inserted = counts->inserted;
  rows.updated = counts->updated;
  rows.unchanged = counts->unchanged;
  rows.deleted = counts->deleted;
  rows.version = counts->version;
  rows.rows = counts->rows;
  rows.replayed = true;
  return rows;
}

}  // namespace minato::service
