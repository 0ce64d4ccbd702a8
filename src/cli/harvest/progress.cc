#include "cli/harvest/progress.h"

namespace minato::cli {

namespace {

constexpr std::size_t kBarWidth = 20;
constexpr std::chrono::milliseconds kPause{100};

}  // namespace

void HarvestProgress::update(const core::HarvestJob& job) {
  if (!options_.visible) return;
  const std::lock_guard lock(mutex_);
  counts_[job.source_id] = job.counts;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_draw_) return;
  next_draw_ = now + kPause;
  draw();
}

void HarvestProgress::ended(const std::function<void()>& print) {
  const std::lock_guard lock(mutex_);
  ++done_;
  clear();
  print();
  draw();
}

void HarvestProgress::print(const std::function<void()>& print) {
  const std::lock_guard lock(mutex_);
  clear();
  print();
}

void HarvestProgress::draw() {
  if (!options_.visible) return;
  terminal_ << "\r\x1b[K" << line() << std::flush;
}

void HarvestProgress::clear() {
  if (options_.visible) terminal_ << "\r\x1b[K" << std::flush;
}

std::string HarvestProgress::line() const {
  core::JobCounts sum;
  for (const auto& [source, counts] : counts_) {
    sum.added += counts.added;
    sum.updated += counts.updated;
    sum.not_modified += counts.not_modified;
    sum.errored += counts.errored;
    sum.files_waiting += counts.files_waiting;
  }
  const bool ja = options_.language == core::Language::kJa;
  const std::size_t filled =
      options_.sources == 0 ? kBarWidth : done_ * kBarWidth / options_.sources;
  const auto figure = [&](const char* in_ja, const char* in_en, std::int64_t number) {
    return std::string("  ") + (ja ? in_ja : in_en) + " " + std::to_string(number);
  };
  return "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] " +
         std::to_string(done_) + "/" + std::to_string(options_.sources) +
         figure("追加", "added", sum.added) + figure("更新", "updated", sum.updated) +
         figure("変更なし", "same", sum.not_modified) + figure("失敗", "errors", sum.errored) +
         figure("残りファイル", "files left", sum.files_waiting);
}

}  // namespace minato::cli
