#include "tabular/shape/header.h"

#include <algorithm>
#include <cstdlib>

#include "text/blanks.h"
#include "text/numerals.h"

namespace minato::tabular {
namespace {

using Records = std::span<const SeenRecord* const>;
using text::trimmed;

std::string_view cell(const SeenRecord& seen, std::size_t column) {
  const auto& cells = seen.record.cells;
  return column < cells.size() ? trimmed(cells[column].text) : std::string_view();
}

// A label of its own: not a copy of a merged range's first cell.
bool has_label(const SeenRecord& seen, std::size_t column) {
  return !cell(seen, column).empty() && !seen.record.cells[column].filled;
}

std::size_t width_of(const SeenRecord& seen) {
  return static_cast<std::size_t>(seen.outline.last + 1);
}

std::string_view first_text(const SeenRecord& seen) {
  return cell(seen, static_cast<std::size_t>(seen.outline.first));
}

int widest(Records records) {
  int count = 0;
  for (const SeenRecord* seen : records) {
    count = std::max(count, seen->outline.count);
  }
  return count;
}

std::size_t run_length(Records records) {
  std::size_t length = 1;
  while (length < records.size() && !records[length]->gap) {
    ++length;
  }
  return length;
}

// Columns that hold something in any of the records.
int coverage(Records records) {
  std::vector<bool> used;
  for (const SeenRecord* seen : records) {
    used.resize(std::max(used.size(), width_of(*seen)));
    for (std::size_t i = 0; i < width_of(*seen); ++i) {
      used[i] = used[i] || !cell(*seen, i).empty();
    }
  }
  return static_cast<int>(std::count(used.begin(), used.end(), true));
}

bool has_no_header(Records records);

// ---- Above the header

bool only_right_hand_notes(const SeenRecord& seen) {
  for (std::size_t i = static_cast<std::size_t>(seen.outline.first) + 1; i < width_of(seen); ++i) {
    if (!cell(seen, i).empty() && !is_unit_or_date_note(cell(seen, i))) {
      return false;
    }
  }
  return true;
}

// The number of records at the begin of `records` that are notes together; 0: the table begins.
std::size_t notes_at(Records records) {
  const SeenRecord& seen = *records[0];
  const Records rest = records.subspan(1);
  const int width = widest(rest);
  if (rest.empty() || width < 2) {
    return 0;
  }
  if (seen.outline.count == 1) {
    // Or the header of two columns of which one has no name.
    const bool header = width == 2 && !records[1]->gap && has_no_header(rest);
    return header ? 0 : 1;
  }
  if (seen.outline.count <= 3 && width > seen.outline.count && only_right_hand_notes(seen)) {
    return 1;
  }
  const std::size_t run = run_length(records);
  if (run == records.size() || run > 12) {
    return 0;
  }
  const int covered = coverage(records.first(run));
  const int below = widest(records.subspan(run));
  return (covered <= 2 && below >= 5) || covered * 4 <= below ? run : 0;
}

int left_edge(Records records) {
  int edge = records[0]->outline.first;
  for (const SeenRecord* seen : records) {
    edge = std::min(edge, seen->outline.first);
  }
  return edge;
}

// A single column: a line set apart from the records below it is a title.
bool is_title_of_list(Records records) {
  return records.size() >= 3 && widest(records) == 1 && records[1]->gap && !records[2]->gap;
}

void plan_above(Records records, HeadPlan& plan) {
  std::size_t notes = 0;
  if (is_title_of_list(records)) {
    notes = 1;
  }
  while (plan.above + 1 < records.size() && notes == 0) {
    const std::size_t more = notes_at(records.subspan(plan.above));
    if (more == 0) {
      break;
    }
    plan.above += more;
  }
  plan.above += notes;
  const int edge = left_edge(records.subspan(plan.above));
  for (std::size_t i = 0; i < plan.above; ++i) {
    const SeenRecord& seen = *records[i];
    const bool leads = seen.outline.first <= std::max(edge, 0);
    if (leads && only_right_hand_notes(seen) && !is_note(first_text(seen)) &&
        !is_unit_or_date_note(first_text(seen))) {
      plan.title = clean_label(first_text(seen));
    }
  }
}

// ---- LinkData

bool begins_with_hash(const SeenRecord& seen) {
  return seen.outline.first == 0 && first_text(seen).starts_with('#');
}

bool plan_preamble(Records records, HeadPlan& plan) {
  std::size_t at = 0;
  while (at < records.size() && begins_with_hash(*records[at])) {
    if (first_text(*records[at]) == "#property") {
      break;
    }
    ++at;
  }
  if (at == records.size() || first_text(*records[at]) != "#property") {
    return false;
  }
  plan.preamble = at > 0;
  plan.above = at;
  plan.header = 1;
  while (at + 1 + plan.between < records.size() &&
         begins_with_hash(*records[at + 1 + plan.between])) {
    ++plan.between;
  }
  return true;
}

// ---- No header

// Digits as 9, letters as A, runs as one: "045-123" and "0467-1" are "9-9".
std::string signature(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 64)) {
    const auto byte = static_cast<unsigned char>(c);
    char kind = c;
    if (c >= '0' && c <= '9') {
      kind = '9';
    } else if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      kind = 'A';
    }
    if (out.empty() || out.back() != kind || (kind != '9' && kind != 'A')) {
      out += kind;
    }
  }
  return out;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_figure(Look look) { return look == Look::kNumeric || look == Look::kCode; }

