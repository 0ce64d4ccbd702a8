// Texts that try to break out of what they are written into.
#pragma once

#include <string>

namespace minato::web {

inline const std::string kHostile =
    "\"><script>alert(1)</script></script><!--{{t.about}}{{{x}}}&lt;'&amp;]]>\xE2\x80\xAE\x01 \n"
    "<b>x</b>";

}  // namespace minato::web
