#include "storage/sqlite/accounts/token_use_log.h"

#include <utility>

namespace minato::storage::sqlite {
namespace {

constexpr std::int64_t kMinute = 60'000'000;  // microseconds

}  // namespace

bool TokenUseLog::add(std::string_view token_id, core::Timestamp when) {
  const std::int64_t minute = when.us - when.us % kMinute;
  const std::lock_guard lock(mutex_);
  auto known = minutes_.find(token_id);
  if (known != minutes_.end() && known->second >= minute) return false;
  if (known == minutes_.end()) {
    // Forgotten tokens are written once more than needed, which does no harm.
    if (minutes_.size() >= kMaxTokens) minutes_.clear();
    known = minutes_.emplace(token_id, minute).first;
  }
  known->second = minute;
  const bool first = waiting_.empty();
  waiting_.insert_or_assign(known->first, minute);
  return first;
}

bool TokenUseLog::empty() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty();
}

std::vector<TokenUse> TokenUseLog::take() {
  std::vector<TokenUse> uses;
  const std::lock_guard lock(mutex_);
  uses.reserve(waiting_.size());
  for (const auto& [token_id, minute] : waiting_) uses.push_back({token_id, {minute}});
  waiting_.clear();
  return uses;
}

}  // namespace minato::storage::sqlite
