// Text of cells as Excel stores it, made fit for records.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace minato::tabular {

// Resolves "_x000D_" (ISO/IEC 29500-1 s22.4.2.4 ST_Xstring), surrogate pairs included; makes what
// is ill-formed UTF-8 U+FFFD and drops NUL. In place; the usual text costs one look.
void clean_cell_text(std::string& text);

// Keeps texts at fixed places.
class TextArena {
 public:
  std::string_view keep(std::string_view text);
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace minato::tabular
