// readable_name(): what a dataset is called in URLs when nobody gave it a name.
#include <algorithm>
#include <string>

#include "core/names.h"
#include "core/sha256.h"
#include "service/publish/dataset_writes.h"
#include "text/romanize.h"
#include "text/utf8.h"

namespace minato::service {

namespace {

constexpr std::size_t kMaxTitleBytes = 1'000;  // more of a title does not fit into a name
constexpr std::size_t kMaxLength = 80;
constexpr std::size_t kHashDigits = 8;

// At the end of a word, when there is one.
void shorten(std::string& name) {
  if (name.size() <= kMaxLength) return;
  const std::size_t dash = name.rfind('-', kMaxLength);
  name.resize(dash == std::string::npos || dash == 0 ? kMaxLength : dash);
}

}  // namespace

std::string readable_name(std::string_view title, std::string_view seed) {
  std::string name = text::romanize(text::truncated(title, kMaxTitleBytes));
  shorten(name);
  const std::string hash = core::sha256_hex(seed).substr(0, kHashDigits);
  const bool has_letter =
      std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (name.size() < 2) return "dataset-" + hash;
  // A bare number, or a word that no dataset may be called.
  if (!has_letter || !core::check_name(name).empty()) return name + "-" + hash;
  return name;
}

}  // namespace minato::service
