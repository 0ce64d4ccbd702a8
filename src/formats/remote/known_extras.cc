#include "formats/remote/known_extras.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/names.h"
#include "formats/json.h"

namespace minato::formats {
namespace {

using core::Dataset;

// The texts of a JSON list; of anything else the words between separators.
std::vector<std::string> words_of(std::string_view value) {
  std::vector<std::string> words;
  if (value.starts_with('[')) {
    if (const auto document = parse_json(value); document && document->IsArray()) {
      for (const auto& each : document->GetArray()) {
        if (each.IsString()) words.emplace_back(text_of(each));
        if (each.IsInt64()) words.push_back(std::to_string(each.GetInt64()));
      }
      return words;
    }
  }
  constexpr std::array<std::string_view, 5> kSeparators = {"、", ",", ";", "；", "\n"};
  while (!value.empty()) {
    std::size_t end = value.size();
    std::size_t next = end;
    for (const std::string_view separator : kSeparators) {
      const std::size_t found = value.find(separator);
      if (found >= end) continue;
      end = found;
      next = found + separator.size();
    }
    std::string_view word = value.substr(0, end);
    value.remove_prefix(next);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

std::string first_word(std::string_view value) {
  if (!value.starts_with('[')) return std::string(value);
  const std::vector<std::string> words = words_of(value);
  return words.empty() ? std::string() : words.front();
}

struct KnownExtra {
  std::string_view key;
  std::string& (*field)(Dataset&);
  bool is_label = false;  // of the portal: stays an extra
};

std::string& frequency(Dataset& d) { return d.frequency; }
std::string& license(Dataset& d) { return d.license_id; }
std::string& contact_name(Dataset& d) { return d.contact.name; }
std::string& contact_email(Dataset& d) { return d.contact.email; }
std::string& contact_phone(Dataset& d) { return d.contact.phone; }
std::string& contact_url(Dataset& d) { return d.contact.url; }

// The first that is given wins.
constexpr std::array kKnown = {
    KnownExtra{"frequency", frequency},
    KnownExtra{"accrual_periodicity", frequency},
    KnownExtra{"update_frequency", frequency},
    KnownExtra{"更新頻度", frequency, true},
    KnownExtra{"データ更新頻度", frequency, true},
    KnownExtra{"更新周期", frequency, true},
    KnownExtra{"作成頻度", frequency, true},
    KnownExtra{"language", [](Dataset& d) -> std::string& { return d.language; }},
    KnownExtra{"言語", [](Dataset& d) -> std::string& { return d.language; }, true},
    KnownExtra{"ライセンス", license, true},
    KnownExtra{"利用ライセンス", license, true},
    KnownExtra{"利用条件", license, true},
    KnownExtra{"title_kana", [](Dataset& d) -> std::string& { return d.title_kana; }},
    KnownExtra{"title_en", [](Dataset& d) -> std::string& { return d.title_en; }},
    KnownExtra{"notes_en", [](Dataset& d) -> std::string& { return d.notes_en; }},
    KnownExtra{"temporal_start", [](Dataset& d) -> std::string& { return d.temporal.start; }},
    KnownExtra{"temporal_end", [](Dataset& d) -> std::string& { return d.temporal.end; }},
    KnownExtra{"contact_name", contact_name},
    KnownExtra{"連絡先名称", contact_name, true},
    KnownExtra{"問い合わせ先", contact_name, true},
    KnownExtra{"問合せ先", contact_name, true},
    KnownExtra{"担当課", contact_name, true},
    KnownExtra{"連絡先", contact_name, true},
    KnownExtra{"contact_email", contact_email},
    KnownExtra{"連絡先メールアドレス", contact_email, true},
    KnownExtra{"メールアドレス", contact_email, true},
    KnownExtra{"contact_phone", contact_phone},
    KnownExtra{"連絡先電話番号", contact_phone, true},
    KnownExtra{"電話番号", contact_phone, true},
    KnownExtra{"contact_uri", contact_url},
    KnownExtra{"contact_url", contact_url},
};

// Keys whose values are lists of theme words.
constexpr std::array<std::pair<std::string_view, bool>, 6> kThemeKeys = {{{"theme", false},
                                                                          {"themes", false},
                                                                          {"分類", true},
                                                                          {"分野", true},
                                                                          {"カテゴリ", true},
                                                                          {"カテゴリー", true}}};

void take_texts(Dataset& dataset) {
  for (const KnownExtra& known : kKnown) {
    const auto extra =
        std::find_if(dataset.extras.begin(), dataset.extras.end(),
                     [&known](const core::Extra& each) { return each.key == known.key; });
    if (extra == dataset.extras.end()) continue;
    std::string& field = known.field(dataset);
    std::string value = first_word(extra->value);
    const bool is_free = field.empty();
    if (is_free) field = value;
    // Of two different words under keys of ours the second stays where it was.
    if (!known.is_label && (is_free || field == value)) dataset.extras.erase(extra);
  }
}

void take_themes(Dataset& dataset) {
  for (const auto& [key, is_label] : kThemeKeys) {
    const auto extra =
        std::find_if(dataset.extras.begin(), dataset.extras.end(),
                     [key = key](const core::Extra& each) { return each.key == key; });
    if (extra == dataset.extras.end()) continue;
    for (std::string& word : words_of(extra->value)) {
      if (std::find(dataset.themes.begin(), dataset.themes.end(), word) == dataset.themes.end()) {
        dataset.themes.push_back(std::move(word));
      }
    }
    if (!is_label) dataset.extras.erase(extra);
  }
}

// Only codes; a list with anything else in it stays an extra.
void take_spatial(Dataset& dataset) {
  const auto extra =
      std::find_if(dataset.extras.begin(), dataset.extras.end(),
                   [](const core::Extra& each) { return each.key == "spatial_codes"; });
  if (extra == dataset.extras.end() || !dataset.spatial.empty()) return;
  std::vector<std::string> codes = words_of(extra->value);
  const bool are_codes = std::all_of(codes.begin(), codes.end(), [](const std::string& code) {
    return core::check_municipality_code(code, "").empty();
  });
  if (!are_codes) return;
  dataset.spatial = std::move(codes);
  dataset.extras.erase(extra);
}

}  // namespace

void take_known_extras(Dataset& dataset) {
  take_texts(dataset);
  take_themes(dataset);
  take_spatial(dataset);
}

}  // namespace minato::formats
