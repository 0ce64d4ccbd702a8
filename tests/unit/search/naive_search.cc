#include "unit/search/naive_search.h"

#include <algorithm>
#include <regex>
#include <set>

#include "core/licenses.h"
#include "core/vocabularies.h"
#include "text/fold.h"
#include "text/tokenizer.h"

namespace minato::storage::sqlite::search {
namespace {

using core::Dataset;
using core::SearchExpr;
using Kind = core::SearchExpr::Kind;

struct Placed {
  std::string text;
  int position;
};

const std::vector<Placed>& tokens_of(const std::string& text) {
  static std::map<std::string, std::vector<Placed>>
      known;  // folding again and again takes too long
  const auto [found, fresh] = known.try_emplace(text);
  if (!fresh) return found->second;
  const std::string folded = text::fold(text);
  text::Tokenizer tokenizer(folded, text::TokenizerMode::kDocument);
  int position = -1;
  for (text::Token token; tokenizer.next(token);) {
    if (!token.colocated) ++position;
    found->second.push_back({std::string(token.text), position});
  }
  return found->second;
}

// `value` as FTS5 finds it in `text`.
bool has_phrase(const std::string& text, const std::string& value, bool prefix) {
  const std::vector<Placed>& document = tokens_of(text);
  const text::QueryTokens query = text::query_tokens(text::fold(value));
  if (query.tokens.empty()) return false;
  const auto is = [&](const Placed& token, std::size_t i) {
    const bool open = (prefix || query.open_end) && i + 1 == query.tokens.size();
    return open ? token.text.starts_with(query.tokens[i]) : token.text == query.tokens[i];
  };
  return std::any_of(document.begin(), document.end(), [&](const Placed& first) {
    if (!is(first, 0)) return false;
    for (std::size_t i = 1; i < query.tokens.size(); ++i) {
      const int place = first.position + static_cast<int>(i);
      const bool there = std::any_of(document.begin(), document.end(), [&](const Placed& token) {
        return token.position == place && is(token, i);
      });
      if (!there) return false;
    }
    return true;
  });
}

bool has_pattern(const std::string& value, const std::string& pattern) {
  std::string expression;
  for (const char c : pattern) {
    if (c == '*') {
      expression += ".*";
    } else if (c == '?') {
      expression += "([\\x01-\\x7F]|[\\xC2-\\xF4][\\x80-\\xBF]+)";
    } else {
      if (std::string("\\^$.|()[]{}+").find(c) != std::string::npos) expression += '\\';
      expression += c;
    }
  }
  return std::regex_match(value, std::regex(expression));
}

bool within(const std::string& value, const SearchExpr& expr) {
  if (expr.low.value && (expr.low.inclusive ? value < *expr.low.value : value <= *expr.low.value)) {
    return false;
  }
  return !expr.high.value ||
         (expr.high.inclusive ? value <= *expr.high.value : value < *expr.high.value);
}

const std::set<std::string> kTextFields = {"",       "text",       "title",    "notes",
                                           "author", "maintainer", "res_name", "res_description"};

bool visible(const Dataset& d, const core::Visibility& who) {
  const auto owned_by = [&](const std::vector<std::string>& own) {
    return std::count(own.begin(), own.end(), d.owner_org) > 0;
  };
  if (d.state == core::State::kDraft) {
    const bool own = who.user_id == d.creator_user_id || owned_by(who.editor_of);
    return who.include_drafts && (who.sysadmin || own);
  }
  if (d.state == core::State::kDeleted) {
    return who.include_deleted && (who.sysadmin || owned_by(who.editor_of));
  }
  if (!d.is_private) return true;
  return who.include_private && (who.sysadmin || owned_by(who.member_of));
}

const char* name_of(core::State state) {
  return state == core::State::kActive  ? "active"
         : state == core::State::kDraft ? "draft"
                                        : "deleted";
}

}  // namespace

NaiveSearch::Values NaiveSearch::values(const Dataset& d, const std::string& field) const {
  Values values;
  if (field == "id") values = {d.id};
  if (field == "name") values = {d.name};
  if (field == "title_string") values = {d.title};
  if (field == "license_id") values = {d.license_id};
  if (field == "owner_org") values = {d.owner_org};
  if (field == "creator_user_id") values = {d.creator_user_id};
  if (field == "frequency") values = {d.frequency};
  if (field == "state") values = {name_of(d.state)};
  if (field == "private") values = {d.is_private ? "true" : "false"};
  if (field == "capacity") values = {d.is_private ? "private" : "public"};
  if (field == "isopen") {
    const auto* license = core::find_license(d.license_id);
    values = {license != nullptr && license->open ? "true" : "false"};
  }
  if (field == "theme") values = d.themes;
  if (field == "municipality") values = d.spatial;
  if (field == "type" || field == "dataset_type") values = {"dataset"};
  if (field == "entity_type") values = {"package"};
  if (field == "num_tags") values = {std::to_string(d.tags.size())};
  if (field == "num_resources") values = {std::to_string(d.resources.size())};
  if (field == "metadata_created") values = {core::to_ckan_time(d.created)};
  if (field == "metadata_modified") values = {core::to_ckan_time(d.modified)};
  for (const auto& tag : d.tags) {
    if (field == (tag.vocabulary_id.empty() ? "tags" : "vocab_use")) values.push_back(tag.name);
  }
  for (const auto& group : catalog_.groups()) {
    const bool in = std::count(d.groups.begin(), d.groups.end(), group.id) > 0;
    if (field == "groups" && in) values.push_back(group.name);
  }
  for (const auto& one : catalog_.organizations()) {
    if (field == "organization" && one.id == d.owner_org) values.push_back(one.name);
  }
  for (const auto& resource : d.resources) {
    if (field == "res_format") values.push_back(resource.format);
    if (field == "res_url") values.push_back(resource.url);
  }
  for (const auto& extra : d.extras) {
    if (field == "extras_" + extra.key || field == extra.key) values.push_back(extra.value);
  }
  std::erase(values, "");
  return values;
}

NaiveSearch::Values NaiveSearch::organization_texts(const Dataset& d) const {
  Values texts;
  for (const auto& one : catalog_.organizations()) {
    if (one.id == d.owner_org) texts.push_back(one.name + "\n" + one.title + "\n" + one.title_kana);
  }
  for (const auto& one : catalog_.groups()) {
    const bool in = std::count(d.groups.begin(), d.groups.end(), one.id) > 0;
    if (in) texts.push_back(one.name + "\n" + one.title);
  }
  return texts;
}

NaiveSearch::Values NaiveSearch::texts(const Dataset& d, const std::string& field) const {
  if (field == "title") return {d.title};
  if (field == "notes") return {d.notes};
  if (field == "author") return {d.author};
  if (field == "maintainer") return {d.maintainer};
  Values names;
  Values columns;
  for (const auto& resource : d.resources) {
    names.push_back(resource.name);
    for (const auto& column : resource.columns)
      columns.push_back(column.name + "\n" + column.title);
  }
  if (field == "res_name") return names;
  if (field == "res_description") return {};
  Values all = {d.title, d.notes, d.author, d.name, d.license_id};
  for (const auto* more : {&names, &columns}) all.insert(all.end(), more->begin(), more->end());
  for (const auto& more : organization_texts(d)) all.push_back(more);
  for (const auto& tag : d.tags) all.push_back(tag.name);
  for (const auto& extra : d.extras) all.push_back(extra.value);
  for (const auto& resource : d.resources) all.push_back(resource.format);
  for (const auto& code : d.themes) {
    const auto* theme = core::find_theme(code);
    if (theme != nullptr) all.push_back(theme->name.ja + "\n" + theme->name.en);
  }
  return all;
}

bool NaiveSearch::leaf_matches(const Dataset& d, const SearchExpr& expr) const {
  if (kTextFields.contains(expr.field)) {
    const Values all = texts(d, expr.field);
    return std::any_of(all.begin(), all.end(), [&](const std::string& text) {
      if (expr.kind == Kind::kExists) return !text.empty();
      return has_phrase(text, expr.value, expr.kind == Kind::kPrefix);
    });
  }
  const Values all = values(d, expr.field);
  return std::any_of(all.begin(), all.end(), [&](const std::string& value) {
    if (expr.kind == Kind::kExists) return true;
    if (expr.kind == Kind::kRange) return within(value, expr);
    if (expr.kind == Kind::kPrefix) return value.starts_with(expr.value);
    if (expr.kind == Kind::kWildcard) return has_pattern(value, expr.value);
    return value == expr.value;
  });
}

bool NaiveSearch::matches(const Dataset& d, const SearchExpr& expr) const {
  const auto child = [&](const SearchExpr& one) { return matches(d, one); };
  const auto& children = expr.children;
  if (expr.kind == Kind::kAll) return true;
  if (expr.kind == Kind::kAnd) return std::all_of(children.begin(), children.end(), child);
  if (expr.kind == Kind::kOr) return std::any_of(children.begin(), children.end(), child);
  if (expr.kind == Kind::kNot) return !child(children.front());
  return leaf_matches(d, expr);
}

std::vector<std::int64_t> NaiveSearch::hits(const core::SearchRequest& request) const {
  std::vector<std::int64_t> hits;
  for (const auto& [rowid, dataset] : datasets_) {
    bool good = visible(dataset, request.visibility);
    if (good && request.query) good = matches(dataset, *request.query);
    for (const auto& filter : request.filters) good = good && matches(dataset, filter);
    if (good) hits.push_back(rowid);
  }
  return hits;
}

std::map<std::string, std::int64_t> NaiveSearch::facet(const std::vector<std::int64_t>& hits,
                                                       const std::string& field) const {
  std::map<std::string, std::int64_t> counts;
  for (const std::int64_t rowid : hits) {
    const Values all = values(datasets_.at(rowid), field);
    for (const auto& value : std::set<std::string>(all.begin(), all.end())) ++counts[value];
  }
  return counts;
}

}  // namespace minato::storage::sqlite::search
