#pragma once

namespace minato::cli {
inline constexpr const char* kVersion = MINATO_VERSION;  // of the project in CMakeLists.txt
}  // namespace minato::cli
