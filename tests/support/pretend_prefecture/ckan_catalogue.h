// The datasets of a pretend CKAN: each follows from its number, so that there may be many.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "support/pretend_prefecture/content.h"
#include "support/pretend_prefecture/dice.h"

namespace minato::pretend {

struct Organization {
  std::string name;
  std::string title;
  std::size_t datasets = 0;
};

struct CkanProfile {
  std::string code;       // of the publisher, or a word: the seed of everything
  std::string city;       // in titles and rows
  std::string site_url;   // without a slash at its end
  std::string files_url;  // where the files are
  std::vector<Organization> organizations;
  std::size_t table_every = 0;  // each so manieth dataset has a file with a table; 0: none
  bool names_by_code = false;   // "142018_aed_1", as BODIK; else "seisaku_suikei01", as Yokohama
  bool ascii_json = true;
  bool says_success = true;  // "success" in the envelope
};

// What a search looks at.
struct CkanKey {
  std::size_t number = 0;
  std::string id;
  std::string name;
  std::string organization;
  std::string modified;
};

class CkanCatalogue {
 public:
  CkanCatalogue(CkanProfile profile, Change change);

  [[nodiscard]] const CkanProfile& profile() const { return profile_; }
  [[nodiscard]] const Change& change() const { return change_; }
  [[nodiscard]] const std::vector<CkanKey>& keys() const { return keys_; }
  [[nodiscard]] Dataset dataset(std::size_t number) const;
  [[nodiscard]] Files files() const;  // by path
  // Of some organizations, or of all.
  [[nodiscard]] Expected expected(const std::set<std::string>& organizations) const;
  [[nodiscard]] std::string organization_id(const std::string& name) const;

 private:
  [[nodiscard]] const Organization& organization_of(std::size_t number) const;
  [[nodiscard]] bool is_there(std::size_t number) const;
  [[nodiscard]] int updates_of(std::size_t number) const;  // by the editions so far
  [[nodiscard]] std::string modified_of(std::size_t number) const;
  [[nodiscard]] bool has_table(std::size_t number) const;
  [[nodiscard]] std::string name_of(std::size_t number) const;
  [[nodiscard]] std::string id_of(std::size_t number) const;
  [[nodiscard]] std::size_t rows_of(std::size_t number) const;
  [[nodiscard]] Resource table_resource(const Dataset& dataset, std::size_t number) const;
  void add_documents(Dataset& dataset, std::size_t number, Dice& dice) const;
  void add_useless_link(Dataset& dataset, std::size_t number) const;
  void describe(Dataset& dataset, std::size_t number, Dice& dice) const;

  CkanProfile profile_;
  Change change_;
  std::size_t total_ = 0;  // of the first edition
  std::vector<CkanKey> keys_;
};

}  // namespace minato::pretend
