#include "tabular/input/delimited_file.h"

#include <utility>
#include <vector>

#include "tabular/input/byte_source.h"
#include "tabular/input/delimited_source.h"
#include "tabular/input/dialect.h"
#include "text/encoding_detector.h"

namespace minato::tabular {
namespace {

constexpr std::size_t kChunk = std::size_t{256} * 1024;
constexpr std::size_t kDialectHead = std::size_t{256} * 1024;

std::unique_ptr<text::Decoder> decoder_for(const text::DetectedEncoding& found) {
  return found.repaired ? text::make_repairing_decoder(found.original)
                        : text::make_decoder(found.encoding);
}

core::Result<text::DetectedEncoding> detect(ByteSource& bytes) {
  text::EncodingDetector detector;
  std::vector<char> chunk(kChunk);
  bool first = true;
  while (true) {
    const auto got = bytes.read(chunk.data(), chunk.size());
    if (!got) return tl::unexpected(got.error());
    const std::string_view part(chunk.data(), *got);
    // What was packed must be a text as well.
    if (first) {
      const Container inner = sniff_container(part.substr(0, kSniffBytes));
      if (inner != Container::kText) return tl::unexpected(not_tabular(inner));
      first = false;
    }
    if (*got == 0) break;
    detector.feed(part);
  }
  const text::DetectedEncoding found = detector.result();
  if (found.binary) {
    return core::fail(
        core::ErrorCode::kUnsupportedMedia, "file-not-tabular",
        {"表ではないファイルです: テキストではありません。", "Not a table: the file is no text."},
        {"表を CSV か XLSX で公開してください。", "Publish the table as CSV or XLSX."});
  }
  return found;
}

core::Result<std::int64_t> count_replaced(TextStream& stream) {
  std::string text;
  while (true) {
    text.clear();
    const auto more = stream.more(text, kChunk);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return stream.decoder().replaced_bytes();
  }
}

core::Result<std::string> head_of(TextStream& stream) {
  std::string head;
  while (head.size() < kDialectHead) {
    const auto more = stream.more(head, kDialectHead);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
  }
  return head;
}

core::Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path, Container container,
                                                     const ReadLimits& limits) {
  switch (container) {
    case Container::kText:
      return open_file_source(path, limits);
    case Container::kZip:
    case Container::kGzip:
      return open_unpacked_source(path, limits);
    default:
      return tl::unexpected(not_tabular(container));
  }
}

}  // namespace

core::Result<DelimitedFile> open_delimited(const std::string& path, const ReadLimits& limits) {
  const auto head = read_head(path);
  if (!head) return tl::unexpected(head.error());
  const Container container = sniff_container(*head);
  auto bytes = open_bytes(path, container, limits);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto found = detect(**bytes);
  if (!found) return tl::unexpected(found.error());

  DelimitedFile file;
  file.encoding = found->encoding;
  file.bom = found->bom;
  file.repaired = found->repaired;
  if (auto rewound = (*bytes)->rewind(); !rewound) return tl::unexpected(rewound.error());
  TextStream stream(std::move(*bytes), decoder_for(*found));
  const auto text = head_of(stream);
  if (!text) return tl::unexpected(text.error());
  const Dialect dialect = sniff_dialect(*text);
  file.delimiter = dialect.delimiter;
  if (found->damaged) {
    const auto replaced = count_replaced(stream);
    if (!replaced) return tl::unexpected(replaced.error());
    file.replaced_bytes = *replaced;
  }
  if (auto rewound = stream.rewind(); !rewound) return tl::unexpected(rewound.error());
  if (container != Container::kText) file.container = std::string(container_name(container)) + ":";
  file.container += dialect.delimiter == '\t' ? "tsv" : "csv";
  auto records = std::make_unique<DelimitedSource>(std::move(stream), dialect, limits);
  if (found->repaired) records->note_repair();
  file.records = std::move(records);
  return file;
}

}  // namespace minato::tabular
