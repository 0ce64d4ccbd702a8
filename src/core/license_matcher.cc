// find_license(): from what publishers write to a licence of the list.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/licenses.h"
#include "core/utf8.h"
#include "core/word_characters.h"

namespace minato::core {
namespace {

constexpr std::size_t kMaxTextBytes = 2000;

// Lower case, full-width ASCII as ASCII, only letters and digits: "CC-BY-4.0", "ＣＣ ＢＹ ４．０"
// and "cc-by-40" are one spelling. Dashes and dots go, and so does "・".
std::string key_of(std::string_view raw) {
  std::string key;
  for (std::size_t offset = 0; offset < raw.size();) {
    const auto read = next_code_point(raw, offset);
    if (!read) {
      ++offset;
      continue;
    }
    char32_t c = *read;
    if (c >= U'！' && c <= U'～') c -= 0xFEE0;
    if (c >= U'A' && c <= U'Z') c += 0x20;
    if (c != U'_' && c != U'ー' && is_word_character(c)) append_utf8(key, c);
    if (c == U'ー') append_utf8(key, c);
  }
  return key;
}

// Without scheme, "www." and the slashes at the end, in lower case.
std::string url_key(std::string_view url) {
  std::string key(url);
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const std::string_view prefix : {"https://", "http://", "www."}) {
    if (key.starts_with(prefix)) key.erase(0, prefix.size());
  }
  while (key.ends_with('/')) key.pop_back();
  return key;
}

const License* by_id(std::string_view id) {
  const auto& list = licenses();
  const auto found = std::find_if(list.begin(), list.end(),
                                  [id](const License& license) { return license.id == id; });
  return found == list.end() ? nullptr : &*found;
}

using Index = std::map<std::string, const License*, std::less<>>;

Index make_index() {
  Index index;
  for (const License& license : licenses()) {
    index.emplace(key_of(license.id), &license);
    index.emplace(key_of(license.title.ja), &license);
    index.emplace(key_of(license.title.en), &license);
    for (const std::string& alias : license.aliases) index.emplace(key_of(alias), &license);
  }
  return index;
}

// "creativecommons.org/licenses/by/2.1/jp/deed.ja", and the pages of other licences.
const License* by_url(std::string_view url) {
  const std::string key = url_key(url);
  for (const License& license : licenses()) {
    const std::string wanted = url_key(license.url);
    if (wanted.empty() || !key.starts_with(wanted)) continue;
    const std::string_view rest = std::string_view(key).substr(wanted.size());
    // What may follow is a page in some language; another path segment is another licence
    // (by/2.1/fr).
    if (rest.empty() || rest.starts_with("/deed") || rest.starts_with("/legalcode") ||
        rest[0] == '#' || rest[0] == '?') {
      return &license;
    }
  }
  return nullptr;
}

struct Word {
  std::string_view text;  // as in key_of()
  char element;           // b(y), s(a), n(c), d: no derivatives
};
constexpr std::array kWords = {Word{"noncommercial", 'n'},
                               Word{"noderivatives", 'd'},
                               Word{"noderivs", 'd'},
                               Word{"sharealike", 's'},
                               Word{"attribution", 'b'},
                               Word{"改変禁止", 'd'},
                               Word{"非営利", 'n'},
                               Word{"継承", 's'},
                               Word{"表示", 'b'},
                               Word{"by", 'b'},
                               Word{"nc", 'n'},
                               Word{"nd", 'd'},
                               Word{"sa", 's'}};

// Reads the licence that begins behind "cc" or "クリエイティブコモンズ": its elements, its version
// and its jurisdiction. nullopt: no element follows, so the text only talks about Creative Commons.
std::optional<std::string> read_creative_commons(std::string_view& text) {
  std::set<char> elements;
  for (const std::string_view filler : {"ライセンス", "license", "licence"}) {
    if (text.starts_with(filler)) text.remove_prefix(filler.size());
  }
  for (const Word* word = kWords.begin(); word != kWords.end();) {
    // The name is often given twice: "表示（CC BY）4.0".
    if (!elements.empty() && text.starts_with("cc")) text.remove_prefix(2);
    if (text.starts_with(word->text)) {
      elements.insert(word->element);
      text.remove_prefix(word->text.size());
      word = kWords.begin();
    } else {
      ++word;
    }
  }
  if (elements.empty()) return std::nullopt;
  std::string version;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && version.size() < 2) {
    version += text.front();
    text.remove_prefix(1);
  }
  const bool japan = text.starts_with("jp") || text.starts_with("日本");
  std::string id = "CC-BY";
  if (elements.contains('n')) id += "-NC";
  if (elements.contains('d')) id += "-ND";
  if (elements.contains('s')) id += "-SA";
  if (version.empty()) return id;
  id += "-" + version.substr(0, 1) + "." + (version.size() > 1 ? version.substr(1) : "0");
  return japan && version != "40" && version != "4" ? id + "-JP" : id;
}

// A Creative Commons licence without version is CKAN's stock one, where CKAN has it.
const License* without_version(std::string_view id) {
  if (id == "CC-BY") return by_id("cc-by");
  if (id == "CC-BY-SA") return by_id("cc-by-sa");
  if (id.starts_with("CC-BY-NC")) return by_id("cc-nc");
  return nullptr;
}

// Every licence that a sentence names; an unknown one is nullptr.
std::set<const License*> named_in(std::string_view key) {
  std::set<const License*> found;
  for (std::size_t i = 0; i < key.size(); ++i) {
    std::string_view rest = key.substr(i);
    for (const std::string_view start : {"クリエイティブコモンズ", "creativecommons", "cc"}) {
      if (!rest.starts_with(start)) continue;
      rest.remove_prefix(start.size());
      if (rest.starts_with("0") || rest.starts_with("zero")) {
        found.insert(by_id("cc-zero"));
      } else if (const auto id = read_creative_commons(rest)) {
        const bool versioned = id->back() != 'Y' && id->find('.') != std::string::npos;
        found.insert(versioned ? by_id(*id) : without_version(*id));
      }
      i = key.size() - rest.size() - 1;
      break;
    }
  }
  if (key.find("公共データ利用規約") != std::string_view::npos) {
    const bool first = key.find("10") != std::string_view::npos;
    found.insert(first ? by_id("PDL-1.0") : nullptr);
  }
  if (key.find("政府標準利用規約") != std::string_view::npos) {
    const bool second = key.find("20") != std::string_view::npos;
    found.insert(second ? by_id("GJSTU-2.0") : nullptr);
  }
  return found;
}

}  // namespace

const License* find_license(std::string_view raw) {
  static const Index index = make_index();
  if (raw.empty() || raw.size() > kMaxTextBytes) return nullptr;
  const std::string key = key_of(raw);
  if (const auto exact = index.find(key); exact != index.end()) return exact->second;
  const std::size_t url = raw.find("://");
  if (url != std::string_view::npos) {
    const std::size_t begin = raw.rfind("http", url);
    if (begin == std::string_view::npos) return nullptr;
    const std::string_view rest = raw.substr(begin);
    return by_url(rest.substr(0, rest.find_first_of(" \t\r\n\"'<>)")));
  }
  const std::set<const License*> found = named_in(key);
  return found.size() == 1 ? *found.begin() : nullptr;
}

}  // namespace minato::core
