#include "service/harvest/owned.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "service/harvest/extras.h"

namespace minato::service {

namespace {

using storage::FieldOwner;

constexpr std::string_view kStaff = "staff";

bool is_list(std::string_view pointer) {
  static constexpr std::array<std::string_view, 6> kLists{"/extras",  "/groups", "/resources",
                                                          "/spatial", "/tags",   "/themes"};
  return std::find(kLists.begin(), kLists.end(), pointer) != kLists.end() ||
         (pointer.starts_with("/resources/") && pointer.ends_with("/extras"));
}

bool has(const std::vector<FieldOwner>& owners, const std::string& pointer) {
  return std::any_of(owners.begin(), owners.end(),
                     [&](const FieldOwner& owner) { return owner.pointer == pointer; });
}

}  // namespace

KeptFields owned_fields(const std::vector<FieldOwner>& owners,
                        const std::vector<std::string>& keep_fields) {
  KeptFields owned = keep_fields;
  for (const FieldOwner& owner : owners) {
    if (owner.owner != kStaff || !is_list(owner.pointer)) owned.push_back(owner.pointer);
  }
  return owned;
}

std::vector<FieldOwner> owners_after(const std::vector<FieldOwner>& owners, const KeptFields& kept,
                                     const std::vector<std::string>& keep_fields,
                                     core::Timestamp now) {
  std::vector<FieldOwner> after = owners;
  for (const std::string& pointer : kept) {
    const bool by_options =
        std::find(keep_fields.begin(), keep_fields.end(), pointer) != keep_fields.end();
    if (!by_options && !has(after, pointer)) after.push_back({pointer, std::string(kStaff), now});
  }
  std::sort(after.begin(), after.end(),
            [](const FieldOwner& a, const FieldOwner& b) { return a.pointer < b.pointer; });
  return after;
}

bool is_provenance_pointer(const std::string& pointer) {
  constexpr std::string_view kExtras = "/extras/";
  return pointer.starts_with(kExtras) && is_provenance_key(pointer.substr(kExtras.size()));
}

}  // namespace minato::service
