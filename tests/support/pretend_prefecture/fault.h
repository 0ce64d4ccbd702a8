// What can be wrong with a site. Names are those of the program's option --fault.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/pretend_prefecture/http.h"

namespace minato::pretend {

enum class FaultKind {
  kNone,              // "none"
  kStatus500,         // "status500", "status500:3" every third request
  kBusy,              // "busy" always 429, "busy:2" the first two requests
  kDrip,              // "drip"
  kTruncate,          // "truncate"
  kWrongLength,       // "wrong-length"
  kHang,              // "hang"
  kHtml,              // "html": a page instead of the listing
  kGzipBomb,          // "gzip-bomb": "gzip-bomb:2000" of so many MB
  kRedirectMetadata,  // "redirect-metadata": to 169.254.169.254
  kRedirectLoopback,  // "redirect-loopback": to 127.0.2.1
  kRedirectLoop,      // "redirect-loop"
  kEndless,           // "endless": the listing never comes to an end
  kMany,              // "many", "many:63000": so many datasets (CKAN)
  kNewIds,            // "new-ids": other identifiers, the same landing pages
  kRenamedFiles,      // "renamed-files"
  kThirdGone,         // "third-gone"
  kBadRecord,         // "bad-record"
};

struct Fault {
  FaultKind kind = FaultKind::kNone;
  std::int64_t number = 0;  // behind the colon; 0: not given
};

std::optional<Fault> parse_fault(std::string_view text);
std::vector<std::string> fault_names();
// Whether the fault is in what the site has, not in how it answers.
bool is_about_content(FaultKind kind);

// Spoils replies of one site. Thread-safe.
class Spoiler {
 public:
  void set(Fault fault);
  [[nodiscard]] Fault fault() const;
  // A reply instead of the proper one, if the fault says so.
  std::optional<Reply> instead_of(const Request& request, const std::string& site_url);
  void spoil(Reply& reply) const;

 private:
  mutable std::mutex mutex_;
  Fault fault_;
  std::int64_t requests_ = 0;  // since it was set
};

// A gzip stream of a few KB per GB of zeros.
std::string gzip_bomb(std::int64_t megabytes);

}  // namespace minato::pretend
