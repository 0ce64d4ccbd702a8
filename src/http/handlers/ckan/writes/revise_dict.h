// package_revise's own language over a dataset dictionary: what must match, what goes, what comes.
// Places are written "resources__0__name"; an element of a list by its index (negative: from the
// end) or by the first 5 or more characters of its id.
#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace minato::http::ckan {

// Appends the places of `wanted` where `dict` is otherwise.
void find_unmatched(const rapidjson::Value& dict, const rapidjson::Value& wanted,
                    const std::string& place, std::vector<std::string>& unmatched);
bool matches_at(const rapidjson::Value& dict, std::string_view place,
                const rapidjson::Value& wanted);

// "-resources__1" takes away, "+title" protects, "*" is every key. What is protected stays,
// wherever in the list that stands.
void filter_dict(rapidjson::Value& dict, const std::vector<std::string>& patterns);

// A fault is a text for the client.
using ReviseFault = std::optional<std::string>;

// Dictionaries and lists are merged element by element, all else is replaced.
ReviseFault merge_dict(rapidjson::Value& dict, const rapidjson::Value& update,
                       rapidjson::Document::AllocatorType& allocator);
// "resources__extend" appends the elements of a list.
ReviseFault put_at(rapidjson::Value& dict, std::string_view place, const rapidjson::Value& value,
                   rapidjson::Document::AllocatorType& allocator);

// The index that a place's element stands for.
std::optional<std::size_t> element_of(const rapidjson::Value& list, std::string_view token);

}  // namespace minato::http::ckan
