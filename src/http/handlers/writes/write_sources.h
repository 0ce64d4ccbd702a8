// What the handlers of /api/v1 that change something work with.
#pragma once

#include <memory>
#include <string>

#include "formats/schema_validator.h"
#include "service/accounts/accounts.h"
#include "service/audited_store.h"
#include "service/catalog.h"
#include "service/imports/imports.h"
#include "service/imports/uploads.h"
#include "service/publish/dataset_writes.h"
#include "service/rows/row_writes.h"
#include "service/tables.h"

namespace minato::http::writes {

// The shapes of bodies: schemas/metadata.
struct BodySchemas {
  formats::SchemaValidator dataset;
  formats::SchemaValidator resource;
  formats::SchemaValidator upload;
  formats::SchemaValidator table_version;
};

struct WriteSources {
  service::Catalog& catalog;
  service::Tables& tables;
  service::Accounts& accounts;
  service::AuditedStore& store;  // remembers answers under keys
  service::DatasetWrites& datasets;
  service::Uploads& uploads;
  service::Imports& imports;
  service::RowWrites& rows;
  std::shared_ptr<const BodySchemas> schemas;

  [[nodiscard]] const std::string& site_url() const { return catalog.options().site_url; }
};

}  // namespace minato::http::writes
