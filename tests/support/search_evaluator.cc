#include "support/search_evaluator.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace minato::support {
namespace {

using core::Dataset;
using core::SearchExpr;
using Values = std::vector<std::string>;

bool is_word_byte(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_'; }

// ASCII words, and every character of other scripts by itself.
Values tokens_of(std::string_view text) {
  const std::string folded = lower_ascii(text);
  Values tokens;
  for (std::size_t i = 0; i < folded.size();) {
    std::size_t end = i;
    if (is_word_byte(folded[i])) {
      while (end < folded.size() && is_word_byte(folded[end])) ++end;
      tokens.push_back(folded.substr(i, end - i));
    } else if (static_cast<unsigned char>(folded[i]) >= 0x80) {
      ++end;
      while (end < folded.size() && (static_cast<unsigned char>(folded[end]) & 0xC0) == 0x80) ++end;
      tokens.push_back(folded.substr(i, end - i));
    } else {
      ++end;
    }
    i = end;
  }
  return tokens;
}

bool contains_phrase(std::string_view text, std::string_view phrase, bool last_is_prefix) {
  const Values words = tokens_of(text);
  const Values wanted = tokens_of(phrase);
  if (wanted.empty()) return false;
  for (std::size_t start = 0; start + wanted.size() <= words.size(); ++start) {
    bool same = true;
    for (std::size_t i = 0; same && i < wanted.size(); ++i) {
      const std::string& word = words[start + i];
      same = last_is_prefix && i + 1 == wanted.size() ? word.starts_with(wanted[i])
                                                      : word == wanted[i];
    }
    if (same) return true;
  }
  return false;
}

bool wildcard(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (wildcard(text.substr(i), pattern.substr(1))) return true;
    }
    return false;
  }
  return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
         wildcard(text.substr(1), pattern.substr(1));
}

const char* state_name(core::State state) {
  if (state == core::State::kActive) return "active";
  return state == core::State::kDraft ? "draft" : "deleted";
}

Values group_names(const CatalogContents& contents, const Values& ids) {
  Values names;
  for (const auto& id : ids) {
    const auto found = contents.groups.find(id);
    if (found != contents.groups.end()) names.push_back(found->second.name);
  }
  return names;
}

Values of_resources(const Dataset& dataset, std::string core::Resource::*member) {
  Values values;
  for (const auto& resource : dataset.resources) values.push_back(resource.*member);
  return values;
}

Values tag_names(const Dataset& dataset) {
  Values names;
  for (const auto& tag : dataset.tags) names.push_back(tag.name);
  return names;
}

Values extra_values(const Dataset& dataset, std::string_view key) {
  Values values;
  for (const auto& extra : dataset.extras) {
    if (extra.key == key) values.push_back(extra.value);
  }
  return values;
}

Values own_value(const Dataset& d, std::string_view field) {
  static const std::map<std::string_view, std::string Dataset::*> members = {
      {"id", &Dataset::id},
      {"name", &Dataset::name},
      {"title", &Dataset::title},
      {"title_string", &Dataset::title},
      {"notes", &Dataset::notes},
      {"author", &Dataset::author},
      {"url", &Dataset::url},
      {"maintainer", &Dataset::maintainer},
      {"version", &Dataset::version},
      {"license_id", &Dataset::license_id},
      {"owner_org", &Dataset::owner_org},
      {"frequency", &Dataset::frequency},
      {"creator_user_id", &Dataset::creator_user_id}};
  const auto found = members.find(field);
  return found == members.end() ? Values{} : Values{d.*(found->second)};
}

Values values_of(const CatalogContents& contents, const Dataset& d, std::string_view field) {
  if (field == "tags") return tag_names(d);
  if (field == "groups") return group_names(contents, d.groups);
  if (field == "organization") return group_names(contents, {d.owner_org});
  if (field == "state") return {state_name(d.state)};
  if (field == "type" || field == "dataset_type") return {"dataset"};
  if (field == "entity_type") return {"package"};
  if (field == "private") return {d.is_private ? "true" : "false"};
  if (field == "capacity") return {d.is_private ? "private" : "public"};
  if (field == "num_tags") return {std::to_string(d.tags.size())};
  if (field == "num_resources") return {std::to_string(d.resources.size())};
  if (field == "metadata_created") return {core::to_ckan_time(d.created)};
  if (field == "metadata_modified") return {core::to_ckan_time(d.modified)};
  if (field == "res_name") return of_resources(d, &core::Resource::name);
  if (field == "res_description") return of_resources(d, &core::Resource::description);
  if (field == "res_format") return of_resources(d, &core::Resource::format);
  if (field == "res_url") return of_resources(d, &core::Resource::url);
  if (field == "res_type") return of_resources(d, &core::Resource::resource_type);
  if (field == "theme" || field == "themes") return d.themes;
  if (field == "municipality") return d.spatial;
  if (field.starts_with("extras_")) return extra_values(d, field.substr(7));
  Values own = own_value(d, field);
  if (own.empty()) own = extra_values(d, field);
  std::erase(own, "");
  return own;
}

