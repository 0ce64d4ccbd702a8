#include "harvest/run/import_stage.h"

#include <algorithm>
#include <utility>

#include "harvest/run/faults.h"

namespace minato::harvest {

namespace {

using core::ErrorCode;
using core::Result;
using storage::HarvestObject;

constexpr std::int64_t kFirstLoad = 10;
constexpr std::size_t kBatchBytes = 4 * 1024 * 1024;
// So many records in a row without any answer mean that the source is gone, not the records.
constexpr std::int64_t kMaxUnreachable = 10;

bool needs_fetch(const HarvestObject& object) {
  return object.state == HarvestObject::State::kWaiting && object.content.empty();
}

// Those at the front that are done together: fetched, or imported, and alone when one was in hand
// as the process died.
void keep_front(std::vector<HarvestObject>& objects) {
  const bool fetch = needs_fetch(objects.front());
  const bool alone = objects.front().attempts > 0;
  const auto end = std::find_if(objects.begin() + 1, objects.end(), [&](const auto& object) {
    return alone || object.attempts > 0 || needs_fetch(object) != fetch;
  });
  objects.erase(end, objects.end());
}

core::Error poison_error(std::int64_t attempts) {
  const std::string count = std::to_string(attempts);
  return core::fail(ErrorCode::kInternal, "harvest-record-poison",
                    {"このレコードの処理中にプログラムが " + count +
                         " 回続けて中断したため、飛ばしました。",
                     "The program broke off " + count +
                         " times in a row at this record, so it is passed over."},
                    {"レコードの URL を添えて開発者へ知らせてください。",
                     "Tell the developers the URL of the record."})
      .value();
}

}  // namespace

ImportStage::ImportStage(JobRun& run)
    : run_(run),
      results_(run),
      import_(run, results_),
      limit_(std::min(kFirstLoad, run.limits.batch)) {}

Result<void> ImportStage::run() {
  if (run_.broke_off) {
    if (auto done = suspect_first(); !done) return done;
  }
  while (true) {
    if (auto going = run_.keeper.check(); !going) return going;
    auto objects = next_batch();
    if (!objects) return tl::unexpected(std::move(objects).error());
    if (objects->empty()) return {};
    auto done = needs_fetch(objects->front()) ? fetch_all(*objects) : import_.run(*objects);
    if (!done) return done;
    run_.progress.show();
  }
}

// Whatever was in hand when the process died is at the front of the queue: it is tried again one by
// one, and what breaks off again and again is given up.
Result<void> ImportStage::suspect_first() {
  const std::int64_t usual = std::exchange(limit_, run_.limits.batch);
  auto objects = next_batch();
  limit_ = usual;
  if (!objects) return tl::unexpected(std::move(objects).error());
  if (objects->empty()) return {};
  for (HarvestObject& object : *objects) ++object.attempts;
  HarvestObject& first = objects->front();
  if (first.attempts >= run_.limits.max_attempts) {
    results_.fail(first, needs_fetch(first) ? "fetch" : "import", poison_error(first.attempts));
  }
  return results_.save(*objects);
}

Result<ImportStage::Objects> ImportStage::next_batch() {
  for (const auto state : {HarvestObject::State::kFetched, HarvestObject::State::kWaiting}) {
    auto objects = run_.stores.harvest.next_objects(run_.job.id, state, limit_);
    if (!objects || objects->empty()) {
      if (objects) continue;
      return objects;
    }
    std::size_t bytes = 0;
    for (const HarvestObject& object : *objects) bytes += object.content.size();
    if (bytes > kBatchBytes) {
      limit_ = std::max<std::int64_t>(limit_ / 2, 1);
    } else if (bytes < kBatchBytes / 4) {
      limit_ = std::min(limit_ * 2, std::max<std::int64_t>(run_.limits.batch, 1));
    }
    keep_front(*objects);
    return objects;
  }
  return Objects{};
}

Result<void> ImportStage::fetch_all(Objects& objects) {
  for (HarvestObject& object : objects) {
    if (auto going = run_.keeper.check(); !going) return going;
    if (auto done = fetch_one(object); !done) return done;
    if (auto done = results_.save({object}); !done) return done;
    run_.progress.show();
  }
  return {};
}

Result<void> ImportStage::fetch_one(HarvestObject& object) {
  const GatheredRecord record{object.remote_id, object.remote_modified, object.url, ""};
  auto content = guarded([&] { return run_.adapter.fetch(record); });
  if (content) {
    unreachable_ = 0;
    object.content = *std::move(content);
    object.fetched = run_.stores.clock.now();
    object.state = HarvestObject::State::kFetched;
    return {};
  }
  // Interrupted is not failed: the record waits for whoever goes on.
  if (auto going = run_.keeper.check(); !going) return going;
  unreachable_ = is_unreachable(content.error()) ? unreachable_ + 1 : 0;
  if (unreachable_ >= kMaxUnreachable) return tl::unexpected(std::move(content).error());
  results_.fail(object, "fetch", content.error());
  return {};
}

}  // namespace minato::harvest
