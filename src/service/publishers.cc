#include "service/publishers.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

#include "core/sha256.h"
#include "service/folder_files.h"
#include "service/merge_rules.h"
#include "service/publisher_table.h"

namespace minato::service {

namespace {

using core::ErrorCode;
using core::Group;
using core::Result;
using storage::CatalogWriter;
using storage::Origin;

constexpr std::chrono::seconds kReadTimeout{30};
using Origins = std::map<std::string, Origin>;  // by code

constexpr std::string Group::*kTexts[] = {
    &Group::name,        &Group::title,    &Group::title_kana, &Group::title_en,
    &Group::description, &Group::homepage, &Group::parent,     &Group::municipality_kind,
    &Group::county};

Group merge_group(const Group& base, const Group& theirs, const Group& current) {
  Group merged = current;
  for (const auto member : kTexts) merge_value(base.*member, theirs.*member, merged.*member);
  merge_value(base.latitude, theirs.latitude, merged.latitude);
  merge_value(base.longitude, theirs.longitude, merged.longitude);
  merge_list<core::Extra>(
      {base.extras, theirs.extras}, merged.extras,
      [](const core::Extra& extra) { return extra.key; },
      [](const core::Extra& was, const core::Extra& is, core::Extra& item) {
        merge_value(was.value, is.value, item.value);
      });
  std::sort(merged.extras.begin(), merged.extras.end(),
            [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
  return merged;
}

Result<Origins> read_origins(storage::CatalogStore& store) {
  auto reader = store.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto list = (*reader)->origins(kPublishersSource);
  if (!list) return tl::unexpected(std::move(list).error());
  Origins origins;
  for (Origin& origin : *list) origins.emplace(origin.remote_id, std::move(origin));
  return origins;
}

class Updater {
 public:
  Updater(CatalogWriter& writer, const Origins& origins, core::Timestamp now)
      : writer_(writer), origins_(origins), now_(now) {}

  Result<void> put(const Publisher& publisher, PublishersReport& report) {
    const Group& theirs = publisher.organization;
    const auto known = origins_.find(theirs.name);
    const Origin* origin = known == origins_.end() ? nullptr : &known->second;
    auto current = writer_.reader().group(core::GroupKind::kOrganization, theirs.id);
    if (!current) return tl::unexpected(std::move(current).error());
    const bool gone = !*current || (*current)->state == core::State::kDeleted;
    Origin next{theirs.id,
                kPublishersSource,
                theirs.name,
                publisher.row,
                core::sha256_hex(publisher.row),
                now_,
                gone && (origin != nullptr || current->has_value())};
    if (next.removed) {
      report.removed_by_staff.push_back(theirs.name);
      return writer_.put_origin(next);
    }
    if (gone) {
      Group created = theirs;
      created.created = now_;
      report.created.push_back(theirs.name);
      if (auto done = writer_.put_group(created); !done) return done;
      return writer_.put_origin(next);
    }
    const Group merged = merge_group(base_of(origin, theirs), theirs, **current);
    const bool changed = !(merged == **current);
    (changed ? report.updated : report.unchanged).push_back(theirs.name);
    if (changed) {
      if (auto done = writer_.put_group(merged); !done) return done;
    }
    return writer_.put_origin(next);
  }

 private:
  // Nothing known of the past: what differs belongs to staff.
  static Group base_of(const Origin* origin, const Group& theirs) {
    if (origin == nullptr) return theirs;
    const auto before = parse_publishers(origin->document);
    return before && before->publishers.size() == 1 ? before->publishers[0].organization : theirs;
  }

  CatalogWriter& writer_;
  const Origins& origins_;
  core::Timestamp now_;
};

// Parents before children, as a store may want.
std::vector<Publisher> changed_rows(PublisherTable& table, const Origins& origins,
                                    PublishersReport& report) {
  std::vector<Publisher> changed;
  for (Publisher& publisher : table.publishers) {
    const std::string& code = publisher.organization.name;
    const auto known = origins.find(code);
    if (known == origins.end() || known->second.hash != core::sha256_hex(publisher.row)) {
      changed.push_back(std::move(publisher));
    } else {
      (known->second.removed ? report.removed_by_staff : report.unchanged).push_back(code);
    }
  }
  std::stable_partition(changed.begin(), changed.end(), [](const Publisher& publisher) {
    return publisher.organization.parent.empty();
  });
  return changed;
}

}  // namespace

Result<PublishersReport> load_publishers(const std::string& csv_file, storage::CatalogStore& store,
                                         const core::Clock& clock) {
  auto csv = read_file(csv_file, kMaxDocumentBytes);
  if (!csv) {
    if (csv.error().code == ErrorCode::kTooLarge) return tl::unexpected(std::move(csv).error());
    return core::fail(ErrorCode::kNotFound, "publishers-missing",
                      {"公開団体の一覧「" + csv_file + "」を読めません。",
                       "The list of publishers \"" + csv_file + "\" cannot be read."},
                      {"設定のフォルダー名と読む権限を確かめてください。",
                       "Check the configured folder and the right to read it."});
  }
  auto table = parse_publishers(*csv);
  if (!table) return tl::unexpected(std::move(table).error());
  auto origins = read_origins(store);
  if (!origins) return tl::unexpected(std::move(origins).error());
  PublishersReport report;
  const std::vector<Publisher> changed = changed_rows(*table, *origins, report);
  report.errors = std::move(table->errors);
  if (changed.empty()) return report;
  PublishersReport written;
  auto done = store.write([&](CatalogWriter& writer) -> Result<void> {
    written = report;
    Updater updater(writer, *origins, clock.now());
    for (const Publisher& publisher : changed) {
      if (auto put = updater.put(publisher, written); !put) return put;
    }
    return {};
  });
  if (!done) return tl::unexpected(std::move(done).error());
  return written;
}

}  // namespace minato::service
