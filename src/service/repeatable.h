// Making a call repeatable by its Idempotency-Key whose effect is outside the catalogue.
#pragma once

#include <functional>
#include <string>

#include "core/error.h"
#include "service/audited_store.h"

namespace minato::service {

// Without a key: act(). With one: what the first call with the key gave (a short text: an id).
// When two calls come at the same time both act, and `undo` gets what is not kept. kConflict
// "idempotency-key-reused" when the key came before with another request.
core::Result<std::string> once(AuditedStore& store, const WriteContext& context,
                               const std::function<core::Result<std::string>()>& act,
                               const std::function<void(const std::string&)>& undo);

}  // namespace minato::service
