// Datasets in groups: GroupWrites::add_dataset() and remove_dataset().
#include <algorithm>
#include <utility>

#include "auth/permissions.h"
#include "formats/dataset_document.h"
#include "service/not_found.h"
#include "service/publish/group_writes.h"

namespace minato::service {
namespace {

using core::Dataset;
using core::Result;
using storage::CatalogWriter;

struct Pair {
  core::Group group;
  Dataset dataset;
};

Result<Pair> find_pair(storage::CatalogReader& reader, std::string_view group,
                       std::string_view dataset, const core::Caller& caller) {
  auto found = reader.group(core::GroupKind::kGroup, group);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found || (*found)->state == core::State::kDeleted) {
    return group_not_found(core::GroupKind::kGroup);
  }
  auto allowed = auth::require(auth::Action::kUpdateGroup, caller, (*found)->id);
  if (!allowed) return tl::unexpected(std::move(allowed).error());
  auto item = reader.dataset(dataset);
  if (!item) return tl::unexpected(std::move(item).error());
  if (!*item || (*item)->state == core::State::kDeleted) return dataset_not_found();
  if (!auth::may_read(**item, caller)) return dataset_access_denied();
  return Pair{std::move(**found), std::move(**item)};
}

// The groups of a harvested dataset are a person's choice from now on.
Result<void> own_groups(const Dataset& dataset, const core::Caller& caller, core::Timestamp now,
                        CatalogWriter& writer) {
  auto& reader = writer.reader();
  const auto origins = reader.origins_of(dataset.id);
  if (!origins) return tl::unexpected(origins.error());
  if (origins->empty()) return {};
  auto owners = reader.field_owners(dataset.id);
  if (!owners) return tl::unexpected(std::move(owners).error());
  std::erase_if(*owners, [](const auto& owner) { return owner.pointer == "/groups"; });
  owners->push_back({"/groups", caller.user_id.empty() ? "staff" : caller.user_id, now});
  std::sort(owners->begin(), owners->end(),
            [](const auto& a, const auto& b) { return a.pointer < b.pointer; });
  return writer.put_field_owners(dataset.id, *owners);
}

AuditSubject moved(const Dataset& before, const Dataset& after) {
  AuditSubject subject;
  subject.action = "dataset.update";
  subject.kind = "dataset";
  subject.id = after.id;
  subject.name = after.name;
  subject.organization_id = after.owner_org;
  subject.before = formats::write_dataset_document(before);
  subject.after = formats::write_dataset_document(after);
  return subject;
}

}  // namespace

Result<void> GroupWrites::add_dataset(std::string_view group, std::string_view dataset,
                                      const WriteContext& context) {
  return move_dataset(group, dataset, true, context);
}

Result<void> GroupWrites::remove_dataset(std::string_view group, std::string_view dataset,
                                         const WriteContext& context) {
  return move_dataset(group, dataset, false, context);
}

Result<void> GroupWrites::move_dataset(std::string_view group, std::string_view dataset, bool into,
                                       const WriteContext& context) {
  const auto written = store_.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    const auto pair = find_pair(writer.reader(), group, dataset, context.caller);
    if (!pair) return tl::unexpected(pair.error());
    Changes changes;
    changes.result = "null";
    Dataset after = pair->dataset;
    const bool is_in = std::erase(after.groups, pair->group.id) > 0;
    if (is_in == into) return changes;
    if (into) after.groups.push_back(pair->group.id);
    if (auto put = writer.put_dataset(after); !put) return tl::unexpected(std::move(put).error());
    auto owned = own_groups(after, context.caller, store_.clock().now(), writer);
    if (!owned) return tl::unexpected(std::move(owned).error());
    changes.subjects.push_back(moved(pair->dataset, after));
    return changes;
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace minato::service
