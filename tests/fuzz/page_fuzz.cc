// A web page of any bytes: read or refused, the same way twice, and keys are keys.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "core/utf8.h"
#include "formats/remote/raw_dataset.h"
#include "harvest/sources/page/html_decode.h"
#include "harvest/sources/page/page_reader.h"

namespace {

std::string read_all(const minato::harvest::PageInput& input,
                     const minato::harvest::PageRules& rules) {
  const auto page = minato::harvest::read_page(input, rules);
  if (!page) return "!" + page.error().id;
  std::string all;
  std::set<std::string> ids;
  for (const auto& found : page->datasets) {
    if (found.dataset.title.empty() || !ids.insert(found.remote_id).second) std::abort();
    std::set<std::string> keys;
    for (const auto& resource : found.dataset.resources) {
      if (resource.id.empty() || !keys.insert(resource.id).second) std::abort();
    }
    all += found.remote_id + minato::formats::write_raw_dataset(found.dataset);
  }
  if (!minato::core::is_valid_utf8(all)) std::abort();
  return all;
}

}  // namespace

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(bytes), size);
  static const auto rules =
      minato::harvest::PageRules::make(minato::formats::SourceOptions{}, "143618");
  const minato::harvest::PageInput input{"https://town.example/opendata/",
                                         minato::harvest::decode_html(html, ""), size % 2 == 0};
  if (read_all(input, *rules) != read_all(input, *rules)) std::abort();
  return 0;
}
