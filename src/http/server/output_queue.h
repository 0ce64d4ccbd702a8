// What is still to be sent on a connection: bytes and parts of files, in order.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/message.h"

namespace minato::http {

class OutputQueue {
 public:
  static constexpr std::size_t kMaxSlices = 8;

  [[nodiscard]] bool empty() const { return next_ == pieces_.size() && text_sent_ == text_.size(); }

  // Bytes that go out before every piece. REQUIRES: no piece is queued.
  [[nodiscard]] std::string& text() { return text_; }
  void skip_text(std::size_t bytes) { text_sent_ += bytes; }  // begins within text()

  // Bodies are taken over, not copied.
  void add(std::string bytes);
  void add(std::shared_ptr<const std::string> bytes);
  void add(FileSlice file);

  // The memory at the front as at most kMaxSlices slices; returns how many (0: a file is at the
  // front, or nothing). They stay valid until consume() or add().
  std::size_t gather(iovec* slices) const;
  // The file slice at the front, or null.
  [[nodiscard]] const FileSlice* front_file() const;
  // True when a file follows the memory that gather() returned.
  [[nodiscard]] bool file_follows() const;

  // Bytes of memory that are still to be sent.
  [[nodiscard]] std::size_t memory_bytes() const;

  // `bytes` of what gather() or front_file() gave are in the kernel.
  void consume(std::size_t bytes);

  // Gives back the memory that was kept for more text. REQUIRES: empty().
  void release_memory();

 private:
  using Piece = std::variant<std::string, std::shared_ptr<const std::string>, FileSlice>;
  static std::string_view memory(const Piece& piece);
  void forget_sent();

  std::string text_;
  std::size_t text_sent_ = 0;
  std::vector<Piece> pieces_;
  std::size_t next_ = 0;        // the first piece not yet sent
  std::size_t piece_sent_ = 0;  // bytes of it, when it is memory
};

}  // namespace minato::http
