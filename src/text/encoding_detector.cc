#include "text/encoding_detector.h"

#include <algorithm>
#include <string>

#include "text/encoding_scan.h"

namespace minato::text {
namespace {

// UTF-16 without a byte order mark shows in the NULs beside its ASCII characters: all of them at
// odd places (little endian) or at even ones, and nearly every comma and line end has one.
struct NulPattern {
  std::int64_t even = 0;
  std::int64_t odd = 0;
  std::int64_t separators = 0;         // bytes
  std::int64_t little_separators = 0;  // of these, units of UTF-16
  std::int64_t big_separators = 0;
  char before = 'x';  // the last byte seen

  static bool is_separator(char byte) {
    return byte == '\n' || byte == '\r' || byte == ',' || byte == '\t';
  }
  void feed(std::string_view bytes, std::int64_t offset) {
    bool at_even = offset % 2 == 0;
    for (const char byte : bytes) {
      if (byte == '\0') {
        ++(at_even ? even : odd);
        if (!at_even && is_separator(before)) ++little_separators;
      } else if (is_separator(byte)) {
        ++separators;
        if (!at_even && before == '\0') ++big_separators;
      }
      before = byte;
      at_even = !at_even;
    }
  }
  [[nodiscard]] bool fits(bool big, std::int64_t total) const {
    const std::int64_t here = big ? even : odd;
    const std::int64_t elsewhere = big ? odd : even;
    const std::int64_t paired = big ? big_separators : little_separators;
    if (here == 0 || elsewhere * 10 > here) return false;
    return here * 10 >= total * 3 || (paired > 0 && paired * 10 >= separators * 7);
  }
};

// Escapes of ISO-2022-JP to a Japanese set.
struct Escapes {
  std::int64_t count = 0;
  std::string carry;

  void look(std::string_view bytes) {
    for (std::size_t at = bytes.find('\x1B'); at != std::string_view::npos;
         at = bytes.find('\x1B', at + 1)) {
      const std::string_view next = bytes.substr(at + 1, 2);
      if (next == "$B" || next == "$@" || next == "(I" || next == "$(") ++count;
      if (next.size() < 2) carry = bytes.substr(at);
    }
  }
  void feed(std::string_view bytes) {
    if (!carry.empty()) {
      const std::size_t before = carry.size();
      const std::string joined = carry + std::string(bytes.substr(0, 3 - before));
      carry.clear();
      look(joined);
      if (!carry.empty() && joined.size() < 3) return;
      carry.clear();
    }
    look(bytes);
  }
};

double part(std::int64_t some, std::int64_t all) {
  return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

// How likely a reading is: 1 is everyday Japanese without a flaw.
double score(const JapaneseCounts& counts, double half_width_weight) {
  const double good = static_cast<double>(counts.kana + counts.common) +
                      half_width_weight * static_cast<double>(counts.half_width);
  const auto valid = static_cast<double>(std::max<std::int64_t>(counts.valid(), 1));
  return good / valid - 4 * part(counts.bad, counts.valid() + counts.bad);
}

bool is_binary_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  // NULs are padding more often; the tabs, line ends, shifts and escapes are of text.
  return byte != 0 && byte < 0x20 && (byte < 0x09 || byte > 0x0F) && byte != 0x1A && byte != 0x1B;
}

constexpr std::int64_t kControlSample = std::int64_t{1} << 20;
constexpr std::int64_t kNulSample = std::int64_t{1} << 16;

}  // namespace

struct EncodingDetector::State {
  State() { utf8.watch_for_misreading(); }

  std::string head;
  std::int64_t total = 0;
  std::int64_t controls = 0;
  std::int64_t sampled = 0;
  NulPattern nuls;
  Escapes escapes;
  Utf8Scan utf8;
  Cp932Scan cp932;
  EucJpScan euc;
  // After some thousand characters without much doubt only the leader goes on reading; the others
  // look at the chunks where it fails.
  bool utf8_leads = false;
  bool cp932_leads = false;

