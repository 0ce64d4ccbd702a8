// The documents of the index in memory, as columns. Documents never change: columns only grow at
// the end, and what is gone is only marked so (View::live).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <roaring/roaring.hh>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/dataset.h"
#include "storage/sqlite/search/document_record.h"
#include "storage/sqlite/search/term_column.h"

namespace minato::storage::sqlite::search {

// Which documents exist at one moment of the file. Immutable.
struct View {
  std::int64_t newest = 0;  // the highest document number in the file at that moment
  Roaring live;             // slots
  Roaring listed;           // slots of those that everybody may see: active and public
};

// Strings one behind the other.
class StringColumn {
 public:
  void add(std::string_view text) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }
  [[nodiscard]] std::string_view operator[](std::uint32_t slot) const {
    const std::size_t start = slot == 0 ? 0 : ends_[slot - 1];
    return std::string_view(bytes_).substr(start, ends_[slot] - start);
  }
  void reserve(std::size_t count) { ends_.reserve(count); }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

// Readers may run beside each other, add() only alone.
class DocumentColumns {
 public:
  static constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;

  void reserve(std::size_t documents);

  // A row of search_document; no record: the dataset is gone. `field_names` names the fields of the
  // record's values; others are not for memory. REQUIRES: growing document numbers.
  void add(std::int64_t document, std::int64_t dataset, const DocumentRecord* record,
           const std::vector<std::string>& field_names);
  // After the last add(): what exists now.
  [[nodiscard]] std::shared_ptr<const View> view() const;
  [[nodiscard]] std::int64_t newest() const { return newest_; }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(document_.size()); }
  // Slots whose documents are gone.
  [[nodiscard]] std::uint64_t dead() const { return size() - live_.cardinality(); }

  // The slot of a document, kNoSlot when it is not here. Fast when `hint` is the slot before it.
  [[nodiscard]] std::uint32_t slot_of(std::int64_t document, std::uint32_t hint) const;

  // Null: no document has a value in that field.
  [[nodiscard]] const TermColumn* terms(std::string_view field) const;

  [[nodiscard]] std::int64_t document(std::uint32_t slot) const { return document_[slot]; }
  [[nodiscard]] std::int64_t dataset(std::uint32_t slot) const { return dataset_[slot]; }
  [[nodiscard]] std::string_view id(std::uint32_t slot) const { return id_[slot]; }
  [[nodiscard]] std::string_view name(std::uint32_t slot) const { return name_[slot]; }
  [[nodiscard]] std::string_view title(std::uint32_t slot) const { return title_[slot]; }
  [[nodiscard]] core::State state(std::uint32_t slot) const { return state_[slot]; }
  [[nodiscard]] bool is_private(std::uint32_t slot) const { return is_private_[slot] != 0; }
  // Of metadata_created, metadata_modified (microseconds), num_tags, num_resources.
  // REQUIRES: one of these.
  [[nodiscard]] const std::vector<std::int64_t>& numbers(std::string_view field) const;
  [[nodiscard]] std::uint32_t tokens(std::uint32_t slot) const { return tokens_[slot]; }
  [[nodiscard]] std::uint32_t title_tokens(std::uint32_t slot) const { return title_tokens_[slot]; }
  [[nodiscard]] std::uint32_t texts(std::uint32_t slot) const { return texts_[slot]; }

 private:
  void bury(std::int64_t dataset);
  void add_values(std::uint32_t slot, const DocumentRecord& record,
                  const std::vector<std::string>& field_names);

  std::int64_t newest_ = 0;
  Roaring live_;
  Roaring listed_;
  std::unordered_map<std::int64_t, std::uint32_t> slot_of_dataset_;
  std::vector<std::int64_t> document_;
  std::vector<std::int64_t> dataset_;
  StringColumn id_;
  StringColumn name_;
  StringColumn title_;
  std::vector<std::int64_t> created_;
  std::vector<std::int64_t> modified_;
  std::vector<std::int64_t> num_tags_;
  std::vector<std::int64_t> num_resources_;
  std::vector<core::State> state_;
  std::vector<std::uint8_t> is_private_;
  std::vector<std::uint32_t> tokens_;
  std::vector<std::uint16_t> title_tokens_;
  std::vector<std::uint16_t> texts_;
  std::map<std::string, TermColumn, std::less<>> terms_;
  std::vector<TermColumn*> terms_by_field_;  // by search_field.field; null: not for memory
};

}  // namespace minato::storage::sqlite::search
