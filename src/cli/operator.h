// Who is at the machine's own command line.
#pragma once

#include "service/audited_store.h"

namespace minato::cli {

// A system administrator; the audit log tells which account of the machine it was.
service::WriteContext operator_context();

}  // namespace minato::cli
