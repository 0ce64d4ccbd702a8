#include "formats/rows_input/ndjson_records.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "formats/json.h"
#include "formats/rows_input/json_record.h"

namespace minato::formats {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr int kMaxDepth = 32;

tl::unexpected<core::Error> reading_failed(int error) {
  auto failure =
      core::fail(ErrorCode::kUnavailable, "storage-io",
                 {"送られたデータを読めませんでした。", "What was sent could not be read."},
                 {"時間をおいて再度お試しください。", "Try again later."});
  failure.value().internal = std::string("read records: ") + std::strerror(error);
  return failure;
}

tl::unexpected<core::Error> too_long(std::size_t most) {
  const std::string bytes = std::to_string(most);
  return core::fail(ErrorCode::kTooLarge, "record-too-long",
                    {"1 行が長すぎます（" + bytes + " バイトまで）。",
                     "The line is too long (at most " + bytes + " bytes)."},
                    {"1 行に 1 件の JSON オブジェクトを、改行で区切って送ってください。",
                     "Send one JSON object per line."});
}

tl::unexpected<core::Error> too_many(std::int64_t most) {
  const std::string number = std::to_string(most);
  return core::fail(ErrorCode::kTooLarge, "too-many-records",
                    {"一度に送れる行は " + number + " 行までです。",
                     "At most " + number + " records can be sent at once."},
                    {"何回かに分けて送るか、ファイルを登録してください。",
                     "Send them in several calls, or publish a file."});
}

}  // namespace

// False at the end of what comes.
Result<bool> NdjsonRecords::refill() {
  if (ended_) return false;
  if (fd_ < 0) {
    const auto part = text_.substr(0, kReadBytes);
    buffer_ += part;
    text_.remove_prefix(part.size());
    ended_ = part.empty();
    return !ended_;
  }
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kReadBytes);
  ssize_t done = 0;
  do {
    done = ::read(fd_, buffer_.data() + before, kReadBytes);
  } while (done < 0 && errno == EINTR);
  buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(done, 0)));
  if (done < 0) return reading_failed(errno);
  ended_ = done == 0;
  return !ended_;
}

Result<bool> NdjsonRecords::next_line(std::string_view& line) {
  std::size_t looked = begin_;
  while (true) {
    const std::size_t end = buffer_.find('\n', looked);
    const std::size_t length = std::min(end, buffer_.size()) - begin_;
    if (length > limits_.max_line_bytes) {
      ++line_;
      return at_this_line(too_long(limits_.max_line_bytes).value());
    }
    if (end != std::string::npos) {
      line = std::string_view(buffer_).substr(begin_, length);
      begin_ = end + 1;
      ++line_;
      return true;
    }
    looked = buffer_.size() - begin_;
    buffer_.erase(0, begin_);
    begin_ = 0;
    auto more = refill();
    if (!more) return more;
    if (*more) continue;
    if (buffer_.empty()) return false;
    buffer_ += '\n';  // the last line may lack its end
  }
}

tl::unexpected<core::Error> NdjsonRecords::at_this_line(core::Error error) const {
  core::ErrorDetail detail;
  if (!error.details.empty()) detail = error.details.front();
  if (detail.message.empty()) detail.message = error.message;
  if (detail.hint.empty()) detail.hint = error.hint;
  const std::string line = std::to_string(line_);
  const std::size_t column = detail.position.find(" column ");
  detail.position =
      "line " + line + (column == std::string::npos ? "" : detail.position.substr(column));
  detail.param = "/records/" + std::to_string(records_);
  error.message = {line + " 行目: " + error.message.ja, "Line " + line + ": " + error.message.en};
  error.details = {std::move(detail)};
  return tl::unexpected(std::move(error));
}

Result<bool> NdjsonRecords::next(core::RowRecord& record) {
  std::string_view line;
  while (true) {
    auto more = next_line(line);
    if (!more || !*more) return more;
    if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) break;
  }
  if (records_ == limits_.max_records) return at_this_line(too_many(records_).value());
  auto parsed = parse_json(line, {limits_.max_line_bytes, kMaxDepth});
  if (!parsed) return at_this_line(std::move(parsed).error());
  auto read = read_record(*parsed, limits_.id_name);
  if (!read) return at_this_line(std::move(read).error());
  record = *std::move(read);
  ++records_;
  return true;
}

Result<std::vector<core::RowRecord>> read_all(NdjsonRecords& records) {
  std::vector<core::RowRecord> all;
  while (true) {
    core::RowRecord record;
    auto more = records.next(record);
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return all;
    all.push_back(std::move(record));
  }
}

}  // namespace minato::formats
