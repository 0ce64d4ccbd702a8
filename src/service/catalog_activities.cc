// What happened to the catalogue, as far as the caller may know.
#include <optional>
#include <string>
#include <utility>

#include "service/catalog.h"

namespace minato::service {
namespace {

bool belongs_to(std::string_view organization, const core::Caller& caller) {
  return caller.sysadmin || (!organization.empty() && caller.role_in(organization).has_value());
}

// The organization that a dataset belongs to now; empty when the object is none.
core::Result<std::string> owner_of(storage::CatalogReader& reader, const std::string& object_id) {
  if (object_id.empty()) return std::string();
  auto dataset = reader.dataset(object_id);
  if (!dataset) return tl::unexpected(std::move(dataset).error());
  if (!*dataset || (*dataset)->id != object_id) return std::string();
  return (*dataset)->owner_org;
}

}  // namespace

core::Result<std::vector<storage::Activity>> Catalog::activities(storage::ActivityRequest request,
                                                                 const core::Caller& caller) {
  auto read = reader();
  if (!read) return tl::unexpected(std::move(read).error());
  auto owner = owner_of(**read, request.object_id);
  if (!owner) return tl::unexpected(std::move(owner).error());
  const bool is_own = !caller.is_anonymous() && request.user_id == caller.user_id;
  const std::string& organization =
      request.organization_id.empty() ? *owner : request.organization_id;
  request.public_only = !is_own && !belongs_to(organization, caller);
  return (*read)->history().activities(request);
}

core::Result<storage::Activity> Catalog::activity(std::string_view id, const core::Caller& caller) {
  auto read = reader();
  if (!read) return tl::unexpected(std::move(read).error());
  auto found = (*read)->history().activity(id);
  if (!found) return tl::unexpected(std::move(found).error());
  if (!*found) {
    return core::fail(
        core::ErrorCode::kNotFound, "activity-not-found",
        {"活動の記録が見つかりません。", "There is no such activity."},
        {"ID は活動の一覧で確かめてください。", "Look its id up in a list of activities."});
  }
  const bool is_own = !caller.is_anonymous() && (*found)->user_id == caller.user_id;
  if ((*found)->is_public || is_own || belongs_to((*found)->organization_id, caller)) {
    return std::move(**found);
  }
  return core::fail(core::ErrorCode::kPermissionDenied, "activity-access-denied",
                    {"この活動の記録は公開されていません。", "This activity is not public."},
                    {"その組織のメンバーのトークンで呼んでください。",
                     "Call with the token of a member of its organization."});
}

}  // namespace minato::service
