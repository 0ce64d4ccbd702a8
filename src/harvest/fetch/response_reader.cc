#include "harvest/fetch/response_reader.h"

#include <algorithm>
#include <utility>

#include "harvest/fetch/fetch_errors.h"

namespace minato::harvest {
namespace {

// So much of a body nobody wants is read to keep the connection for the next request.
constexpr std::uint64_t kMaxPassedOver = 64 * 1024;

const core::LocalizedText kBadCoding = {
    "圧縮（Content-Encoding）が壊れているか、対応していない方式です。",
    "Its Content-Encoding is damaged or of a kind that was not asked for."};

}  // namespace

bool ResponseReader::fail(core::Error error) {
  failure_ = std::move(error);
  return false;
}

bool ResponseReader::take_head(ResponseHead head) {
  head_ = std::move(head);
  const std::uint64_t announced = head_.announced_bytes().value_or(0);
  if (!keeps_body()) {
    has_enough_ = announced > kMaxPassedOver;
    return !has_enough_;
  }
  if (announced > target_.max_bytes && !target_.cut_at_max) {
    return fail(size_error(url_, target_.max_bytes));
  }
  decoder_ = ContentDecoder::create(head_.find("content-encoding"));
  if (!decoder_) return fail(truncated_error(url_, kBadCoding));
  auto opened = writer_.open();
  return opened || fail(std::move(opened.error()));
}

bool ResponseReader::take_body(std::string_view bytes) {
  if (!keeps_body()) {
    passed_over_ += bytes.size();
    has_enough_ = passed_over_ > kMaxPassedOver;
    return !has_enough_;
  }
  switch (decoder_->decode(bytes, [this](std::string_view part) { return take_decoded(part); })) {
    case ContentDecoder::Step::kGoOn:
      return true;
    case ContentDecoder::Step::kOutputEnded:
      return false;
    case ContentDecoder::Step::kDamaged:
      break;
  }
  return fail(truncated_error(url_, kBadCoding));
}

bool ResponseReader::take_decoded(std::string_view bytes) {
  const std::uint64_t room = target_.max_bytes - writer_.size();
  const bool fits = bytes.size() <= room;
  if (!fits && !target_.cut_at_max) return fail(size_error(url_, target_.max_bytes));
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), room));
  auto written = writer_.append(bytes.substr(0, taken));
  if (!written) return fail(std::move(written.error()));
  has_enough_ = !fits;
  return fits;
}

core::Result<void> ResponseReader::finish() {
  if (failure_) return tl::unexpected(std::move(*failure_));
  if (!keeps_body()) return {};
  if (!has_enough_ && !decoder_->is_whole()) {
    return tl::unexpected(truncated_error(
        url_, {"圧縮されたデータが途中で終わっています。", "Its compressed data end early."}));
  }
  return writer_.finish();
}

}  // namespace minato::harvest
