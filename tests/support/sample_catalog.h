// A small catalogue for tests: two organizations, a group, a vocabulary, three public datasets, and
// one that is private, one draft and one deleted.
#pragma once

#include "core/time.h"
#include "support/fake_catalog_store.h"

namespace minato::support {

// 2024-06-15T12:00:00Z, whenever it is asked.
class StoppedClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override;
};

// Microseconds of an ISO 8601 text; throws std::invalid_argument on a bad one.
core::Timestamp at(std::string_view iso8601);

// Datasets, in name order: "aed" (横浜市, CC BY, tag 防災, XLSX link), "population" (神奈川県,
// PDL 1.0, tags 人口 and 統計, theme 2, an uploaded CSV), "shelters" (横浜市, in group "bosai",
// tags 防災 and 避難所, CSV and GeoJSON links). Changed on 2024-03-01, 2024-05-01 and 2024-04-01.
// Resource ids are "<dataset>-r1" and so on; dataset ids "<dataset>-id"; groups "<name>-id".
void fill_sample_catalog(FakeCatalogStore& store);

}  // namespace minato::support
