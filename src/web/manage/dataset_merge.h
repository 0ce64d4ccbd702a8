// Two people who change the same dataset or file: what one of them sends is compared with what both
// began with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/manage/dataset_values.h"

namespace minato::web {

// What the form was filled with, as one short text for a hidden field: a mark per field.
std::string marks_of(const FormValues& values);

struct MergedValues {
  FormValues values;                   // theirs where only they changed a field, else the form's
  std::vector<std::string> conflicts;  // fields that both changed, to different values
};

// `marks`: marks_of() what the form began with; a field it does not know counts as changed by both.
// REQUIRES: the same fields in both.
MergedValues merge_values(const FormValues& sent, const FormValues& now, std::string_view marks);

}  // namespace minato::web
