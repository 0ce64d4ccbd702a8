#include "tabular/input/dialect.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

namespace minato::tabular {
namespace {

constexpr std::size_t kRecords = 200;
constexpr std::size_t kQuotedLines = 50;

// Line ends outside quotes decide; quotes are taken by parity, good enough for this question.
bool only_lone_crs(std::string_view text) {
  bool quoted = false;
  bool lone_cr = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '\n') return false;
    // The last byte may be the first half of CR LF.
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) lone_cr = true;
  }
  return lone_cr;
}

// Behind the closing quote of the cell that opens at `open`; open + 1 when it has none in sight.
std::size_t behind_quoted(std::string_view text, std::size_t open) {
  std::size_t lines = 0;
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '\n' && ++lines > kQuotedLines) break;
    if (text[at] != '"') continue;
    if (at + 1 < text.size() && text[at + 1] == '"') {
      ++at;
      continue;
    }
    return at + 1;
  }
  return open + 1;
}

// Cells per record; records without a character are left out, and the last one when it may be cut.
std::vector<std::size_t> widths(std::string_view text, const Dialect& dialect) {
  std::vector<std::size_t> counts;
  std::size_t width = 1;
  bool blank = true;
  bool cell_begins = true;
  for (std::size_t at = 0; at < text.size() && counts.size() < kRecords;) {
    const char c = text[at];
    if (c == '"' && cell_begins) {
      at = behind_quoted(text, at);
      cell_begins = false;
      blank = false;
      continue;
    }
    ++at;
    cell_begins = c == dialect.delimiter;
    if (cell_begins) {
      ++width;
    } else if (c == '\n' || (c == '\r' && dialect.cr_ends_records)) {
      if (!blank) counts.push_back(width);
      width = 1;
      blank = cell_begins = true;
    } else if (c != '\r' && c != ' ') {
      blank = false;
    }
  }
  if (!blank && counts.size() < 2) counts.push_back(width);
  return counts;
}

// The share of the records that have the most frequent number of cells; wider tables count more.
double regularity(const std::vector<std::size_t>& counts) {
  std::map<std::size_t, std::size_t> frequencies;
  for (const std::size_t width : counts) {
    if (width > 1) ++frequencies[width];
  }
  const auto most = std::max_element(
      frequencies.begin(), frequencies.end(),
      [](const auto& left, const auto& right) { return left.second < right.second; });
  if (most == frequencies.end()) return 0;
  const double share = static_cast<double>(most->second) / static_cast<double>(counts.size());
  return share * (1 + 0.15 * std::log2(static_cast<double>(most->first)));
}

// The X of a first line "sep=X"; 0: there is none.
char told_delimiter(std::string_view head) {
  constexpr std::string_view kSep = "sep=";
  if (!head.starts_with(kSep) || head.size() < kSep.size() + 2) return 0;
  const char after = head[kSep.size() + 1];
  return after == '\r' || after == '\n' ? head[kSep.size()] : '\0';
}

}  // namespace

Dialect sniff_dialect(std::string_view head) {
  Dialect best;
  best.cr_ends_records = only_lone_crs(head);
  if (const char told = told_delimiter(head); told != 0 && told != '"') {
    best.delimiter = told;
    best.says_delimiter = true;
    return best;
  }
  double best_score = 0;
  for (const char delimiter : {',', '\t', ';'}) {
    const Dialect dialect{delimiter, best.cr_ends_records};
    const double score = regularity(widths(head, dialect));
    if (score > best_score) {
      best_score = score;
      best.delimiter = delimiter;
    }
  }
  return best;
}

}  // namespace minato::tabular
