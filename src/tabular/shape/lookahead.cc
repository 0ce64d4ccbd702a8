#include "tabular/shape/lookahead.h"

#include <cstring>
#include <utility>

namespace minato::tabular {

KeptRecord keep(const SeenRecord& seen) {
  KeptRecord kept;
  std::size_t size = 0;
  for (const RawCell& cell : seen.record.cells) {
    size += cell.text.size();
  }
  kept.bytes.resize(size);
  kept.seen = seen;
  std::size_t at = 0;
  for (RawCell& cell : kept.seen.record.cells) {
    if (cell.text.empty()) {
      cell.text = {};
      continue;
    }
    std::memcpy(kept.bytes.data() + at, cell.text.data(), cell.text.size());
    cell.text = std::string_view(kept.bytes.data() + at, cell.text.size());
    at += cell.text.size();
  }
  return kept;
}

core::Result<bool> Lookahead::read() {
  while (!end_) {
    auto more = source_.next(current_.record);
    if (!more) {
      return tl::unexpected(std::move(more.error()));
    }
    if (!*more) {
      end_ = true;
      break;
    }
    current_.outline = outline_of(current_.record);
    blanks_ += current_.record.number - last_number_ - 1;  // passed over by the source
    last_number_ = current_.record.number;
    if (current_.outline.count > 0) {
      current_.gap = blanks_ > 0;
      current_.blanks = std::exchange(blanks_, 0);
      return true;
    }
    ++blanks_;
  }
  return false;
}

core::Result<const SeenRecord*> Lookahead::take() {
  if (!queue_.empty()) {
    taken_ = std::move(queue_.front());
    queue_.pop_front();
    return &taken_.seen;
  }
  auto more = read();
  if (!more) {
    return tl::unexpected(std::move(more.error()));
  }
  return *more ? &current_ : nullptr;
}

core::Result<const SeenRecord*> Lookahead::peek(std::size_t i) {
  while (queue_.size() <= i) {
    auto more = read();
    if (!more) {
      return tl::unexpected(std::move(more.error()));
    }
    if (!*more) {
      return nullptr;
    }
    queue_.push_back(keep(current_));
  }
  return &queue_[i].seen;
}

}  // namespace minato::tabular
