#include "service/rows/table_defining.h"

#include <optional>
#include <string>
#include <utility>

#include "service/rows/column_plan.h"
#include "service/rows/row_changes.h"
#include "service/rows/row_errors.h"
#include "service/rows/row_publication.h"

namespace minato::service {
namespace {

using core::Result;

class Defining {
 public:
  Defining(const Workshop& shop, const TableDefinition& wanted,
           const std::vector<RowRecord>& records)
      : shop_(shop), wanted_(wanted), records_(records) {}

  Result<RowsWritten> run(std::string_view resource_id, bool force) {
    if (auto checked = check_aliases(wanted_.aliases); !checked) {
      return tl::unexpected(std::move(checked).error());
    }
    auto place = place_of(shop_, resource_id, force);
    if (!place) return tl::unexpected(std::move(place).error());
    NewVersion next(shop_, *std::move(place), force);
    if (auto begun = next.begin(); !begun) return tl::unexpected(std::move(begun).error());
    auto plan = plan_columns(next.reviser().schema().columns, wanted_, shop_.options.max_columns);
    if (!plan) return tl::unexpected(std::move(plan).error());
    return make(next, *plan, force);
  }

 private:
  [[nodiscard]] storage::TableDefinition definition_for(const TablePlace& place) const {
    storage::TableDefinition definition = place.definition.value_or(storage::TableDefinition{});
    definition.resource_id = place.resource.id;
    if (!wanted_.primary_key.empty()) definition.primary_key = wanted_.primary_key;
    if (!wanted_.aliases.empty()) definition.aliases = wanted_.aliases;
    return definition;
  }

  Result<RowsWritten> make(NewVersion& next, const ColumnPlan& plan, bool force) {
    storage::TableReviser& reviser = next.reviser();
    const TablePlace& place = next.place();
    const storage::TableDefinition definition = definition_for(place);
    auto key = key_places(definition.primary_key, plan.columns);
    if (!key) return tl::unexpected(std::move(key).error());
    auto records = fit_records(records_, plan.columns, RowMethod::kInsert);
    if (!records) return tl::unexpected(std::move(records).error());
    if (auto set = reviser.set_columns(plan.columns, plan.from); !set) {
      return tl::unexpected(std::move(set).error());
    }
    auto unique = reviser.set_key(*key);
    if (!unique) return tl::unexpected(std::move(unique).error());
    if (!*unique) return key_not_unique(definition.primary_key);
    RowChanges changes(reviser, *std::move(key), RowMethod::kInsert);
    if (auto applied = changes.apply(*records); !applied) {
      return tl::unexpected(std::move(applied).error());
    }
    const auto& old = place.definition;
    const bool same_key = old && old->primary_key == definition.primary_key;
    const bool same_definition = same_key && old->aliases == definition.aliases;
    const bool new_version =
        !place.current || plan.changes_rows || plan.changes_words || changes.any() || !same_key;
    if (new_version) return next.publish(changes.written(), "table.define", definition);
    RowsWritten written = next.as_it_is(changes.written());
    if (same_definition) return written;
    const RowPublication publication{place, "table.define", force, written, {}, definition, false};
    auto published = publish_rows(shop_.store, shop_.options, publication, shop_.context);
    if (!published) return tl::unexpected(std::move(published).error());
    return written;
  }

  const Workshop& shop_;
  const TableDefinition& wanted_;
  const std::vector<RowRecord>& records_;
};

}  // namespace

Result<RowsWritten> define_once(const Workshop& shop, std::string_view resource_id,
                                const TableDefinition& wanted,
                                const std::vector<RowRecord>& records, bool force) {
  return Defining(shop, wanted, records).run(resource_id, force);
}

}  // namespace minato::service
