// Cells of an オープンデータ一覧 as people fill them in: several values in one, dates of every
// kind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"

namespace minato::harvest {

// "防災;避難所、防災" gives 防災, 避難所: split at ; , 、 and line ends (full width too), without
// blanks around, each once. "・" does not split: 国土・気象 is one of them.
std::vector<std::string> split_values(std::string_view cell);

// "CSV;XLSX", "CSV・PDF", "CSV/XLSX", "CSV及びPDF": the words as they are written. A spelling that
// is known as a whole ("text/csv", "RDF/XML") stays one.
std::vector<std::string> split_formats(std::string_view cell);

// The web addresses of a cell, absolute: those written out, however they are separated, or one that
// is relative to `base` ("/aed.csv"). Each once.
std::vector<std::string> split_urls(std::string_view cell, std::string_view base);

// The format of the file behind a URL, by its path or a file name in its query; empty: a page, or
// not to be told.
std::string data_format_of(std::string_view url);

// "2024-04-01", "2024-04" or "2024" of 令和6年4月1日, 2024/4/1, 20240401, 2024年4月, a serial
// number of a spreadsheet (45383); empty when it is none.
std::string iso_date(std::string_view cell);
// Midnight (UTC, as everywhere in the catalogue) of its first day.
std::optional<core::Timestamp> first_moment(std::string_view iso_date);

// "2020-04-01/2021-03-31", "2020年4月～2021年3月", "令和2年度": nullopt when it is none.
std::optional<core::Period> read_period(std::string_view cell);

// "12345", "12,345", "1.5MB", "12 KB", "3メガバイト": bytes.
std::optional<std::int64_t> read_size(std::string_view cell);

// A bare number of up to four digits: counts rows.
bool is_running_number(std::string_view id);

}  // namespace minato::harvest
