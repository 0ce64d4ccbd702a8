#include "service/harvest/normalize.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/dataset_extras.h"
#include "core/names.h"
#include "core/url.h"
#include "core/utf8.h"
#include "formats/json_texts.h"
#include "service/harvest/extras.h"
#include "service/harvest/resource.h"
#include "service/harvest/tags.h"
#include "service/harvest/vocabulary.h"
#include "text/blanks.h"
#include "text/utf8.h"

namespace minato::service {

namespace {

using core::Dataset;

constexpr std::size_t kMaxList = 1'000;

class Normalizer {
 public:
  Normalizer(Dataset& dataset, const formats::SourceOptions& options)
      : dataset_(dataset), options_(options) {}

  void run() {
    forget_foreign_fields();
    take_fields();
    read_texts();
    read_contacts();
    const std::string title = take_extra(dataset_.extras, "license_title");
    const std::string url = take_extra(dataset_.extras, "license_url");
    if (const auto told =
            formats::read_json_texts(take_extra(dataset_.extras, "harvest_repairs"))) {
      repairs_.take(*told);
    }
    clean_extras(dataset_.extras, repairs_);
    read_resources();
    choose_license({dataset_.license_id, title, url});
    choose_frequency();
    choose_themes();
    read_dates();
    read_spatial();
    dataset_.language = read_language(dataset_.language);
    dataset_.tags = read_tags(dataset_.tags, options_.default_tags, repairs_);
    add_defaults();
    if (!repairs_.empty()) {
      set_extra(dataset_.extras, "harvest_repairs", formats::write_json_texts(repairs_.notes()));
    }
  }

 private:
  // What is the business of this catalogue alone.
  void forget_foreign_fields() {
    dataset_.id.clear();
    dataset_.owner_org.clear();
    dataset_.creator_user_id.clear();
    dataset_.state = core::State::kActive;
    dataset_.is_private = false;
    dataset_.groups = options_.default_groups;
  }

  // Fields that CKAN keeps as extras, unless the source filled them itself.
  void take_fields() {
    Dataset fields;
    fields.extras = std::exchange(dataset_.extras, {});
    core::take_fields_from_extras(fields);
    for (core::Extra& extra : fields.extras) {
      if (extra.key == "theme" && dataset_.themes.empty()) {
        if (auto list = formats::read_json_texts(extra.value)) {
          dataset_.themes = std::move(*list);
          continue;
        }
      }
      if ((extra.key == "更新頻度" || extra.key == "update_frequency" ||
           extra.key == "accrual_periodicity") &&
          dataset_.frequency.empty()) {
        fields.frequency = extra.value;
      }
      dataset_.extras.push_back(std::move(extra));
    }
    for (const auto member : {&Dataset::title_kana, &Dataset::title_en, &Dataset::notes_en,
                              &Dataset::frequency, &Dataset::language}) {
      if ((dataset_.*member).empty()) dataset_.*member = std::move(fields.*member);
    }
    if (dataset_.themes.empty()) dataset_.themes = std::move(fields.themes);
    if (dataset_.spatial.empty()) dataset_.spatial = std::move(fields.spatial);
    if (dataset_.temporal == core::Period{}) dataset_.temporal = std::move(fields.temporal);
    if (dataset_.contact == core::Contact{}) dataset_.contact = std::move(fields.contact);
  }

  void line(std::string& text, const char* what, std::size_t length = core::kMaxTitleLength) {
    text = clean_text(text, TextShape::kLine);
    const std::string_view kept = first_code_points(text, length);
    if (kept.size() == text.size()) return;
    repairs_.dropped(what, std::string_view(text).substr(kept.size()));
    text = text::trimmed(kept);
  }

  void long_text(std::string& text, const char* what) {
    text = clean_text(text, TextShape::kText);
    if (text.size() <= core::kMaxTextBytes) return;
    const std::string_view kept = text::truncated(text, core::kMaxTextBytes);
    repairs_.dropped(what, std::string_view(text).substr(kept.size()));
    text = kept;
  }

  void url(std::string& text, const char* what) {
    const std::string raw = text;
    if (!clean_link(text)) repairs_.dropped(what, raw);
  }

  void email(std::string& text, const char* what) {
    std::string raw = clean_text(narrowed(text), TextShape::kLine);
    if (lower_ascii(raw.substr(0, 7)) == "mailto:") raw.erase(0, 7);
    const auto addresses = split_text(raw, ",; ");
    text = addresses.empty() ? std::string() : addresses.front();
    if (addresses.size() > 1 || !core::check_email(text, "").empty()) {
      repairs_.dropped(what, raw);
      if (!core::check_email(text, "").empty()) text.clear();
    }
  }

