#include "web/site/old_addresses.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "http/url.h"

namespace minato::web {
namespace {

using Segments = std::vector<std::string>;

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// The first part of an address as our pages have it; "" for what is no place of ours.
std::string own_place(const std::string& first) {
  static constexpr std::array<std::string_view, 10> kPlaces = {
      "dataset", "organization", "group", "tag",           "theme",
      "harvest", "docs",         "about", "accessibility", "manage"};
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOthers = {
      {{"package", "dataset"},
       {"datasets", "dataset"},
       {"organizations", "organization"},
       {"groups", "group"},
       {"tags", "tag"},
       {"themes", "theme"}}};
  const std::string wanted = lower_case(first);
  if (std::find(kPlaces.begin(), kPlaces.end(), wanted) != kPlaces.end()) return wanted;
  for (const auto& [other, own] : kOthers) {
    if (wanted == other) return std::string(own);
  }
  return "";
}

// CKAN's views of one thing, which its own page shows as well here.
bool is_view_of_one(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kViews = {
      "about", "activity", "changes", "followers", "groups", "history", "members", "read", "view"};
  return std::find(kViews.begin(), kViews.end(), word) != kViews.end();
}

void settle_dataset(Segments& path) {
  if (path.size() >= 3 && is_view_of_one(path[1])) {
    path = {path[0], path[2]};
  } else if (path.size() == 3 && path[2] == "resource") {
    path.pop_back();
  } else if (path.size() >= 5 && path[2] == "resource" && path[4] == "view") {
    path.resize(4);
  }
}

// Without the language. False: no page of ours.
bool settle(Segments& path) {
  if (path.empty()) return true;
  if (path.size() == 1 && path[0] == "index.html") {
    path.clear();
    return true;
  }
  const bool for_staff =
      path[0] == "dashboard" || (path[0] == "user" && path.size() == 2 && path[1] == "login");
  if (for_staff) {
    path = {"manage"};
    return true;
  }
  path[0] = own_place(path[0]);
  if (path[0] == "dataset") settle_dataset(path);
  if (path[0] == "organization" || path[0] == "group") {
    if (path.size() >= 3 && is_view_of_one(path[1])) path = {path[0], path[2]};
  }
  return !path[0].empty();
}

std::string joined(const Segments& path) {
  std::string out;
  for (const std::string& segment : path) out += "/" + http::percent_encode(segment);
  return out.empty() ? "/" : out;
}

std::string with_query(const std::string& path, const std::string& first, std::string_view query) {
  std::string all = first;
  if (!query.empty()) all += (all.empty() ? "" : "&") + std::string(query);
  return all.empty() ? path : path + "?" + all;
}

}  // namespace

std::string moved_address(std::string_view target) {
  const auto parts = http::split_target(target);
  if (!parts) return "";
  auto decoded = http::decode_path(parts->path);
  if (!decoded) return "";
  Segments path = *std::move(decoded);
  if (path.size() > 1 && path.back().empty()) path.pop_back();
  // "//elsewhere" would be an address of another site.
  if (std::any_of(path.begin(), path.end(), [](const auto& segment) { return segment.empty(); })) {
    return "";
  }
  std::string language = path.empty() ? "" : lower_case(path[0]);
  if (language == "ja" || language == "en") {
    path.erase(path.begin());
  } else {
    language.clear();
  }
  if (!settle(path)) return "";
  std::string first;
  if (path.size() == 2 && (path[0] == "tag" || path[0] == "theme")) {
    first = path[0] + "=" + http::percent_encode(path[1]);
    path = {"dataset"};
  }
  if (language == "en") path.insert(path.begin(), "en");
  const std::string to = with_query(joined(path), first, parts->query);
  return to == target ? "" : to;
}

}  // namespace minato::web
