// What the labels of tables and definition lists stand for: データ名, 形式, 更新日, 担当課 ...
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace minato::harvest {

enum class FieldRole {
  kNone,
  kTitle,
  kDescription,
  kFormat,  // formats, files, links to them
  kUpdated,
  kPublished,
  kFrequency,
  kLicense,
  kDepartment,
  kCategory,
  kTags,
  kPeriod,   // 対象期間
  kEdition,  // 年度, 時点: rows of one dataset
  kContact,
  kFileProperty,  // size, encoding, number of rows: of no use for the dataset
  kNumber,        // No.
  kRemarks,
};

FieldRole field_role(std::string_view label);

struct PageField {
  FieldRole role = FieldRole::kNone;
  std::string label;
  std::string value;
};

// "更新日：2025年4月1日" where the label is known; else kNone.
PageField field_of_line(std::string_view line);

// The value of the first field of this role; empty: none.
std::string_view field_value(const std::vector<PageField>& fields, FieldRole role);

}  // namespace minato::harvest
