// The columns of オープンデータ一覧: 推奨データセット 06 as it is now (データセット_タイトル, ...)
// and as it was (データ名称, ...), in the spellings publishers give them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace minato::harvest {

enum class ListField : std::uint8_t {
  kOther,      // no column of the standard: kept as an extra under its own name
  kPublisher,  // code and name of the body that keeps the list: the source's organization says that
  // --- of the dataset
  kDatasetId,
  kNumber,  // NO of the old table
  kTitle,
  kSubtitle,
  kNotes,
  kKeywords,
  kThemes,
  kUniversalMenu,
  kIssued,
  kModified,
  kVersion,
  kLanguage,
  kUrl,
  kFrequency,
  kConformsTo,
  kDocumentation,
  kProvenance,
  kSpatial,
  kTemporal,
  kPublisherName,
  kCreator,
  kContactName,
  kContactEmail,
  kContactPhone,
  kContactExtension,
  kContactForm,
  kContactNote,
  kApi,
  kRemarks,
  // --- of one file
  kFileId,
  kFileTitle,
  kAccessUrl,
  kDownloadUrl,
  kFileNotes,
  kFormat,
  kLicense,
  kRights,
  kCopyright,
  kSize,
  kFileIssued,
  kFileModified,
  kFileDocumentation,
  kFileConformsTo,
  kFileLanguage,
  kFileStatus,
};

inline bool is_dataset_field(ListField field) {
  return field >= ListField::kDatasetId && field < ListField::kFileId;
}

// Blanks, brackets, punctuation, dashes, long-vowel marks, width and case make no difference.
ListField list_field_of(std::string_view header);

using ListCells = std::vector<std::string>;  // one per column, without outer blanks

// Which column of one table is what.
class ListColumns {
 public:
  explicit ListColumns(std::vector<std::string> names);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] ListField field(std::size_t column) const { return fields_[column]; }
  [[nodiscard]] bool has(ListField field) const;
  // The first value that is given; empty: none.
  [[nodiscard]] std::string_view get(const ListCells& cells, ListField field) const;
  // All of them, one per line: tables with the columns URL1, URL2.
  [[nodiscard]] std::string join(const ListCells& cells, ListField field) const;

 private:
  std::vector<std::string> names_;
  std::vector<ListField> fields_;
};

}  // namespace minato::harvest
