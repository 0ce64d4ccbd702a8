// Tables for tests of what stands above the stores: a real table store in a folder of its own.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/table.h"
#include "service/tables.h"
#include "storage/table_store.h"
#include "support/fake_catalog_store.h"
#include "support/temp_dir.h"

namespace minato::support {

class SampleTables {
 public:
  SampleTables(storage::CatalogStore& store, service::Catalog& catalog);

  // Publishes one more version of the table of a resource. Throws std::runtime_error when a store
  // refuses it.
  void publish(const std::string& resource_id, const core::TableSchema& schema,
               const std::vector<std::vector<core::Value>>& rows);
  // "population-r1": 地域 string, 年 integer, 人口 integer (one null), 緯度 and 経度 number, 更新日
  // date; five rows.
  void publish_population();

  // Tables published from now on say that this kept file was read for them.
  void set_blob(std::string sha256) { blob_ = std::move(sha256); }

  [[nodiscard]] service::Tables& tables() { return tables_; }
  [[nodiscard]] storage::TableStore& store() { return *table_store_; }

 private:
  test::TempDir folder_;
  std::string blob_ = std::string(64, 'a');
  storage::CatalogStore& catalog_store_;
  std::unique_ptr<storage::TableStore> table_store_;
  service::Tables tables_;
};

}  // namespace minato::support
