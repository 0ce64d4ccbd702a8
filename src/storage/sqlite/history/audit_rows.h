// The audit log as rows. Every call may throw SQLite::Exception.
#pragma once

#include <cstdint>
#include <functional>

#include "core/audit.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite {

core::AuditHead load_audit_head(Connection& connection);
// From that number on, in order, until `visit` returns false.
void visit_audit_entries(Connection& connection, std::int64_t from,
                         const std::function<bool(const core::AuditEntry&)>& visit);
// False, and nothing done, when the entry does not follow the head, or is not what `head` says.
bool append_audit_entry(Connection& connection, const core::AuditEntry& entry,
                        const core::AuditHead& head);

}  // namespace minato::storage::sqlite
