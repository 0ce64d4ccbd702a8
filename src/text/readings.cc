#include "text/readings.h"

namespace minato::text {

namespace {

constexpr WordReading kReadings[] = {
#include "text/readings.inc"
};

}  // namespace

std::span<const WordReading> word_readings() { return kReadings; }

}  // namespace minato::text
