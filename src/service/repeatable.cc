#include "service/repeatable.h"

#include <optional>
#include <utility>

namespace minato::service {
namespace {

using core::Result;

// What the key was answered with; empty: it is new.
Result<std::optional<std::string>> known_answer(AuditedStore& store, const WriteContext& context) {
  // A write looks the key up; this one is given up when it gets as far as changing something.
  bool is_new = false;
  auto written = store.write(context, [&](storage::CatalogWriter&) -> Result<Changes> {
    is_new = true;
    return core::fail_internal("given up: the key is new");
  });
  if (is_new) return std::nullopt;
  if (!written) return tl::unexpected(std::move(written).error());
  return std::move(written->result);
}

}  // namespace

Result<std::string> once(AuditedStore& store, const WriteContext& context,
                         const std::function<Result<std::string>()>& act,
                         const std::function<void(const std::string&)>& undo) {
  if (context.idempotency_key.empty()) return act();
  auto known = known_answer(store, context);
  if (!known) return tl::unexpected(std::move(known).error());
  if (*known) return **std::move(known);
  auto made = act();
  if (!made) return made;
  auto kept = store.write(context, [&](storage::CatalogWriter&) -> Result<Changes> {
    return Changes{{}, {}, *made};
  });
  if (!kept || kept->replayed) undo(*made);
  if (!kept) return tl::unexpected(std::move(kept).error());
  return std::move(kept->result);
}

}  // namespace minato::service
