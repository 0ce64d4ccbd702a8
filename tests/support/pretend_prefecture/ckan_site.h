// The Action API of a pretend CKAN 2.9, as far as harvesters call it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "support/pretend_prefecture/ckan_catalogue.h"
#include "support/pretend_prefecture/http.h"

namespace minato::pretend {

// Thread-safe.
class CkanSite {
 public:
  CkanSite(CkanProfile profile, const Change& change)
      : catalogue_(std::move(profile), change), files_(catalogue_.files()) {}

  // No value: not a path of CKAN.
  [[nodiscard]] std::optional<Reply> answer(const Request& request) const;
  [[nodiscard]] const CkanCatalogue& catalogue() const { return catalogue_; }
  [[nodiscard]] const Files& files() const { return files_; }

 private:
  [[nodiscard]] Reply action(const std::string& name, const Request& request) const;
  [[nodiscard]] Reply search(const Request& request) const;
  [[nodiscard]] Reply show(const Request& request) const;
  [[nodiscard]] Reply list(const Request& request) const;
  [[nodiscard]] Reply organizations(const Request& request) const;
  [[nodiscard]] Reply succeed(const std::string& name, const std::string& result) const;
  [[nodiscard]] Reply refuse(int status, const std::string& type, const std::string& message) const;
  [[nodiscard]] std::string dataset_json(std::size_t number) const;
  // Numbers in the wanted order; empty text: not a field to sort by.
  [[nodiscard]] std::shared_ptr<const std::vector<const CkanKey*>> sorted(
      const std::string& sort) const;

  CkanCatalogue catalogue_;
  Files files_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const std::vector<const CkanKey*>>> orders_;
};

}  // namespace minato::pretend
