// The pages of package_search, one in memory at a time, whatever the portal does to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "formats/remote/search_page.h"
#include "harvest/sources/ckan_api.h"

namespace minato::harvest {

struct CkanQuery {
  std::string fq;          // empty: all datasets
  std::string fields;      // for `fl`, between commas; empty: whole records
  bool repeat_fl = false;  // fl=a&fl=b instead of fl=a,b: what old portals understand
  std::int64_t rows = 200;
};

// A record or page that cannot be had; the pages go on behind it.
struct CkanPageFault {
  std::string record;
  std::string url;
  core::Error error;
};

core::Error endless_pages(std::int64_t delivered);  // "harvest-paging"

// Not thread-safe.
class CkanPages {
 public:
  CkanPages(CkanApi& api, CkanQuery query);

  // True: page() holds the next one, or fault() tells of a gap. False: the end. Halves the page
  // size where a page is too large or does not come, down to one record, which becomes a fault.
  // Fails when the listing as a whole cannot be had, and with kUpstream "harvest-paging" when it
  // does not end.
  core::Result<bool> next();

  // Valid until the next next().
  [[nodiscard]] const formats::SearchPage& page() const { return page_; }
  [[nodiscard]] const std::optional<CkanPageFault>& fault() const { return fault_; }
  [[nodiscard]] std::optional<std::int64_t> count() const { return count_; }
  // The portal told different counts on different pages: the listing shifted under our hands.
  [[nodiscard]] bool has_shifted() const { return has_shifted_; }
  [[nodiscard]] std::int64_t delivered() const { return delivered_; }
  // As far as the portal told a count.
  [[nodiscard]] bool is_last() const { return count_ && start_ >= *count_; }
  // The newest page had not the number of records that was asked for.
  [[nodiscard]] bool is_odd_page() const { return is_odd_page_; }
  [[nodiscard]] const std::string& url() const { return api_.url(); }

 private:
  core::Result<formats::SearchPage> get_page();
  void take(formats::SearchPage page);
  core::Result<void> mend(const core::Error& error);
  bool takes_other_sort(const core::Error& error);
  [[nodiscard]] core::Result<void> check_end() const;

  CkanApi& api_;
  CkanQuery query_;
  std::string body_;
  formats::SearchPage page_;
  std::optional<CkanPageFault> fault_;
  std::optional<core::Error> first_refusal_;
  std::optional<std::int64_t> count_;
  std::int64_t first_count_ = 0;
  std::int64_t rows_;
  std::int64_t start_ = 0;
  std::int64_t delivered_ = 0;
  std::int64_t pages_ = 0;
  std::size_t sort_ = 0;
  int failures_ = 0;  // in a row
  bool has_shifted_ = false;
  bool is_at_end_ = false;
  bool is_odd_page_ = false;
};

}  // namespace minato::harvest
