#include "storage/sqlite/search/search_index.h"

#include <SQLiteCpp/Exception.h>

#include <array>
#include <optional>

#include "storage/sqlite/search/clause_source.h"
#include "storage/sqlite/search/evaluator.h"
#include "storage/sqlite/search/facets.h"
#include "storage/sqlite/search/picture.h"
#include "storage/sqlite/search/ranking.h"
#include "storage/sqlite/search/raw_statement.h"
#include "storage/sqlite/search/request_check.h"
#include "storage/sqlite/sqlite_error.h"

namespace minato::storage::sqlite::search {
namespace {

using Kind = core::SearchExpr::Kind;

// Makes all reads of a search see one moment when the caller has no transaction open.
class ReadTransaction {
 public:
  explicit ReadTransaction(sqlite3* db) : db_(sqlite3_get_autocommit(db) != 0 ? db : nullptr) {
    if (db_ != nullptr) RawStatement(db_, "BEGIN").run();
  }
  ~ReadTransaction() {
    // Nothing was written: there is nothing a failure could lose.
    if (db_ != nullptr) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  sqlite3* db_;
};

// The clauses that score: phrases, unless they are denied.
void collect_scored(const core::SearchExpr& expr, const Answers& answers,
                    std::vector<const Clause*>& scored) {
  if (expr.kind == Kind::kNot) return;
  for (const auto& child : expr.children) collect_scored(child, answers, scored);
  const auto found = answers.find(&expr);
  if (found == answers.end() || found->second == nullptr) return;
  const bool phrase = index_field(expr.field).place == Place::kText && expr.kind != Kind::kWildcard;
  if (phrase) scored.push_back(found->second.get());
}

std::vector<float> scores_of(const std::vector<const Clause*>& scored, std::uint64_t documents,
                             const std::vector<std::uint32_t>& slots) {
  if (scored.empty()) return {};
  std::vector<float> scores(slots.size());
  for (const Clause* clause : scored) {
    const float rarity = idf(documents, clause->slots.cardinality());
    std::array<float, 256> gains = weights();
    for (float& gain : gains) gain *= rarity;
    clause->strengths.visit(
        slots, [&](std::size_t i, std::uint8_t strength) { scores[i] += gains[strength]; });
  }
  return scores;
}

// One search, after everything that needs the file has been read.
class Search {
 public:
  Search(const core::SearchRequest& request, const Picture& picture, const Answers& answers,
         core::Deadline deadline)
      : request_(request), picture_(picture), answers_(answers), deadline_(deadline) {}

  SearchHits run(const std::vector<std::optional<FileValues>>& file_values) const {
    const std::shared_lock lock(picture_.shelf->mutex);
    const Roaring bitmap = find();
    const std::vector<std::uint32_t> slots = slots_in(bitmap);
    SearchHits hits;
    hits.count = static_cast<std::int64_t>(slots.size());
    const FacetHits facet_hits{picture_.shelf->columns, bitmap, slots};
    for (std::size_t i = 0; i < request_.facets.size(); ++i) {
      const auto& file = file_values[i];
      hits.facets.push_back(
          count_facet(facet_hits, request_, request_.facets[i], file ? &*file : nullptr));
    }
    if (request_.limit > 0) rank(slots, hits);
    return hits;
  }

 private:
  [[nodiscard]] Roaring find() const {
    const Evaluator evaluator(picture_.shelf->columns, *picture_.view, answers_, deadline_);
    Roaring hits = evaluator.visible(request_.visibility);
    for (const auto& filter : request_.filters) evaluator.narrow(hits, filter);
    if (request_.query) evaluator.narrow(hits, *request_.query);
    return hits;
  }

  void rank(const std::vector<std::uint32_t>& slots, SearchHits& hits) const {
    std::vector<const Clause*> scored;
    if (request_.query) collect_scored(*request_.query, answers_, scored);
    const auto scores = scores_of(scored, picture_.view->live.cardinality(), slots);
    const std::vector<core::SortKey> usual = {{"score", true}, {"metadata_modified", true}};
    const RankedPage page{picture_.shelf->columns, slots, scores,
                          request_.sort.empty() ? usual : request_.sort};
    for (const std::uint32_t place : ranked_page(page, request_.offset, request_.limit)) {
      hits.rowids.push_back(picture_.shelf->columns.dataset(slots[place]));
      hits.documents.push_back(picture_.shelf->columns.document(slots[place]));
      if (!scores.empty()) hits.scores.push_back(static_cast<double>(scores[place]));
    }
  }

  const core::SearchRequest& request_;
  const Picture& picture_;
  const Answers& answers_;
  const core::Deadline deadline_;
};

}  // namespace

class SearchIndex::Implementation {
 public:
  explicit Implementation(std::size_t cache_bytes) : pictures_(cache_bytes) {}

  SearchHits search(sqlite3* db, const core::SearchRequest& request, core::Deadline deadline,
                    std::optional<std::int64_t> newest) {
    const ReadTransaction transaction(db);
    const Picture picture = pictures_.get(db, deadline, newest);
    ClauseSource clauses(db, picture, deadline);
    Answers answers;
    for (const auto& filter : request.filters) clauses.answer(filter, answers);
    if (request.query) clauses.answer(*request.query, answers);
    std::vector<std::optional<FileValues>> file_values;
    for (const auto& facet : request.facets) {
      const IndexField field = index_field(facet);
      file_values.emplace_back();
      if (field.place != Place::kFile) continue;
      file_values.back() = read_file_values(db, field, deadline);
    }
    return Search(request, picture, answers, deadline).run(file_values);
  }

  void warm(sqlite3* db, core::Deadline deadline) {
    const ReadTransaction transaction(db);
    pictures_.get(db, deadline, std::nullopt);
  }

 private:
  PictureSource pictures_;
};

SearchIndex::SearchIndex(std::size_t cache_bytes)
    : implementation_(std::make_unique<Implementation>(cache_bytes)) {}
SearchIndex::~SearchIndex() = default;

core::Result<SearchHits> SearchIndex::search(sqlite3* db, const core::SearchRequest& request,
                                             core::Deadline deadline,
                                             std::optional<std::int64_t> newest) {
  if (auto good = check(request); !good) return tl::unexpected(good.error());
  return guarded([&]() -> core::Result<SearchHits> {
    return implementation_->search(db, request, deadline, newest);
  });
}

core::Result<void> SearchIndex::warm(sqlite3* db, core::Deadline deadline) {
  return guarded([&]() -> core::Result<void> {
    implementation_->warm(db, deadline);
    return {};
  });
}

}  // namespace minato::storage::sqlite::search
