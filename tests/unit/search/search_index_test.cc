#include "storage/sqlite/search/search_index.h"

#include <random>

#include "unit/search/search_fixture.h"

namespace minato::storage::sqlite::search {
namespace {

using Rowids = std::vector<std::int64_t>;

core::Dataset dataset_of(const std::string& name) {
  core::Dataset dataset;
  dataset.id = "id-" + name;
  dataset.name = name;
  dataset.modified.us = 1'700'000'000'000'000;
  return dataset;
}

class SearchIndexTest : public SearchFixture {
 protected:
  void put_title(std::int64_t rowid, const std::string& title) {
    core::Dataset dataset = dataset_of("d" + std::to_string(rowid));
    dataset.title = title;
    put(rowid, dataset);
  }
};

TEST_F(SearchIndexTest, FindsOtherSpellingsOfAWord) {
  put_title(1, "オープンデータ一覧");
  put_title(2, "ＲＰＡ導入業務");
  put_title(3, "髙﨑ふれあい公園");
  put_title(4, "茅ヶ崎市の人口");
  for (const char* spelling : {"ｵｰﾌﾟﾝﾃﾞｰﾀ", "おーぷんでーた", "オ－プン", "おーぷん"}) {
    EXPECT_EQ(found(words(spelling)), Rowids{1}) << spelling;
  }
  EXPECT_EQ(found(words("rpa")), Rowids{2});
  EXPECT_EQ(found(words("高崎")), Rowids{3});
  EXPECT_EQ(found(words("茅ケ崎")), Rowids{4});
}

TEST_F(SearchIndexTest, FindsOneAndTwoCharacterWordsAndPhrasesOverScripts) {
  put_title(1, "令和5年度 横浜市AED設置箇所");
  put_title(2, "平成30年の県勢");
  EXPECT_EQ(found(words("度")), Rowids{1});
  EXPECT_EQ(found(words("浜")), Rowids{1});
  EXPECT_EQ(found(words("設置")), Rowids{1});
  EXPECT_EQ(found(words("令和5年")), Rowids{1});
  EXPECT_EQ(found(words("和5")), Rowids{1});
  EXPECT_EQ(found(words("市AED設")), Rowids{1});
  EXPECT_EQ(found(words("30年の県")), Rowids{2});
  EXPECT_EQ(found(words("令和3年")), Rowids{});
  EXPECT_EQ(found(words("AE")), Rowids{});
  EXPECT_EQ(found(clause(Kind::kPrefix, "", "AE")), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kPrefix, "", "市a")), Rowids{1});
}

TEST_F(SearchIndexTest, PrefersTitleThenTagsOrganizationNotesAndColumns) {
  for (std::int64_t rowid = 1; rowid <= 6; ++rowid) {
    core::Dataset dataset = dataset_of("d" + std::to_string(rowid));
    dataset.title = rowid == 6 ? "観光" : "別の題名";
    if (rowid == 5) dataset.tags.push_back({"t", "観光", ""});
    if (rowid == 4) dataset.owner_org = "tourism";
    if (rowid == 3) dataset.notes = "観光と観光、さらに観光のための観光";
    if (rowid == 2) {
      dataset.resources.emplace_back();
      dataset.resources[0].columns.push_back({"c1", "観光", "", "", ""});
    }
    if (rowid == 1) dataset.extras.push_back({"k", "観光"});
    core::Group owner;
    owner.title = "観光課";
    const std::vector<core::Group> none;
    ASSERT_TRUE(writer_.index({rowid, dataset, rowid == 4 ? &owner : nullptr, none, {}}));
  }
  EXPECT_EQ(found(words("観光")), (Rowids{6, 5, 4, 3, 2, 1}));
}

TEST_F(SearchIndexTest, PrefersTitlesThatAreNearlyTheWholePhrase) {
  put_title(1, "横浜市の観光客数の年度別推移（月別・区別・国籍別）");
  put_title(2, "観光客数");
  EXPECT_EQ(found(words("観光客数")), (Rowids{2, 1}));
}

