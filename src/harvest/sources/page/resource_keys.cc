#include "harvest/sources/page/resource_keys.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/sha256.h"
#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/plain_text.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxKeyBytes = 120;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string shortened(std::string text) {
  if (text.size() <= kMaxKeyBytes) return text;
  const std::string hash = core::sha256_hex(text).substr(0, 12);
  return std::string(text::truncated(text, kMaxKeyBytes)) + "-" + hash;
}

// What the file is called, its form apart: 080803(UTF-8) -> 080803.
std::string without_form(std::string_view stem) {
  std::string spaced(stem);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  return read_link_text(spaced).name;
}

// Names given by content systems (0000012345, 1234_5678_misc, a3f9c0d2e1) change with every upload.
bool is_telling(const std::string& name) {
  static constexpr std::array<std::string_view, 16> kEmpty = {
      "file", "files",    "data",   "attachment", "attach",   "document", "documents", "misc",
      "doc",  "download", "upload", "uploads",    "contents", "img",      "csv",       "view"};
  std::string word;
  std::size_t letters = 0;
  std::size_t hex_digits = 0;
  for (const char c : name + " ") {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) return true;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
      continue;
    }
    const bool hex =
        word.size() >= 8 && word.find_first_not_of("0123456789abcdef") == std::string::npos;
    hex_digits += hex ? word.size() : 0;
    const bool known = std::find(kEmpty.begin(), kEmpty.end(), word) != kEmpty.end();
    if (!hex && !known) {
      letters += static_cast<std::size_t>(
          std::count_if(word.begin(), word.end(), [](char l) { return l >= 'a' && l <= 'z'; }));
    }
    word.clear();
  }
  return letters >= 2;
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text::fold(text)) {
    const char plain = c == ' ' || c == '_' ? '-' : c;
    if (plain == '-' && (out.empty() || out.back() == '-')) continue;
    out += plain;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

// A link in pieces: what stays, and the editions its parts tell.
struct Piece {
  std::string plain;  // key without edition
  std::string by_file;
  std::string by_words;
  std::string by_folder;
  std::string words;  // edition-free
  std::string key;
};

Piece piece_of(const FileLink& link, std::string_view organization) {
  Piece piece;
  EditionRules file_rules;
  file_rules.file_name = true;
  file_rules.organization = organization;
  const EditionSplit file = split_edition(without_form(link.stem), file_rules);
  piece.by_file = file.edition;
  const std::string stem = squeezed(file.rest);
  const EditionSplit name = split_edition(link.text.name);
  const EditionSplit label = split_edition(link.label);
  const EditionSplit heading = split_edition(link.heading);
  piece.by_words = name.edition + label.edition + heading.edition;
  piece.words = squeezed(name.rest.empty() ? label.rest : name.rest);
  if (!heading.rest.empty()) piece.words += "/" + squeezed(heading.rest);
  const std::string_view folder =
      std::string_view(link.url).substr(0, std::min(link.url.size(), link.url.rfind('/')));
  piece.by_folder = split_edition(folder, file_rules).edition;
  std::string main = is_telling(stem) ? stem : piece.words;
  while (main.starts_with('/')) main.erase(0, 1);
  piece.plain = shortened(main.empty() ? "file" : main);
  if (!link.format.empty()) piece.plain += "." + lower(link.format);
  if (!link.text.encoding.empty()) piece.plain += ";" + link.text.encoding;
  return piece;
}

using Group = std::vector<std::size_t>;  // places of links that come to the same key

// Gives the newest the plain key and the others their edition; false when these marks do not tell
// all of them apart.
bool order_by(const Group& group, std::vector<Piece>& pieces, std::string Piece::*edition) {
  std::set<std::string> editions;
  for (const std::size_t i : group) editions.insert(pieces[i].*edition);
  if (editions.size() != group.size()) return false;
  const std::string newest = editions.contains("") ? *editions.begin() : *editions.rbegin();
  for (const std::size_t i : group) {
    Piece& piece = pieces[i];
    piece.key = piece.*edition == newest ? piece.plain : piece.plain + "@" + piece.*edition;
  }
  return true;
}

bool order(const Group& group, std::vector<Piece>& pieces) {
  return order_by(group, pieces, &Piece::by_file) || order_by(group, pieces, &Piece::by_words) ||
         order_by(group, pieces, &Piece::by_folder);
}

// By their editions; else by their words, and then by editions; at last by URL.
void tell_apart(const Group& group, std::vector<Piece>& pieces,
                const std::vector<FileLink>& links) {
  if (order(group, pieces)) return;
  std::map<std::string, Group> by_words;
  for (const std::size_t i : group) by_words[pieces[i].words].push_back(i);
  for (const auto& [words, alike] : by_words) {
    for (const std::size_t i : alike) pieces[i].plain += "#" + shortened(words);
    if (order(alike, pieces)) continue;
    for (const std::size_t i : alike) {
      pieces[i].key = pieces[i].plain + "#" + core::sha256_hex(links[i].url).substr(0, 12);
    }
  }
}

}  // namespace

std::vector<ResourceKey> resource_keys(const std::vector<FileLink>& links,
                                       std::string_view organization) {
  std::vector<Piece> pieces;
  std::map<std::string, Group> groups;
  for (const FileLink& link : links) {
    pieces.push_back(piece_of(link, organization));
    groups[pieces.back().plain].push_back(pieces.size() - 1);
  }
  for (const auto& [plain, group] : groups) tell_apart(group, pieces, links);
  std::vector<ResourceKey> out;
  std::map<std::string, std::size_t> times;
  for (const Piece& piece : pieces) {
    ResourceKey key{piece.key, piece.by_file};
    if (key.edition.empty()) key.edition = piece.by_words;
    if (const std::size_t before = times[key.key]++; before > 0) {
      key.key += "#" + std::to_string(before + 1);
    }
    out.push_back(std::move(key));
  }
  return out;
}

}  // namespace minato::harvest
