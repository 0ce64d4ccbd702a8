#include "text/encoding_scan.h"

#include "text/jis_tables.h"
#include "text/repairing_decoder.h"
#include "text/utf8_scan.h"

namespace minato::text {
namespace {

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void count_row(JapaneseCounts& counts, int row) {
  if (row == 4 || row == 5) {
    ++counts.kana;
  } else if (row == 1 || row == 3 || (row >= 16 && row <= 47)) {
    ++counts.common;
  } else {
    ++counts.rare;
  }
}

// Where a half-width kana is unlikely: brackets, a voicing mark on what has no voiced form, a small
// kana or a long mark at a word's beginning.
bool is_odd(unsigned char before, unsigned char byte) {
  const bool may_be_voiced =
      before == 0xB3 || (before >= 0xB6 && before <= 0xC4) || (before >= 0xCA && before <= 0xCE);
  if (byte == 0xDE) return !may_be_voiced;
  if (byte == 0xDF) return before < 0xCA || before > 0xCE;
  if (byte <= 0xA4) return true;
  return before == 0 && ((byte >= 0xA7 && byte <= 0xB0) || byte == 0xDD);
}

}  // namespace

Cp932Scan::Cp932Scan() : tables_(jis_tables()) {}

void Cp932Scan::second(unsigned char byte) {
  const unsigned char lead = lead_;
  lead_ = 0;
  if (!is_cp932_trail(byte) || tables_.cp932[lead - 0x81U][byte - 0x40U] == 0) {
    ++counts_.bad;
    return;
  }
  count_row(counts_, cp932_row(lead, byte));
  if (byte >= 0xE0) ++counts_.high_trails;
}

void Cp932Scan::half_width(unsigned char byte) {
  ++counts_.half_width;
  if (is_odd(before_, byte)) ++counts_.odd_half_width;
  before_ = byte;
}

void Cp932Scan::feed(std::string_view text) {
  const unsigned char* const bytes = as_bytes(text);
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    const unsigned char byte = bytes[at];
    if (lead_ != 0) {
      second(byte);
      ++at;
    } else if (byte < 0x80) {
      before_ = 0;
      const std::size_t ascii = ascii_words(bytes + at, size - at);
      at += ascii > 0 ? ascii : 1;
      while (at < size && bytes[at] < 0x80) ++at;
    } else if (is_half_width_kana(byte)) {
      half_width(byte);
      ++at;
    } else {
      before_ = 0;
      if (is_cp932_lead(byte)) {
        lead_ = byte;
      } else {
        ++counts_.bad;
      }
      ++at;
    }
  }
}

EucJpScan::EucJpScan() : tables_(jis_tables()) {}

void EucJpScan::following(unsigned char byte) {
  const unsigned char lead = lead_;
  if (byte < 0xA1 || byte == 0xFF) {
    ++counts_.bad;
    resync();
    return;
  }
  if (lead == 0x8F && middle_ == 0) {
    middle_ = byte;
    return;
  }
  if (lead == 0x8E) {
    ++(byte <= 0xDF ? counts_.half_width : counts_.bad);
  } else if (lead == 0x8F) {
    ++(tables_.at0212(middle_ & 0x7FU, byte & 0x7FU) != 0 ? counts_.rare : counts_.bad);
  } else if (tables_.at0208(lead & 0x7FU, byte & 0x7FU) == 0) {
    ++counts_.bad;
  } else {
    count_row(counts_, lead - 0xA0);
    if (byte >= 0xE0) ++counts_.high_trails;
  }
  resync();
}

void EucJpScan::feed(std::string_view text) {
  const unsigned char* const bytes = as_bytes(text);
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    const unsigned char byte = bytes[at];
    if (lead_ != 0) {
      following(byte);
    } else if (byte < 0x80) {
      at += ascii_words(bytes + at, size - at);
      if (at == size) break;
      if (bytes[at] >= 0x80) continue;
    } else if (byte == 0x8E || byte == 0x8F || (byte >= 0xA1 && byte != 0xFF)) {
      lead_ = byte;
    } else {
      ++counts_.bad;
    }
    ++at;
  }
}

// The bytes as they were before the misreading, and two readings of them.
struct Utf8Scan::Misreading {
  std::string bytes;
  std::int64_t controls = 0;  // U+0080 to U+009F: in no text that was meant so
  Cp932Scan cp932;
  Utf8Scan utf8;

  void pass_on() {
    cp932.feed(bytes);
    utf8.feed(bytes);
    bytes.clear();
  }
};

Utf8Scan::Utf8Scan() = default;
Utf8Scan::~Utf8Scan() = default;

void Utf8Scan::watch_for_misreading() { misreading_ = std::make_unique<Misreading>(); }

void Utf8Scan::character(const unsigned char* bytes, int length) {
  ++(length == 2 ? short_ : long_);
  if (!misreading_) return;
  const char32_t c = utf8_value(bytes, length);
  const auto byte = misread_byte(c);
  if (byte) {
    misreading_->bytes += static_cast<char>(*byte);
    if (c <= 0x9F) ++misreading_->controls;
  } else if (c != 0xFEFF) {
    misreading_.reset();
  }
}

// Returns how many bytes it took; what is left begins a character.
std::size_t Utf8Scan::scan(std::string_view text) {
  const unsigned char* const bytes = as_bytes(text);
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    const std::size_t begin = at;
    at += ascii_words(bytes + at, size - at);
    while (at < size && bytes[at] < 0x80) ++at;
    if (misreading_ && valid() > 0) misreading_->bytes.append(text.substr(begin, at - begin));
    while (at < size && bytes[at] >= 0x80) {
      if (!misreading_) {
        const std::size_t common = common_characters(bytes + at, size - at);
        long_ += static_cast<std::int64_t>(common / 3);
        at += common;
        if (at == size || bytes[at] < 0x80) break;
      }
      const Utf8Step step = utf8_step(bytes + at, size - at);
      if (step.length == 0) return at;
      if (step.valid) {
        character(bytes + at, step.length);
      } else {
        ++bad_;
      }
      at += static_cast<std::size_t>(step.length);
    }
  }
  return at;
}

void Utf8Scan::feed(std::string_view bytes) {
  if (!carry_.empty()) {
    const std::size_t before = carry_.size();
    const std::string joined = carry_ + std::string(bytes.substr(0, 4));
    const std::size_t taken = scan(joined);
    if (taken < before) {
      carry_ = joined.substr(taken);
      return;
    }
    carry_.clear();
    bytes.remove_prefix(taken - before);
  }
  carry_ = bytes.substr(scan(bytes));
  if (misreading_) misreading_->pass_on();
}

bool Utf8Scan::was_cp932() const {
  if (!misreading_ || bad_ > 0) return false;
  const JapaneseCounts& counts = misreading_->cp932.counts();
  // Quotation marks of English text ("don’t") read as CP932 kanji too, but not as kana, and no text
  // holds C1 controls.
  const bool japanese = (misreading_->controls + counts.kana) * 20 >= counts.wide();
  return counts.wide() >= 2 && counts.bad * 100 <= counts.valid() && japanese &&
         (counts.kana + counts.common) * 10 >= counts.valid() * 7;
}

bool Utf8Scan::was_utf8() const {
  if (!misreading_ || bad_ > 0) return false;
  const Utf8Scan& inner = misreading_->utf8;
  return inner.bad() == 0 && inner.long_characters() > 0 &&
         inner.long_characters() * 2 >= inner.valid();
}

}  // namespace minato::text
