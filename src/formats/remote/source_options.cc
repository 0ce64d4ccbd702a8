#include "formats/remote/source_options.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <utility>

#include "core/nearest.h"
#include "formats/json.h"

namespace minato::formats {
namespace {

using core::ErrorCode;
using core::SourceKind;
using rapidjson::Value;

constexpr unsigned bit(SourceKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr unsigned kEvery = 0x1FU;
constexpr unsigned kCkan = bit(SourceKind::kCkan);
constexpr unsigned kPage = bit(SourceKind::kPage);
constexpr unsigned kFile = bit(SourceKind::kFile);
constexpr unsigned kList = bit(SourceKind::kList);

constexpr std::size_t kMaxText = 10'000;
constexpr std::size_t kMaxItems = 1'000;

struct Range {
  std::int64_t least;
  std::int64_t most;
};

// One key; exactly one of the members is set.
struct Option {
  std::string_view key;
  unsigned kinds;  // of source that know it
  std::string SourceOptions::*text = nullptr;
  std::vector<std::string> SourceOptions::*texts = nullptr;
  std::int64_t SourceOptions::*number = nullptr;
  Range range = {0, 0};
  bool SourceOptions::*flag = nullptr;
};

constexpr Option text(std::string_view key, unsigned kinds, std::string SourceOptions::*member) {
  return {.key = key, .kinds = kinds, .text = member};
}
constexpr Option texts(std::string_view key, unsigned kinds,
                       std::vector<std::string> SourceOptions::*member) {
  return {.key = key, .kinds = kinds, .texts = member};
}
constexpr Option number(std::string_view key, unsigned kinds, std::int64_t SourceOptions::*member,
                        Range range) {
  return {.key = key, .kinds = kinds, .number = member, .range = range};
}
constexpr Option flag(std::string_view key, unsigned kinds, bool SourceOptions::*member) {
  return {.key = key, .kinds = kinds, .flag = member};
}

constexpr std::string_view kDefaultExtras = "default_extras";  // the one object among them
constexpr std::int64_t kTerabyte = 1'000'000'000'000;

using S = SourceOptions;
constexpr std::array kOptions = {
    text("robots_permission", kEvery, &S::robots_permission),
    number("delay_ms", kEvery, &S::delay_ms, {0, 3'600'000}),
    flag("rows", kEvery, &S::rows),
    number("max_file_bytes", kEvery, &S::max_file_bytes, {1, kTerabyte}),
    text("default_license", kEvery, &S::default_license),
    text("default_frequency", kEvery, &S::default_frequency),
    texts("default_tags", kEvery, &S::default_tags),
    texts("default_themes", kEvery, &S::default_themes),
    texts("default_groups", kEvery, &S::default_groups),
    Option{.key = kDefaultExtras, .kinds = kEvery},
    texts("keep_fields", kEvery, &S::keep_fields),
    texts("organizations", kCkan, &S::organizations),
    texts("exclude_organizations", kCkan, &S::exclude_organizations),
    texts("groups", kCkan, &S::groups),
    text("api_key", kCkan, &S::api_key),
    number("page_size", kCkan, &S::page_size, {1, 1000}),
    flag("force_all", kCkan, &S::force_all),
    text("content_selector", kPage, &S::content_selector),
    text("exclude_selector", kPage, &S::exclude_selector),
    text("dataset_selector", kPage, &S::dataset_selector),
    text("title_selector", kPage, &S::title_selector),
    text("description_selector", kPage, &S::description_selector),
    number("link_depth", kPage, &S::link_depth, {0, 10}),
    text("link_pattern", kPage, &S::link_pattern),
    text("file_pattern", kPage, &S::file_pattern),
    number("max_pages", kPage, &S::max_pages, {1, 100'000}),
    text("datasets_by", kPage, &S::datasets_by),
    text("sheet", kList | kFile, &S::sheet),
    text("pattern", kFile, &S::pattern),
    text("title", kFile, &S::title),
    text("description", kFile, &S::description),
    text("landing_page", kFile, &S::landing_page),
    text("remote_name", kFile, &S::remote_name),
    text("license", kFile, &S::license),
    text("frequency", kFile, &S::frequency),
    texts("themes", kFile, &S::themes),
};

class OptionReader {
 public:
  OptionReader(const Value& object, SourceKind kind) : object_(object), kind_(kind) {}

  // REQUIRES: the value is an object.
  void read() {
    for (const auto& member : object_.GetObject()) read_member(text_of(member.name), member.value);
    constexpr std::array<std::string_view, 5> kGroupings = {"auto", "heading", "row", "page",
                                                            "file"};
    if (std::find(kGroupings.begin(), kGroupings.end(), options.datasets_by) == kGroupings.end()) {
      refuse("/datasets_by", {"選べない値です。", "This is none of the choices."},
             "auto, heading, row, page, file", options.datasets_by.substr(0, 100));
    }
    for (const std::string& pointer : options.keep_fields) {
      if (pointer.starts_with('/')) continue;
      refuse("/keep_fields", {"項目は JSON Pointer で書きます。", "A field is a JSON Pointer."},
             "/title", pointer.substr(0, 100));
    }
  }

  SourceOptions options;
  std::vector<core::ErrorDetail> errors;

 private:
  void read_member(std::string_view key, const Value& value) {
    const auto* option = std::find_if(kOptions.begin(), kOptions.end(),
                                      [key](const Option& known) { return known.key == key; });
    if (option == kOptions.end()) return refuse_unknown(key);
    if ((option->kinds & bit(kind_)) == 0) return refuse_kind(key, option->kinds);
    const std::string at = child_pointer("", key);
    if (option->text != nullptr) {
      if (is_text(value, at)) options.*option->text = text_of(value);
    } else if (option->texts != nullptr) {
      read_texts(value, at, options.*option->texts);
    } else if (option->number != nullptr) {
      read_number(*option, value, at);
    } else if (option->flag != nullptr) {
      if (value.IsBool()) {
        options.*option->flag = value.GetBool();
      } else {
        refuse_type(at, "boolean", value);
      }
    } else {
      read_extras(value, at);
    }
  }

  bool is_text(const Value& value, const std::string& at) {
    if (!value.IsString()) {
      refuse_type(at, "string", value);
      return false;
    }
    if (value.GetStringLength() <= kMaxText) return true;
    refuse(at, {"長すぎます。", "This is too long."}, std::to_string(kMaxText) + " bytes",
           std::to_string(value.GetStringLength()) + " bytes");
    return false;
  }

  void read_texts(const Value& value, const std::string& at, std::vector<std::string>& into) {
    if (!value.IsArray()) return refuse_type(at, "array of strings", value);
    if (value.Size() > kMaxItems) {
      return refuse(at, {"多すぎます。", "These are too many."}, std::to_string(kMaxItems),
                    std::to_string(value.Size()));
    }
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      if (is_text(value[i], child_pointer(at, std::size_t{i})))
        into.emplace_back(text_of(value[i]));
    }
  }

  void read_number(const Option& option, const Value& value, const std::string& at) {
    const std::string expected = "integer from " + std::to_string(option.range.least) + " to " +
                                 std::to_string(option.range.most);
    if (!value.IsInt64()) return refuse_type(at, expected, value);
    const std::int64_t given = value.GetInt64();
    if (given < option.range.least || given > option.range.most) {
      return refuse(at, {"範囲の外です。", "This is out of range."}, expected,
                    std::to_string(given));
    }
    options.*option.number = given;
  }

  void read_extras(const Value& value, const std::string& at) {
    if (!value.IsObject()) return refuse_type(at, "object of strings", value);
    if (value.MemberCount() > kMaxItems) {
      return refuse(at, {"多すぎます。", "These are too many."}, std::to_string(kMaxItems),
                    std::to_string(value.MemberCount()));
    }
    for (const auto& extra : value.GetObject()) {
      if (!is_text(extra.value, child_pointer(at, text_of(extra.name)))) continue;
      options.default_extras.emplace_back(text_of(extra.name), text_of(extra.value));
    }
  }

  void refuse_unknown(std::string_view key) {
    std::vector<std::string_view> known;
    for (const Option& option : kOptions) {
      if ((option.kinds & bit(kind_)) != 0) known.push_back(option.key);
    }
    const std::string meant = key.size() > 100 ? std::string() : core::nearest(key, known);
    refuse(child_pointer("", key.substr(0, 100)), {"知らない項目です。", "This key is unknown."},
           "", "");
    if (meant.empty()) return;
    errors.back().hint = {"「" + meant + "」のことですか。", "Did you mean \"" + meant + "\"?"};
  }

  void refuse_kind(std::string_view key, unsigned kinds) {
    std::string owners;
    for (unsigned i = 0; i < 5; ++i) {
      if ((kinds & (1U << i)) == 0) continue;
      if (!owners.empty()) owners += ", ";
      owners += core::source_kind_name(static_cast<SourceKind>(i));
    }
    const std::string kind(core::source_kind_name(kind_));
    refuse(child_pointer("", key),
           {"この項目は種類 " + owners + " のもので、" + kind + " にはありません。",
            "This key belongs to sources of kind " + owners + ", not " + kind + "."},
           "", "");
  }

  void refuse_type(const std::string& at, std::string_view expected, const Value& value) {
    refuse(at, {"値の型が違います。", "The value has a wrong type."}, std::string(expected),
           std::string(json_type_name(value)));
  }

  void refuse(std::string at, core::LocalizedText message, std::string expected, std::string got) {
    core::ErrorDetail detail;
    detail.param = std::move(at);
    detail.message = std::move(message);
    detail.expected = std::move(expected);
    detail.got = std::move(got);
    errors.push_back(std::move(detail));
  }

  const Value& object_;
  SourceKind kind_;
};

tl::unexpected<core::Error> refuse_options(std::vector<core::ErrorDetail> details) {
  std::string places;
  for (const core::ErrorDetail& detail : details) {
    if (!places.empty()) places += ", ";
    places += detail.param.empty() ? "/" : detail.param;
  }
  auto failure = core::fail(
      ErrorCode::kInvalidArgument, "harvest-options",
      {"収集元のオプションに誤りがあります: " + places,
       "The options of the harvest source are wrong: " + places},
      {"--options の JSON を直してください。項目の一覧は docs/harvesting.md にあります。",
       "Correct the JSON of --options; docs/harvesting.md lists the keys."});
  failure.value().details = std::move(details);
  return failure;
}

}  // namespace

std::vector<std::string_view> source_option_keys() {
  std::vector<std::string_view> keys;
  for (const Option& option : kOptions) keys.push_back(option.key);
  return keys;
}

core::Result<SourceOptions> parse_source_options(std::string_view json, SourceKind kind) {
  constexpr JsonLimits kLimits = {.max_bytes = std::size_t{1024} * 1024, .max_depth = 8};
  const auto document = parse_json(json.empty() ? std::string_view("{}") : json, kLimits);
  core::ErrorDetail detail;
  if (!document) {
    detail.message = document.error().message;
    if (!document.error().details.empty()) detail.position = document.error().details[0].position;
    return refuse_options({std::move(detail)});
  }
  if (!document->IsObject()) {
    detail.message = {"オブジェクト {…} が必要です。", "An object {...} is expected."};
    detail.expected = "object";
    detail.got = json_type_name(*document);
    return refuse_options({std::move(detail)});
  }
  OptionReader reader(*document, kind);
  reader.read();
  if (!reader.errors.empty()) return refuse_options(std::move(reader.errors));
  return std::move(reader.options);
}

}  // namespace minato::formats