TEST_F(SearchIndexTest, OrdersEqualMatchesByTimeThenId) {
  for (std::int64_t rowid = 1; rowid <= 4; ++rowid) {
    core::Dataset dataset = dataset_of("d" + std::to_string(9 - rowid));
    dataset.title = "人口";
    dataset.modified.us += rowid == 3 ? 1 : 0;
    put(rowid, dataset);
  }
  EXPECT_EQ(found(words("人口")), (Rowids{3, 4, 2, 1}));
}

TEST_F(SearchIndexTest, LetsRareWordsWeighMore) {
  for (std::int64_t rowid = 1; rowid <= 20; ++rowid) put_title(rowid, "人口 統計");
  put_title(21, "人口 漁獲");
  put_title(22, "漁獲 統計");
  const auto either = group_of(Kind::kOr, {words("人口"), words("漁獲")});
  EXPECT_EQ(found(either)[0], 21);
  EXPECT_EQ(found(either)[1], 22);
}

TEST_F(SearchIndexTest, GivesScoresOnlyWhenWordsWereAsked) {
  put_title(1, "人口");
  core::SearchRequest request;
  request.query = words("人口");
  EXPECT_GT(search(request).scores.at(0), 0);
  request.query = clause(Kind::kEqual, "name", "d1");
  EXPECT_TRUE(search(request).scores.empty());
  EXPECT_EQ(search(request).rowids, Rowids{1});
}

TEST_F(SearchIndexTest, PagesWithoutGapsOrRepeats) {
  for (std::int64_t i = 1; i <= 300; ++i) put(i, catalog_.dataset(static_cast<std::uint64_t>(i)));
  const std::vector<std::vector<core::SortKey>> orders = {
      {},
      {{"title_string", false}},
      {{"metadata_modified", true}},
      {{"name", true}},
      {{"views_recent", true}},
      {{"id", false}},
      {{"metadata_created", false}, {"score", true}}};
  for (const auto& order : orders) {
    core::SearchRequest request;
    request.query = words("施設");
    request.sort = order;
    request.limit = 1000;
    const Rowids all = search(request).rowids;
    ASSERT_GT(all.size(), 50U);
    Rowids pages;
    request.limit = 7;
    for (; pages.size() < all.size(); request.offset += 7) {
      const Rowids page = search(request).rowids;
      pages.insert(pages.end(), page.begin(), page.end());
      ASSERT_FALSE(page.empty());
    }
    EXPECT_EQ(pages, all);
    request.offset = 100'000;
    EXPECT_TRUE(search(request).rowids.empty());
  }
}

TEST_F(SearchIndexTest, SortsByEachField) {
  for (std::int64_t i = 1; i <= 200; ++i) put(i, catalog_.dataset(static_cast<std::uint64_t>(i)));
  using Order = std::function<bool(const core::Dataset&, const core::Dataset&)>;
  const std::map<std::string, Order> orders = {
      {"name", [](const auto& a, const auto& b) { return a.name < b.name; }},
      {"title_string", [](const auto& a, const auto& b) { return a.title < b.title; }},
      {"id", [](const auto& a, const auto& b) { return a.id < b.id; }},
      {"metadata_created", [](const auto& a, const auto& b) { return a.created < b.created; }},
      {"metadata_modified", [](const auto& a, const auto& b) { return a.modified < b.modified; }}};
  for (const auto& [field, before] : orders) {
    for (const std::int64_t limit : {10, 1000}) {
      for (const bool descending : {false, true}) {
        core::SearchRequest request;
        request.sort = {{field, descending}};
        request.limit = limit;
        const Rowids rowids = search(request).rowids;
        ASSERT_GE(rowids.size(), 10U);
        for (std::size_t i = 1; i < rowids.size(); ++i) {
          const auto& a = datasets_.at(rowids[i - 1]);
          const auto& b = datasets_.at(rowids[i]);
          ASSERT_FALSE(descending ? before(a, b) : before(b, a)) << field << " " << i;
        }
      }
    }
  }
}

