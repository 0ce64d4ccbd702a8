#include "cli/settings.h"

namespace minato::cli {

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kMany = 1'000'000;

std::vector<Setting> server_settings() {
  return {
      {"server.listen",
       &Settings::server_listen,
       {"待ち受けるアドレスとポート（HOST:PORT、IPv6 は [::1]:8080）",
        "Address and port to serve (HOST:PORT, IPv6 as [::1]:8080)"}},
      {"server.admin_listen",
       &Settings::server_admin_listen,
       {"/live・/ready・/metrics だけを出す別のアドレス。空なら使わない",
        "A second address that serves only /live, /ready and /metrics; empty: none"}},
      {"server.threads",
       &Settings::server_threads,
       {"接続を処理するスレッド数。0 は CPU の数",
        "Threads that handle connections; 0: one per CPU"},
       0,
       256},
      {"server.workers",
       &Settings::server_workers,
       {"時間のかかる処理のスレッド数。0 は CPU の数（最低 2）",
        "Threads for long work; 0: one per CPU, at least 2"},
       0,
       256},
      {"server.worker_queue",
       &Settings::server_worker_queue,
       {"時間のかかる処理の待ち行列の長さ。超えると 503 を返す",
        "Waiting long jobs; beyond that the answer is 503"},
       1,
       100'000},
      {"server.max_connections",
       &Settings::server_max_connections,
       {"同時接続数の上限。0 は開けるファイル数の上限 − 200",
        "Most connections at once; 0: open-file limit minus 200"},
       0,
       kMany},
      {"server.max_connections_per_address",
       &Settings::server_max_connections_per_address,
       {"1 アドレスあたりの同時接続数の上限。0 は無制限",
        "Most connections of one address; 0: no limit"},
       0,
       kMany},
      {"server.head_timeout_ms",
       &Settings::server_head_timeout_ms,
       {"要求ヘッダーを受け終わるまでの時間（ミリ秒）", "Time for a request head to arrive (ms)"},
       100,
       kHour},
      {"server.idle_timeout_ms",
       &Settings::server_idle_timeout_ms,
       {"何も届かない接続を閉じるまでの時間（ミリ秒）",
        "Time after which an idle connection is closed (ms)"},
       100,
       kHour},
      {"server.body_timeout_ms",
       &Settings::server_body_timeout_ms,
       {"要求本文が途切れてよい時間（ミリ秒）", "Time a request body may pause (ms)"},
       100,
       kHour},
      {"server.write_timeout_ms",
       &Settings::server_write_timeout_ms,
       {"相手が応答を読まないまま待つ時間（ミリ秒）",
        "Time a client may leave a reply unread (ms)"},
       100,
       kHour},
      {"server.stop_grace_ms",
       &Settings::server_stop_grace_ms,
       {"停止時に処理中の要求を待つ時間（ミリ秒）", "Time to finish requests when stopping (ms)"},
       0,
       kHour},
      {"server.spool_dir",
       &Settings::server_spool_dir,
       {"大きな要求本文を一時的に置くフォルダー",
        "Folder for large request bodies while they arrive"}},
      {"server.trusted_proxies",
       &Settings::server_trusted_proxies,
       {"X-Forwarded-For を信じるリバースプロキシの CIDR",
        "CIDRs of reverse proxies whose X-Forwarded-For is believed"}},
  };
}

std::vector<Setting> site_settings() {
  return {
      {"site.url",
       &Settings::site_url,
       {"公開 URL（https://example.jp）。空なら http://<server.listen>",
        "Public URL (https://example.jp); empty: http://<server.listen>"}},
      {"site.title", &Settings::site_title, {"サイト名", "Name of the site, in Japanese"}},
      {"site.title_en",
       &Settings::site_title_en,
       {"サイト名（英語）", "Name of the site, in English"}},
      {"site.description",
       &Settings::site_description,
       {"サイトの説明", "Description of the site, in Japanese"}},
      {"site.description_en",
       &Settings::site_description_en,
       {"サイトの説明（英語）", "Description of the site, in English"}},
  };
}

std::vector<Setting> other_settings() {
  return {
      {"catalog.read_timeout_ms",
       &Settings::catalog_read_timeout_ms,
       {"カタログの 1 回の読み取りにかけてよい時間（ミリ秒）",
        "Time limit of one read of the catalogue (ms)"},
       10,
       kHour},
      {"catalog.readers",
       &Settings::catalog_readers,
       {"読み取り用の接続数。0 はスレッド数に合わせる", "Read connections; 0: as many as threads"},
       0,
       256},
      {"tables.query_timeout_ms",
       &Settings::tables_query_timeout_ms,
       {"表への 1 回の質問にかけてよい時間（ミリ秒）",
        "Time limit of one question to a table (ms)"},
       10,
       kHour},
      {"tables.export_timeout_ms",
       &Settings::tables_export_timeout_ms,
       {"表のダウンロード 1 回にかけてよい時間（ミリ秒）",
        "Time limit of one download of a table (ms)"},
       1'000,
       24 * kHour},
      {"cache.max_bytes",
       &Settings::cache_max_bytes,
       {"応答キャッシュの大きさの上限（バイト）。0 は使わない",
        "Most bytes of the response cache; 0: no cache"},
       0,
       std::int64_t{64} << 30},
      {"rate_limit.requests",
       &Settings::rate_limit_requests,
       {"1 アドレスが rate_limit.window_s の間に出せる要求数。0 は無制限",
        "Requests of one address per rate_limit.window_s; 0: no limit"},
       0,
       kMany * 1000},
      {"rate_limit.window_s",
       &Settings::rate_limit_window_s,
       {"rate_limit.requests を数える時間（秒）", "Window of rate_limit.requests (s)"},
       1,
       86'400},
      {"rate_limit.loopback",
       &Settings::rate_limit_loopback,
       {"自分自身（127.0.0.0/8, ::1）からの要求も数える",
        "Count requests from 127.0.0.0/8 and ::1 too"}},
      {"log.level",
       &Settings::log_level,
       {"記録する最も低い重要度", "Least severe level that is logged"},
       0,
       0,
       {"debug", "info", "warn", "error"}},
      {"log.format",
       &Settings::log_format,
       {"記録の形式（text: 人が読む、json: 1 行 1 JSON）",
        "Form of the log (text for people, json: one object a line)"},
       0,
       0,
       {"text", "json"}},
      {"log.access",
       &Settings::log_access,
       {"要求ごとに 1 行を記録する", "Log one line per request"}},
  };
}

}  // namespace

const std::vector<Setting>& settings_table() {
  static const std::vector<Setting> table = [] {
    std::vector<Setting> all = server_settings();
    for (auto&& part : {site_settings(), other_settings()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return table;
}

}  // namespace minato::cli
