// Memory for a parser written in C that cannot fail gracefully: counted, limited in size and time,
// and given back all at once, because the parser itself would do so recursively.
#pragma once

#include <chrono>
#include <csetjmp>
#include <cstddef>

namespace minato::harvest {

class HtmlMemory {
 public:
  HtmlMemory() = default;
  ~HtmlMemory();
  HtmlMemory(const HtmlMemory&) = delete;
  HtmlMemory& operator=(const HtmlMemory&) = delete;

  // For the parser. Out of bounds they jump to `escape`, over frames of C alone.
  static void* allocate(void* memory, std::size_t size);
  static void release(void* memory, void* block);

  std::jmp_buf escape{};

 private:
  struct Block {
    Block* previous;
    Block* next;
    std::size_t size;
    std::size_t padding;  // keeps what follows aligned
  };
  void take_out(Block* block);

  Block* first_ = nullptr;
  std::size_t bytes_ = 0;
  std::size_t calls_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace minato::harvest
