#include "web/table/file_sizes.h"

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "formats/query/row_filter.h"

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

core::Result<Sample> empty_sample(RowFormat format, formats::RowsRequest& asked,
                                  const core::TableSchema& schema) {
  auto writer = http::tables::make_row_writer(format, asked, schema);
  if (!writer) return tl::unexpected(std::move(writer).error());
  Sample sample{format, *std::move(writer), {}, 0};
  sample.writer->begin(sample.text);
  sample.head = sample.text.size();
  return sample;
}

// The first rows into all samples; how many there were.
core::Result<std::int64_t> fill(std::vector<Sample>& samples, storage::TableReader& reader,
                                core::RowQuery query) {
  query.limit = kSampleRows;
  auto cursor = reader.rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  for (std::int64_t looked_at = 0;; ++looked_at) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return looked_at;
    for (Sample& sample : samples) sample.writer->row((*cursor)->values(), sample.text);
  }
}

core::Result<void> measure(const std::vector<RowFormat>& formats, storage::TableReader& reader,
                           formats::RowsRequest asked, FileSizes& sizes) {
  std::vector<Sample> samples;
  for (const RowFormat format : formats) {
    auto sample = empty_sample(format, asked, reader.schema());
    if (!sample) return tl::unexpected(std::move(sample).error());
    samples.push_back(*std::move(sample));
  }
  const auto looked_at = fill(samples, reader, asked.query);
  if (!looked_at) return tl::unexpected(looked_at.error());
  sizes.exact = *looked_at == sizes.rows;
  for (Sample& sample : samples) {
    if (sizes.exact) sample.writer->end(sample.text);
    sizes.bytes[sample.format] = sizes.exact ? static_cast<std::int64_t>(sample.text.size())
                                             : scaled(sample, *looked_at, sizes.rows);
  }
  return {};
}

}  // namespace

core::Result<FileSizes> file_sizes(storage::TableReader& reader,
                                   const formats::RowsRequest& question, std::int64_t rows) {
  FileSizes sizes;
  sizes.rows = rows;
  auto done = measure({kFormats.begin(), kFormats.end()}, reader, question, sizes);
  // It asks for the columns of the places too.
  if (done && formats::has_coordinates(reader.schema())) {
    done = measure({RowFormat::kGeojson}, reader, question, sizes);
  }
  if (!done) return tl::unexpected(std::move(done).error());
  return sizes;
}

}  // namespace minato::web
