#include "web/table/file_sizes.h"

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace minato::web {
namespace {

using http::tables::RowFormat;

constexpr std::int64_t kSampleRows = 200;
constexpr std::array<RowFormat, 4> kFormats = {RowFormat::kCsv, RowFormat::kTsv, RowFormat::kJson,
                                               RowFormat::kNdjson};

struct Sample {
  RowFormat format = RowFormat::kCsv;
  std::unique_ptr<formats::RowWriter> writer;
  std::string text;
  std::size_t head = 0;  // bytes in front of the rows
};

std::int64_t scaled(const Sample& sample, std::int64_t looked_at, std::int64_t rows) {
  if (looked_at == 0) return static_cast<std::int64_t>(sample.text.size());
  const double per_row =
      static_cast<double>(sample.text.size() - sample.head) / static_cast<double>(looked_at);
  return static_cast<std::int64_t>(sample.head) +
         static_cast<std::int64_t>(per_row * static_cast<double>(rows));
}

}  // namespace

core::Result<FileSizes> file_sizes(storage::TableReader& reader,
                                   const formats::RowsRequest& question, std::int64_t rows) {
  formats::RowsRequest asked = question;
  std::vector<Sample> samples;
  for (const RowFormat format : kFormats) {
    auto writer = http::tables::make_row_writer(format, asked, reader.schema());
    if (!writer) return tl::unexpected(std::move(writer).error());
    Sample sample{format, *std::move(writer), {}, 0};
    sample.writer->begin(sample.text);
    sample.head = sample.text.size();
    samples.push_back(std::move(sample));
  }
  asked.query.limit = kSampleRows;
  auto cursor = reader.rows(asked.query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  std::int64_t looked_at = 0;
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) break;
    ++looked_at;
    for (Sample& sample : samples) sample.writer->row((*cursor)->values(), sample.text);
  }
  FileSizes sizes;
  sizes.exact = looked_at == rows;
  for (Sample& sample : samples) {
    if (sizes.exact) sample.writer->end(sample.text);
    sizes.bytes[sample.format] = sizes.exact ? static_cast<std::int64_t>(sample.text.size())
                                             : scaled(sample, looked_at, rows);
  }
  return sizes;
}

}  // namespace minato::web