TEST_F(SearchIndexTest, CountsFacetsByFrequencyWithinLimits) {
  for (std::int64_t rowid = 1; rowid <= 6; ++rowid) {
    core::Dataset dataset = dataset_of("d" + std::to_string(rowid));
    for (const char* tag : {"い", "ろ", "は"}) {
      if (rowid <= (tag == std::string("い") ? 2 : tag == std::string("ろ") ? 6 : 2)) {
        dataset.tags.push_back({tag, tag, ""});
      }
    }
    put(rowid, dataset);
  }
  core::SearchRequest request;
  request.facets = {"tags", "extras_none", "type"};
  request.limit = 0;
  auto facets = search(request).facets;
  ASSERT_EQ(facets.size(), 3U);
  ASSERT_EQ(facets[0].values.size(), 3U);
  EXPECT_EQ(facets[0].values[0].value, "ろ");
  EXPECT_EQ(facets[0].values[0].count, 6);
  EXPECT_EQ(facets[0].values[1].value, "い");  // same count: by value
  EXPECT_EQ(facets[0].values[2].value, "は");
  EXPECT_TRUE(facets[1].values.empty());
  EXPECT_EQ(facets[2].values.at(0).value, "dataset");
  request.facet_limit = 1;
  EXPECT_EQ(search(request).facets[0].values.size(), 1U);
  request.facet_limit = -1;
  request.facet_min_count = 3;
  EXPECT_EQ(search(request).facets[0].values.size(), 1U);
  EXPECT_TRUE(search(request).rowids.empty());
  EXPECT_EQ(search(request).count, 6);
}

TEST_F(SearchIndexTest, ShowsUnlistedDatasetsOnlyToThoseWhoMay) {
  for (std::int64_t rowid = 1; rowid <= 4; ++rowid) {
    core::Dataset dataset = dataset_of("d" + std::to_string(rowid));
    dataset.owner_org = "org";
    dataset.creator_user_id = "me";
    dataset.is_private = rowid == 2;
    if (rowid == 3) dataset.state = core::State::kDraft;
    if (rowid == 4) dataset.state = core::State::kDeleted;
    put(rowid, dataset);
  }
  core::SearchRequest request;
  request.sort = {{"id", false}};
  EXPECT_EQ(search(request).rowids, Rowids{1});
  auto& who = request.visibility;
  who.include_private = who.include_drafts = who.include_deleted = true;
  EXPECT_EQ(search(request).rowids, Rowids{1});
  who.user_id = "other";
  EXPECT_EQ(search(request).rowids, Rowids{1});
  who.member_of = {"org"};
  EXPECT_EQ(search(request).rowids, (Rowids{1, 2}));
  who.user_id = "me";
  EXPECT_EQ(search(request).rowids, (Rowids{1, 2, 3}));
  who.user_id = "other";
  who.editor_of = {"org"};
  EXPECT_EQ(search(request).rowids, (Rowids{1, 2, 3, 4}));
  who.include_deleted = false;
  EXPECT_EQ(search(request).rowids, (Rowids{1, 2, 3}));
  who = {};
  who.sysadmin = true;
  EXPECT_EQ(search(request).rowids, Rowids{1});
  who.include_private = who.include_drafts = who.include_deleted = true;
  EXPECT_EQ(search(request).rowids, (Rowids{1, 2, 3, 4}));
}

TEST_F(SearchIndexTest, MatchesWildcardsInTextByWords) {
  put_title(1, "Open Data Portal 観光案内施設");
  put_title(2, "観光 施設");
  EXPECT_EQ(found(clause(Kind::kWildcard, "title", "op?n")), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kWildcard, "", "D*A")), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kWildcard, "", "*orta?")), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kWildcard, "", "観光*施設")), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kWildcard, "title", "案内?設")), Rowids{1});
  EXPECT_EQ(found(clause(Kind::kWildcard, "", "p*n")), Rowids{});
  EXPECT_EQ(found(clause(Kind::kWildcard, "notes", "op?n")), Rowids{});
  EXPECT_EQ(found(clause(Kind::kWildcard, "notes", "*")), Rowids{});
  EXPECT_EQ(found(clause(Kind::kWildcard, "title", "*")).size(), 2U);
}

TEST_F(SearchIndexTest, IgnoresWordsWithoutLettersBesideOthers) {
  put_title(1, "人口");
  EXPECT_EQ(found(words("・")), Rowids{});
  EXPECT_EQ(found(words("")), Rowids{});
  EXPECT_EQ(found(group_of(Kind::kAnd, {words("・"), words("人口")})), Rowids{1});
  EXPECT_EQ(found(group_of(Kind::kAnd, {words("・"), words("、")})), Rowids{});
  EXPECT_EQ(found(group_of(Kind::kNot, {words("・")})), Rowids{1});
}

