#include "http/handlers/tables/exports.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "core/licenses.h"
#include "core/uuid.h"
#include "formats/rows/xlsx_workbook.h"
#include "http/conditional.h"
#include "http/handlers/tables/row_pages.h"

namespace minato::http::tables {

namespace {

// A pull gives the worker back after this much, so that many downloads share few workers.
constexpr std::size_t kPieceBytes = 192 * 1024;
constexpr std::chrono::milliseconds kPieceTime{20};
constexpr std::int64_t kRowsPerLook = 256;

class RowStream {
 public:
  RowStream(std::unique_ptr<storage::TableReader> reader,
            std::unique_ptr<storage::RowCursor> cursor, std::unique_ptr<formats::RowWriter> writer)
      : reader_(std::move(reader)), cursor_(std::move(cursor)), writer_(std::move(writer)) {}

  core::Result<bool> pull(std::string& out) {
    if (!begun_) {
      begun_ = true;
      writer_->begin(out);
    }
    const auto until = std::chrono::steady_clock::now() + kPieceTime;
    const std::size_t full = out.size() + kPieceBytes;
    for (std::int64_t n = 1; out.size() < full; ++n) {
      auto more = cursor_->next();
      if (!more) return more;
      if (!*more) {
        writer_->end(out);
        return false;
      }
      writer_->row(cursor_->values(), out);
      if (n % kRowsPerLook == 0 && std::chrono::steady_clock::now() > until) break;
    }
    return true;
  }

