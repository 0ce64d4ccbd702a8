// Every setting of the program, in one table: validation, --print-config, the environment's names
// and docs/settings.md all come from it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.h"

namespace minato::cli {

struct Settings {
  std::string server_listen = "127.0.0.1:8080";
  std::string server_admin_listen;
  std::int64_t server_threads = 0;
  std::int64_t server_workers = 0;
  std::int64_t server_worker_queue = 256;
  std::int64_t server_max_connections = 0;
  std::int64_t server_max_connections_per_address = 0;
  std::int64_t server_head_timeout_ms = 10'000;
  std::int64_t server_idle_timeout_ms = 15'000;
  std::int64_t server_body_timeout_ms = 20'000;
  std::int64_t server_write_timeout_ms = 30'000;
  std::int64_t server_stop_grace_ms = 25'000;
  std::string server_spool_dir = "/var/tmp";
  std::vector<std::string> server_trusted_proxies;

  std::string site_url;
  std::string site_title = "神奈川県オープンデータカタログ";
  std::string site_title_en = "Kanagawa Open Data Catalogue";
  std::string site_description =
      "神奈川県と県内33市町村のオープンデータを検索・取得できるカタログです。";
  std::string site_description_en =
      "Open data of Kanagawa Prefecture and its 33 municipalities: search, read, download.";
  std::string site_contact;
  std::string site_map_tiles;
  std::string site_map_attribution;
  std::int64_t site_session_hours = 12;

  std::int64_t catalog_read_timeout_ms = 2'000;
  std::int64_t catalog_readers = 0;
  bool catalog_allow_unowned_datasets = false;
  std::string catalog_default_license;
  std::string catalog_organization_creators = "sysadmins";
  std::int64_t catalog_max_resources = 1'000;
  std::int64_t catalog_max_tags = 200;
  std::int64_t catalog_max_extras = 200;
  std::int64_t tables_query_timeout_ms = 5'000;
  std::int64_t tables_export_timeout_ms = 3'600'000;
  std::int64_t tables_keep_versions = 0;
  std::int64_t tables_max_records = 50'000;
  std::int64_t cache_max_bytes = 32 << 20;

  bool harvest_enabled = true;
  std::string harvest_contact;
  std::vector<std::string> harvest_allow_networks;
  std::string harvest_schedule = "every 24h";
  std::int64_t harvest_parallel = 40;
  std::int64_t harvest_delay_ms = 1'000;
  std::int64_t harvest_connect_timeout_s = 20;
  std::int64_t harvest_total_timeout_s = 600;
  std::int64_t harvest_low_speed_bytes_s = 100;
  std::int64_t harvest_low_speed_s = 60;
  std::int64_t harvest_max_retries = 3;
  std::int64_t harvest_job_timeout_s = 6 * 3600;
  std::int64_t harvest_max_records = 200'000;
  std::int64_t harvest_max_file_bytes = 200'000'000;
  std::int64_t harvest_max_files = 20'000;
  std::int64_t harvest_grace_days = 7;
  std::int64_t harvest_grace_runs = 3;
  std::int64_t harvest_hold_percent = 20;
  std::int64_t harvest_keep_jobs = 30;

  std::int64_t upload_max_bytes = std::int64_t{2} << 30;
  std::int64_t upload_max_open = 20;
  std::int64_t upload_expire_hours = 48;
  std::int64_t import_workers = 1;
  std::int64_t import_wait_ms = 20'000;
  std::int64_t import_lost_rows_percent = 30;
  bool import_lost_columns = true;
  bool import_moved_coordinates = true;
  std::int64_t import_keep_jobs = 50;
  std::int64_t token_max_days = 0;

  std::int64_t rate_limit_requests = 600;
  std::int64_t rate_limit_token_requests = 6'000;
  std::int64_t rate_limit_window_s = 60;
  bool rate_limit_loopback = false;

  std::string log_level = "info";
  std::string log_format = "text";
  bool log_access = true;
};

// A field of Settings, by type.
using SettingField = std::variant<std::string Settings::*, std::int64_t Settings::*,
                                  bool Settings::*, std::vector<std::string> Settings::*>;

struct Setting {
  std::string_view key;  // "server.listen": table and key of the TOML file
  SettingField field;
  core::LocalizedText description = {};
  std::int64_t minimum = 0;  // integers only
  std::int64_t maximum = 0;
  std::vector<std::string_view> choices = {};  // strings only; empty: any
};

const std::vector<Setting>& settings_table();

// "server.listen" is read from MINATO_SERVER_LISTEN.
std::string environment_name(std::string_view key);

// Later sources win: the file (may be empty: none), then the environment, then `overrides`
// (key, text) from flags. Errors name the source, the key and the nearest known key.
struct SettingSources {
  std::string file;
  std::map<std::string, std::string> environment;  // only MINATO_* are looked at
  std::vector<std::pair<std::string, std::string>> overrides;
};
core::Result<Settings> load_settings(const SettingSources& sources);

// The whole configuration as a TOML file with its descriptions as comments; load_settings reads it
// back.
std::string print_config(const Settings& settings, core::Language language);
// docs/settings.md, generated; a test compares.
std::string settings_markdown();

}  // namespace minato::cli
