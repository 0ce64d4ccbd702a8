#include "tabular/shape/block_reader.h"

#include <algorithm>
#include <utility>

#include "text/blanks.h"
#include "text/numerals.h"
#include "text/utf8.h"

namespace minato::tabular {
namespace {

using text::trimmed;

constexpr std::size_t kMaxNoteBytes = 300;
constexpr std::size_t kMaxTitleBytes = 2000;
constexpr std::size_t kMaxWaiting = 64;
constexpr int kLearnedRows = 64;

std::string_view first_text(const SeenRecord& seen) {
  return trimmed(seen.record.cells[static_cast<std::size_t>(seen.outline.first)].text);
}

// An identifier on its own: a row of which nothing else is known, not a heading.
bool is_bare_code(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.' || c == ',';
  });
}

// Cheap refusal before the label is cleaned: asked for every row.
bool may_be_total(std::string_view text) {
  return text.size() <= 64 &&
         (text.starts_with("合") || text.starts_with("計") || text.starts_with("総"));
}

std::vector<std::string> cell_texts(const RawRecord& record) {
  std::vector<std::string> texts;
  for (const RawCell& cell : record.cells) {
    texts.emplace_back(trimmed(cell.text));
  }
  while (!texts.empty() && texts.back().empty()) {
    texts.pop_back();
  }
  return texts;
}

}  // namespace

void BlockReader::add_note(NoteKind kind, std::int64_t row, std::string_view text) {
  if (notes_.size() < kMaxNotes) {
    notes_.push_back({kind, row, std::string(text::truncated(text, kMaxNoteBytes))});
  }
}

void BlockReader::note_above(const SeenRecord& seen, bool preamble) {
  std::string text;
  for (const RawCell& cell : seen.record.cells) {
    const std::string_view part = cell.filled ? std::string_view() : trimmed(cell.text);
    if (!part.empty() && text.size() < kMaxNoteBytes) {
      text += (text.empty() ? "" : " ") + std::string(text::truncated(part, kMaxNoteBytes));
    }
  }
  add_note(preamble ? NoteKind::kPreamble : NoteKind::kAbove, seen.record.number, text);
}

core::Result<bool> BlockReader::next_block(BlockHead& head) {
  while (in_block_) {
    auto row = next_row();
    if (!row) {
      return tl::unexpected(std::move(row.error()));
    }
  }
  return read_head(head);
}

core::Result<bool> BlockReader::read_head(BlockHead& head) {
  std::vector<const SeenRecord*> seen;
  for (std::size_t i = 0; i < kHeadRecords; ++i) {
    auto next = records_.peek(i);
    if (!next) {
      return tl::unexpected(std::move(next.error()));
    }
    if (*next == nullptr) {
      break;
    }
    seen.push_back(*next);
  }
  if (seen.empty()) {
    return false;
  }
  const HeadPlan plan = plan_head(seen);
  begin_block();
  describe(plan, seen, head);
  for (std::size_t i = 0; i < plan.above + plan.header + plan.between; ++i) {
    auto taken = records_.take();
    if (!taken) {
      return tl::unexpected(std::move(taken.error()));
    }
  }
  next_title_.clear();
  return true;
}

void BlockReader::begin_block() {
  in_block_ = true;
  rows_ = 0;
  gap_ = false;
  sparse_ = false;
  blanks_inside_ = 0;
  blanks_waiting_ = 0;
  learned_ = 0;
  profiles_.clear();
  waiting_.clear();
  notes_.clear();
  header_texts_.clear();
}

void BlockReader::describe(const HeadPlan& plan, std::span<const SeenRecord* const> seen,
                           BlockHead& head) {
  const auto header = seen.subspan(plan.above, plan.header);
  const std::size_t below = plan.above + plan.header + plan.between;
  head = BlockHead{};
  head.title = plan.title.empty() ? next_title_ : plan.title;
  head.names = join_header(header);
  head.no_header = plan.header == 0;
  head.gap_below = plan.header > 0 && below < seen.size() && seen[below]->gap;
  for (std::size_t i = 0; i < plan.above; ++i) {
    note_above(*seen[i], plan.preamble);
  }
  left_ = plan.header == 0 ? 0 : header[0]->outline.first;
  for (const SeenRecord* record : header) {
    head.header_rows.push_back(record->record.number);
    head.header_cells = std::max(head.header_cells, record->record.cells.size());
    left_ = std::min(left_, record->outline.first);
    header_texts_.push_back(cell_texts(record->record));
  }
  if (plan.units) {
    for (const std::string& text : cell_texts(seen[plan.above + plan.header]->record)) {
      head.units.emplace_back(unit_of(text));
    }
  }
  width_ = plan.header > 0 ? static_cast<int>(head.names.size()) - left_
                           : seen[plan.above]->outline.last + 1;
}

