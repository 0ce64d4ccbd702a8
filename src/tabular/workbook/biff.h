// Records and strings of BIFF8 and BIFF5 ([MS-XLS] 2.1.4, 2.5.240, 2.5.293).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/encoding.h"

namespace minato::tabular {

// Record types of [MS-XLS] 2.3, as far as they bear on cells.
namespace biff {
inline constexpr std::uint16_t kFormula = 0x0006;
inline constexpr std::uint16_t kEof = 0x000A;
inline constexpr std::uint16_t kDate1904 = 0x0022;
inline constexpr std::uint16_t kFilePass = 0x002F;
inline constexpr std::uint16_t kContinue = 0x003C;
inline constexpr std::uint16_t kCodePage = 0x0042;
inline constexpr std::uint16_t kColInfo = 0x007D;
inline constexpr std::uint16_t kBoundSheet = 0x0085;
inline constexpr std::uint16_t kMulRk = 0x00BD;
inline constexpr std::uint16_t kRString = 0x00D6;
inline constexpr std::uint16_t kXf = 0x00E0;
inline constexpr std::uint16_t kMergeCells = 0x00E5;
inline constexpr std::uint16_t kSst = 0x00FC;
inline constexpr std::uint16_t kLabelSst = 0x00FD;
inline constexpr std::uint16_t kNumber = 0x0203;
inline constexpr std::uint16_t kLabel = 0x0204;
inline constexpr std::uint16_t kBoolErr = 0x0205;
inline constexpr std::uint16_t kString = 0x0207;
inline constexpr std::uint16_t kRow = 0x0208;
inline constexpr std::uint16_t kRk = 0x027E;
inline constexpr std::uint16_t kFormat = 0x041E;
inline constexpr std::uint16_t kBof = 0x0809;
}  // namespace biff

struct BiffRecord {
  std::uint16_t type = 0;
  std::string_view body;
  std::size_t next = 0;  // offset of the record behind it
};

// The record at `offset`; nullopt at the end of the stream or when it is cut.
std::optional<BiffRecord> biff_record(std::string_view stream, std::size_t offset);

// Bytes of a record and of the CONTINUE records behind it. Reading beyond the end gives zeros and
// sets failed().
class BiffBytes {
 public:
  explicit BiffBytes(std::string_view body) : pieces_{body} {}
  BiffBytes(std::string_view stream, const BiffRecord& record);

  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  void skip(std::size_t bytes);
  // `count` characters in UTF-16LE. Where they cross into a CONTINUE record, a new flag tells how
  // wide the others are.
  std::string characters(std::size_t count, bool wide);
  // `count` bytes; CONTINUE records make no difference.
  std::string bytes(std::size_t count);
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  [[nodiscard]] std::size_t left() const { return pieces_[piece_].size() - at_; }
  bool next_piece();

  std::vector<std::string_view> pieces_;
  std::size_t piece_ = 0;
  std::size_t at_ = 0;
  bool failed_ = false;
};

// Not thread-safe.
class BiffText {
 public:
  // `code_page` only matters to BIFF5: 932 and Latin.
  BiffText(bool biff8, std::uint16_t code_page);

  // A string with its length in one or two bytes before it; BIFF8 adds flags, formats of parts and
  // furigana, of which only the text is given.
  std::string short_string(BiffBytes& bytes);
  std::string string(BiffBytes& bytes);

 private:
  std::string characters(BiffBytes& bytes, std::size_t count);
  std::string decode(std::string_view bytes);

  bool biff8_;
  std::unique_ptr<text::Decoder> decoder_;  // null: Latin-1
};

}  // namespace minato::tabular
