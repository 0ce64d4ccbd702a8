// Japan's fiscal years, by which plans count: fiscal 2026 is 1 April 2026 to 31 March 2027, Japan
// time.
#pragma once

#include "core/time.h"

namespace minato::core {

int fiscal_year(Timestamp time);
// Its first moment. REQUIRES: 1970 <= year <= 9999.
Timestamp fiscal_year_start(int year);

}  // namespace minato::core
