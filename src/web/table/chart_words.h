// A chart in words: its title, its labels, and what it shows, for people who do not see it.
#pragma once

#include <string>
#include <vector>

#include "core/table.h"
#include "web/frame/texts.h"
#include "web/table/chart_choice.h"
#include "web/table/chart_data.h"
#include "web/table/chart_svg.h"

namespace minato::web {

// A column's name for people: its title where it has one.
std::string column_words(const core::TableColumn& column);

std::string x_words(const ChartX& x, const core::TableSchema& schema, const Texts& texts);
// "人口の合計"; just "人口" where x names each row once, so that nothing is added up.
std::string y_words(const ChartChoice& choice, const core::TableSchema& schema, const Texts& texts);
// "人", "件"; may be empty.
std::string y_unit(const ChartY& y, const core::TableSchema& schema, const Texts& texts);

// One group's name: "横浜市", "2024年4月", "（空欄）".
std::string group_label(const ChartGroup& group, const ChartX& x, const TableVisit& visit);

// What the picture shows, what it leaves out and how it is drawn, sentence by sentence.
std::vector<std::string> sentences(const ChartPicture& picture, const ChartFigures& figures,
                                   const std::string& unit, const Texts& texts);

}  // namespace minato::web