core::Result<const RawRecord*> BlockReader::next_row() {
  while (in_block_) {
    if (after_total_) {
      KeptRecord kept = std::move(*after_total_);
      after_total_.reset();
      given_ = std::move(kept);
      if (const RawRecord* row = accept(given_.seen)) {
        return row;
      }
      continue;
    }
    auto taken = records_.take();
    if (!taken) {
      return tl::unexpected(std::move(taken.error()));
    }
    if (*taken == nullptr) {
      return finish(false);
    }
    const SeenRecord& seen = **taken;
    blanks_waiting_ += seen.blanks;
    const bool doubtful = seen.outline.count == 1 || seen.outline.only_dashes || seen.gap || gap_ ||
                          !waiting_.empty();
    // What follows may move the record: keep it while its meaning is open.
    std::optional<KeptRecord> kept;
    if (doubtful) {
      kept = keep(seen);
    }
    auto meaning = judge(kept ? kept->seen : seen);
    if (!meaning) {
      return tl::unexpected(std::move(meaning.error()));
    }
    if (*meaning == Meaning::kNewBlock) {
      records_.give_back(kept ? std::move(*kept) : keep(seen));
      return finish(true);
    }
    if (*meaning == Meaning::kReadAgain) {
      read_again(kept->seen);
      continue;
    }
    if (*meaning == Meaning::kPassedOver) {
      continue;
    }
    if (kept) {
      given_ = std::move(*kept);
    }
    if (const RawRecord* row = accept(doubtful ? given_.seen : seen)) {
      return row;
    }
  }
  return nullptr;
}

core::Result<BlockReader::Meaning> BlockReader::judge(const SeenRecord& seen) {
  if (seen.outline.only_dashes && width_ > 1) {
    add_note(NoteKind::kOnlyDashes, seen.record.number, first_text(seen));
    gap_ = true;
    return Meaning::kPassedOver;
  }
  gap_ = gap_ || seen.gap;
  if (is_lone(seen)) {
    if (waiting_.size() >= kMaxWaiting && waiting_are_rows()) {
      return Meaning::kReadAgain;
    }
    set_aside(seen);
    return Meaning::kPassedOver;
  }
  if (repeats_header(seen)) {
    if (rows_ > 0 && title_waiting() != nullptr) {
      return Meaning::kNewBlock;
    }
    add_note(NoteKind::kRepeatedHeader, seen.record.number, first_text(seen));
    return Meaning::kPassedOver;
  }
  if (rows_ > 0 && (gap_ || !waiting_.empty())) {
    auto begins = begins_new_block(seen);
    if (!begins) {
      return tl::unexpected(std::move(begins.error()));
    }
    if (*begins) {
      return Meaning::kNewBlock;
    }
  }
  if (waiting_are_rows()) {
    return Meaning::kReadAgain;
  }
  settle(NoteKind::kSectionHeading);
  gap_ = false;
  return Meaning::kRow;
}

void BlockReader::set_aside(const SeenRecord& seen) {
  if (waiting_.size() >= kMaxWaiting) {
    settle(NoteKind::kSectionHeading);
  }
  const std::string_view text = first_text(seen);
  waiting_.push_back({seen.record.number, seen.outline.first, is_note(text), gap_,
                      std::string(text::truncated(text, kMaxTitleBytes)), keep(seen)});
}

// One lone cell is a heading; several in a row, right between the rows, are rows of which only the
// name is known.
bool BlockReader::waiting_are_rows() const {
  return !gap_ && waiting_.size() >= 2 &&
         std::none_of(waiting_.begin(), waiting_.end(), [this](const LoneCell& lone) {
           return lone.footnote || lone.gap || lone.column > left_;
         });
}

void BlockReader::read_again(const SeenRecord& seen) {
  sparse_ = true;
  records_.give_back(keep(seen));
  while (!waiting_.empty()) {
    records_.give_back(std::move(waiting_.back().record));
    waiting_.pop_back();
  }
}

bool BlockReader::is_lone(const SeenRecord& seen) const {
  if (width_ < 2 || seen.outline.count > 2) {
    return false;
  }
  const std::string_view text = first_text(seen);
  if (seen.outline.count == 2) {
    return width_ >= 5 && is_note(text);
  }
  if (is_note(text)) {
    return true;
  }
  if ((sparse_ || is_bare_code(text)) && seen.outline.first <= left_ && !gap_ && waiting_.empty()) {
    return false;
  }
  return width_ >= 4 || gap_ || !waiting_.empty();
}

