#include "service/imports/row_hash.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <random>
#include <string_view>

namespace minato::service {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kFirst = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kSecond = 0xE7037ED1A0B428DB;

std::uint64_t random_word() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32U) | device();
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

// The construction of wyhash, twice with seeds of their own.
class Mixer {
 public:
  Mixer(std::uint64_t first, std::uint64_t second) : state_{first, second} {}

  void add(std::uint64_t word) {
    state_.first = mix(state_.first ^ word, kFirst ^ (word << 32U | word >> 32U));
    state_.second = mix(state_.second ^ (word + kSecond), kSecond ^ word);
  }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()} << 8U | 1U);
    for (; text.size() > 8; text.remove_prefix(8)) add(word_of(text));
    add(word_of(text));
  }
  [[nodiscard]] RowHash result() const {
    return {mix(state_.first ^ kSecond, state_.second ^ kFirst),
            mix(state_.second ^ kSecond, state_.first + kFirst)};
  }

 private:
  static std::uint64_t word_of(std::string_view text) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), text.size() < 8 ? text.size() : 8);
    return word;
  }

  RowHash state_;
};

// As the same value would stand in a column of texts.
void add_as_text(Mixer& mixer, double number) {
  std::array<char, 64> text{};
  const bool whole = std::abs(number) < 1e15 && number == std::trunc(number);
  const auto end = whole ? std::to_chars(text.data(), text.data() + text.size(),
                                         static_cast<std::int64_t>(number))
                         : std::to_chars(text.data(), text.data() + text.size(), number);
  mixer.add(std::string_view(text.data(), static_cast<std::size_t>(end.ptr - text.data())));
}

void add_value(Mixer& mixer, const core::ValueView& value, bool as_text) {
  if (std::holds_alternative<std::monostate>(value)) {
    mixer.add(std::uint64_t{0});
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    mixer.add(*text);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    as_text ? mixer.add(std::string_view(*flag ? "true" : "false"))
            : mixer.add(std::uint64_t{*flag ? 3U : 2U});
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    as_text ? add_as_text(mixer, static_cast<double>(*whole))
            : mixer.add(static_cast<std::uint64_t>(*whole) ^ kSecond);
  } else if (const auto* number = std::get_if<double>(&value)) {
    as_text ? add_as_text(mixer, *number)
            : mixer.add(std::bit_cast<std::uint64_t>(*number == 0 ? 0.0 : *number) ^ kFirst);
  }
}

}  // namespace

RowHasher::RowHasher() : seed_first_(random_word()), seed_second_(random_word()) {}

RowHash RowHasher::hash(std::span<const core::ValueView> row,
                        const std::vector<Column>& columns) const {
  Mixer mixer(seed_first_, seed_second_);
  for (const Column& column : columns) add_value(mixer, row[column.place], column.as_text);
  return mixer.result();
}

}  // namespace minato::service
