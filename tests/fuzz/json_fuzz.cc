// Request bodies, dataset documents and Table Schemas: whatever parses is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/names.h"
#include "formats/ckan_json.h"
#include "formats/dataset_document.h"
#include "formats/json.h"
#include "formats/table_schema.h"

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  namespace formats = minato::formats;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto document = formats::parse_json(text, {std::size_t{64} * 1024, 64})) {
    std::string written;
    formats::JsonWriter(written).value(*document);
    const auto again = formats::parse_json(written);
    if (!again || *again != *document) std::abort();
  }
  (void)formats::parse_table_schema(text);
  if (const auto dataset = formats::parse_dataset_document(text)) {
    (void)minato::core::check_dataset(*dataset);
    std::string ckan;
    formats::JsonWriter json(ckan);
    formats::write_ckan_dataset(json, *dataset, {});
    const auto again = formats::parse_dataset_document(formats::write_dataset_document(*dataset));
    if (!again || !(*again == *dataset)) std::abort();
  }
  return 0;
}