// Years or running numbers across: labels of a table with time along the top.
bool is_series(const SeenRecord& seen) {
  int years = 0;
  int steps = 0;
  int figures = 0;
  std::string previous;
  for (std::size_t i = 0; i < width_of(seen); ++i) {
    const Look look = look_of(cell(seen, i));
    years += look == Look::kYear ? 1 : 0;
    if (look != Look::kYear && !is_figure(look)) {
      continue;
    }
    ++figures;
    const std::string now(cell(seen, i));
    const bool integers = has_digit(now) && now.size() < 5 && previous.size() < 5;
    steps +=
        integers && !previous.empty() && std::atoi(now.c_str()) == std::atoi(previous.c_str()) + 1
            ? 1
            : 0;
    previous = now;
  }
  const bool labelled = figures < seen.outline.count;
  return figures >= 2 && (years == figures || (labelled && steps == figures - 1));
}

struct Evidence {
  int same = 0;      // columns where the first record looks as those below
  int contrast = 0;  // columns where it holds a word and they hold figures
};

void weigh_column(std::string_view first, Records below, std::size_t column, Evidence& evidence) {
  const Look look = look_of(first);
  const std::string sign = signature(first);
  int held = 0;
  int alike = 0;
  int equal = 0;
  int figures = 0;
  for (const SeenRecord* seen : below) {
    const std::string_view text = cell(*seen, column);
    const Look other = look_of(text);
    if (other == Look::kEmpty || other == Look::kMark) {
      continue;
    }
    ++held;
    alike += signature(text) == sign ? 1 : 0;
    equal += text == first ? 1 : 0;
    figures += is_figure(other) || other == Look::kYear ? 1 : 0;
  }
  const bool digits = has_digit(first) || is_figure(look);
  if (held > 0 && digits && alike * 2 >= held && look != Look::kYear) {
    ++evidence.same;
  } else if (held >= 3 && equal * 2 >= held) {
    ++evidence.same;
  } else if (held > 0 && look == Look::kLabel && figures * 2 > held) {
    ++evidence.contrast;
  }
}

// Compares with the records below up to the next block.
Evidence weigh(const SeenRecord& first, Records below) {
  Evidence evidence;
  for (std::size_t column = 0; column < width_of(first); ++column) {
    if (!cell(first, column).empty()) {
      weigh_column(cell(first, column), below, column, evidence);
    }
  }
  return evidence;
}

bool has_no_header(Records records) {
  const SeenRecord& first = *records[0];
  const bool pivot = cell(first, 0).empty() && first.outline.count > 1;
  if (pivot || is_series(first)) {
    return false;
  }
  if (records.size() == 1) {
    const Look look = look_of(first_text(first));
    return first.outline.count > 1 && look == Look::kNumeric;
  }
  const Evidence evidence = weigh(first, records.subspan(1));
  return evidence.same > 0 && evidence.contrast == 0;
}

// ---- Records of the header

bool only_labels(const SeenRecord& seen, bool years_too) {
  for (std::size_t i = 0; i < width_of(seen); ++i) {
    const Look look = look_of(cell(seen, i));
    const bool label = look == Look::kLabel || look == Look::kEmpty ||
                       (look == Look::kCode && cell(seen, i).size() <= 16) ||
                       (years_too && look == Look::kYear);
    if (!label) {
      return false;
    }
  }
  return true;
}

// Which columns have a label in any of the header's records so far.
std::vector<bool> labelled(Records header) {
  std::vector<bool> columns;
  for (const SeenRecord* seen : header) {
    columns.resize(std::max(columns.size(), width_of(*seen)));
    for (std::size_t i = 0; i < width_of(*seen); ++i) {
      columns[i] = columns[i] || has_label(*seen, i);
    }
  }
  return columns;
}

bool fills_a_gap(const std::vector<bool>& columns, const SeenRecord& seen) {
  for (std::size_t i = 0; i < width_of(seen); ++i) {
    if (has_label(seen, i) && (i >= columns.size() || !columns[i])) {
      return true;
    }
  }
  return false;
}

