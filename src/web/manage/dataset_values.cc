#include "web/manage/dataset_values.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/vocabularies.h"
#include "text/blanks.h"

namespace minato::web {
namespace {

// Fields that are one text of the dataset.
struct TextField {
  std::string_view field;
  std::string_view pointer;
  std::string& (*text)(core::Dataset&);
};

constexpr std::array<TextField, 12> kTexts = {{
    {"title", "/title", [](core::Dataset& d) -> std::string& { return d.title; }},
    {"notes", "/notes", [](core::Dataset& d) -> std::string& { return d.notes; }},
    {"organization", "/owner_org", [](core::Dataset& d) -> std::string& { return d.owner_org; }},
    {"license", "/license_id", [](core::Dataset& d) -> std::string& { return d.license_id; }},
    {"frequency", "/frequency", [](core::Dataset& d) -> std::string& { return d.frequency; }},
    {"period_start", "/temporal/start",
     [](core::Dataset& d) -> std::string& { return d.temporal.start; }},
    {"period_end", "/temporal/end",
     [](core::Dataset& d) -> std::string& { return d.temporal.end; }},
    {"contact_name", "/contact/name",
     [](core::Dataset& d) -> std::string& { return d.contact.name; }},
    {"contact_email", "/contact/email",
     [](core::Dataset& d) -> std::string& { return d.contact.email; }},
    {"contact_phone", "/contact/phone",
     [](core::Dataset& d) -> std::string& { return d.contact.phone; }},
    {"contact_url", "/contact/url", [](core::Dataset& d) -> std::string& { return d.contact.url; }},
    {"name", "/name", [](core::Dataset& d) -> std::string& { return d.name; }},
}};

constexpr std::string_view kTagMark = "、";
constexpr std::array<std::string_view, 6> kTagMarks = {"、", "，", ",", ";", "；", "\n"};

bool is_listed_theme(std::string_view code) {
  const auto& themes = core::themes();
  return std::any_of(themes.begin(), themes.end(),
                     [code](const core::Theme& theme) { return theme.code == code; });
}

std::string joined(const std::vector<std::string>& items, std::string_view mark) {
  std::string out;
  for (const std::string& item : items) {
    if (!out.empty()) out += mark;
    out += item;
  }
  return out;
}

std::string themes_text(const std::vector<std::string>& chosen) {
  std::vector<std::string> listed;
  for (const core::Theme& theme : core::themes()) {
    if (std::find(chosen.begin(), chosen.end(), theme.code) != chosen.end()) {
      listed.push_back(theme.code);
    }
  }
  return joined(listed, " ");
}

void apply_themes(std::string_view text, core::Dataset& dataset) {
  std::erase_if(dataset.themes, is_listed_theme);
  for (const core::Theme& theme : core::themes()) {
    if ((" " + std::string(text) + " ").find(" " + theme.code + " ") != std::string::npos) {
      dataset.themes.push_back(theme.code);
    }
  }
}

void apply_tags(std::string_view text, core::Dataset& dataset) {
  std::erase_if(dataset.tags, [](const core::Tag& tag) { return tag.vocabulary_id.empty(); });
  for (std::string& name : split_tags(text)) {
    dataset.tags.push_back({"", std::move(name), ""});
  }
}

}  // namespace

const std::vector<std::string>& dataset_fields() {
  static const std::vector<std::string> fields = {
      "title",         "notes",         "organization", "license",    "themes",
      "tags",          "frequency",     "period_start", "period_end", "contact_name",
      "contact_email", "contact_phone", "contact_url",  "name"};
  return fields;
}

FormValues values_of(const core::Dataset& dataset) {
  FormValues values;
  core::Dataset copy = dataset;
  for (const TextField& field : kTexts) {
    values[std::string(field.field)] = plain_text(field.text(copy));
  }
  values["themes"] = themes_text(dataset.themes);
  std::vector<std::string> tags;
  for (const core::Tag& tag : dataset.tags) {
    if (tag.vocabulary_id.empty()) tags.push_back(tag.name);
  }
  values["tags"] = joined(tags, kTagMark);
  return values;
}

FormValues values_of(const FormBody& form) {
  FormValues values;
  for (const TextField& field : kTexts) {
    values[std::string(field.field)] = form.text(field.field);
  }
  values["themes"] = themes_text(form.texts_of("themes[]"));
  values["tags"] = joined(split_tags(form.text("tags")), kTagMark);
  return values;
}

void apply_values(const FormValues& values, core::Dataset& dataset) {
  const auto value = [&values](std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
  for (const TextField& field : kTexts) field.text(dataset) = value(field.field);
  apply_themes(value("themes"), dataset);
  apply_tags(value("tags"), dataset);
}

std::vector<std::string> split_tags(std::string_view text) {
  std::vector<std::string> tags;
  std::string tag;
  const auto end_tag = [&] {
    std::string trimmed(text::trimmed(tag));
    tag.clear();
    if (trimmed.empty() || std::find(tags.begin(), tags.end(), trimmed) != tags.end()) return;
    tags.push_back(std::move(trimmed));
  };
  while (!text.empty()) {
    const auto mark = std::find_if(kTagMarks.begin(), kTagMarks.end(),
                                   [text](std::string_view m) { return text.starts_with(m); });
    if (mark == kTagMarks.end()) {
      tag += text.front();
      text.remove_prefix(1);
    } else {
      end_tag();
      text.remove_prefix(mark->size());
    }
  }
  end_tag();
  return tags;
}

std::string field_of(std::string_view pointer) {
  for (const TextField& field : kTexts) {
    if (pointer == field.pointer) return std::string(field.field);
  }
  if (pointer.starts_with("/themes")) return "themes";
  return pointer.starts_with("/tags") ? "tags" : "";
}

}  // namespace minato::web
