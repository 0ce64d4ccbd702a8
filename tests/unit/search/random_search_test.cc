// Random requests on random datasets, against the naive answer.
#include <random>

#include "unit/search/naive_search.h"
#include "unit/search/search_fixture.h"

namespace minato::storage::sqlite::search {
namespace {

using Strings = std::vector<std::string>;

class RandomRequests {
 public:
  explicit RandomRequests(std::uint64_t seed) : random_(seed) {}

  core::SearchRequest request() {
    core::SearchRequest made;
    if (below(6) != 0) made.query = expr(3);
    for (std::uint64_t n = below(3); n > 0; --n) made.filters.push_back(expr(2));
    made.limit = 5000;
    made.facet_limit = -1;
    made.facets = {one({"organization", "owner_org", "groups", "tags", "license_id", "state"}),
                   one({"res_format", "theme", "frequency", "isopen", "vocab_use", "type"}),
                   one({"extras_guid", "harvest_source_id", "担当課", "name", "municipality"})};
    auto& who = made.visibility;
    who.sysadmin = below(8) == 0;
    who.user_id = "user-" + std::to_string(below(20));
    who.member_of = {core_organizations_[below(4)].id};
    if (below(2) == 0) who.editor_of = who.member_of;
    who.include_private = below(2) == 0;
    who.include_drafts = below(3) == 0;
    who.include_deleted = below(3) == 0;
    return made;
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

 private:
  const std::string& one(const Strings& from) { return kept_ = from[below(from.size())]; }

  core::SearchExpr expr(int depth) {
    if (depth == 0 || below(3) == 0) return leaf();
    const Kind kinds[] = {Kind::kAnd, Kind::kOr, Kind::kNot};
    const Kind kind = kinds[below(3)];
    std::vector<core::SearchExpr> children;
    const std::uint64_t count = kind == Kind::kNot ? 1 : 1 + below(3);
    for (std::uint64_t n = 0; n < count; ++n) children.push_back(expr(depth - 1));
    return group_of(kind, std::move(children));
  }

  core::SearchExpr leaf() {
    switch (below(5)) {
      case 0:
        return text();
      case 1:
        return text();
      case 2:
        return string_value();
      case 3:
        return number();
      default:
        return below(4) == 0 ? core::SearchExpr{} : exists();
    }
  }

  core::SearchExpr text() {
    const auto& topics = support::SyntheticCatalog::short_words();
    const Strings values = {topics[below(topics.size())],
                            topics[below(10)],
                            "市",
                            "令和5",
                            "年度）",
                            "神奈川県",
                            "ﾃﾞｰﾀ",
                            "オープンデータ",
                            "おーぷん",
                            "５",
                            "csv",
                            "AED設置",
                            "AED",
                            "茅ケ崎",
                            "町丁目別",
                            "dataset-12",
                            "の",
                            "GeoJSON",
                            "wi-fi",
                            "wi",
                            topics[below(20)] + "や" + topics[below(20)]};
    const Strings fields = {"",      "",       "",         "text",      "title",
                            "notes", "author", "res_name", "maintainer"};
    return clause(below(4) == 0 ? Kind::kPrefix : Kind::kText, one(fields), one(values));
  }

  core::SearchExpr string_value() {
    static const std::vector<std::pair<std::string, Strings>> choices = {
        {"organization", {"140007", "141003", "14*", "1?2042", "14", "none"}},
        {"res_format", {"CSV", "csv", "XLSX", "*S*", "Geo", "K?L"}},
        {"tags", {"防災 減災", "施設", "タグ*", "施", "?", "選挙・投票", "*ータ"}},
        {"license_id", {"cc-by-4.0", "cc*", "cc-"}},
        {"extras_harvest_source_id", {"s1", "s?", "s"}},
        {"harvest_source_id", {"s1"}},
        {"担当課", {"施設課", "*課", "人"}},
        {"name", {"dataset-7", "dataset-1?", "dataset-2*", "*9", "dataset-3"}},
        {"private", {"true", "false"}},
        {"capacity", {"private", "public"}},
        {"state", {"active", "draft"}},
        {"type", {"dataset", "harvest"}},
        {"groups", {"group-0", "group-?", "group-1"}},
        {"vocab_use", {"地図", "x"}},
        {"isopen", {"true", "false"}},
        {"theme", {"1", "1*"}},
        {"frequency", {"annual", "daily"}},
        {"res_url", {"https://data.example.jp/dataset-1", "*.CSV"}}};
    const auto& [field, values] = choices[below(choices.size())];
    const Kind kinds[] = {Kind::kEqual, Kind::kText, Kind::kPrefix, Kind::kWildcard, Kind::kRange};
    const Kind kind = kinds[below(5)];
    if (kind != Kind::kRange) return clause(kind, field, one(values));
    return range(field, bound(one(values)), bound(one(values)));
  }

  core::Bound bound(const std::string& value) {
    if (below(4) == 0) return {std::nullopt, below(2) == 0};
    return {value, below(2) == 0};
  }

  core::SearchExpr number() {
    if (below(2) == 0) {
      const Strings fields = {"num_tags", "num_resources"};
      return range(one(fields), bound(std::to_string(below(5))), bound(std::to_string(below(5))));
    }
    const auto time = [&] {
      return core::to_ckan_time(
          {1'400'000'000'000'000 + static_cast<std::int64_t>(below(87'600)) * 3'600'000'000});
    };
    const Strings fields = {"metadata_modified", "metadata_created"};
    return range(one(fields), bound(time()), bound(time()));
  }

  core::SearchExpr exists() {
    const Strings fields = {
        "tags",       "groups", "organization", "extras_guid", "担当課",   "vocab_use", "notes",
        "maintainer", "",       "frequency",    "res_format",  "num_tags", "type"};
    return clause(Kind::kExists, one(fields), "");
  }

  std::mt19937_64 random_;
  std::string kept_;
  const std::vector<core::Group> core_organizations_ = support::SyntheticCatalog().organizations();
};

class RandomSearch : public SearchFixture {
 protected:
  void check(const core::SearchRequest& request) {
    const NaiveSearch naive(catalog_, datasets_);
    const auto expected = naive.hits(request);
    const SearchHits hits = search(request);
    with_hits_ += expected.empty() ? 0 : 1;
    std::vector<std::int64_t> sorted = hits.rowids;
    std::sort(sorted.begin(), sorted.end());
    ASSERT_EQ(sorted, expected);
    ASSERT_EQ(hits.count, static_cast<std::int64_t>(expected.size()));
    ASSERT_EQ(hits.facets.size(), request.facets.size());
    for (std::size_t i = 0; i < hits.facets.size(); ++i) {
      std::map<std::string, std::int64_t> counts;
      for (const auto& value : hits.facets[i].values) counts[value.value] = value.count;
      ASSERT_EQ(counts, naive.facet(expected, request.facets[i])) << request.facets[i];
    }
  }

  int with_hits_ = 0;
};

TEST_F(RandomSearch, AnswersAsTheNaiveSearchDoes) {
  for (std::int64_t i = 1; i <= 150; ++i) put(i, catalog_.dataset(static_cast<std::uint64_t>(i)));
  RandomRequests requests(1);
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(round);
    check(requests.request());
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(with_hits_, 70);
}

TEST_F(RandomSearch, StaysRightWhileDatasetsChange) {
  RandomRequests requests(2);
  std::uint64_t next = 1000;
  for (int round = 0; round < 150; ++round) {
    SCOPED_TRACE(round);
    db_.run("BEGIN");
    for (std::uint64_t n = 1 + requests.below(6); n > 0; --n) {
      const auto rowid = static_cast<std::int64_t>(1 + requests.below(80));
      if (requests.below(4) == 0) {
        remove(rowid);
      } else {
        put(rowid, catalog_.dataset(next++));
      }
    }
    db_.run("COMMIT");
    check(requests.request());
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace minato::storage::sqlite::search
