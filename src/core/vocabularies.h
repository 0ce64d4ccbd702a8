// Closed lists the catalogue's fields choose from: fields of e-Stat (themes), update frequencies
// and kinds of municipality. Licences and file formats have headers of their own.
//
// The finders accept codes, names in either language and the spellings seen in the wild; nullptr
// when they don't know one. Pointers live as long as the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/file_formats.h"
#include "core/licenses.h"

namespace minato::core {

// 統計分野, the 17 fields by which e-Stat and 推奨データセット 06 sort data.
struct Theme {
  std::string code;  // "1".."16", "99"
  LocalizedText name;
  std::vector<std::string> eu_codes;  // of the EU data-theme authority table: "GOVE"
  std::vector<std::string> aliases;   // words of municipal sites, and the EU code that is read so
};
const std::vector<Theme>& themes();
// Also by e-Stat's minor fields ("1301": 13) and by IRIs of the EU authority table, whose themes
// are wider than e-Stat's: the field that most of it is about.
const Theme* find_theme(std::string_view raw);

struct Frequency {
  std::string code;  // "monthly", as in Dataset::frequency
  LocalizedText name;
  std::string duration;  // ISO 8601: "P1M"; empty: not periodic
  std::string eu_code;   // of the EU frequency authority table: "MONTHLY"
  std::vector<std::string> aliases;
};
const std::vector<Frequency>& frequencies();
const Frequency* find_frequency(std::string_view raw);

struct MunicipalityKind {
  std::string id;  // as in Group::municipality_kind: "町"
  std::string english;
};
const std::vector<MunicipalityKind>& municipality_kinds();
const MunicipalityKind* find_municipality_kind(std::string_view raw);

}  // namespace minato::core
