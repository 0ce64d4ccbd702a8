#include "web/manage/dataset_merge.h"

#include "core/sha256.h"

namespace minato::web {
namespace {

constexpr std::size_t kDigits = 12;

// " title=0123456789ab"
std::string mark_of(const std::string& field, const std::string& value) {
  return " " + field + "=" + core::sha256_hex(value).substr(0, kDigits);
}

}  // namespace

std::string marks_of(const FormValues& values) {
  std::string marks;
  for (const auto& [field, value] : values) marks += mark_of(field, value);
  return marks;
}

MergedValues merge_values(const FormValues& sent, const FormValues& now, std::string_view marks) {
  // The form gives the text back without blanks around it.
  const std::string began = " " + std::string(marks);
  MergedValues merged{sent, {}};
  for (const auto& [field, mine] : sent) {
    const std::string& theirs = now.at(field);
    const auto is_as_it_began = [&](const std::string& value) {
      return began.find(mark_of(field, value)) != std::string::npos;
    };
    if (mine == theirs || is_as_it_began(theirs)) continue;
    if (is_as_it_began(mine)) {
      merged.values[field] = theirs;
    } else {
      merged.conflicts.push_back(field);
    }
  }
  return merged;
}

}  // namespace minato::web