  void feed(std::string_view bytes);
  void choose_leader();
  [[nodiscard]] bool is_utf8() const;
  [[nodiscard]] bool is_euc() const;
  [[nodiscard]] bool is_binary() const;
};

void EncodingDetector::State::choose_leader() {
  if (utf8_leads || cp932_leads) return;
  const JapaneseCounts& counts = cp932.counts();
  utf8_leads = utf8.valid() >= 2000 && utf8.bad() * 20 <= utf8.valid();
  cp932_leads = counts.wide() >= 4000 && counts.bad * 100 <= counts.wide() &&
                counts.half_width * 3 <= counts.wide() && utf8.bad() > utf8.valid() &&
                euc.counts().bad * 4 > euc.counts().valid();
}

void EncodingDetector::State::feed(std::string_view bytes) {
  const std::int64_t utf8_bad = utf8.bad();
  const std::int64_t cp932_bad = cp932.counts().bad;
  if (utf8_leads) utf8.feed(bytes);
  if (cp932_leads) cp932.feed(bytes);
  if ((utf8_leads && utf8.bad() == utf8_bad) || (cp932_leads && cp932.counts().bad == cp932_bad)) {
    euc.resync();
    if (utf8_leads) cp932.resync();
    if (cp932_leads) utf8.resync();
    return;
  }
  if (!utf8_leads) utf8.feed(bytes);
  if (utf8.valid() + utf8.bad() > 0 || utf8.cut()) {  // else all of it was ASCII
    if (!cp932_leads) cp932.feed(bytes);
    euc.feed(bytes);
  }
  choose_leader();
}

bool EncodingDetector::State::is_utf8() const {
  return utf8.bad() == 0 || utf8.valid() >= utf8.bad() * 10 ||
         utf8.long_characters() >= utf8.bad() * 4;
}

bool EncodingDetector::State::is_euc() const {
  const JapaneseCounts& as_cp932 = cp932.counts();
  const JapaneseCounts& as_euc = euc.counts();
  // Text of half-width kana only is valid EUC-JP when each run is even: its kanji then come without
  // any kana among them and all bytes are below E0.
  double half_width_weight = 0.3;
  if (as_cp932.wide() == 0 && as_euc.kana * 20 <= as_euc.valid() && as_euc.high_trails == 0) {
    half_width_weight = as_cp932.odd_half_width * 10 <= as_cp932.half_width ? 1.05 : 0.5;
  }
  return score(as_euc, 0.9) > score(as_cp932, half_width_weight);
}

bool EncodingDetector::State::is_binary() const { return controls * 50 > sampled && controls >= 4; }

EncodingDetector::EncodingDetector() : state_(std::make_unique<State>()) {}
EncodingDetector::~EncodingDetector() = default;
EncodingDetector::EncodingDetector(EncodingDetector&&) noexcept = default;
EncodingDetector& EncodingDetector::operator=(EncodingDetector&&) noexcept = default;

void EncodingDetector::feed(std::string_view bytes) {
  State& state = *state_;
  if (state.head.size() < 4) state.head.append(bytes.substr(0, 4 - state.head.size()));
  if (state.sampled < kControlSample) {
    const std::string_view sample =
        bytes.substr(0, static_cast<std::size_t>(kControlSample - state.sampled));
    state.controls += std::count_if(sample.begin(), sample.end(), is_binary_byte);
    state.sampled += static_cast<std::int64_t>(sample.size());
  }
  if (state.total < kNulSample || bytes.find('\0') != std::string_view::npos) {
    state.nuls.feed(bytes, state.total);
  }
  state.escapes.feed(bytes);
  state.feed(bytes);
  state.total += static_cast<std::int64_t>(bytes.size());
}

DetectedEncoding EncodingDetector::result() const {
  const State& state = *state_;
  const auto starts_with = [&](std::string_view mark) { return state.head.starts_with(mark); };
  if (starts_with("\xFF\xFE"))
    return {.encoding = Encoding::kUtf16le, .bom = true, .damaged = true};
  if (starts_with("\xFE\xFF"))
    return {.encoding = Encoding::kUtf16be, .bom = true, .damaged = true};
  if (state.nuls.fits(false, state.total)) return {.encoding = Encoding::kUtf16le, .damaged = true};
  if (state.nuls.fits(true, state.total)) return {.encoding = Encoding::kUtf16be, .damaged = true};
  const std::int64_t high = state.utf8.valid() + state.utf8.bad();
  DetectedEncoding found{.bom = starts_with("\xEF\xBB\xBF"), .binary = state.is_binary()};
  if (state.escapes.count > 0 && high * 10 <= state.escapes.count) {
    found.encoding = Encoding::kIso2022Jp;
    found.damaged = true;
  } else if (found.bom || state.is_utf8()) {
    found.repaired = state.utf8.was_utf8() || state.utf8.was_cp932();
    found.original = state.utf8.was_utf8() || !found.repaired ? Encoding::kUtf8 : Encoding::kCp932;
    found.damaged = state.utf8.bad() > 0 || state.utf8.cut() || found.repaired;
  } else if (state.is_euc()) {
    found.encoding = Encoding::kEucJp;
    found.damaged = state.euc.counts().bad > 0 || state.euc.cut() || state.cp932_leads;
  } else {
    found.encoding = Encoding::kCp932;
    found.damaged = state.cp932.counts().bad > 0 || state.cp932.cut() || state.utf8_leads;
  }
  return found;
}

}  // namespace minato::text