// The whole text of a dataset, title first.
Values whole_text(const CatalogContents& contents, const Dataset& d) {
  Values text = {d.title, d.title_kana, d.title_en, d.name, d.notes, d.notes_en};
  for (const char* field : {"tags", "groups", "organization", "res_name", "res_description"}) {
    for (auto& value : values_of(contents, d, field)) text.push_back(std::move(value));
  }
  const auto owner = contents.groups.find(d.owner_org);
  if (owner != contents.groups.end()) text.push_back(owner->second.title);
  for (const auto& resource : d.resources) {
    for (const auto& column : resource.columns) text.push_back(column.name + " " + column.title);
  }
  return text;
}

bool is_text_field(std::string_view field) {
  return field.empty() || field == "text" || field == "title" || field == "notes" ||
         field == "res_name" || field == "res_description" || field == "author" ||
         field == "maintainer";
}

// Below zero, zero or above: as numbers or times when both sides are such, else as bytes.
int compare(const std::string& left, const std::string& right) {
  const auto left_time = core::parse_iso8601(left);
  const auto right_time = core::parse_iso8601(right);
  if (left.size() >= 10 && left_time && right_time) {
    return *left_time < *right_time ? -1 : *left_time == *right_time ? 0 : 1;
  }
  double a = 0;
  double b = 0;
  const auto parsed_a = std::from_chars(left.data(), left.data() + left.size(), a);
  const auto parsed_b = std::from_chars(right.data(), right.data() + right.size(), b);
  if (parsed_a.ec == std::errc() && parsed_b.ec == std::errc()) return a < b ? -1 : a == b ? 0 : 1;
  return left.compare(right);
}

bool in_range(const std::string& value, const SearchExpr& expr) {
  if (expr.low.value) {
    const int order = compare(value, *expr.low.value);
    if (order < 0 || (order == 0 && !expr.low.inclusive)) return false;
  }
  if (expr.high.value) {
    const int order = compare(value, *expr.high.value);
    if (order > 0 || (order == 0 && !expr.high.inclusive)) return false;
  }
  return true;
}

bool value_matches(const std::string& value, const SearchExpr& expr) {
  const bool text = is_text_field(expr.field);
  switch (expr.kind) {
    case SearchExpr::Kind::kText:
      return text ? contains_phrase(value, expr.value, false) : value == expr.value;
    case SearchExpr::Kind::kPrefix:
      return text ? contains_phrase(value, expr.value, true) : value.starts_with(expr.value);
    case SearchExpr::Kind::kWildcard:
      if (!text) return wildcard(value, expr.value);
      for (const auto& token : tokens_of(value)) {
        if (wildcard(token, lower_ascii(expr.value))) return true;
      }
      return false;
    case SearchExpr::Kind::kEqual:
      return value == expr.value || compare(value, expr.value) == 0;
    case SearchExpr::Kind::kRange:
      return in_range(value, expr);
    case SearchExpr::Kind::kExists:
      return !value.empty();
    default:
      throw std::logic_error("not a condition on a value");
  }
}

double score_of(const CatalogContents& contents, const Dataset& dataset, const SearchExpr& expr) {
  double score = 0;
  for (const auto& child : expr.children) score += score_of(contents, dataset, child);
  if (expr.kind == SearchExpr::Kind::kText || expr.kind == SearchExpr::Kind::kPrefix) {
    score += value_matches(dataset.title, expr) ? 4 : 0;
    score += matches(contents, dataset, expr) ? 1 : 0;
  }
  return score;
}

struct Hit {
  const Dataset* dataset;
  double score;
  Values sort_values;  // one per sort key; empty for "score"
};

int order_of(const Hit& a, const Hit& b, std::size_t key, const std::string& field) {
  if (field == "score") return a.score < b.score ? -1 : a.score > b.score ? 1 : 0;
  // The texts of times and names sort as what they mean.
  return a.sort_values[key].compare(b.sort_values[key]);
}

