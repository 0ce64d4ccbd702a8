#include "core/fiscal_year.h"

#include <chrono>

namespace minato::core {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::microseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year_month_day;

constexpr std::chrono::hours kJapan{9};

}  // namespace

int fiscal_year(Timestamp time) {
  const sys_time<microseconds> there{microseconds(time.us) + kJapan};
  const year_month_day day{floor<days>(there)};
  const bool before_april = day.month() < std::chrono::April;
  return static_cast<int>(day.year()) - (before_april ? 1 : 0);
}

Timestamp fiscal_year_start(int year) {
  const sys_days first = std::chrono::year(year) / std::chrono::April / 1;
  const sys_time<microseconds> moment = sys_time<microseconds>(first) - kJapan;
  return {moment.time_since_epoch().count()};
}

}  // namespace minato::core
