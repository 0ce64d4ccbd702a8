// One host of the pretend prefecture: what it has, what it is asked, how ill it is.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "support/pretend_prefecture/content.h"
#include "support/pretend_prefecture/fault.h"
#include "support/pretend_prefecture/http.h"

namespace minato::pretend {

// What a site answers with at one time; replaced as a whole when something changes.
struct Exhibit {
  Files files;                                                    // by target, as asked for
  std::function<std::optional<Reply>(const Request&)> otherwise;  // asked when no file has the path
  std::map<std::string, Expected> expected;                       // by source
};

struct SiteCounts {
  std::int64_t requests = 0;   // robots.txt included
  std::int64_t bodies = 0;     // replies with a body: 200 to GET, without robots.txt
  std::int64_t unchanged = 0;  // 304
  std::int64_t bytes = 0;      // of those bodies
};

enum class Validators { kBoth, kTag, kDate, kNone };

// Thread-safe once its address is known.
class Site {
 public:
  // `make` builds what the site has; called with its URL.
  using Make = std::function<Exhibit(const std::string& url, const Change&, Fault)>;

  Site(std::string robots, Validators validators, Make make)
      : robots_(std::move(robots)), validators_(validators), make_(std::move(make)) {}

  void open(const std::string& url);  // once
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] Reply answer(const Request& request);
  // A file of this site, for another host that shows it.
  [[nodiscard]] std::optional<Reply> file(const Request& request) const;

  // `at` is when the new edition appeared.
  void set_edition(int edition, const std::string& at);
  void set_fault(Fault fault, const std::string& at);
  [[nodiscard]] Expected expected(const std::string& source) const;
  [[nodiscard]] SiteCounts counts() const;
  void reset_counts();

 private:
  void rebuild(const std::string& at);
  [[nodiscard]] std::shared_ptr<const Exhibit> exhibit() const;
  [[nodiscard]] Reply proper_reply(const Request& request) const;
  [[nodiscard]] Reply file_reply(const File& file) const;

  std::string robots_;  // empty: 404
  Validators validators_;
  Make make_;
  std::string url_;
  Spoiler spoiler_;
  mutable std::mutex mutex_;  // of what follows
  std::shared_ptr<const Exhibit> exhibit_;
  Change change_;
  SiteCounts counts_;
};

}  // namespace minato::pretend