// A second name for every column ("name", then 名称): words over figures in two columns or more.
bool repeats_in_other_words(Records header, const SeenRecord& seen, Records below) {
  if (header.size() != 1 || below.size() < 3 || !only_labels(*header[0], false) ||
      header[0]->outline.count != seen.outline.count) {
    return false;
  }
  int over_figures = 0;
  for (std::size_t i = 0; i < width_of(seen); ++i) {
    const bool word = look_of(cell(seen, i)) == Look::kLabel &&
                      text::missing_mark(cell(seen, i)) == text::MissingMark::kNone;
    over_figures += word && std::all_of(below.begin(), below.begin() + 3,
                                        [i](const SeenRecord* record) {
                                          return look_of(cell(*record, i)) == Look::kNumeric;
                                        })
                        ? 1
                        : 0;
  }
  return over_figures >= 2;
}

// `records`: from the begin of the header; the candidate is records[at].
bool continues_header(Records records, std::size_t at) {
  const SeenRecord& seen = *records[at];
  const Records below = records.subspan(at + 1);
  if (seen.gap || below.empty() || seen.outline.count == 0) {
    return false;
  }
  const std::vector<bool> columns = labelled(records.first(at));
  const auto edge = static_cast<std::size_t>(std::max(left_edge(records.first(at + 1)), 0));
  const bool starts_empty = !has_label(seen, edge);
  const bool upper_empty = edge >= columns.size() || !columns[edge];
  if (!only_labels(seen, starts_empty)) {
    return false;
  }
  if (!fills_a_gap(columns, seen)) {
    return repeats_in_other_words(records.first(at), seen, below);
  }
  return starts_empty || upper_empty || stands_above_figures(seen, below.first(1));
}

// ---- Names

// The label of record `row` for `column`: its own, or the one of its group to the left.
struct Labels {
  Records header;
  std::vector<std::vector<std::string>> own;

  explicit Labels(Records records) : header(records) {
    for (const SeenRecord* seen : header) {
      std::vector<std::string>& row = own.emplace_back();
      for (std::size_t i = 0; i < width_of(*seen); ++i) {
        row.push_back(has_label(*seen, i) ? clean_label(cell(*seen, i)) : std::string());
      }
    }
  }
  [[nodiscard]] bool has(std::size_t row, std::size_t column) const {
    return column < own[row].size() && !own[row][column].empty();
  }
  [[nodiscard]] bool higher_group(std::size_t row, std::size_t column) const {
    for (std::size_t i = 0; i < row; ++i) {
      if (has(i, column)) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool has_sub_label(std::size_t row, std::size_t column) const {
    for (std::size_t i = row + 1; i < own.size(); ++i) {
      if (has(i, column)) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool merged_from_left(std::size_t row, std::size_t column) const {
    return column < header[row]->record.cells.size() &&
           copied_from_left(header[row]->record, column);
  }
};

}  // namespace

bool stands_above_figures(const SeenRecord& record, Records below) {
  int words = 0;
  int figures = 0;
  for (std::size_t i = 0; i < width_of(record); ++i) {
    const Look look = look_of(cell(record, i));
    if (look == Look::kNumeric) {
      return false;
    }
    if (look != Look::kLabel || static_cast<int>(i) == record.outline.first) {
      continue;
    }
    ++words;
    figures +=
        std::all_of(below.begin(), below.end(),
                    [i](const SeenRecord* seen) { return is_figure(look_of(cell(*seen, i))); })
            ? 1
            : 0;
  }
  return !below.empty() && figures > 0 && figures * 2 > words;
}

HeadPlan plan_head(Records records) {
  HeadPlan plan;
  if (plan_preamble(records, plan)) {
    return plan;
  }
  plan_above(records, plan);
  const Records body = records.subspan(plan.above);
  if (has_no_header(body.first(std::max<std::size_t>(run_length(body), 1)))) {
    return plan;
  }
  plan.header = 1;
  while (plan.header < kMaxHeaderRecords && plan.header < body.size() &&
         continues_header(body, plan.header)) {
    ++plan.header;
  }
  if (plan.header + 1 < body.size()) {
    const SeenRecord& next = *body[plan.header];
    plan.units = next.outline.count > 0;
    for (std::size_t i = 0; i < width_of(next); ++i) {
      plan.units = plan.units && (cell(next, i).empty() || !unit_of(cell(next, i)).empty());
    }
    plan.between = plan.units ? 1 : 0;
  }
  return plan;
}

std::vector<std::string> join_header(Records header) {
  const Labels labels(header);
  std::size_t width = 0;
  for (const SeenRecord* seen : header) {
    width = std::max(width, width_of(*seen));
  }
  std::vector<std::string> names(width);
  for (std::size_t row = 0; row < header.size(); ++row) {
    std::string group;
    for (std::size_t column = 0; column < width; ++column) {
      if (labels.has(row, column)) {
        group = labels.own[row][column];
      } else if (labels.higher_group(row, column)) {
        group.clear();
      } else if (!labels.has_sub_label(row, column) && !labels.merged_from_left(row, column)) {
        continue;
      }
      if (!group.empty()) {
        names[column] += names[column].empty() ? group : "_" + group;
      }
    }
  }
  return names;
}

}  // namespace minato::tabular
