// What a file is called.
#pragma once

#include <string>

#include "core/dataset.h"
#include "web/frame/texts.h"

namespace minato::web {

// Its name; where its publisher gave none, the name of the file itself.
std::string resource_title(const core::Resource& resource, const Texts& texts);

}  // namespace minato::web
