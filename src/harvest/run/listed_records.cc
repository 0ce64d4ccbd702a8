#include "harvest/run/listed_records.h"

#include <algorithm>
#include <utility>

#include "core/uuid.h"
#include "harvest/run/faults.h"
#include "harvest/run/known_state.h"

namespace minato::harvest {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t kBatchBytes = 4 * 1024 * 1024;
constexpr std::size_t kMaxIdBytes = 2048;
// A listing of nothing but faults must not fill the disk.
constexpr std::int64_t kMaxFaults = 1000;

core::Error repeated_record() {
  return core::fail(ErrorCode::kConflict, "harvest-record-repeated",
                    {"同じ識別子のレコードが一覧に二度現れました。最初のものだけを使います。",
                     "The listing names this record twice; only the first one is used."},
                    {"公開元で識別子の重複を直してもらってください。",
                     "Ask the publisher to remove the double identifier."})
      .value();
}

core::Error bad_record_id() {
  return core::fail(ErrorCode::kInvalidArgument, "harvest-record-id",
                    {"レコードの識別子が空か長すぎるため、取り込めません。",
                     "The identifier of the record is empty or too long."},
                    {"公開元に識別子 (2,048 バイトまで) を付けてもらってください。",
                     "Ask the publisher for an identifier of at most 2,048 bytes."})
      .value();
}

core::Error more_faults(std::int64_t count) {
  const std::string more = std::to_string(count);
  return core::fail(ErrorCode::kTooLarge, "harvest-more-faults",
                    {"このほかに " + more + " 件の問題がありました。",
                     "There were " + more + " more faults like these."})
      .value();
}

tl::unexpected<core::Error> too_many_records(std::int64_t limit) {
  const std::string count = std::to_string(limit);
  return core::fail(ErrorCode::kTooLarge, "harvest-too-many-records",
                    {"一覧が上限の " + count + " 件を超えました。",
                     "The listing has more than " + count + " records."},
                    {"収集元の設定で範囲を絞るか harvest.max_records を増やしてください。",
                     "Narrow the source by its options, or raise harvest.max_records."});
}

}  // namespace

Result<void> ListedRecords::record(GatheredRecord record) {
  if (auto going = run_.keeper.check(); !going) return going;
  auto is_new = take_id(record.remote_id, record.url);
  if (!is_new) return tl::unexpected(std::move(is_new).error());
  if (!*is_new) return {};
  storage::HarvestObject object;
  object.id = core::random_uuid();
  object.job_id = run_.job.id;
  object.source_id = run_.source.id;
  object.remote_id = std::move(record.remote_id);
  object.url = std::move(record.url);
  object.remote_modified = std::move(record.remote_modified);
  object.content = std::move(record.content);
  object.gathered = run_.stores.clock.now();
  if (!object.content.empty()) object.fetched = object.gathered;
  content_bytes_ += object.content.size();
  objects_.push_back(std::move(object));
  return flush_when_full();
}

Result<bool> ListedRecords::unchanged(const std::string& remote_id,
                                      const std::string& remote_modified) {
  if (auto going = run_.keeper.check(); !going) return tl::unexpected(std::move(going).error());
  if (remote_modified.empty() || ids_.contains(remote_id)) return false;
  auto known = run_.stores.harvest.record(run_.source.id, remote_id);
  if (!known) return tl::unexpected(std::move(known).error());
  if (!*known || !is_current(**known, run_.source) ||
      (*known)->remote_modified != remote_modified) {
    return false;
  }
  auto is_new = take_id(remote_id, (*known)->url);
  if (!is_new) return is_new;
  seen_.push_back(remote_id);
  if (auto done = flush_when_full(); !done) return tl::unexpected(std::move(done).error());
  return true;
}

Result<void> ListedRecords::fault(const std::string& record, const std::string& url,
                                  const core::Error& error, bool is_listing_whole) {
  if (auto going = run_.keeper.check(); !going) return going;
  if (!is_listing_whole) is_whole_ = false;
  if (++fault_count_ > kMaxFaults) return {};
  faults_.push_back(
      make_fault({run_.job.id, "gather", "", record, url}, error, run_.stores.clock.now()));
  return flush_when_full();
}

// True: this gathering meets it for the first time.
Result<bool> ListedRecords::take_id(const std::string& remote_id, const std::string& url) {
  const bool is_bad = remote_id.empty() || remote_id.size() > kMaxIdBytes;
  if (is_bad || ids_.contains(remote_id)) {
    auto noted = fault(is_bad ? remote_id.substr(0, 100) : remote_id, url,
                       is_bad ? bad_record_id() : repeated_record(), true);
    if (!noted) return tl::unexpected(std::move(noted).error());
    return false;
  }
  if (static_cast<std::int64_t>(ids_.size()) >= run_.limits.max_records) {
    return too_many_records(run_.limits.max_records);
  }
  ids_.insert(remote_id);
  return true;
}

Result<void> ListedRecords::flush_when_full() {
  const auto count =
      static_cast<std::int64_t>(std::max({objects_.size(), seen_.size(), faults_.size()}));
  if (count < run_.limits.batch && content_bytes_ < kBatchBytes) return {};
  return flush();
}

Result<void> ListedRecords::finish() {
  if (fault_count_ > kMaxFaults) {
    faults_.push_back(make_fault({run_.job.id, "gather", "", "", ""},
                                 more_faults(fault_count_ - kMaxFaults), run_.stores.clock.now()));
  }
  return flush();
}

Result<void> ListedRecords::flush() {
  storage::HarvestStore& store = run_.stores.harvest;
  Result<void> done;
  if (!objects_.empty()) done = store.add_objects(run_.job.id, objects_);
  if (done && !seen_.empty()) {
    done = store.mark_seen(run_.job.id, run_.source.id, seen_, run_.stores.clock.now());
  }
  if (done && !faults_.empty()) done = store.add_faults(faults_);
  if (!done) return done;
  objects_.clear();
  content_bytes_ = 0;
  seen_.clear();
  faults_.clear();
  run_.progress.show();
  return {};
}

}  // namespace minato::harvest
