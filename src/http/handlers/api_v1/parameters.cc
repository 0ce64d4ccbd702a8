#include "http/handlers/api_v1/parameters.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/nearest.h"

namespace minato::http::api_v1 {
namespace {

// A request with hundreds of wrong parameters is answered with the first of them.
constexpr std::size_t kMaxFaults = 20;

core::LocalizedText did_you_mean(const std::string& name) {
  if (name.empty()) return {};
  return {"もしかして: " + name, "Did you mean " + name + "?"};
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

}  // namespace

std::string quoted_input(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

Parameters::Parameters(const Params& params, std::span<const ParameterRule> rules)
    : params_(params) {
  std::vector<std::string_view> known;
  for (const ParameterRule& rule : rules) known.push_back(rule.name);
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : params) {
    if (faults_.size() >= kMaxFaults) return;
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&name](const ParameterRule& r) { return r.name == name; });
    core::ErrorDetail fault;
    fault.param = quoted_input(name);
    if (rule == rules.end()) {
      fault.message = {"このパラメーターはありません。", "There is no such parameter."};
      fault.expected = joined(known);
      fault.got = quoted_input(name);
      fault.hint = did_you_mean(core::nearest(name, known));
      faults_.push_back(std::move(fault));
    } else if (!rule->repeatable && std::find(seen.begin(), seen.end(), name) != seen.end()) {
      fault.message = {"このパラメーターは 1 回だけ指定できます。",
                       "This parameter may be given once only."};
      fault.got = quoted_input(value);
      faults_.push_back(std::move(fault));
    }
    seen.push_back(name);
  }
}

std::vector<std::string> Parameters::values(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : params_) {
    if (key == name && !value.empty()) out.push_back(value);
  }
  return out;
}

std::string Parameters::value(std::string_view name) const {
  for (const auto& [key, value] : params_) {
    if (key == name) return value;
  }
  return {};
}

std::int64_t Parameters::number(std::string_view name, std::int64_t fallback, std::int64_t low,
                                std::int64_t high) {
  const std::string text = value(name);
  if (text.empty()) return fallback;
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault == std::errc{} && end == text.data() + text.size() && number >= low && number <= high) {
    return number;
  }
  reject({name, std::to_string(low) + "..." + std::to_string(high), text, {}});
  return fallback;
}

void Parameters::reject(Wrong wrong) {
  if (faults_.size() >= kMaxFaults) return;
  core::ErrorDetail fault;
  fault.param = std::string(wrong.param);
  fault.message = {"値が正しくありません。", "The value is not valid."};
  fault.expected = std::move(wrong.expected);
  fault.got = quoted_input(wrong.got);
  fault.hint = std::move(wrong.hint);
  faults_.push_back(std::move(fault));
}

void Parameters::reject_choice(std::string_view param, const std::string& got,
                               const std::vector<std::string_view>& allowed) {
  reject({param, joined(allowed), got, did_you_mean(core::nearest(got, allowed))});
}

core::Result<void> Parameters::check() const {
  if (faults_.empty()) return {};
  std::string names;
  for (const core::ErrorDetail& fault : faults_) {
    if (!names.empty()) names += ", ";
    names += fault.param;
  }
  core::Error error{
      core::ErrorCode::kInvalidArgument,
      "parameter-invalid",
      {"パラメーターに誤りがあります: " + names, "Wrong parameters: " + names},
      {"errors の各項目を直してください。使えるパラメーターは /api/v1/openapi.json にあります。",
       "Correct each item of errors; /api/v1/openapi.json lists every parameter."},
      faults_,
      {}};
  return tl::unexpected<core::Error>(std::move(error));
}

}  // namespace minato::http::api_v1
