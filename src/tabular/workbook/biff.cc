#include "tabular/workbook/biff.h"

#include <algorithm>

#include "core/utf8.h"
#include "tabular/workbook/cell_text.h"
#include "tabular/workbook/little_endian.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::uint8_t kWide = 0x01;
constexpr std::uint8_t kHasFurigana = 0x04;
constexpr std::uint8_t kHasRuns = 0x08;

std::unique_ptr<text::Decoder> decoder_for(bool biff8, std::uint16_t code_page) {
  constexpr std::uint16_t kCp932 = 932;
  constexpr std::uint16_t kMacJapanese = 10'001;
  if (biff8) return text::make_decoder(text::Encoding::kUtf16le);
  if (code_page == kCp932 || code_page == kMacJapanese) {
    return text::make_decoder(text::Encoding::kCp932);
  }
  return nullptr;
}

}  // namespace

std::optional<BiffRecord> biff_record(std::string_view stream, std::size_t offset) {
  if (offset > stream.size() || stream.size() - offset < kHeaderBytes) return std::nullopt;
  const std::size_t length = u16(stream, offset + 2);
  if (stream.size() - offset - kHeaderBytes < length) return std::nullopt;
  return BiffRecord{u16(stream, offset), stream.substr(offset + kHeaderBytes, length),
                    offset + kHeaderBytes + length};
}

BiffBytes::BiffBytes(std::string_view stream, const BiffRecord& record) : pieces_{record.body} {
  auto more = biff_record(stream, record.next);
  while (more && more->type == biff::kContinue) {
    pieces_.push_back(more->body);
    more = biff_record(stream, more->next);
  }
}

bool BiffBytes::next_piece() {
  if (piece_ + 1 >= pieces_.size()) {
    failed_ = true;
    return false;
  }
  ++piece_;
  at_ = 0;
  return true;
}

std::uint8_t BiffBytes::u8() {
  while (left() == 0) {
    if (!next_piece()) return 0;
  }
  return static_cast<std::uint8_t>(pieces_[piece_][at_++]);
}

std::uint16_t BiffBytes::u16() {
  const unsigned low = u8();
  return static_cast<std::uint16_t>(low | unsigned{u8()} << 8);
}

std::uint32_t BiffBytes::u32() {
  const std::uint32_t low = u16();
  return low | std::uint32_t{u16()} << 16;
}

void BiffBytes::skip(std::size_t bytes) {
  while (bytes > 0) {
    const std::size_t step = std::min(bytes, left());
    at_ += step;
    bytes -= step;
    if (bytes > 0 && !next_piece()) return;
  }
}

std::string BiffBytes::bytes(std::size_t count) {
  std::string out;
  while (out.size() < count) {
    const std::size_t step = std::min(count - out.size(), left());
    out += pieces_[piece_].substr(at_, step);
    at_ += step;
    if (out.size() < count && !next_piece()) break;
  }
  return out;
}

std::string BiffBytes::characters(std::size_t count, bool wide) {
  std::string out;
  while (count > 0) {
    const std::size_t step = std::min(count, left() / (wide ? 2 : 1));
    const std::string_view piece = pieces_[piece_].substr(at_, step * (wide ? 2 : 1));
    if (wide) {
      out += piece;
    } else {
      for (const char c : piece) {
        out += c;
        out += '\0';
      }
    }
    at_ += piece.size();
    count -= step;
    if (count == 0) break;
    if (!next_piece()) break;
    wide = (u8() & kWide) != 0;
  }
  return out;
}

BiffText::BiffText(bool biff8, std::uint16_t code_page)
    : biff8_(biff8), decoder_(decoder_for(biff8, code_page)) {}

std::string BiffText::decode(std::string_view bytes) {
  std::string out;
  if (decoder_) {
    decoder_->reset();
    decoder_->decode(bytes, out);
    decoder_->finish(out);
  } else {
    for (const char c : bytes) core::append_utf8(out, static_cast<unsigned char>(c));
  }
  std::erase(out, '\0');
  return out;
}

std::string BiffText::characters(BiffBytes& bytes, std::size_t count) {
  if (!biff8_) return decode(bytes.bytes(count));
  const std::uint8_t flags = bytes.u8();
  const std::size_t runs = (flags & kHasRuns) != 0 ? bytes.u16() : 0;
  const std::size_t furigana = (flags & kHasFurigana) != 0 ? bytes.u32() : 0;
  std::string out = decode(bytes.characters(count, (flags & kWide) != 0));
  bytes.skip(4 * runs);
  bytes.skip(furigana);
  return out;
}

std::string BiffText::short_string(BiffBytes& bytes) {
  const std::size_t count = bytes.u8();
  return characters(bytes, count);
}

std::string BiffText::string(BiffBytes& bytes) {
  const std::size_t count = bytes.u16();
  return characters(bytes, count);
}

}  // namespace minato::tabular
