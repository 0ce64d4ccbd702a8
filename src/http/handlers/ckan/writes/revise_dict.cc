#include "http/handlers/ckan/writes/revise_dict.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "formats/ckan_input/input_object.h"
#include "formats/json.h"

namespace minato::http::ckan {
namespace {

using formats::text_of;
using rapidjson::Value;
using Allocator = rapidjson::Document::AllocatorType;

constexpr std::string_view kSeparator = "__";
constexpr std::size_t kIdPrefix = 5;
constexpr rapidjson::SizeType kMaxKeys = 1000;

// The first token; `place` keeps the rest.
std::string_view take_token(std::string_view& place) {
  const auto end = place.find(kSeparator);
  const std::string_view token = place.substr(0, end);
  place.remove_prefix(end == std::string_view::npos ? place.size() : end + kSeparator.size());
  return token;
}

std::string joined(const std::string& place, std::string_view token) {
  return place.empty() ? std::string(token) : place + std::string(kSeparator) + std::string(token);
}

// A form has only texts: "true" is true, "3" is 3.
bool same(const Value& value, const Value& wanted) {
  if (value == wanted) return true;
  const bool is_scalar = !value.IsArray() && !value.IsObject();
  return is_scalar && wanted.IsString() && formats::text_of_any(value) == text_of(wanted);
}

const Value* element(const Value& value, std::string_view token) {
  if (value.IsObject()) return formats::find_member(value, token);
  if (!value.IsArray()) return nullptr;
  const auto index = element_of(value, token);
  return index ? &value[static_cast<rapidjson::SizeType>(*index)] : nullptr;
}

struct Pattern {
  bool removes = false;
  std::string_view place;
};

void filter(Value& value, const std::vector<Pattern>& patterns);

// What the patterns say of one element of `value`.
struct Verdict {
  bool removed = false;
  bool is_protected = false;
  std::vector<Pattern> inner;
};

using Verdicts = std::map<std::size_t, Verdict>;

std::optional<std::size_t> place_of(const Value& value, std::string_view token) {
  if (value.IsArray()) return element_of(value, token);
  std::size_t index = 0;
  for (const auto& member : value.GetObject()) {
    if (text_of(member.name) == token) return index;
    ++index;
  }
  return std::nullopt;
}

Verdicts judge(const Value& value, const std::vector<Pattern>& patterns) {
  Verdicts verdicts;
  const std::size_t count = value.IsArray() ? value.Size() : value.MemberCount();
  for (Pattern pattern : patterns) {
    const std::string_view token = take_token(pattern.place);
    const auto one = token == "*" ? std::nullopt : place_of(value, token);
    if (token != "*" && !one) continue;
    for (std::size_t i = one.value_or(0); i < (one ? *one + 1 : count); ++i) {
      Verdict& verdict = verdicts[i];
      if (!pattern.place.empty()) {
        verdict.inner.push_back(pattern);
      } else {
        (pattern.removes ? verdict.removed : verdict.is_protected) = true;
      }
    }
  }
  return verdicts;
}

void filter(Value& value, const std::vector<Pattern>& patterns) {
  if (!value.IsArray() && !value.IsObject()) return;
  const Verdicts verdicts = judge(value, patterns);
  // From the end, so that places stay what they are.
  for (auto it = verdicts.rbegin(); it != verdicts.rend(); ++it) {
    const auto& [index, verdict] = *it;
    const auto offset = static_cast<std::ptrdiff_t>(index);
    const bool keeps_inner = std::any_of(verdict.inner.begin(), verdict.inner.end(),
                                         [](const Pattern& p) { return !p.removes; });
    const bool goes = verdict.removed && !verdict.is_protected && !keeps_inner;
    if (goes && value.IsArray()) {
      value.Erase(value.Begin() + offset);
    } else if (goes) {
      value.EraseMember(value.MemberBegin() + offset);
    } else if (!verdict.inner.empty() && !verdict.is_protected) {
      std::vector<Pattern> inner = verdict.inner;
      if (verdict.removed) inner.push_back({true, "*"});
      filter(value.IsArray() ? value[static_cast<rapidjson::SizeType>(index)]
                             : (value.MemberBegin() + offset)->value,
             inner);
    }
  }
}

ReviseFault extend(Value& list, const Value& more, Allocator& allocator) {
  if (!list.IsArray()) return "extend: there is no list";
  if (!more.IsArray()) return "extend: must be a list";
  for (const auto& item : more.GetArray()) list.PushBack(Value(item, allocator), allocator);
  return std::nullopt;
}

ReviseFault merge_list(Value& list, const Value& update, Allocator& allocator) {
  for (rapidjson::SizeType i = 0; i < update.Size(); ++i) {
    if (i >= list.Size()) {
      list.PushBack(Value(update[i], allocator), allocator);
    } else if (auto fault = merge_dict(list[i], update[i], allocator)) {
      return fault;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> element_of(const Value& list, std::string_view token) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(token.data(), token.data() + token.size(), number);
  const auto size = static_cast<std::int64_t>(list.Size());
  if (fault == std::errc() && end == token.data() + token.size()) {
    if (number < 0) number += size;
    if (number >= 0 && number < size) return static_cast<std::size_t>(number);
  }
  if (token.size() < kIdPrefix) return std::nullopt;
  for (rapidjson::SizeType i = 0; i < list.Size(); ++i) {
    const auto id = formats::string_member(list[i], "id");
    if (id && id->starts_with(token)) return i;
  }
  return std::nullopt;
}

void find_unmatched(const Value& dict, const Value& wanted, const std::string& place,
                    std::vector<std::string>& unmatched) {
  if (dict.IsObject() && wanted.IsObject()) {
    for (const auto& member : wanted.GetObject()) {
      const std::string_view key = text_of(member.name);
      const Value* inner = formats::find_member(dict, key);
      if (inner == nullptr) {
        unmatched.push_back(joined(place, key));
      } else {
        find_unmatched(*inner, member.value, joined(place, key), unmatched);
      }
    }
    return;
  }
  if (dict.IsArray() && wanted.IsArray()) {
    for (rapidjson::SizeType i = 0; i < wanted.Size(); ++i) {
      const std::string inner = joined(place, std::to_string(i));
      if (i < dict.Size()) {
        find_unmatched(dict[i], wanted[i], inner, unmatched);
      } else {
        unmatched.push_back(inner);
      }
    }
    return;
  }
  if (!same(dict, wanted)) unmatched.push_back(place);
}

bool matches_at(const Value& dict, std::string_view place, const Value& wanted) {
  const Value* at = &dict;
  while (at != nullptr && !place.empty()) at = element(*at, take_token(place));
  if (at == nullptr) return false;
  std::vector<std::string> unmatched;
  find_unmatched(*at, wanted, "", unmatched);
  return unmatched.empty();
}

void filter_dict(Value& dict, const std::vector<std::string>& patterns) {
  std::vector<Pattern> parsed;
  for (const std::string& pattern : patterns) {
    std::string_view text = pattern;
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const bool removes = text.starts_with('-');
    if (removes || text.starts_with('+')) text.remove_prefix(1);
    if (!text.empty()) parsed.push_back({removes, text});
  }
  filter(dict, parsed);
}

ReviseFault merge_dict(Value& dict, const Value& update, Allocator& allocator) {
  if (dict.IsArray() && update.IsArray()) return merge_list(dict, update, allocator);
  if (!dict.IsObject() || !update.IsObject()) {
    dict.CopyFrom(update, allocator);
    return std::nullopt;
  }
  if (update.MemberCount() > kMaxKeys) return "more than 1000 keys";
  for (const auto& member : update.GetObject()) {
    if (auto fault = put_at(dict, text_of(member.name), member.value, allocator)) return fault;
  }
  return std::nullopt;
}

ReviseFault put_at(Value& dict, std::string_view place, const Value& value, Allocator& allocator) {
  const std::string_view token = take_token(place);
  if (dict.IsArray()) {
    if (token == "extend" && place.empty()) return extend(dict, value, allocator);
    const auto index = element_of(dict, token);
    if (!index) return "there is no element " + std::string(token);
    Value& item = dict[static_cast<rapidjson::SizeType>(*index)];
    if (place.empty()) return merge_dict(item, value, allocator);
    return put_at(item, place, value, allocator);
  }
  if (!dict.IsObject()) return "there is nothing at " + std::string(token);
  const Value key(token.data(), static_cast<rapidjson::SizeType>(token.size()), allocator);
  auto member = dict.FindMember(key);
  if (member == dict.MemberEnd()) {
    if (!place.empty()) return "there is no " + std::string(token);
    dict.AddMember(Value(key, allocator), Value(value, allocator), allocator);
    return std::nullopt;
  }
  if (place.empty()) return merge_dict(member->value, value, allocator);
  return put_at(member->value, place, value, allocator);
}

}  // namespace minato::http::ckan
