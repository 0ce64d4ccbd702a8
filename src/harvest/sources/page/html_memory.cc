#include "harvest/sources/page/html_memory.h"

#include <cstdlib>

namespace minato::harvest {
namespace {
constexpr std::size_t kMaxMemoryBytes = 192U * 1024 * 1024;
constexpr std::size_t kCallsPerLookAtTheClock = 1024;
constexpr std::chrono::seconds kMaxTime{15};
}  // namespace

HtmlMemory::~HtmlMemory() {
  while (first_ != nullptr) {
    Block* next = first_->next;
    std::free(first_);
    first_ = next;
  }
}

void* HtmlMemory::allocate(void* memory, std::size_t size) {
  auto* self = static_cast<HtmlMemory*>(memory);
  const bool late = ++self->calls_ % kCallsPerLookAtTheClock == 0 &&
                    std::chrono::steady_clock::now() - self->start_ > kMaxTime;
  if (late || size > kMaxMemoryBytes || self->bytes_ + size > kMaxMemoryBytes) {
    std::longjmp(self->escape, 1);
  }
  auto* block = static_cast<Block*>(std::malloc(sizeof(Block) + size));
  if (block == nullptr) std::longjmp(self->escape, 1);
  block->previous = nullptr;
  block->next = self->first_;
  block->size = size;
  if (self->first_ != nullptr) self->first_->previous = block;
  self->first_ = block;
  self->bytes_ += size + sizeof(Block);
  return block + 1;
}

void HtmlMemory::take_out(Block* block) {
  if (block->previous != nullptr) block->previous->next = block->next;
  if (block->next != nullptr) block->next->previous = block->previous;
  if (first_ == block) first_ = block->next;
  bytes_ -= block->size + sizeof(Block);
}

void HtmlMemory::release(void* memory, void* block) {
  if (block == nullptr) return;
  Block* header = static_cast<Block*>(block) - 1;
  static_cast<HtmlMemory*>(memory)->take_out(header);
  std::free(header);
}

}  // namespace minato::harvest
