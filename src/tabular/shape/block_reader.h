// The tables of one source of records, one after the other, with their rows. One pass, bounded
// memory: only the head of each table and a few lines whose meaning is open are kept. Two passes
// over the same source come to the same result.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "tabular/shape/header.h"
#include "tabular/shape/lookahead.h"

namespace minato::tabular {

enum class NoteKind : std::uint8_t {
  kAbove,           // a title or a note over the header
  kPreamble,        // LinkData
  kSectionHeading,  // a lone cell between the rows
  kFootnote,        // below the rows
  kTotalRow,        // at the end
  kRepeatedHeader,  // the header again, between the rows
  kOnlyDashes,      // a record of dashes
};

struct ShapeNote {
  NoteKind kind = NoteKind::kAbove;
  std::int64_t row = 0;
  std::string text;
};

struct BlockHead {
  std::string title;
  std::vector<std::int64_t> header_rows;
  std::vector<std::string> names;  // as in the header, cleaned and joined; empty: no label
  std::vector<std::string> units;  // of a row of units; may be shorter than names
  std::size_t header_cells = 0;    // of the header's longest record
  bool no_header = false;
  bool gap_below = false;  // a blank record between the header and the data
};

// Not thread-safe.
class BlockReader {
 public:
  // Begins where `source` stands; it must live as long.
  explicit BlockReader(RecordSource& source) : records_(source) {}

  // Goes to the next table, behind the rows of the current one. False: there is none.
  core::Result<bool> next_block(BlockHead& head);
  // The next row of the table; nullptr at its end. It lives until the next call.
  core::Result<const RawRecord*> next_row();
  // What was passed over in and around the current table; complete at its end. At most kMaxNotes.
  [[nodiscard]] const std::vector<ShapeNote>& notes() const { return notes_; }
  // Blank records between the first row and the end of the table.
  [[nodiscard]] std::int64_t blank_records() const { return blanks_inside_; }

  static constexpr std::size_t kMaxNotes = 1000;

 private:
  struct LoneCell {
    std::int64_t row = 0;
    int column = 0;
    bool footnote = false;
    bool gap = false;  // blank records before it
    std::string text;
    KeptRecord record;
  };
  // What the first rows say about a column.
  struct Profile {
    int figures = 0;
    int held = 0;
  };
  enum class Meaning : std::uint8_t {
    kRow,
    kPassedOver,
    kNewBlock,
    kReadAgain,  // the lone cells before it turned out to be rows
  };

  core::Result<bool> read_head(BlockHead& head);
  void begin_block();
  void describe(const HeadPlan& plan, std::span<const SeenRecord* const> seen, BlockHead& head);
  void note_above(const SeenRecord& seen, bool preamble);
  core::Result<Meaning> judge(const SeenRecord& seen);
  void set_aside(const SeenRecord& seen);
  [[nodiscard]] bool waiting_are_rows() const;
  void read_again(const SeenRecord& seen);
  [[nodiscard]] bool is_lone(const SeenRecord& seen) const;
  [[nodiscard]] bool repeats_header(const SeenRecord& seen) const;
  [[nodiscard]] bool labels_over_figures(const SeenRecord& seen) const;
  core::Result<bool> begins_new_block(const SeenRecord& seen);
  [[nodiscard]] const LoneCell* title_waiting() const;
  const RawRecord* accept(const SeenRecord& seen);
  const RawRecord* emit(const SeenRecord& seen);
  const RawRecord* finish(bool another_follows);
  void learn(const SeenRecord& seen);
  void settle(NoteKind kind);
  void add_note(NoteKind kind, std::int64_t row, std::string_view text);

  Lookahead records_;
  std::vector<std::vector<std::string>> header_texts_;
  int width_ = 0;
  int left_ = 0;
  std::int64_t rows_ = 0;
  bool in_block_ = false;
  bool gap_ = false;
  bool sparse_ = false;            // its rows may hold a single cell
  std::vector<LoneCell> waiting_;  // lone cells whose meaning the next record decides
  std::string next_title_;
  std::optional<KeptRecord> total_;  // is it the last row?
  std::optional<KeptRecord> after_total_;
  KeptRecord given_;
  std::vector<Profile> profiles_;
  int learned_ = 0;
  std::vector<ShapeNote> notes_;
  std::int64_t blanks_inside_ = 0;
  std::int64_t blanks_waiting_ = 0;
};

}  // namespace minato::tabular
