// Dates and times as people write them in Japan: 令和6年4月1日, R6.4.1, 昭32. 7. 1, 2024/4/1 9:00.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace minato::text {

enum class Reading : std::uint8_t {
  kOk,
  kOther,       // not written as a date (or time)
  kImpossible,  // written as one, but there is no such day or hour: 2024-02-30, 平成99年1月1日
};

struct CalendarDate {
  int year = 0;  // of the western calendar
  int month = 0;
  int day = 0;
};

struct TimeOfDay {
  int hour = 0;  // 24 only as 24:00:00, the end of the day (ISO 8601:2004, XML Schema)
  int minute = 0;
  int second = 0;
};

// "", "Z" or "+09:00".
struct Zone {
  std::array<char, 6> text{};
  std::size_t size = 0;
};

struct Moment {
  bool has_date = false;
  bool has_time = false;
  bool era = false;
  CalendarDate date;
  TimeOfDay time;
  Zone zone;
};

// A date, a time, or a date with a time; `text` without outer blanks. Never allocates.
//
// A date has a year, a month and a day: four digits or an era (kanji, one kanji, a letter, one
// character like ㋿; 元年 is 1), separated by 年月日 or by the same of - / . twice;
// full-width characters do as well. An era counts to the day: 平成31年5月1日 and 昭和64年1月8日 are
// impossible, although such dates are met in papers printed before the change: nothing is guessed.
// 明治 before 1873 followed the lunar calendar and cannot be converted: impossible too.
Reading read_moment(std::string_view text, Moment& out);

// "20240401": only where a column is known to hold dates.
Reading read_compact_date(std::string_view text, CalendarDate& out);

bool exists(const CalendarDate& date);

// ISO 8601, written into `out`; its length.
inline constexpr std::size_t kMaxIsoBytes = 32;
std::size_t write_date(const CalendarDate& date, char* out);  // 10
std::size_t write_time(const TimeOfDay& time, char* out);     // 8
std::size_t write_datetime(const Moment& moment, char* out);  // up to 25

}  // namespace minato::text
