#include "cli/publish/progress.h"

#include <unistd.h>

#include <iostream>
#include <string>

namespace minato::cli {

namespace {

constexpr std::size_t kBarWidth = 30;
constexpr std::chrono::milliseconds kPause{100};
constexpr std::int64_t kMega = 1'000'000;

}  // namespace

FileProgress::FileProgress(std::ostream& err, core::Language language)
    : terminal_(err),
      language_(language),
      visible_(&err == &std::cerr && ::isatty(STDERR_FILENO) == 1) {}

FileProgress::~FileProgress() {
  if (visible_) terminal_ << "\r\x1b[K" << std::flush;
}

bool FileProgress::is_time() {
  if (!visible_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_draw_) return false;
  next_draw_ = now + kPause;
  return true;
}

void FileProgress::draw(const std::string& line) { terminal_ << "\r\x1b[K" << line << std::flush; }

void FileProgress::bytes(std::int64_t done, std::int64_t all) {
  if (!is_time()) return;
  const auto filled =
      all <= 0 ? kBarWidth
               : static_cast<std::size_t>(done * static_cast<std::int64_t>(kBarWidth) / all);
  draw("[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] " +
       std::to_string(done / kMega) + " / " + std::to_string(all / kMega) + " MB");
}

void FileProgress::rows(std::int64_t done) {
  if (!is_time()) return;
  draw((language_ == core::Language::kJa ? "読み込み中: " : "reading: ") + std::to_string(done) +
       (language_ == core::Language::kJa ? " 行" : " rows"));
}

}  // namespace minato::cli
