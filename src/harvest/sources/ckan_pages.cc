#include "harvest/sources/ckan_pages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace minato::harvest {
namespace {

using core::Result;

constexpr std::uint64_t kMaxPageBytes = std::uint64_t{16} * 1024 * 1024;
constexpr std::int64_t kMaxPages = 100'000;
constexpr int kMaxFailures = 12;  // enough to halve 1000 rows down to one, and to try the next

// Any order that stays the same between two pages; the last is the portal's own.
constexpr std::array<std::string_view, 4> kSorts = {"id asc", "name asc", "metadata_created asc",
                                                    ""};

// Fewer rows at a time may help.
bool is_about_size(const core::Error& error) {
  const int status = status_of(error);
  return error.id == "harvest-too-large" || error.id == "json-syntax" ||
         error.id == "json-too-deep" || status == 500 || status == 413;
}

}  // namespace

CkanPages::CkanPages(CkanApi& api, CkanQuery query)
    : api_(api), query_(std::move(query)), rows_(query_.rows) {}

Result<bool> CkanPages::next() {
  fault_.reset();
  page_ = {};
  if (is_at_end_ || (count_ && start_ >= *count_)) return false;
  if (auto going = check_end(); !going) return tl::unexpected(going.error());
  while (true) {
    auto page = get_page();
    if (page) {
      take(std::move(*page));
      return !page_.records.empty();
    }
    auto mended = mend(page.error());
    if (!mended) return tl::unexpected(mended.error());
    if (fault_) return true;
  }
}

Result<formats::SearchPage> CkanPages::get_page() {
  CkanApi::Parameters parameters = {{"rows", std::to_string(rows_)},
                                    {"start", std::to_string(start_)}};
  if (!kSorts[sort_].empty()) parameters.emplace_back("sort", kSorts[sort_]);
  if (!query_.fq.empty()) parameters.emplace_back("fq", query_.fq);
  std::string_view fields = query_.fields;
  while (!fields.empty()) {
    const std::size_t end =
        query_.repeat_fl ? std::min(fields.find(','), fields.size()) : fields.size();
    parameters.emplace_back("fl", fields.substr(0, end));
    fields.remove_prefix(std::min(end + 1, fields.size()));
  }
  auto body = api_.get("package_search", parameters, kMaxPageBytes);
  if (!body) return tl::unexpected(body.error());
  body_ = std::move(*body);
  return formats::read_search_page(body_);
}

void CkanPages::take(formats::SearchPage page) {
  failures_ = 0;
  ++pages_;
  page_ = std::move(page);
  if (page_.count) {
    if (count_ && *count_ != *page_.count) has_shifted_ = true;
    if (!count_) first_count_ = *page_.count;
    count_ = page_.count;
  }
  // Portals cap `rows`, so what came counts, not what was asked for.
  const auto came = static_cast<std::int64_t>(page_.records.size());
  start_ += came;
  delivered_ += came;
  is_at_end_ = came == 0;
  is_odd_page_ = came != rows_;
  rows_ = std::min(rows_ * 2, query_.rows);
}

// Makes the next attempt differ from the last, or sets fault_.
Result<void> CkanPages::mend(const core::Error& error) {
  const bool is_first = pages_ == 0 && start_ == 0;
  if (is_first && takes_other_sort(error)) return {};
  const core::Error& told = first_refusal_ ? *first_refusal_ : error;
  const bool is_worth_it = is_about_size(error) && !(is_first && status_of(error) == 500);
  if (!is_worth_it || ++failures_ > kMaxFailures) return tl::unexpected<core::Error>(told);
  if (rows_ > 1) {
    rows_ = (rows_ + 1) / 2;
    return {};
  }
  fault_ = {"#" + std::to_string(start_ + 1), api_.url(), error};
  ++start_;
  return {};
}

bool CkanPages::takes_other_sort(const core::Error& error) {
  const int status = status_of(error);
  const bool is_refusal =
      error.id == "harvest-remote-error" || status == 400 || status == 409 || status == 422;
  if (!is_refusal || sort_ + 1 >= kSorts.size()) return false;
  if (!first_refusal_) first_refusal_ = error;
  ++sort_;
  return true;
}

Result<void> CkanPages::check_end() const {
  const std::int64_t slack = std::max<std::int64_t>(1000, first_count_ / 2);
  const bool has_grown = count_ && start_ > first_count_ + slack;
  if (!has_grown && pages_ < kMaxPages) return {};
  return tl::unexpected<core::Error>(endless_pages(delivered_));
}

core::Error endless_pages(std::int64_t delivered) {
  const std::string count = std::to_string(delivered);
  return core::fail(core::ErrorCode::kUpstream, "harvest-paging",
                    {"一覧のページが終わりません（" + count + " 件まで取得）。",
                     "The pages of the listing do not end (" + count + " records so far)."},
                    {"収集元の管理者に、一覧のページ送りを確かめてもらってください。",
                     "Ask the administrators of the portal to check how it pages its listing."})
      .value();
}

}  // namespace minato::harvest
