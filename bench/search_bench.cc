// Measures searches over synthetic datasets, without the server around them.
//
//   search_bench <file> [datasets] [seconds]
//
// Fills the file when it does not exist, then reports, in CPU time of one thread: loading, searches
// whose clauses are all new ("cold"), and searches of a mixed stream ("stream"): a two-character
// word, one filter and three facets.
#include <sqlite3.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "storage/sqlite/search/search_index.h"
#include "support/synthetic_catalog.h"

namespace {

namespace core = minato::core;
namespace search = minato::storage::sqlite::search;
// CPU time of this thread: what a search costs, whatever else the machine is doing.
struct Clock {
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<Clock, duration>;
  static constexpr bool is_steady = true;
  static time_point now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time_point(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
  }
};
using minato::support::SyntheticCatalog;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

long resident_kib() {
  std::ifstream statm("/proc/self/statm");
  long total = 0;
  long resident = 0;
  statm >> total >> resident;
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

template <typename T>
T must(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().internal);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void run(sqlite3* db, const std::string& sql) {
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(db));
  }
}

sqlite3* open(const std::string& path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) throw std::runtime_error("cannot open " + path);
  must(search::register_functions(db));
  run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF");
  return db;
}

void fill(sqlite3* db, std::uint64_t datasets) {
  std::ifstream file(MINATO_SOURCE_DIR "/src/storage/sqlite/migrations/0002_search.sql");
  std::stringstream sql;
  sql << file.rdbuf();
  run(db, sql.str());
  const SyntheticCatalog catalog;
  search::SearchWriter writer(db);
  const auto start = Clock::now();
  for (std::uint64_t i = 0; i < datasets; ++i) {
    if (i % 10'000 == 0) run(db, i == 0 ? "BEGIN" : "COMMIT; BEGIN");
    const core::Dataset dataset = catalog.dataset(i);
    const core::Group* owner = nullptr;
    for (const auto& one : catalog.organizations()) {
      if (one.id == dataset.owner_org) owner = &one;
    }
    std::vector<core::Group> groups;
    for (const auto& one : catalog.groups()) {
      if (std::find(dataset.groups.begin(), dataset.groups.end(), one.id) != dataset.groups.end()) {
        groups.push_back(one);
      }
    }
    must(writer.index(
        {static_cast<std::int64_t>(i + 1), dataset, owner, groups, catalog.vocabularies()}));
  }
  run(db, "COMMIT");
  std::printf("indexed %llu datasets in %.1f s\n", static_cast<unsigned long long>(datasets),
              ms_since(start) / 1000);
}

core::SearchExpr leaf(core::SearchExpr::Kind kind, std::string field, std::string value) {
  core::SearchExpr expr;
  expr.kind = kind;
  expr.field = std::move(field);
  expr.value = std::move(value);
  return expr;
}

core::SearchRequest request(const std::string& word, std::uint64_t draw) {
  using Kind = core::SearchExpr::Kind;
  static const std::vector<std::string> organizations = {"140007", "141003", "142042", "143821"};
  static const std::vector<std::string> formats = {"CSV", "XLSX", "KML"};
  core::SearchRequest request;
  request.query = leaf(Kind::kText, "", word);
  request.filters.push_back(draw % 2 == 0
                                ? leaf(Kind::kEqual, "organization", organizations[draw / 2 % 4])
                                : leaf(Kind::kEqual, "res_format", formats[draw / 2 % 3]));
  request.facets = {"organization", "res_format", "tags"};
  return request;
}

void report(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  double sum = 0;
  for (const double time : times) sum += time;
  const auto at = [&](double share) {
    return times[std::min(times.size() - 1,
                          static_cast<std::size_t>(share * static_cast<double>(times.size())))];
  };
  std::printf("%-24s %7zu  mean %8.3f ms  p50 %8.3f  p99 %8.3f  max %8.3f\n", what, times.size(),
              sum / static_cast<double>(times.size()), at(0.5), at(0.99), times.back());
}

double timed(search::SearchIndex& index, sqlite3* db, const core::SearchRequest& request,
             std::int64_t* count = nullptr) {
  const auto start = Clock::now();
  const search::SearchHits hits = must(index.search(db, request));
  if (count != nullptr) *count = hits.count;
  return ms_since(start);
}

void measure(sqlite3* db, double seconds) {
  search::SearchIndex index;
  const long before = resident_kib();
  auto start = Clock::now();
  must(index.warm(db));
  std::printf("loaded in %.0f ms, %ld MiB more resident\n", ms_since(start),
              (resident_kib() - before) / 1024);
  const auto& words = SyntheticCatalog::short_words();
  std::vector<double> times;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::int64_t count = 0;
    times.push_back(timed(index, db, request(words[i], i), &count));
    if (i % 12 == 0) {
      core::SearchRequest all = request(words[i], i);
      all.filters.clear();
      std::int64_t total = 0;
      timed(index, db, all, &total);
      const double warm = timed(index, db, all);
      std::printf("  %s: cold %.3f ms, %lld hits; without filter %lld hits, %.3f ms\n",
                  words[i].c_str(), times.back(), static_cast<long long>(count),
                  static_cast<long long>(total), warm);
    }
  }
  report("cold", times);
  times.clear();
  std::mt19937_64 random(7);
  for (start = Clock::now(); ms_since(start) < seconds * 1000;) {
    times.push_back(timed(index, db, request(words[random() % words.size()], random())));
  }
  report("stream", times);
  for (const char* word : {"市", "学", "a", "神奈川県", "オープンデータ", "データ", "の"}) {
    core::SearchRequest one = request(word, 0);
    one.filters.clear();
    std::int64_t count = 0;
    const double cold = timed(index, db, one, &count);
    std::printf("  %s: cold %.3f ms, again %.3f ms, %lld hits\n", word, cold, timed(index, db, one),
                static_cast<long long>(count));
  }
  core::SearchRequest everything;
  everything.facets = {"organization", "res_format", "tags"};
  std::printf("  *:* first %.3f ms", timed(index, db, everything));
  std::printf(", again %.3f ms", timed(index, db, everything));
  everything.sort = {{"title_string", false}};
  std::printf(", by title %.3f ms\n", timed(index, db, everything));
  everything.facets = {"extras_担当課"};
  std::printf("  facet of an extra %.3f ms\n", timed(index, db, everything));
  std::printf("resident %ld MiB\n", resident_kib() / 1024);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) throw std::runtime_error("usage: search_bench <file> [datasets] [seconds]");
  const std::string path = argv[1];
  const bool fresh = !std::filesystem::exists(path);
  sqlite3* db = open(path);
  if (fresh) fill(db, argc > 2 ? std::stoull(argv[2]) : 100'000);
  std::printf("file %.1f MiB\n", static_cast<double>(std::filesystem::file_size(path)) / 1048576.0);
  measure(db, argc > 3 ? std::stod(argv[3]) : 5);
  sqlite3_close(db);
  return 0;
} catch (const std::exception& fault) {
  std::fprintf(stderr, "search_bench: %s\n", fault.what());
  return 1;
}