 private:
  std::unique_ptr<storage::TableReader> reader_;
  std::unique_ptr<storage::RowCursor> cursor_;
  std::unique_ptr<formats::RowWriter> writer_;
  bool begun_ = false;
};

// Characters that the encoding lacks, in everything that will be sent: it must be known before the
// first byte goes out.
core::Result<std::int64_t> count_lost(storage::TableReader& reader, const core::RowQuery& query,
                                      formats::RowWriter& writer) {
  auto cursor = reader.rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  std::string thrown_away;
  writer.begin(thrown_away);
  while (true) {
    auto more = (*cursor)->next();
    if (!more) return tl::unexpected(std::move(more).error());
    if (!*more) return writer.lost_characters();
    thrown_away.clear();
    writer.row((*cursor)->values(), thrown_away);
  }
}

core::Result<Response> export_text(const TableSources& sources, const TableCall& call,
                                   formats::RowsRequest& asked, RowFormat format) {
  auto writer = make_row_writer(format, asked, call.schema());
  if (!writer) return tl::unexpected(std::move(writer).error());
  auto reader = sources.tables.read_for_export(call.table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  const auto count = count_rows(**reader, asked, formats::CountMode::kAuto);
  if (!count) return tl::unexpected(count.error());
  Response response;
  response.headers.set("Content-Type", media_type_of(format, asked.text.cp932));
  describe_file(response, call, format);
  if (*count && (*count)->exact && asked.query.limit < 0) {
    response.headers.set("X-Total-Count", std::to_string((*count)->value));
  }
  if (asked.text.cp932) {
    const auto lost = count_lost(**reader, asked.query, **writer);
    if (!lost) return tl::unexpected(lost.error());
    response.headers.set("X-Encoding-Loss", std::to_string(*lost));
    writer = make_row_writer(format, asked, call.schema());
  }
  auto body = stream_rows(*std::move(reader), asked.query, *std::move(writer));
  if (!body) return tl::unexpected(std::move(body).error());
  response.body = *std::move(body);
  return response;
}

core::Result<Response> file_reply(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const int fault = errno;
  ::unlink(path.c_str());
  if (fd < 0) return core::fail_internal("open " + path + ": " + std::strerror(fault));
  auto file = std::make_shared<const FileDescriptor>(fd);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return core::fail_internal("fstat " + path);
  Response response;
  response.body = FileSlice{std::move(file), 0, static_cast<std::uint64_t>(status.st_size)};
  return response;
}

formats::XlsxContent workbook_of(const TableCall& call, const formats::RowsRequest& asked) {
  formats::XlsxContent content;
  for (std::size_t i = 0; i < asked.query.columns.size(); ++i) {
    core::TableColumn column;
    const int place = asked.query.columns[i];
    if (place >= 0) {
      column = call.schema().columns[static_cast<std::size_t>(place)];
    } else {
      column.type = core::ColumnType::kInteger;
    }
    column.name = asked.names[i];
    content.columns.push_back(std::move(column));
  }
  const service::FoundTable& table = call.table();
  const std::string& license_id =
      table.resource.license_id.empty() ? table.dataset.license_id : table.resource.license_id;
  const core::License* license = core::find_license(license_id);
  content.source.title = table.dataset.title.empty() ? table.dataset.name : table.dataset.title;
  content.source.publisher = call.context().publisher;
  content.source.license =
      license == nullptr ? license_id : license->title.in(call.context().language);
  content.source.license_url = license == nullptr ? "" : license->url;
  content.source.url = call.context().site_url + "/dataset/" + table.dataset.name;
  content.source.date = core::to_rfc3339(table.version.created);
  content.created = table.version.created.us / 1'000'000;
  return content;
}

core::Result<Response> export_workbook(const TableSources& sources, const TableCall& call,
                                       const formats::RowsRequest& asked) {
  auto reader = sources.tables.read_for_export(call.table());
  if (!reader) return tl::unexpected(std::move(reader).error());
  formats::XlsxContent content = workbook_of(call, asked);
  const auto count = count_rows(**reader, asked, formats::CountMode::kExact);
  if (!count) return tl::unexpected(count.error());
  content.rows = (*count)->value;
  if (asked.query.limit >= 0) content.rows = std::min(content.rows, asked.query.limit);
  auto cursor = (*reader)->rows(asked.query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  const std::string path = sources.spool_directory + "/minato-" + core::random_uuid() + ".xlsx";
  auto written =
      formats::write_xlsx(path, content, [&]() -> core::Result<std::span<const core::ValueView>> {
        auto more = (*cursor)->next();
        if (!more) return tl::unexpected(std::move(more).error());
        if (!*more) return std::span<const core::ValueView>{};
        return (*cursor)->values();
      });
  if (!written) return tl::unexpected(std::move(written).error());
  auto response = file_reply(path);
  if (!response) return response;
  response->headers.set("Content-Type", media_type_of(RowFormat::kXlsx, false));
  describe_file(*response, call, RowFormat::kXlsx);
  return response;
}

}  // namespace

core::Result<PooledSource> stream_rows(std::unique_ptr<storage::TableReader> reader,
                                       const core::RowQuery& query,
                                       std::unique_ptr<formats::RowWriter> writer) {
  auto cursor = reader->rows(query);
  if (!cursor) return tl::unexpected(std::move(cursor).error());
  const auto stream =
      std::make_shared<RowStream>(std::move(reader), *std::move(cursor), std::move(writer));
  return PooledSource{[stream](std::string& out) { return stream->pull(out); }};
}

core::Result<Response> export_rows(const TableSources& sources, const Request& request,
                                   RowFormat format, formats::RowsDoor door) {
  const auto call = TableCall::open(sources, request);
  if (!call) return tl::unexpected(call.error());
  auto asked = formats::parse_rows_request(call->question(), door);
  if (!asked) return tl::unexpected(std::move(asked).error());
  if (call->cursor()) asked->query.after = core::RowPosition{{}, call->cursor()->row};
  // The dispatcher makes the 304; here it only saves making a file that nobody will get.
  Validators validators;
  validators.etag = call->etag();
  if (evaluate_preconditions(request, validators) == Precondition::kNotModified) {
    Response unchanged;
    call->set_caching(unchanged);
    return unchanged;
  }
  auto response = format == RowFormat::kXlsx ? export_workbook(sources, *call, *asked)
                                             : export_text(sources, *call, *asked, format);
  if (!response) return response;
  response->headers.set("Cache-Control", "public, max-age=60, stale-while-revalidate=600");
  call->set_caching(*response);
  return response;
}

}  // namespace minato::http::tables
