#include "tabular/types/distinct_counter.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace minato::tabular {
namespace {

constexpr int kRegisterBits = 14;
constexpr std::size_t kRegisters = std::size_t{1} << kRegisterBits;
constexpr double kAlpha = 0.7213 / (1 + 1.079 / static_cast<double>(kRegisters));

}  // namespace

void DistinctCounter::add(std::uint64_t hash) {
  hash += hash == 0 ? 1 : 0;
  if (!registers_.empty()) {
    estimate(hash);
    return;
  }
  if ((used_ + 1) * 2 > slots_.size()) {
    grow();
  }
  insert(hash);
  if (used_ > kMaxExact) {
    registers_.resize(kRegisters);
    for (const std::uint64_t slot : slots_) {
      if (slot != 0) {
        estimate(slot);
      }
    }
    slots_ = {};
  }
}

void DistinctCounter::insert(std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash) & mask;
  while (slots_[at] != 0) {
    if (slots_[at] == hash) {
      return;
    }
    at = (at + 1) & mask;
  }
  slots_[at] = hash;
  ++used_;
}

void DistinctCounter::grow() {
  std::vector<std::uint64_t> old(std::max<std::size_t>(slots_.size() * 2, 64));
  std::swap(old, slots_);
  used_ = 0;
  for (const std::uint64_t slot : old) {
    if (slot != 0) {
      insert(slot);
    }
  }
}

void DistinctCounter::estimate(std::uint64_t hash) {
  const auto index = static_cast<std::size_t>(hash >> (64 - kRegisterBits));
  const std::uint64_t rest = (hash << kRegisterBits) | (std::uint64_t{1} << (kRegisterBits - 1));
  const auto rank = static_cast<std::uint8_t>(std::countl_zero(rest) + 1);
  registers_[index] = std::max(registers_[index], rank);
}

std::int64_t DistinctCounter::count() const {
  if (registers_.empty()) {
    return static_cast<std::int64_t>(used_);
  }
  double sum = 0;
  for (const std::uint8_t value : registers_) {
    sum += std::ldexp(1.0, -static_cast<int>(value));
  }
  const auto registers = static_cast<double>(kRegisters);
  return std::llround(kAlpha * registers * registers / sum);
}

}  // namespace minato::tabular
