// What every step of a change of a dataset works with, and the words with which steps say no.
#pragma once

#include <string>
#include <string_view>

#include "auth/permissions.h"
#include "core/caller.h"
#include "core/error.h"
#include "core/names.h"
#include "core/time.h"
#include "service/publish/dataset_writes.h"
#include "storage/catalog_store.h"

namespace minato::service {

// Inside one transaction.
struct DatasetScope {
  storage::CatalogWriter& writer;
  const core::Caller& caller;
  const PublishOptions& options;
  core::Timestamp now;
  // Scheduled publication: the program does what a person asked for earlier.
  bool by_program = false;

  [[nodiscard]] storage::CatalogReader& reader() const { return writer.reader(); }
};

void add_wrong(core::ErrorDetails& wrongs, std::string_view param, core::LocalizedText message,
               core::LocalizedText hint = {});

// kInvalidArgument "dataset-invalid". REQUIRES: !wrongs.empty().
tl::unexpected<core::Error> dataset_invalid(core::ErrorDetails wrongs);

// "/resources/3", "/resources/3/url".
std::string item_pointer(std::string_view list, std::size_t index, std::string_view member = {});
// RFC 6901: "~" and "/" of a key stand escaped in a pointer.
std::string pointer_token(std::string_view key);

}  // namespace minato::service
