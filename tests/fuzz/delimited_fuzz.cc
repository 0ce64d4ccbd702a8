// A file of any bytes: recognised or refused, and read the same way twice.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tabular/input/delimited_file.h"
#include "text/utf8.h"

namespace {

std::string read_all(minato::tabular::RecordSource& source) {
  std::string all;
  minato::tabular::RawRecord record;
  std::int64_t number = 0;
  while (true) {
    const auto more = source.next(record);
    if (!more) return all + "!" + more.error().id;
    if (!*more) return all;
    if (record.number <= number || record.line < record.number) std::abort();
    number = record.number;
    for (const auto& cell : record.cells) {
      all.append(cell.text);
      all += '\x1F';
      if (minato::text::sanitized(cell.text) != cell.text) std::abort();
    }
    all += '\x1E';
  }
}

}  // namespace

// NOLINTNEXTLINE: the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("minato-delimited-fuzz-" + std::to_string(::getpid())))
                               .string();
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  minato::tabular::ReadLimits limits;
  limits.max_cell_bytes = 4096;
  limits.max_columns = 64;
  limits.max_unpacked_bytes = std::uint64_t{1} << 22;
  const auto file = minato::tabular::open_delimited(path, limits);
  if (file) {
    const std::string first = read_all(*file->records);
    const auto findings = file->records->findings().size();
    if (!file->records->rewind() || read_all(*file->records) != first) std::abort();
    if (file->records->findings().size() != findings) std::abort();
  } else if (file.error().message.empty() || file.error().id == "internal") {
    std::abort();
  }
  std::filesystem::remove(path);
  return 0;
}
