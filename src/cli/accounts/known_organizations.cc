// The organizations that the program knows by their code.
#include <embedded/shipped_files.h>

#include <algorithm>

#include "cli/accounts/organizations.h"
#include "service/accounts/known_publishers.h"
#include "service/not_found.h"
#include "service/publisher_table.h"

namespace minato::cli {

namespace {

std::string_view publishers_csv() { return shipped_files::file("publishers.csv"); }

}  // namespace

bool is_known_code(const std::string& code) {
  const auto table = service::parse_publishers(publishers_csv());
  return table && std::any_of(table->publishers.begin(), table->publishers.end(),
                              [&](const service::Publisher& publisher) {
                                return publisher.organization.name == code;
                              });
}

core::Result<void> check_organization(const AccountCommand& command, const std::string& code) {
  auto reader = read_catalog(command);
  if (!reader) return tl::unexpected(std::move(reader).error());
  auto group = (*reader)->group(core::GroupKind::kOrganization, code);
  if (!group) return tl::unexpected(std::move(group).error());
  const bool usable = *group ? (*group)->state != core::State::kDeleted : is_known_code(code);
  if (usable) return {};
  return service::group_not_found(core::GroupKind::kOrganization);
}

core::Result<core::Group> ensure_organization(const AccountCommand& command,
                                              const std::string& code) {
  return service::known_organization(command.store, publishers_csv(), code, command.context);
}

}  // namespace minato::cli
