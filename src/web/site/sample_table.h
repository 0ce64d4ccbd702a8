// A table of the catalogue that the documentation of the API asks its examples of, so that every
// example on the page works when it is tried.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/dataset.h"
#include "core/table.h"
#include "web/frame/page.h"
#include "web/site/group_facts.h"

namespace minato::web {

struct SampleTable {
  core::Dataset dataset;
  core::Resource resource;
  std::string id;
  std::vector<std::string> columns;  // as a parameter names them: by name, else by alias
  std::string text_column;           // ditto; empty: there is none
  std::string text_value;            // that occurs in it
  std::string number_column;
  std::string number_value;
};

// nullopt: it has no rows.
std::optional<SampleTable> sample_of(const core::TableSchema& schema);

// How well the examples can be shown with it; 0: not at all.
int usefulness(const core::TableSchema& schema);

// Thread-safe.
class SampleTableCache {
 public:
  explicit SampleTableCache(std::shared_ptr<GroupFactsCache> facts) : facts_(std::move(facts)) {}

  // The best of the first tables by name of dataset; null when no public dataset has one. Kept for
  // a revision of the catalogue. Fails as the catalogue fails.
  core::Result<std::shared_ptr<const SampleTable>> sample(const Visit& visit);

 private:
  std::shared_ptr<GroupFactsCache> facts_;
  std::mutex mutex_;  // guards the two below
  std::shared_ptr<const SampleTable> sample_;
  std::shared_ptr<const AllGroupFacts> made_from_;
};

}  // namespace minato::web
