#include "web/catalogue/nothing_found.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/vocabularies.h"
#include "http/url.h"
#include "text/fold.h"
#include "text/tokenizer.h"
#include "web/catalogue/dataset_count.h"
#include "web/catalogue/dataset_view.h"
#include "web/catalogue/kindred_words.h"
#include "web/catalogue/similar_words.h"
#include "web/catalogue/word_pieces.h"
#include "web/catalogue/words_language.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

using core::SearchExpr;

// Each proposal costs a search.
constexpr std::size_t kMaxWords = 6;
constexpr std::size_t kMaxFilters = 6;
constexpr std::size_t kMaxNear = 4;
constexpr std::size_t kMaxTokens = 24;
constexpr std::size_t kMaxThemes = 3;
constexpr std::int64_t kTitlesAsked = 12;

class Helper {
 public:
  Helper(const http::Params& params, const Visit& visit)
      : params_(params), visit_(visit), words_(box_words(value_of(params, "q"))) {
    if (words_.size() > kMaxWords) words_.resize(kMaxWords);
  }

  core::Result<void> put_all(View& view, FiguresCache& cache) {
    const auto figures = cache.get(visit_);
    if (!figures) return tl::unexpected(figures.error());
    const auto directory = visit_.catalog.directory();
    if (!directory) return tl::unexpected(directory.error());
    put_fewer_filters(**directory);
    auto kindred = kindred_links(params_, visit_);
    if (!kindred) return tl::unexpected(kindred.error());
    near_words_ = *std::move(kindred);
    put_near_words(**figures, **directory);
    put_fewer_words();
    if (auto done = put_pieces(); !done) return done;
    put_near_titles();
    if (failure_) return tl::unexpected(*failure_);
    bool any = false;
    const std::pair<const char*, View*> lists[] = {{"near_words", &near_words_},
                                                   {"fewer_filters", &fewer_filters_},
                                                   {"fewer_words", &fewer_words_},
                                                   {"near_titles", &near_titles_},
                                                   {"near_themes", &near_themes_}};
    for (const auto& [name, items] : lists) {
      put(view, name, *items);
      put(view, std::string("has_") + name, items->is_non_empty_list());
      any = any || items->is_non_empty_list();
    }
    put(view, "has_help", any);
    return {};
  }

 private:
  // Adds the link when it finds something.
  bool propose(View& items, const std::string& text, const http::Params& params) {
    const auto count = count_of(params, visit_);
    if (!count) {
      failure_ = count.error();
      return false;
    }
    if (*count == 0) return false;
    View item = object();
    put_words(item, "text", text, visit_.language);
    put(item, "href", search_link(params, visit_));
    put_count(item, *count, visit_.texts);
    items.push_back(item);
    return true;
  }

  [[nodiscard]] http::Params with_q(const std::string& q) const { return with(params_, {"q", q}); }