TEST_F(SearchIndexTest, TakesHostileTextAsWords) {
  put_title(1, "人口");
  for (const std::string& text :
       {std::string("\" OR title:*"), std::string("人口\" NEAR(\"x"),
        std::string("'; DROP TABLE search_text;--"), std::string("\0人口", 7),
        std::string("\xFF\xFE"), std::string("{title} : ^x* + y"), std::string(8000, '"'),
        std::string("AND"), std::string("NOT")}) {
    for (const Kind kind : {Kind::kText, Kind::kPrefix, Kind::kEqual}) {
      for (const char* field : {"", "title", "tags", "name", "extras_x"}) {
        core::SearchRequest request;
        request.query = clause(kind, field, text);
        EXPECT_LE(search(request).count, 1);
      }
    }
  }
  EXPECT_EQ(found(words("人口")), Rowids{1});
}

TEST_F(SearchIndexTest, TakesLongPhrases) {
  std::string sentence;
  while (sentence.size() < 8000) sentence += "神奈川県の人口と世帯";
  put_title(1, sentence);
  EXPECT_EQ(found(words(sentence)), Rowids{1});
  EXPECT_EQ(found(words(sentence.substr(30) + "数")), Rowids{});
}

TEST_F(SearchIndexTest, RefusesWhatItCannotAnswer) {
  core::SearchRequest request;
  request.sort = {{"rank", false}};
  EXPECT_EQ(error_of(request), "search-sort-unknown");
  request.sort = {};
  for (const char* facet : {"title", "text", "metadata_modified", "num_tags"}) {
    request.facets = {facet};
    EXPECT_EQ(error_of(request), "search-facet-unsupported");
  }
  request.facets = {};
  request.query = range("title", {"a", true}, {});
  EXPECT_EQ(error_of(request), "search-clause-unsupported");
  request.query = clause(Kind::kWildcard, "num_tags", "1*");
  EXPECT_EQ(error_of(request), "search-clause-unsupported");
  request.query = clause(Kind::kEqual, "num_tags", "three");
  EXPECT_EQ(error_of(request), "search-value-invalid");
  request.query = range("metadata_modified", {"yesterday", true}, {});
  EXPECT_EQ(error_of(request), "search-value-invalid");
  request.query = words(std::string(10'000, 'a'));
  EXPECT_EQ(error_of(request), "search-too-complex");
  request.query = words("a");
  for (int i = 0; i < 100; ++i) request.query = group_of(Kind::kNot, {*request.query});
  EXPECT_EQ(error_of(request), "search-too-complex");
  request.query = group_of(Kind::kOr, std::vector<core::SearchExpr>(129, words("a")));
  EXPECT_EQ(error_of(request), "search-too-complex");
  request.query = group_of(Kind::kOr, std::vector<core::SearchExpr>(129, words("a", "name")));
  EXPECT_EQ(error_of(request), "");
  request.query = clause(Kind::kWildcard, "name", std::string(129, '*') + "a");
  EXPECT_EQ(error_of(request), "search-too-complex");
  request.query.reset();
  request.offset = -1;
  EXPECT_EQ(error_of(request), "search-page-invalid");
}

TEST_F(SearchIndexTest, StopsAtItsDeadline) {
  for (std::int64_t i = 1; i <= 20; ++i) put(i, catalog_.dataset(static_cast<std::uint64_t>(i)));
  core::SearchRequest request;
  request.query = clause(Kind::kWildcard, "", "*x*");
  const auto past = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const auto hits = index_.search(db_.handle(), request, past);
  ASSERT_FALSE(hits);
  EXPECT_EQ(hits.error().code, core::ErrorCode::kDeadline);
  EXPECT_TRUE(index_.search(db_.handle(), request));
}

TEST_F(SearchIndexTest, FoldsInSql) {
  EXPECT_EQ(db_.text("SELECT minato_fold('ＲＰＡ ｶﾅ')"), "rpa かな");
  EXPECT_EQ(db_.text("SELECT minato_fold(NULL) IS NULL"), "1");
}

}  // namespace
}  // namespace minato::storage::sqlite::search
