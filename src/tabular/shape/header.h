// Where a table begins: the lines above its header, the records of the header, its columns' names.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tabular/shape/lookahead.h"

namespace minato::tabular {

// How many records are looked at; a header must lie within them.
inline constexpr std::size_t kHeadRecords = 24;
inline constexpr std::size_t kMaxHeaderRecords = 4;

// What the first records of a block are, in their order.
struct HeadPlan {
  std::size_t above = 0;    // titles, notes, LinkData preamble
  std::size_t header = 0;   // 0: the data begin at once
  std::size_t between = 0;  // a row of units, or LinkData's lines below the header
  bool units = false;       // `between` is a row of units
  bool preamble = false;    // LinkData
  std::string title;        // empty: none
};

// `records`: the first of a block, at least one.
HeadPlan plan_head(std::span<const SeenRecord* const> records);

// One name per column of the header, in the order of the cells; empty where there is none.
std::vector<std::string> join_header(std::span<const SeenRecord* const> header);

// Whether `record` holds words where the records below it hold figures.
bool stands_above_figures(const SeenRecord& record, std::span<const SeenRecord* const> below);

}  // namespace minato::tabular
