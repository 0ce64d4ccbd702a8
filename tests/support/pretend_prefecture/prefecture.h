// A pretend prefecture: 34 publishers of open data on loopback, each on an address of its own.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "support/pretend_prefecture/server.h"
#include "support/pretend_prefecture/site.h"

namespace minato::pretend {

struct PrefectureOptions {
  int edition = 1;
  std::uint16_t port = 0;            // of every site, each has its own address; 0: free ones
  std::set<std::string> only;        // codes of publishers; empty: all
  std::size_t ckan_datasets = 0;     // of the prefecture's CKAN; 0: 800, and tables with them
  std::string network = "127.0.1.";  // the first three numbers of every address
};

// How a harvester is told of a publisher: what `minato harvest sources add` takes.
struct SourceNote {
  std::string code;
  std::string title;
  std::string kind;  // "ckan", "dcat", "list", "page", "file"
  std::string url;
  std::string options;  // JSON
};

class Prefecture {
 public:
  // Serves when it returns. Throws when it cannot listen.
  explicit Prefecture(const PrefectureOptions& options = {});

  [[nodiscard]] const std::vector<SourceNote>& sources() const { return sources_; }
  [[nodiscard]] const SourceNote& source(const std::string& code) const;  // throws
  [[nodiscard]] Expected expected(const std::string& code) const;

  // The publisher's site; those on a shared one share its state, too. Throws.
  [[nodiscard]] Site& site(const std::string& code);
  // Also the sites that only hold files of others: "www.city.yokohama", and "bodik".
  [[nodiscard]] const std::map<std::string, std::unique_ptr<Site>>& sites() const { return sites_; }
  void set_edition(int edition);                                      // of every site
  void set_fault(const std::string& code, const std::string& fault);  // throws; "none" ends it
  [[nodiscard]] std::map<std::string, SiteCounts> counts() const;     // by site
  // Where all this can be done over HTTP (report.h).
  [[nodiscard]] const std::string& control_url() const { return control_url_; }
  void reset_counts();

 private:
  friend struct PrefectureBuilder;
  void open_sites(const PrefectureOptions& options);

  std::map<std::string, std::unique_ptr<Site>> sites_;
  std::map<std::string, std::string> site_of_;  // publisher -> site, where it is not its own
  std::vector<SourceNote> sources_;
  std::string control_url_;
  Server server_;  // ends first
};

}  // namespace minato::pretend
