// Datasets that look like a prefecture's catalogue, as many as wanted, the same ones on every
// machine. For benchmarks and for tests that compare answers on many datasets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/dataset.h"

namespace minato::support {

// Names and titles repeat as they do in real catalogues: few organizations have most datasets, few
// tags are on most of them, common words (一覧, 施設) are in many texts.
class SyntheticCatalog {
 public:
  SyntheticCatalog();

  [[nodiscard]] const std::vector<core::Group>& organizations() const { return organizations_; }
  [[nodiscard]] const std::vector<core::Group>& groups() const { return groups_; }
  [[nodiscard]] const std::vector<core::Vocabulary>& vocabularies() const { return vocabularies_; }
  // Two characters each, from frequent to rare.
  [[nodiscard]] static const std::vector<std::string>& short_words();

  // The same number gives the same dataset. Most are active and public.
  [[nodiscard]] core::Dataset dataset(std::uint64_t number) const;

 private:
  std::vector<core::Group> organizations_;
  std::vector<core::Group> groups_;
  std::vector<core::Vocabulary> vocabularies_;
};

}  // namespace minato::support