void sort_hits(std::vector<Hit>& hits, std::vector<core::SortKey> keys) {
  if (keys.empty()) keys = {{"score", true}, {"metadata_modified", true}};
  const CatalogContents none;
  for (Hit& hit : hits) {
    for (const auto& key : keys) {
      const Values values = values_of(none, *hit.dataset, key.field);
      hit.sort_values.push_back(values.empty() ? "" : values[0]);
    }
  }
  std::sort(hits.begin(), hits.end(), [&](const Hit& a, const Hit& b) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const int order = order_of(a, b, i, keys[i].field);
      if (order != 0) return keys[i].descending ? order > 0 : order < 0;
    }
    return a.dataset->id < b.dataset->id;
  });
}

core::Facet facet_of(const CatalogContents& contents, const std::vector<Hit>& hits,
                     const core::SearchRequest& request, const std::string& field) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& hit : hits) {
    Values values = values_of(contents, *hit.dataset, field);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    for (const auto& value : values) {
      if (!value.empty()) ++counts[value];
    }
  }
  core::Facet facet{field, {}};
  for (const auto& [value, count] : counts) {
    if (count >= request.facet_min_count) facet.values.push_back({value, value, count});
  }
  std::stable_sort(facet.values.begin(), facet.values.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  const auto limit = static_cast<std::size_t>(request.facet_limit);
  if (request.facet_limit >= 0 && facet.values.size() > limit) facet.values.resize(limit);
  return facet;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool visible(const Dataset& dataset, const core::Visibility& who) {
  const auto owned_by = [&](const std::vector<std::string>& organizations) {
    return std::find(organizations.begin(), organizations.end(), dataset.owner_org) !=
           organizations.end();
  };
  if (dataset.state == core::State::kDeleted) {
    return who.include_deleted && (who.sysadmin || owned_by(who.editor_of));
  }
  if (dataset.state == core::State::kDraft) {
    const bool own = !who.user_id.empty() && who.user_id == dataset.creator_user_id;
    return who.include_drafts && (who.sysadmin || own || owned_by(who.editor_of));
  }
  if (!dataset.is_private) return true;
  return who.include_private && (who.sysadmin || owned_by(who.member_of));
}

bool matches(const CatalogContents& contents, const Dataset& dataset, const SearchExpr& expr) {
  const auto child_matches = [&](const SearchExpr& child) {
    return matches(contents, dataset, child);
  };
  const auto& children = expr.children;
  switch (expr.kind) {
    case SearchExpr::Kind::kAll:
      return true;
    case SearchExpr::Kind::kAnd:
      return std::all_of(children.begin(), children.end(), child_matches);
    case SearchExpr::Kind::kOr:
      return std::any_of(children.begin(), children.end(), child_matches);
    case SearchExpr::Kind::kNot:
      return !child_matches(children.at(0));
    default:
      break;
  }
  const Values values = expr.field.empty() || expr.field == "text"
                            ? whole_text(contents, dataset)
                            : values_of(contents, dataset, expr.field);
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return value_matches(value, expr); });
}

core::SearchResult evaluate(const CatalogContents& contents, const core::SearchRequest& request) {
  std::vector<Hit> hits;
  for (const auto& [id, dataset] : contents.datasets) {
    if (!visible(dataset, request.visibility)) continue;
    if (request.query && !matches(contents, dataset, *request.query)) continue;
    const bool kept =
        std::all_of(request.filters.begin(), request.filters.end(),
                    [&](const SearchExpr& filter) { return matches(contents, dataset, filter); });
    if (!kept) continue;
    hits.push_back({&dataset, request.query ? score_of(contents, dataset, *request.query) : 0, {}});
  }
  sort_hits(hits, request.sort);

  core::SearchResult result;
  result.count = static_cast<std::int64_t>(hits.size());
  for (const auto& field : request.facets) {
    result.facets.push_back(facet_of(contents, hits, request, field));
  }
  for (std::int64_t i = request.offset; i < result.count && i - request.offset < request.limit;
       ++i) {
    const Hit& hit = hits[static_cast<std::size_t>(i)];
    result.datasets.push_back(std::make_shared<const core::Dataset>(*hit.dataset));
    if (request.query) result.scores.push_back(hit.score);
  }
  return result;
}

}  // namespace minato::support
