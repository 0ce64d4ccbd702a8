#include "service/accounts/known_publishers.h"

#include <algorithm>
#include <utility>

#include "core/sha256.h"
#include "service/not_found.h"
#include "service/publish/group_record.h"
#include "service/publisher_table.h"
#include "service/publishers.h"

namespace minato::service {

namespace {

using core::Group;
using core::GroupKind;
using core::Result;
using storage::CatalogWriter;

class Maker {
 public:
  Maker(CatalogWriter& writer, const core::Caller& caller, core::Timestamp now)
      : writer_(writer), caller_(caller), now_(now) {}

  Result<Group> make(const Publisher& publisher) {
    Group group = publisher.organization;
    group.created = now_;
    if (auto done = writer_.put_group(group); !done) {
      return tl::unexpected(std::move(done).error());
    }
    auto done = writer_.put_origin({group.id, kPublishersSource, group.name, publisher.row,
                                    core::sha256_hex(publisher.row), now_, false});
    if (!done) return tl::unexpected(std::move(done).error());
    changes_.subjects.push_back(group_subject("create", nullptr, &group));
    changes_.activities.push_back(group_activity("new", group, caller_));
    return group;
  }

  Changes take_changes() { return std::move(changes_); }

 private:
  CatalogWriter& writer_;
  const core::Caller& caller_;
  core::Timestamp now_;
  Changes changes_;
};

const Publisher* find(const PublisherTable& table, std::string_view id_or_code) {
  const auto found = std::find_if(
      table.publishers.begin(), table.publishers.end(), [&](const Publisher& publisher) {
        return publisher.organization.name == id_or_code || publisher.organization.id == id_or_code;
      });
  return found == table.publishers.end() ? nullptr : &*found;
}

Result<bool> is_there(storage::CatalogReader& reader, const std::string& id) {
  auto group = reader.group(GroupKind::kOrganization, id);
  if (!group) return tl::unexpected(std::move(group).error());
  return group->has_value();
}

// Parents before children. A parent that staff deleted stays as it is.
Result<Group> make_with_parent(Maker& maker, storage::CatalogReader& reader,
                               const PublisherTable& table, std::string_view code) {
  const Publisher* publisher = find(table, code);
  if (publisher == nullptr) return group_not_found(GroupKind::kOrganization);
  const Publisher* parent = find(table, publisher->organization.parent);
  if (parent != nullptr) {
    const auto there = is_there(reader, parent->organization.id);
    if (!there) return tl::unexpected(there.error());
    if (!*there) {
      if (auto made = maker.make(*parent); !made) return made;
    }
  }
  return maker.make(*publisher);
}

}  // namespace

Result<Group> known_organization(AuditedStore& store, std::string_view csv, std::string_view code,
                                 const WriteContext& context) {
  Group organization;
  auto written = store.write(context, [&](CatalogWriter& writer) -> Result<Changes> {
    auto current = writer.reader().group(GroupKind::kOrganization, code);
    if (!current) return tl::unexpected(std::move(current).error());
    if (*current && (*current)->state == core::State::kDeleted) {
      return group_not_found(GroupKind::kOrganization);
    }
    if (*current) {
      organization = std::move(**current);
      return Changes{};
    }
    const auto table = parse_publishers(csv);
    if (!table) return tl::unexpected(table.error());
    Maker maker(writer, context.caller, store.clock().now());
    auto made = make_with_parent(maker, writer.reader(), *table, code);
    if (!made) return tl::unexpected(std::move(made).error());
    organization = *std::move(made);
    return maker.take_changes();
  });
  if (!written) return tl::unexpected(std::move(written).error());
  return organization;
}

}  // namespace minato::service
