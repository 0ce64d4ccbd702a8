#include "harvest/run/known_state.h"

#include "core/sha256.h"

namespace minato::harvest {

namespace {

// To be raised when adapters or the normalisation read the same content better than before: then
// everything is read once more.
constexpr std::string_view kReaderVersion = "1";

}  // namespace

bool is_settled(const storage::HarvestRecord& record) {
  return !record.dataset_id.empty() && !record.deleted && !record.missing_since &&
         record.duplicate_of.empty() && !record.content_hash.empty();
}

bool is_current(const storage::HarvestRecord& record, const core::HarvestSource& source) {
  return is_settled(record) && source.last_success && source.modified <= *source.last_success;
}

std::string reading_mark(const core::HarvestSource& source) {
  std::string read_as(core::source_kind_name(source.kind));
  read_as += '\n';
  read_as += kReaderVersion;
  read_as += '\n';
  read_as += source.options;
  return "\nread-as:" + core::sha256_hex(read_as);
}

}  // namespace minato::harvest
