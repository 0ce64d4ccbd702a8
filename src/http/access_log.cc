#include "http/access_log.h"

#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "http/reopening_file_sink.h"

namespace minato::http {
namespace {

constexpr std::size_t kMaxWaitingBytes = 4u << 20;
constexpr std::size_t kBlockBytes = 64u << 10;
constexpr std::chrono::milliseconds kMaxWait{200};

}  // namespace

// Lines are gathered in blocks. The writer takes all blocks at once, so a reactor only ever waits
// for another line to be appended.
struct AccessLog::State {
  struct Block {
    std::string text;
    std::uint64_t lines = 0;
  };

  State(std::shared_ptr<spdlog::sinks::sink> to, AccessLogFormat as)
      : sink(std::move(to)), format(as), writer([this] { run(); }) {}

  void append(std::string_view line);
  void run();
  void emit(std::deque<Block>&& taken, std::uint64_t lost);

  const std::shared_ptr<spdlog::sinks::sink> sink;
  const AccessLogFormat format;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Block> blocks;
  std::size_t waiting_bytes = 0;
  std::uint64_t lost_since_written = 0;
  std::uint64_t appended = 0;  // lines
  std::uint64_t done = 0;      // lines written or dropped
  bool hurry = false;
  bool stopping = false;
  std::atomic<std::uint64_t> dropped{0};
  std::thread writer;  // last: it uses all of the above
};

void AccessLog::State::append(std::string_view line) {
  const std::lock_guard lock(mutex);
  if (blocks.empty() || blocks.back().text.size() + line.size() > kBlockBytes) {
    blocks.emplace_back();
    blocks.back().text.reserve(kBlockBytes);
  }
  Block& block = blocks.back();
  block.text.append(line).push_back('\n');
  ++block.lines;
  ++appended;
  waiting_bytes += line.size() + 1;
  while (waiting_bytes > kMaxWaitingBytes && blocks.size() > 1) {
    waiting_bytes -= blocks.front().text.size();
    lost_since_written += blocks.front().lines;
    done += blocks.front().lines;
    dropped.fetch_add(blocks.front().lines, std::memory_order_relaxed);
    blocks.pop_front();
  }
}

void AccessLog::State::run() {
  std::unique_lock lock(mutex);
  while (!stopping || !blocks.empty()) {
    changed.wait_for(lock, kMaxWait, [this] { return stopping || hurry; });
    std::deque<Block> taken = std::exchange(blocks, {});
    const std::uint64_t lost = std::exchange(lost_since_written, 0);
    waiting_bytes = 0;
    hurry = false;
    std::uint64_t lines = 0;
    for (const Block& block : taken) lines += block.lines;
    lock.unlock();
    emit(std::move(taken), lost);
    lock.lock();
    done += lines;
    changed.notify_all();
  }
}

void AccessLog::State::emit(std::deque<Block>&& taken, std::uint64_t lost) {
  if (taken.empty() && lost == 0) return;
  // A sink that cannot write (disk full) throws; the service goes on without these lines.
  try {
    const auto put = [this](std::string_view text) {
      sink->log(spdlog::details::log_msg("access", spdlog::level::info,
                                         spdlog::string_view_t(text.data(), text.size())));
    };
    if (lost > 0) {
      put((format == AccessLogFormat::kJson ? "{\"dropped_lines\":" + std::to_string(lost) + "}\n"
                                            : "# dropped lines: " + std::to_string(lost) + "\n"));
    }
    for (const Block& block : taken) put(block.text);
    sink->flush();
  } catch (...) {
    std::uint64_t lines = 0;
    for (const Block& block : taken) lines += block.lines;
    dropped.fetch_add(lines, std::memory_order_relaxed);
  }
}

AccessLog::AccessLog(std::shared_ptr<spdlog::sinks::sink> sink, AccessLogFormat format) {
  // Lines come with their ends: the sink adds nothing.
  sink->set_formatter(std::make_unique<spdlog::pattern_formatter>(
      "%v", spdlog::pattern_time_type::utc, std::string()));
  state_ = std::make_unique<State>(std::move(sink), format);
}

AccessLog::~AccessLog() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->changed.notify_all();
  state_->writer.join();
}

void AccessLog::write(const AccessRecord& record) {
  thread_local std::string line;
  line.clear();
  format_access_record(record, state_->format, line);
  state_->append(line);
}

void AccessLog::flush() {
  std::unique_lock lock(state_->mutex);
  const std::uint64_t goal = state_->appended;
  state_->hurry = true;
  state_->changed.notify_all();
  state_->changed.wait(lock, [&] { return state_->done >= goal; });
}

std::uint64_t AccessLog::dropped() const { return state_->dropped.load(std::memory_order_relaxed); }

core::Result<std::unique_ptr<AccessLog>> open_access_log(const std::string& destination,
                                                         AccessLogFormat format) {
  try {
    std::shared_ptr<spdlog::sinks::sink> sink;
    if (destination.empty()) {
      sink = std::make_shared<spdlog::sinks::null_sink_mt>();
    } else if (destination == "-") {
      sink = std::make_shared<spdlog::sinks::stdout_sink_mt>();
    } else {
      sink = std::make_shared<ReopeningFileSink>(destination);
    }
    return std::make_unique<AccessLog>(std::move(sink), format);
  } catch (const spdlog::spdlog_ex& error) {
    core::Error failure{core::ErrorCode::kInvalidArgument,
                        "access-log-not-writable",
                        {"アクセスログ「" + destination + "」に書き込めません。",
                         "The access log \"" + destination + "\" cannot be written."},
                        {"フォルダーの有無と書き込み権限を確かめてください。",
                         "Check that its folder exists and may be written to."},
                        {},
                        error.what()};
    return tl::unexpected(std::move(failure));
  }
}

}  // namespace minato::http