  void read_texts() {
    line(dataset_.name, "name");
    line(dataset_.title, "title");
    if (dataset_.title.empty()) dataset_.title = dataset_.name;
    line(dataset_.title_kana, "title_kana");
    line(dataset_.title_en, "title_en");
    long_text(dataset_.notes, "notes");
    long_text(dataset_.notes_en, "notes_en");
    line(dataset_.version, "version", core::kMaxVersionLength);
    line(dataset_.author, "author");
    line(dataset_.maintainer, "maintainer");
    line(dataset_.license_id, "license");
    line(dataset_.frequency, "frequency");
    line(dataset_.language, "language");
    url(dataset_.url, "url");
  }

  void read_contacts() {
    email(dataset_.author_email, "author_email");
    email(dataset_.maintainer_email, "maintainer_email");
    email(dataset_.contact.email, "contact_email");
    line(dataset_.contact.name, "contact_name");
    line(dataset_.contact.phone, "contact_phone");
    url(dataset_.contact.url, "contact_uri");
  }

  void read_resources() {
    auto& resources = dataset_.resources;
    if (resources.size() > core::kMaxResources) {
      repairs_.dropped("resources", std::to_string(resources.size() - core::kMaxResources));
      resources.resize(core::kMaxResources);
    }
    for (core::Resource& resource : resources) normalize_resource(resource, repairs_);
    if (dataset_.title.empty() && !resources.empty()) dataset_.title = resources.front().name;
  }

  // The licence that all resources share is the dataset's when it names none itself.
  [[nodiscard]] std::string license_of_resources() const {
    std::string shared;
    for (const core::Resource& resource : dataset_.resources) {
      if (resource.license_id.empty() || (!shared.empty() && shared != resource.license_id)) {
        return {};
      }
      shared = resource.license_id;
    }
    return shared;
  }

  void choose_license(const std::array<std::string, 3>& raw) {
    std::string words;
    std::string id;
    for (const std::string& text : raw) {
      const std::string clean = clean_text(text, TextShape::kLine);
      if (words.empty()) words = clean;
      if (id.empty()) id = read_license(clean);
    }
    // "cc-by" names no version; the title or the URL beside it may.
    if (id == "cc-by" || id == "cc-by-sa") {
      const std::string by_url = read_license(raw[2]);
      const std::string by_title = by_url.empty() ? read_license(raw[1]) : by_url;
      if (!by_title.empty()) id = by_title;
    }
    if (id.empty() && words.empty()) id = license_of_resources();
    if (id.empty()) id = read_license(options_.default_license);
    dataset_.license_id = id.empty() ? "notspecified" : id;
    if (words != dataset_.license_id) set_extra(dataset_.extras, "raw_license", words);
    for (core::Resource& resource : dataset_.resources) {
      if (resource.license_id == dataset_.license_id) resource.license_id.clear();
    }
  }

  void choose_frequency() {
    const std::string raw = dataset_.frequency;
    dataset_.frequency = read_frequency(raw);
    if (dataset_.frequency != raw) set_extra(dataset_.extras, "raw_frequency", raw);
    if (dataset_.frequency.empty()) {
      dataset_.frequency = read_frequency(options_.default_frequency);
    }
  }

  void choose_themes() {
    std::vector<std::string> raw;
    for (const std::string& words : dataset_.themes) {
      if (raw.size() < kMaxList) raw.push_back(clean_text(words, TextShape::kLine));
    }
    std::erase(raw, std::string());
    dataset_.themes = codes_of(raw);
    if (dataset_.themes != raw) {
      set_extra(dataset_.extras, "raw_themes", formats::write_json_texts(raw));
    }
    if (dataset_.themes.empty()) dataset_.themes = codes_of(options_.default_themes);
  }

  static std::vector<std::string> codes_of(const std::vector<std::string>& words) {
    std::vector<std::string> codes;
    for (const std::string& raw : words) {
      for (std::string& code : read_themes(raw)) {
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
          codes.push_back(std::move(code));
        }
      }
    }
    return codes;
  }

  void read_dates() {
    for (auto* date : {&dataset_.temporal.start, &dataset_.temporal.end}) {
      auto read = read_date(*date);
      if (!read) repairs_.dropped("temporal", *date);
      *date = read.value_or("");
    }
  }

  void read_spatial() {
    std::vector<std::string> codes;
    for (const std::string& raw : dataset_.spatial) {
      auto code = read_municipality(raw);
      if (!code) {
        repairs_.dropped("spatial", raw);
      } else if (codes.size() < kMaxList &&
                 std::find(codes.begin(), codes.end(), *code) == codes.end()) {
        codes.push_back(std::move(*code));
      }
    }
    dataset_.spatial = std::move(codes);
  }

  void add_defaults() {
    for (const auto& [key, value] : options_.default_extras) {
      if (extra_of(dataset_.extras, key).empty()) set_extra(dataset_.extras, key, value);
    }
  }

  Dataset& dataset_;
  const formats::SourceOptions& options_;
  Repairs repairs_;
};

}  // namespace

void normalize_harvested(Dataset& dataset, const formats::SourceOptions& options) {
  Normalizer(dataset, options).run();
}

}  // namespace minato::service
