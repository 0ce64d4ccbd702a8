// From tables that are written to the report: what they are, what changed, and what speaks against
// publishing them.
#pragma once

#include <functional>

#include "core/error.h"
#include "core/import_report.h"
#include "service/imports/brakes.h"
#include "service/imports/import_subject.h"
#include "service/table_preparation.h"
#include "storage/table_store.h"

namespace minato::service {

struct ComparisonScope {
  const ImportSubject& subject;
  storage::TableStore& tables;
  const BrakeOptions& brakes;
  std::function<bool()> go_on;  // false ends it
};

// Against the tables that are current.
core::Result<core::ImportReport> report_on(const PreparedTables& prepared,
                                           const ComparisonScope& scope);

// On what is published already; `before` is what each table is compared with (nothing: itself).
using VersionBefore = std::function<core::Result<std::optional<storage::TableVersion>>(
    const storage::TableVersion& current)>;
core::Result<core::ImportReport> report_on_current(const ComparisonScope& scope,
                                                   const VersionBefore& before);

}  // namespace minato::service
