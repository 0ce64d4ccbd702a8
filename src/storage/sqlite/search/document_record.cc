#include "storage/sqlite/search/document_record.h"

namespace minato::storage::sqlite::search {
namespace {

void put(std::string& out, std::uint64_t number) {  // LEB128
  while (number >= 0x80) {
    out += static_cast<char>(static_cast<unsigned char>(number | 0x80U));
    number >>= 7U;
  }
  out += static_cast<char>(static_cast<unsigned char>(number));
}

void put(std::string& out, std::string_view text) {
  put(out, std::uint64_t{text.size()});
  out += text;
}

// Once something is missing everything reads as zero and `good` stays false.
struct Reader {
  std::string_view rest;
  bool good = true;

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest.empty()) break;
      const auto byte = static_cast<unsigned char>(rest.front());
      rest.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    good = false;
    return 0;
  }

  std::uint32_t small() { return static_cast<std::uint32_t>(number()); }

  std::string_view text() {
    const std::uint64_t size = number();
    if (!good || size > rest.size()) {
      good = false;
      return {};
    }
    const std::string_view value = rest.substr(0, size);
    rest.remove_prefix(size);
    return value;
  }
};

}  // namespace

std::string encode(const DocumentRecord& record) {
  std::string out;
  put(out, record.id);
  put(out, record.name);
  put(out, record.title);
  put(out, static_cast<std::uint64_t>(record.created));
  put(out, static_cast<std::uint64_t>(record.modified));
  put(out, static_cast<std::uint64_t>(record.state));
  put(out, std::uint64_t{record.is_private});
  for (const std::uint32_t number :
       {record.num_tags, record.num_resources, record.tokens, record.title_tokens, record.texts}) {
    put(out, std::uint64_t{number});
  }
  put(out, std::uint64_t{record.values.size()});
  for (const auto& value : record.values) {
    put(out, std::uint64_t{value.field});
    put(out, value.value);
  }
  return out;
}

bool decode_record(std::string_view bytes, DocumentRecord& record) {
  Reader reader{bytes};
  record.id = reader.text();
  record.name = reader.text();
  record.title = reader.text();
  record.created = static_cast<std::int64_t>(reader.number());
  record.modified = static_cast<std::int64_t>(reader.number());
  const std::uint64_t state = reader.number();
  record.is_private = reader.number() != 0;
  record.num_tags = reader.small();
  record.num_resources = reader.small();
  record.tokens = reader.small();
  record.title_tokens = reader.small();
  record.texts = reader.small();
  const std::uint64_t values = reader.number();
  // Each value takes two bytes at least.
  if (!reader.good || state > 2 || values > reader.rest.size() / 2) return false;
  record.state = static_cast<core::State>(state);
  record.values.clear();
  for (std::uint64_t i = 0; i < values; ++i) {
    const std::uint32_t field = reader.small();
    record.values.push_back({field, reader.text()});
  }
  return reader.good && reader.rest.empty();
}

}  // namespace minato::storage::sqlite::search
