// Words that titles of public data are made of, and how they are read.
#pragma once

#include <span>
#include <string_view>

namespace minato::text {

struct WordReading {
  std::string_view word;   // as it is written in Japanese
  std::string_view latin;  // Hepburn, long vowels short; "-" between its words; English for loans
};

// Places, then words.
std::span<const WordReading> word_readings();

}  // namespace minato::text
