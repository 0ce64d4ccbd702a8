// The whole route table of the program over the sample catalogue, with the table of its population.
#pragma once

#include <gtest/gtest.h>

#include "cli/routes.h"
#include "storage/sqlite/push/sqlite_push_store.h"
#include "support/fake_blob_store.h"
#include "support/fake_catalog_store.h"
#include "support/route_caller.h"
#include "support/sample_catalog.h"
#include "support/sample_harvest.h"
#include "support/sample_tables.h"
#include "support/temp_dir.h"

namespace minato {

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    support::fill_sample_catalog(store_);
    tables_.set_blob(blobs_.put_bytes("地域,年\r\n横浜市,2023\r\n").value().sha256);
    tables_.publish_population();
    harvest_.fill();
  }

  support::FakeCatalogStore store_;
  support::FakeBlobStore blobs_;
  support::StoppedClock clock_;
  service::Catalog catalog_{store_,
                            blobs_,
                            clock_,
                            {.site_url = "https://data.example.jp",
                             .site_title = {"見本カタログ", "Sample catalogue"},
                             .site_description = {"見本です。", "A sample."}}};
  support::SampleTables tables_{store_, catalog_};
  support::SampleHarvest harvest_{store_};

  test::TempDir folder_;
  std::unique_ptr<storage::PushStore> push_ =
      std::move(*storage::sqlite::push::SqlitePushStore::open(folder_.path() + "/push.db"));
  service::ImportTarget target_{store_, blobs_, tables_.store(), clock_};
  service::AuditedStore audited_{store_, clock_, "audit"};
  service::Accounts accounts_{audited_, {.token_secret = "token"}};
  service::DatasetWrites datasets_{audited_, tables_.store(), {}};
  service::GroupWrites groups_{audited_, service::OrganizationCreators::kSysadmins};
  service::Uploads uploads_{*push_, blobs_, clock_, {.folder = folder_.path() + "/uploads"}};
  service::Imports imports_{audited_, target_, *push_, {}};
  service::RowWrites row_writes_{audited_, target_};
  http::RouteTable table_ = std::move(*http::RouteTable::make(
      cli::all_routes({.catalog = catalog_,
                       .tables = tables_.tables(),
                       .harvest = harvest_.status(),
                       .store = audited_,
                       .accounts = accounts_,
                       .datasets = datasets_,
                       .groups = groups_,
                       .uploads = uploads_,
                       .imports = imports_,
                       .rows = row_writes_,
                       .secret = "secret",
                       .spool_directory = folder_.path(),
                       .import_wait = {}},
                      {.ready = {}, .render_metrics = [] { return std::string(); }})));
};

// The bytes of a file of the project; fails the test when there is none.
std::string project_file(const std::string& path);

}  // namespace minato
