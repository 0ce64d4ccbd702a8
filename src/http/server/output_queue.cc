#include "http/server/output_queue.h"

#include <algorithm>
#include <utility>

namespace minato::http {
namespace {

constexpr std::size_t kKeptCapacity = 4096;  // what an idle connection may keep
constexpr std::size_t kKeptPieces = 32;      // that are sent; a long stream may never be empty

iovec slice_of(std::string_view bytes) {
  return {const_cast<char*>(bytes.data()), bytes.size()};  // sendmsg(2) only reads
}

}  // namespace

void OutputQueue::add(std::string bytes) {
  if (!bytes.empty()) pieces_.emplace_back(std::move(bytes));
}

void OutputQueue::add(std::shared_ptr<const std::string> bytes) {
  if (bytes && !bytes->empty()) pieces_.emplace_back(std::move(bytes));
}

void OutputQueue::add(FileSlice file) {
  if (file.length > 0) pieces_.emplace_back(std::move(file));
}

std::string_view OutputQueue::memory(const Piece& piece) {
  if (const auto* own = std::get_if<std::string>(&piece)) return *own;
  return *std::get<std::shared_ptr<const std::string>>(piece);
}

std::size_t OutputQueue::gather(iovec* slices) const {
  std::size_t count = 0;
  if (text_sent_ < text_.size()) {
    slices[count++] = slice_of(std::string_view(text_).substr(text_sent_));
  }
  for (std::size_t i = next_; i < pieces_.size() && count < kMaxSlices; ++i) {
    if (std::holds_alternative<FileSlice>(pieces_[i])) break;
    auto bytes = memory(pieces_[i]);
    if (i == next_) bytes.remove_prefix(piece_sent_);
    slices[count++] = slice_of(bytes);
  }
  return count;
}

const FileSlice* OutputQueue::front_file() const {
  if (text_sent_ < text_.size() || next_ == pieces_.size()) return nullptr;
  return std::get_if<FileSlice>(&pieces_[next_]);
}

bool OutputQueue::file_follows() const {
  return std::any_of(pieces_.begin() + static_cast<std::ptrdiff_t>(next_), pieces_.end(),
                     [](const Piece& piece) { return std::holds_alternative<FileSlice>(piece); });
}

void OutputQueue::consume(std::size_t bytes) {
  const std::size_t of_text = std::min(bytes, text_.size() - text_sent_);
  text_sent_ += of_text;
  bytes -= of_text;
  while (bytes > 0 && next_ < pieces_.size()) {
    std::size_t taken = 0;
    bool whole = false;
    if (auto* file = std::get_if<FileSlice>(&pieces_[next_])) {
      taken = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, file->length));
      file->offset += taken;
      file->length -= taken;
      whole = file->length == 0;
    } else {
      const std::size_t left = memory(pieces_[next_]).size() - piece_sent_;
      taken = std::min(bytes, left);
      piece_sent_ += taken;
      whole = taken == left;
    }
    bytes -= taken;
    if (!whole) break;
    pieces_[next_++] = std::string();  // frees memory and descriptors as they go
    piece_sent_ = 0;
  }
  if (empty()) {
    forget_sent();
  } else if (next_ >= kKeptPieces) {
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
  }
}

std::size_t OutputQueue::memory_bytes() const {
  std::size_t bytes = text_.size() - text_sent_;
  for (std::size_t i = next_; i < pieces_.size(); ++i) {
    if (!std::holds_alternative<FileSlice>(pieces_[i])) bytes += memory(pieces_[i]).size();
  }
  return bytes - piece_sent_;
}

void OutputQueue::release_memory() {
  if (text_.capacity() > kKeptCapacity) std::string().swap(text_);
}

void OutputQueue::forget_sent() {
  pieces_.clear();
  next_ = 0;
  piece_sent_ = 0;
  text_.clear();  // keeps its memory: a body that is pulled needs it again at once
  text_sent_ = 0;
}

}  // namespace minato::http