bool BlockReader::repeats_header(const SeenRecord& seen) const {
  const auto& cells = seen.record.cells;
  for (const std::vector<std::string>& texts : header_texts_) {
    bool same = seen.outline.last + 1 == static_cast<int>(texts.size());
    for (std::size_t i = 0; same && i < texts.size(); ++i) {
      same = trimmed(cells[i].text) == texts[i];
    }
    if (same) {
      return true;
    }
  }
  return false;
}

// The last lone cell at the left that could be the title of a table to come.
const BlockReader::LoneCell* BlockReader::title_waiting() const {
  for (auto lone = waiting_.rbegin(); lone != waiting_.rend(); ++lone) {
    if (!lone->footnote && lone->column <= left_ && !is_unit_or_date_note(lone->text)) {
      return &*lone;
    }
  }
  return nullptr;
}

bool BlockReader::labels_over_figures(const SeenRecord& seen) const {
  int words = 0;
  int over = 0;
  for (int i = seen.outline.first; i <= seen.outline.last; ++i) {
    const auto column = static_cast<std::size_t>(i);
    const std::string_view text = trimmed(seen.record.cells[column].text);
    const Look look = look_of(text);
    if (look == Look::kNumeric) {
      return false;
    }
    if (look != Look::kLabel || i == seen.outline.first ||
        text::missing_mark(text) != text::MissingMark::kNone || column >= profiles_.size() ||
        profiles_[column].held == 0) {
      continue;
    }
    ++words;
    over += profiles_[column].figures * 5 >= profiles_[column].held * 4 ? 1 : 0;
  }
  return over > 0 && over * 2 > words;
}

core::Result<bool> BlockReader::begins_new_block(const SeenRecord& seen) {
  if (labels_over_figures(seen)) {
    return true;
  }
  if (title_waiting() == nullptr) {
    return false;
  }
  std::vector<const SeenRecord*> below;
  for (std::size_t i = 0; i < 3; ++i) {
    auto next = records_.peek(i);
    if (!next) {
      return tl::unexpected(std::move(next.error()));
    }
    if (*next == nullptr || ((*next)->gap && i > 0)) {
      break;
    }
    below.push_back(*next);
  }
  return stands_above_figures(seen, below);
}

const RawRecord* BlockReader::accept(const SeenRecord& seen) {
  if (total_) {
    after_total_ = keep(seen);
    given_ = std::move(*total_);
    total_.reset();
    return emit(given_.seen);
  }
  const std::string_view text = first_text(seen);
  if (may_be_total(text) && is_total_label(text)) {
    total_ = keep(seen);
    return nullptr;
  }
  return emit(seen);
}

const RawRecord* BlockReader::emit(const SeenRecord& seen) {
  blanks_inside_ += rows_ > 0 ? blanks_waiting_ : 0;
  blanks_waiting_ = 0;
  ++rows_;
  sparse_ = sparse_ || (seen.outline.count == 2 && width_ >= 4);
  if (learned_ < kLearnedRows) {
    learn(seen);
  }
  return &seen.record;
}

void BlockReader::learn(const SeenRecord& seen) {
  ++learned_;
  const auto width = static_cast<std::size_t>(seen.outline.last + 1);
  profiles_.resize(std::max(profiles_.size(), width));
  for (std::size_t i = 0; i < width; ++i) {
    const Look look = look_of(seen.record.cells[i].text);
    if (look == Look::kEmpty || look == Look::kMark) {
      continue;
    }
    ++profiles_[i].held;
    profiles_[i].figures += look == Look::kLabel ? 0 : 1;
  }
}

void BlockReader::settle(NoteKind kind) {
  for (const LoneCell& lone : waiting_) {
    add_note(lone.footnote ? NoteKind::kFootnote : kind, lone.row, lone.text);
  }
  waiting_.clear();
}

const RawRecord* BlockReader::finish(bool another_follows) {
  in_block_ = false;
  if (another_follows) {
    if (const LoneCell* title = title_waiting()) {
      next_title_ = clean_label(title->text);
      waiting_.erase(waiting_.begin() + (title - waiting_.data()));
    }
  } else {
    blanks_inside_ += blanks_waiting_ + records_.blanks_at_end();
  }
  settle(NoteKind::kFootnote);
  if (!total_) {
    return nullptr;
  }
  given_ = std::move(*total_);
  total_.reset();
  if (rows_ == 0) {
    return emit(given_.seen);
  }
  add_note(NoteKind::kTotalRow, given_.seen.record.number, first_text(given_.seen));
  return nullptr;
}

}  // namespace minato::tabular