  // The query with one word replaced; left out when `instead` is empty.
  [[nodiscard]] std::string query_with(std::size_t place, std::string_view instead) const {
    std::string query;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::string_view word = i == place ? instead : std::string_view(words_[i]);
      if (word.empty()) continue;
      if (!query.empty()) query += ' ';
      query += word;
    }
    return query;
  }

  void put_fewer_words() {
    if (words_.size() < 2) return;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::string fewer = query_with(i, "");
      // What is left of an exclusion alone is nearly everything.
      if (!fewer.starts_with('-')) propose_words(fewer_words_, fewer);
    }
    if (fewer_words_.is_non_empty_list() || words_.size() == 2) return;
    for (const std::string& word : words_) {
      if (!word.starts_with('-')) propose_words(fewer_words_, word);
    }
  }

  // The parts of its words that are known.
  core::Result<void> put_pieces() {
    const auto pieces = known_pieces(params_, visit_);
    if (!pieces) return tl::unexpected(pieces.error());
    if (!pieces->query.empty()) propose_words(fewer_words_, pieces->query);
    return {};
  }

  // With the filters, or else without them.
  bool propose_words(View& items, const std::string& words) {
    if (propose(items, words, with_q(words))) return true;
    if (failure_ || !has_filters()) return false;
    return propose(items, visit_.texts.with("search_words_without_filters", {{"words", words}}),
                   {{"q", words}});
  }

  [[nodiscard]] bool has_filters() const {
    return std::any_of(params_.begin(), params_.end(),
                       [](const auto& param) { return is_filter(param.first); });
  }

  void put_fewer_filters(const service::Directory& directory) {
    http::Params bare;
    std::size_t filters = 0;
    for (const auto& param : params_) {
      if (!is_filter(param.first)) {
        bare.push_back(param);
        continue;
      }
      if (++filters > kMaxFilters) continue;
      propose(fewer_filters_,
              visit_.texts.with("search_without", {{"filter", words_of(param, directory, visit_)}}),
              without(params_, param));
    }
    if (filters > 1) propose(fewer_filters_, visit_.texts["search_without_all"], bare);
  }

  void put_near_words(const service::CatalogueFigures& figures,
                      const service::Directory& directory) {
    std::vector<std::string_view> known;
    for (const auto& tag : figures.tags) known.push_back(tag.value);
    for (const auto& group : directory.groups(core::GroupKind::kOrganization)) {
      known.push_back(group.title);
      if (!group.title_en.empty()) known.push_back(group.title_en);
    }
    for (const core::Theme& theme : core::themes()) {
      known.push_back(theme.name.ja);
      known.insert(known.end(), theme.aliases.begin(), theme.aliases.end());
    }
    std::vector<std::string> proposed;
    for (std::size_t i = 0; i < words_.size() && proposed.size() < kMaxNear; ++i) {
      for (const std::size_t place : alike(words_[i], known, kMaxNear)) {
        const std::string better = query_with(i, known[place]);
        if (std::find(proposed.begin(), proposed.end(), better) != proposed.end()) continue;
        if (propose_words(near_words_, better)) proposed.push_back(better);
      }
    }
  }

  // Titles that share parts of the words: half of them at least.
  void put_near_titles() {
    const std::string folded = text::fold(value_of(params_, "q"));
    const std::vector<std::string> tokens = text::query_tokens(folded).tokens;
    core::SearchRequest request;
    SearchExpr any;
    any.kind = SearchExpr::Kind::kOr;
    for (const std::string& token : tokens) {
      if (any.children.size() < kMaxTokens) any.children.push_back(in_title(token));
    }
    if (any.children.empty()) return;
    request.query = std::move(any);
    request.limit = kTitlesAsked;
    request.facets = {"theme"};
    const auto found = visit_.catalog.search(request, visit_.language);
    if (!found) {
      failure_ = found.error();
      return;
    }
    std::size_t shown = 0;
    for (const auto& dataset : found->datasets) {
      if (shown == kMaxNear || !shares_half(tokens, *dataset)) continue;
      View item = object();
      put_text(item, "text", title_of(*dataset), visit_.language);
      put(item, "href", visit_.link("/dataset/" + http::percent_encode(dataset->name)));
      near_titles_.push_back(item);
      ++shown;
    }
    put_near_themes(shown > 0 ? &found->facets.front() : nullptr);
  }

  static SearchExpr in_title(const std::string& token) {
    constexpr std::size_t kBeginning = 3;
    SearchExpr expr;
    // The end of a misspelt word of letters may be wrong; of kanji and kana the tokens are pairs.
    const bool letters = token.size() > kBeginning && static_cast<unsigned char>(token[0]) < 0x80;
    expr.kind = letters ? SearchExpr::Kind::kPrefix : SearchExpr::Kind::kText;
    expr.field = "title";
    expr.value = letters ? token.substr(0, kBeginning) : token;
    return expr;
  }

  static bool shares_half(const std::vector<std::string>& tokens, const core::Dataset& dataset) {
    const std::string title =
        text::fold(dataset.title + " " + dataset.title_kana + " " + dataset.title_en);
    const auto shared = std::count_if(tokens.begin(), tokens.end(), [&](const std::string& token) {
      if (title.find(token) != std::string::npos) return true;
      for (const std::string& word : box_words(title)) {
        if (likeness(token, word) >= 0.6) return true;
      }
      return false;
    });
    return 2 * static_cast<std::size_t>(shared) >= tokens.size();
  }

  // Codes of the fields that the query names: "防災マップ" has 防災 in it.
  [[nodiscard]] std::vector<std::string> themes_named() const {
    constexpr std::size_t kTwoKanji = 6;  // bytes; one alone is in too many words
    const std::string query = text::fold(value_of(params_, "q"));
    std::vector<std::string> codes;
    for (const core::Theme& theme : core::themes()) {
      const auto is_named = [&query](const std::string& name) {
        return name.size() >= kTwoKanji && query.find(text::fold(name)) != std::string::npos;
      };
      if (is_named(theme.name.ja) || is_named(theme.name.en) ||
          std::any_of(theme.aliases.begin(), theme.aliases.end(), is_named)) {
        codes.push_back(theme.code);
      }
    }
    return codes;
  }

  // The field the words belong to, and those of the titles that are near.
  void put_near_themes(const core::Facet* near) {
    std::vector<std::string> codes = themes_named();
    if (near != nullptr) {
      for (const core::FacetValue& value : near->values) codes.push_back(value.value);
    }
    std::vector<std::string> proposed;
    for (const std::string& code : codes) {
      const core::Theme* theme = core::find_theme(code);
      if (theme == nullptr || proposed.size() == kMaxThemes) continue;
      if (std::find(proposed.begin(), proposed.end(), code) != proposed.end()) continue;
      if (propose(near_themes_, theme->name.in(visit_.language), {{"theme", code}})) {
        proposed.push_back(code);
      }
    }
  }

  const http::Params& params_;
  const Visit& visit_;
  std::vector<std::string> words_;
  std::optional<core::Error> failure_;
  View near_words_ = list();
  View fewer_filters_ = list();
  View fewer_words_ = list();
  View near_titles_ = list();
  View near_themes_ = list();
};

}  // namespace

core::Result<void> put_help(View& view, const http::Params& params, const Visit& visit,
                            FiguresCache& cache) {
  return Helper(params, visit).put_all(view, cache);
}

}  // namespace minato::web
