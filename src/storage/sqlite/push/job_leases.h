// Who works on which import job. Every call may throw SQLite::Exception.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/push_store.h"
#include "storage/sqlite/connection.h"

namespace minato::storage::sqlite::push {

struct Lease {
  std::string_view owner;
  core::Timestamp now;
  core::Timestamp until;
};

// The job that may run and is the oldest, or the one of that `id`: it waits, or its lease is over;
// no other job of its resource runs, and none that came before it waits.
std::optional<ImportJob> claim_job(Connection& connection, std::optional<std::string_view> id,
                                   const Lease& lease);
bool renew_job(Connection& connection, std::string_view id, std::string_view owner,
               core::Timestamp until);
bool end_job(Connection& connection, const ImportJob& job, std::string_view owner);
bool confirm_job(Connection& connection, std::string_view id);
bool cancel_job(Connection& connection, std::string_view id, core::Timestamp now);

}  // namespace minato::storage::sqlite::push
