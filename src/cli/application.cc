#include "cli/application.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "cli/harvesting.h"
#include "cli/listen_address.h"
#include "cli/logging.h"
#include "cli/program.h"
#include "cli/push_chores.h"
#include "cli/routes.h"
#include "cli/server_secret.h"
#include "cli/shipped.h"
#include "cli/version.h"
#include "cli/writing_services.h"
#include "http/dispatcher.h"
#include "http/server/server.h"
#include "http/server/worker_pool.h"
#include "http/url.h"
#include "service/catalog.h"
#include "service/tables.h"
#include "storage/sqlite/open_storage.h"
#include "web/manage/manage_routes.h"
#include "web/site/old_addresses.h"
#include "web/web_routes.h"

namespace minato::cli {

namespace {

using std::chrono::milliseconds;

// They wait for disks and imports more than they work; changes that wait together share one fsync.
constexpr std::size_t kWriters = 8;

std::size_t or_cpus(std::int64_t wanted, std::size_t least) {
  if (wanted > 0) return static_cast<std::size_t>(wanted);
  return std::max<std::size_t>(least, std::thread::hardware_concurrency());
}

std::string site_url(const Settings& settings, const ListenAddress& listen) {
  std::string url = settings.site_url.empty() ? http_url(listen) : settings.site_url;
  while (url.ends_with('/')) url.pop_back();
  return url;
}

http::ServerOptions server_options(const Settings& settings, const ListenAddress& listen) {
  http::ServerOptions options;
  options.address = listen.host;
  options.port = listen.port;
  options.reactor_threads = or_cpus(settings.server_threads, 1);
  options.max_connections = static_cast<std::size_t>(settings.server_max_connections);
  options.max_connections_per_address =
      static_cast<std::size_t>(settings.server_max_connections_per_address);
  options.spool_directory = settings.server_spool_dir;
  options.limits.head_timeout = milliseconds(settings.server_head_timeout_ms);
  options.limits.idle_timeout = milliseconds(settings.server_idle_timeout_ms);
  options.limits.body_timeout = milliseconds(settings.server_body_timeout_ms);
  options.limits.write_timeout = milliseconds(settings.server_write_timeout_ms);
  return options;
}

core::Result<http::DispatcherOptions> dispatcher_options(const Settings& settings,
                                                         std::string url) {
  http::DispatcherOptions options;
  options.site_url = std::move(url);
  options.cache_bytes = static_cast<std::size_t>(settings.cache_max_bytes);
  options.rate_limit.requests = static_cast<std::uint32_t>(settings.rate_limit_requests);
  options.rate_limit.window_seconds = static_cast<std::uint32_t>(settings.rate_limit_window_s);
  options.rate_limit.limit_loopback = settings.rate_limit_loopback;
  options.token_rate_limit = options.rate_limit;
  options.token_rate_limit.requests =
      static_cast<std::uint32_t>(settings.rate_limit_token_requests);
  for (const std::string& text : settings.server_trusted_proxies) {
    auto cidr = http::parse_cidr(text);
    if (!cidr) return tl::unexpected(cidr.error());
    options.trusted_proxies.push_back(*cidr);
  }
  return options;
}

service::CatalogOptions catalog_options(const Settings& settings, std::string url) {
  service::CatalogOptions options;
  options.read_timeout = milliseconds(settings.catalog_read_timeout_ms);
  options.site_url = std::move(url);
  options.site_title = {settings.site_title, settings.site_title_en};
  options.site_description = {settings.site_description, settings.site_description_en};
  return options;
}

std::vector<std::string> operations_of(const std::vector<http::Route>& routes) {
  std::vector<std::string> names;
  for (const http::Route& route : routes) names.push_back(route.operation);
  return names;
}

}  // namespace

struct Application::Parts {
  explicit Parts(const ApplicationOptions& given) : options(given) {}
  ~Parts() {
    stopping.store(true);
    if (text_indexer.joinable()) text_indexer.join();
    if (warmer.joinable()) warmer.join();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  core::Result<void> open_data();
  core::Result<void> wire(const ListenAddress& listen);
  core::Result<void> listen_on(const ListenAddress& listen);
  core::Result<void> listen_for_admin();
  void add_figures();
  void index_texts(std::vector<storage::TableKey> keys);
  void warm_up();
  void integrity_checked(const core::Result<std::vector<std::string>>& faults);
  [[nodiscard]] core::Result<void> ready() const;
  http::SystemRoutes system_routes(bool with_metrics);
  RouteSources route_sources(std::string secret);

  ApplicationOptions options;
  core::SystemClock clock;
  // Set by the background check; read by /ready. Outlives the store that sets it.
  std::atomic<bool> damaged{false};
  std::atomic<bool> stopping{false};
  storage::sqlite::Storage storage;
  std::optional<service::Catalog> catalog;
  std::optional<service::Tables> tables;
  std::optional<service::HarvestStatus> harvest_status;
  std::optional<WritingServices> writing;
  std::optional<web::WebSources> pages;
  std::optional<http::Metrics> metrics;
  std::unique_ptr<http::AccessLog> access_log;
  std::optional<http::WorkerPool> workers;
  std::optional<http::WorkerPool> writers;
  std::optional<http::Dispatcher> dispatcher;
  std::optional<http::Dispatcher> admin_dispatcher;
  // Last, so that they stop before what they use goes.
  std::unique_ptr<http::Server> server;
  std::unique_ptr<http::Server> admin_server;
  std::thread text_indexer;
  std::thread warmer;
  std::unique_ptr<Harvesting> harvesting;
  std::optional<PushChores> chores;
};

core::Result<void> Application::Parts::open_data() {
  storage::sqlite::StorageOptions storage_options;
  // Those who write read as well; nobody, least of all a reactor, shall wait for them.
  storage_options.max_readers =
      static_cast<int>(or_cpus(options.settings.catalog_readers, 2) + 2 + kWriters);
  storage_options.on_checked = [this](const core::Result<std::vector<std::string>>& faults) {
    integrity_checked(faults);
  };
  auto opened = storage::sqlite::open_storage(options.data_dir, storage_options);
  if (!opened) return tl::unexpected(opened.error());
  storage = *std::move(opened);
  if (options.datasets_dir.empty()) return {};
  auto current =
      load_shipped(options.datasets_dir, {*storage.catalog, *storage.blobs, *storage.tables, clock},
                   options.log_language);
  if (!current) return tl::unexpected(current.error());
  index_texts(*std::move(current));
  return load_harvest_sources(options.datasets_dir + "/publishers.csv",
                              {*storage.harvest, *storage.catalog, clock});
}

// Large tables answer `q` without their index, slowly; so nobody waits for it at the start.
void Application::Parts::index_texts(std::vector<storage::TableKey> keys) {
  text_indexer = std::thread([this, keys = std::move(keys)] {
    for (const storage::TableKey& key : keys) {
      if (stopping.load()) return;
      const auto done = storage.tables->index_text(key, &stopping);
      if (!done && !stopping.load()) {
        log(LogLevel::kError,
            "table " + key.table_id + ": " + error_line(done.error(), options.log_language));
      }
    }
  });
}

// What the first visitors would wait for: the figures that these pages count.
void Application::Parts::warm_up() {
  warmer = std::thread([this] {
    for (const char* path : {"/", "/organization"}) {
      const auto segments = http::decode_path(path);
      const http::RouteMatch match = dispatcher->table().match("GET", *segments);
      if (stopping.load() || match.route == nullptr) return;
      http::Request request;
      request.method = "GET";
      request.path = path;
      try {
        // A fault shows again when somebody asks for the page.
        static_cast<void>(match.route->handler(request).has_value());
      } catch (const std::exception& fault) {
        log(LogLevel::kError, std::string("warming up ") + path + ": " + fault.what());
      }
    }
  });
}

void Application::Parts::integrity_checked(const core::Result<std::vector<std::string>>& faults) {
  if (!faults) return log(LogLevel::kError, error_line(faults.error(), options.log_language));
  if (faults->empty()) return log(LogLevel::kDebug, "the catalogue passed its integrity check");
  damaged.store(true);
  for (const std::string& fault : *faults)
    log(LogLevel::kError, "the catalogue is damaged: " + fault);
}

core::Result<void> Application::Parts::ready() const {
  if (!damaged.load()) return {};
  return core::fail(core::ErrorCode::kUnavailable, "catalog-damaged",
                    {"カタログのファイルが壊れています。", "The catalogue file is damaged."},
                    {"運用者は minato check で確かめ、バックアップから戻してください。",
                     "The operator should run minato check and restore a backup."});
}

http::SystemRoutes Application::Parts::system_routes(bool with_metrics) {
  http::SystemRoutes system;
  system.ready = [this] { return ready(); };
  if (with_metrics) system.render_metrics = [this] { return metrics->render(); };
  return system;
}

RouteSources Application::Parts::route_sources(std::string secret) {
  const Settings& settings = options.settings;
  return {.catalog = *catalog,
          .tables = *tables,
          .harvest = *harvest_status,
          .store = writing->store,
          .accounts = writing->accounts,
          .datasets = writing->datasets,
          .groups = writing->groups,
          .uploads = writing->uploads,
          .imports = writing->imports,
          .rows = writing->rows,
          .secret = std::move(secret),
          .spool_directory = settings.server_spool_dir,
          .import_wait = milliseconds(settings.import_wait_ms),
          .web = {.map_tiles = settings.site_map_tiles,
                  .map_attribution = settings.site_map_attribution,
                  .contact = settings.site_contact,
                  .session_hours = settings.site_session_hours}};
}

core::Result<void> Application::Parts::wire(const ListenAddress& listen) {
  const Settings& settings = options.settings;
  const std::string url = site_url(settings, listen);
  auto dispatching = dispatcher_options(settings, url);
  if (!dispatching) return tl::unexpected(dispatching.error());
  catalog.emplace(*storage.catalog, *storage.blobs, clock, catalog_options(settings, url));

  auto secret = server_secret(options.data_dir);
  if (!secret) return tl::unexpected(secret.error());
  service::TablesOptions table_options;
  table_options.query_timeout = milliseconds(settings.tables_query_timeout_ms);
  table_options.export_timeout = milliseconds(settings.tables_export_timeout_ms);
  tables.emplace(*catalog, *storage.catalog, *storage.tables, table_options);
  harvest_status.emplace(*storage.harvest, *storage.catalog, clock);
  writing.emplace(storage, clock, settings, options.data_dir, *secret);
  const RouteSources sources = route_sources(*std::move(secret));
  pages.emplace(web_sources(sources));
  std::vector<http::Route> routes =
      all_routes(sources, system_routes(settings.server_admin_listen.empty()));
  metrics.emplace(operations_of(routes), kVersion);
  auto made = Harvesting::make(options, storage, clock);
  if (!made) return tl::unexpected(made.error());
  harvesting = *std::move(made);
  auto table = http::RouteTable::make(std::move(routes));
  if (!table) return tl::unexpected(table.error());

  if (settings.log_access) {
    auto opened =
        http::open_access_log("-", settings.log_format == "json" ? http::AccessLogFormat::kJson
                                                                 : http::AccessLogFormat::kText);
    if (!opened) return tl::unexpected(opened.error());
    access_log = *std::move(opened);
  }
  workers.emplace(or_cpus(settings.server_workers, 2),
                  static_cast<std::size_t>(settings.server_worker_queue));
  writers.emplace(kWriters, static_cast<std::size_t>(settings.server_worker_queue),
                  "minato-writer");
  http::DispatcherServices services;
  // Pages say "3 days ago" and "late": a new day in Japan makes new ones.
  services.revision = [this] {
    constexpr std::int64_t kDay = 86'400'000'000;
    constexpr std::int64_t kJapan = 9 * 3'600'000'000;
    const auto day = static_cast<std::uint64_t>((clock.now().us + kJapan) / kDay);
    return storage.catalog->revision() + (day << 40);
  };
  services.submit = [this](std::function<void()> work) { return workers->submit(std::move(work)); };
  services.submit_write = [this](std::function<void()> work) {
    return writers->submit(std::move(work));
  };
  services.authenticate = [this](std::string_view token) {
    return writing->accounts.authenticate(token);
  };
  services.authenticate_session = [this](std::string_view cookies) {
    return web::caller_of_session(*pages, cookies);
  };
  services.render_error_page = [this](const core::Error& error, const http::ErrorContext& context,
                                      std::string_view path) {
    return web::error_page(error, context, path, *pages);
  };
  services.moved_to = web::moved_address;
  services.clock = &clock;
  services.metrics = &*metrics;
  services.access_log = access_log.get();
  services.log_fault = [](std::string_view fault) { log(LogLevel::kError, fault); };
  dispatcher.emplace(*std::move(table), *dispatching, services);
  return {};
}

namespace {

// `workers`: for bodies that are pulled on the pool; null when the routes have none.
core::Result<std::unique_ptr<http::Server>> start_server(http::ServerOptions options,
                                                         http::Dispatcher& dispatcher,
                                                         http::WorkerPool* workers) {
  http::ServerCallbacks callbacks;
  callbacks.max_body = [&dispatcher](const http::Request& head) {
    return dispatcher.max_body(head);
  };
  callbacks.render_error = [&dispatcher](int status, const http::Request* head,
                                         std::string_view what) {
    return dispatcher.render_error(status, head, what);
  };
  if (workers != nullptr) {
    callbacks.submit = [workers](std::function<void()> pull) {
      return workers->submit_modestly(std::move(pull));
    };
  }
  return http::Server::start(
      std::move(options),
      [&dispatcher](std::shared_ptr<http::Request> request,
                    std::shared_ptr<http::Responder> responder) {
        dispatcher.handle(std::move(request), std::move(responder));
      },
      std::move(callbacks));
}

}  // namespace

core::Result<void> Application::Parts::listen_on(const ListenAddress& listen) {
  auto started = start_server(server_options(options.settings, listen), *dispatcher, &*workers);
  if (!started) return tl::unexpected(started.error());
  server = *std::move(started);
  add_figures();
  log(LogLevel::kInfo, "serving " + http_url({listen.host, server->port()}));
  return {};
}

core::Result<void> Application::Parts::listen_for_admin() {
  if (options.settings.server_admin_listen.empty()) return {};
  const auto listen = parse_listen_address(options.settings.server_admin_listen);
  if (!listen) return tl::unexpected(listen.error());
  auto table = http::RouteTable::make(http::system_rows(system_routes(true)));
  if (!table) return tl::unexpected(table.error());
  http::DispatcherServices services;
  services.revision = [] { return std::uint64_t{0}; };
  services.clock = &clock;
  services.log_fault = [](std::string_view fault) { log(LogLevel::kError, fault); };
  http::DispatcherOptions plain;
  plain.site_url = http_url(*listen);
  plain.cache_bytes = 0;
  admin_dispatcher.emplace(*std::move(table), std::move(plain), services);
  http::ServerOptions server_settings = server_options(options.settings, *listen);
  server_settings.reactor_threads = 1;
  auto started = start_server(std::move(server_settings), *admin_dispatcher, nullptr);
  if (!started) return tl::unexpected(started.error());
  admin_server = *std::move(started);
  return {};
}

void Application::Parts::add_figures() {
  const auto gauge = [this](const char* name, const char* description, auto read) {
    metrics->add_gauge(name, description,
                       [this, read] { return static_cast<double>(read(*this)); });
  };
  const auto counter = [this](const char* name, const char* description, auto read) {
    metrics->add_counter(name, description,
                         [this, read] { return static_cast<double>(read(*this)); });
  };
  gauge("minato_connections", "Open connections",
        [](Parts& p) { return p.server->stats().open_connections; });
  gauge("minato_requests_in_flight", "Requests whose reply is not yet sent",
        [](Parts& p) { return p.server->stats().requests_in_flight; });
  gauge("minato_worker_queue", "Jobs that wait for a worker",
        [](Parts& p) { return p.workers->queued(); });
  gauge("minato_workers_busy", "Workers at work", [](Parts& p) { return p.workers->running(); });
  gauge("minato_write_queue", "Changes that wait for a thread",
        [](Parts& p) { return p.writers->queued(); });
  gauge("minato_writers_busy", "Changes under way", [](Parts& p) { return p.writers->running(); });
  gauge("minato_catalog_revision", "Revision of the catalogue",
        [](Parts& p) { return p.storage.catalog->revision(); });
  gauge("minato_catalog_damaged", "1 when the integrity check failed",
        [](Parts& p) { return p.damaged.load() ? 1 : 0; });
  gauge("minato_response_cache_bytes", "Bytes in the response cache",
        [](Parts& p) { return p.dispatcher->cache_figures().bytes; });
  counter("minato_connections_accepted_total", "Connections",
          [](Parts& p) { return p.server->stats().accepted; });
  counter("minato_connections_refused_total", "Connections over a cap",
          [](Parts& p) { return p.server->stats().refused; });
  counter("minato_received_bytes_total", "Bytes read",
          [](Parts& p) { return p.server->stats().received_bytes; });
  counter("minato_sent_bytes_total", "Bytes written",
          [](Parts& p) { return p.server->stats().sent_bytes; });
  counter("minato_response_cache_hits_total", "Replies from the cache",
          [](Parts& p) { return p.dispatcher->cache_figures().hits; });
  counter("minato_response_cache_misses_total", "Cacheable replies that were not in the cache",
          [](Parts& p) { return p.dispatcher->cache_figures().misses; });
  harvesting->add_figures(*metrics);
  for (const auto& [name, state] :
       {std::pair{"minato_import_jobs_waiting", storage::ImportJob::State::kWaiting},
        std::pair{"minato_import_jobs_held", storage::ImportJob::State::kHeld}}) {
    metrics->add_gauge(name, "Imports in that state, at most 1000", [this, wanted = state] {
      storage::ImportJobRequest request;
      request.state = wanted;
      request.limit = 1000;
      const auto jobs = storage.push->jobs(request);
      return jobs ? static_cast<double>(jobs->size()) : -1.0;
    });
  }
}

core::Result<std::unique_ptr<Application>> Application::start(const ApplicationOptions& options) {
  const auto listen = parse_listen_address(options.settings.server_listen);
  if (!listen) return tl::unexpected(listen.error());
  set_up_log(options.settings);
  auto parts = std::make_unique<Parts>(options);
  if (auto done = parts->open_data(); !done) return tl::unexpected(done.error());
  if (auto done = parts->wire(*listen); !done) return tl::unexpected(done.error());
  if (auto done = parts->listen_on(*listen); !done) return tl::unexpected(done.error());
  if (auto done = parts->listen_for_admin(); !done) return tl::unexpected(done.error());
  if (options.settings.harvest_enabled) parts->harvesting->start();
  parts->writing->imports.start();
  parts->chores.emplace(*parts->writing, options.log_language);
  parts->warm_up();
  return std::unique_ptr<Application>(new Application(std::move(parts)));
}

Application::Application(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Application::~Application() { stop(); }

std::uint16_t Application::port() const { return parts_->server->port(); }

void Application::stop() {
  parts_->stopping.store(true);
  parts_->dispatcher->set_draining(true);
  if (parts_->admin_dispatcher) parts_->admin_dispatcher->set_draining(true);
  const bool all =
      parts_->server->stop(milliseconds(parts_->options.settings.server_stop_grace_ms));
  if (!all)
    log(LogLevel::kWarn, "stopped before every request was answered (server.stop_grace_ms)");
  parts_->workers->stop();
  parts_->writers->stop();
  parts_->chores.reset();
  parts_->writing->imports.stop();
  parts_->harvesting->stop();
  if (parts_->admin_server) parts_->admin_server->stop(milliseconds(0));
}

}  // namespace minato::cli
