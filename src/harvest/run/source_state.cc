#include "harvest/run/source_state.h"

namespace minato::harvest {

core::Result<void> check_usable(const core::HarvestSource& source) {
  if (source.state != core::SourceState::kDisabled) return {};
  return core::fail(core::ErrorCode::kConflict, "harvest-source-disabled",
                    {"収集元 " + source.name + " は無効です。" + source.notice,
                     "The source " + source.name + " is disabled. " + source.notice},
                    {"minato harvest sources add で URL を登録するか、resume で再開してください。",
                     "Register its URL with minato harvest sources add, or resume it."});
}

}  // namespace minato::harvest
