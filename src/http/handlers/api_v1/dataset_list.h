// GET /api/v1/datasets: one page of a search.
#pragma once

#include "core/error.h"
#include "http/handlers/api_v1/cursor.h"
#include "http/message.h"
#include "service/catalog.h"

namespace minato::http::api_v1 {

// A walk by cursors goes on when the catalogue has changed since the page before: right behind the
// last dataset handed out if it is still near its place, else at the same count from the start. A
// dataset that moved meanwhile may be missed or seen twice; nothing else is.
core::Result<Response> list_datasets(service::Catalog& catalog, const CursorCodec& cursors,
                                     const Request& request);

}  // namespace minato::http::api_v1
