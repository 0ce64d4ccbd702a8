// Makes a data directory with synthetic datasets.
// usage: fill_catalog DIR COUNT
#include <cstdlib>
#include <iostream>

#include "storage/sqlite/open_storage.h"
#include "support/synthetic_catalog.h"

namespace {

using namespace minato;

constexpr std::uint64_t kPerTransaction = 2'000;

core::Result<void> fill_groups(storage::CatalogStore& store,
                               const support::SyntheticCatalog& source) {
  return store.write([&source](storage::CatalogWriter& writer) -> core::Result<void> {
    for (const core::Vocabulary& vocabulary : source.vocabularies()) {
      if (auto done = writer.put_vocabulary(vocabulary); !done) return done;
    }
    for (const auto* groups : {&source.organizations(), &source.groups()}) {
      for (const core::Group& group : *groups) {
        if (auto done = writer.put_group(group); !done) return done;
      }
    }
    return {};
  });
}

core::Result<void> fill(storage::CatalogStore& store, std::uint64_t count) {
  const support::SyntheticCatalog source;
  if (auto done = fill_groups(store, source); !done) return done;
  for (std::uint64_t first = 1; first <= count; first += kPerTransaction) {
    const auto done = store.write([&](storage::CatalogWriter& writer) -> core::Result<void> {
      for (std::uint64_t n = first; n < first + kPerTransaction && n <= count; ++n) {
        if (auto put = writer.put_dataset(source.dataset(n)); !put) return put;
      }
      return {};
    });
    if (!done) return done;
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: fill_catalog DIR COUNT\n";
    return 2;
  }
  auto storage = storage::sqlite::open_storage(argv[1], {});
  if (!storage) {
    std::cerr << storage.error().message.en << " " << storage.error().internal << "\n";
    return 1;
  }
  if (auto done = fill(*storage->catalog, std::strtoull(argv[2], nullptr, 10)); !done) {
    std::cerr << done.error().message.en << " " << done.error().internal << "\n";
    return 1;
  }
  return 0;
}
