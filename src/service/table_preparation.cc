#include "service/table_preparation.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "core/sha256.h"
#include "tabular/tabular_file.h"

namespace minato::service {

namespace {

using core::ErrorCode;
using core::Resource;
using core::Result;
using storage::TableVersion;

constexpr std::chrono::seconds kReadTimeout{30};
// Above this share of bad cells the declared schema and the file don't belong together.
constexpr double kMaxRejectShare = 0.1;
constexpr std::int64_t kRejectsAlwaysTolerated = 100;
constexpr std::int64_t kRowsBetweenLooks = 2048;
constexpr int kNumberTries = 5;  // somebody else may write versions of the same table

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

bool may_be_tabular(const Resource& resource) {
  static constexpr std::array<std::string_view, 9> kFormats{"",     "CSV", "TSV", "XLSX", "XLS",
                                                            "XLSM", "ZIP", "GZ",  "GZIP"};
  return std::find(kFormats.begin(), kFormats.end(), resource.format) != kFormats.end();
}

core::Error format_refusal(const Resource& resource) {
  return core::fail(ErrorCode::kUnsupportedMedia, "format-not-tabular",
                    {"形式が " + resource.format + " のファイルは表として読みません。",
                     "Files of format " + resource.format + " are not read as tables."},
                    {"表として公開するには CSV または XLSX を登録してください。",
                     "Publish a CSV or XLSX file to get a table."})
      .value();
}

core::Error reject_refusal(const tabular::TableReport& table) {
  const std::string count = std::to_string(table.reject_count);
  return core::fail(
             ErrorCode::kInvalidArgument, "too-many-rejects",
             {"列の型に合わない値が " + count + " 個あり、表として公開できません。",
              count + " values do not fit the types of their columns; this is no usable table."},
             {"宣言した列の型とファイルの中身を見比べてください。",
              "Compare the declared columns with the content of the file."})
      .value();
}

std::string file_name_of(const Resource& resource) {
  std::string_view url = resource.url;
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = url.find_last_of('/');
  return std::string(slash == std::string_view::npos ? url : url.substr(slash + 1));
}

// What the file is to blame for is remembered; faults of the machine are tried again.
bool is_files_fault(const core::Error& error) {
  return error.code == ErrorCode::kInvalidArgument || error.code == ErrorCode::kUnsupportedMedia ||
         error.code == ErrorCode::kTooLarge;
}

class RowsIntoStore final : public tabular::RowSink {
 public:
  RowsIntoStore(storage::TableWriter& writer, const ReadingWatch& watch)
      : writer_(writer), watch_(watch) {}

  Result<void> row(std::span<const core::ValueView> values) override {
    if (++rows_ % kRowsBetweenLooks == 0 && watch_ && !watch_(rows_)) {
      return core::fail(ErrorCode::kUnavailable, "import-stopped",
                        {"読み込みが中断されました。", "The import was interrupted."},
                        {"自動でやり直されます。", "It is taken up again."});
    }
    return writer_.append(values);
  }

 private:
  storage::TableWriter& writer_;
  const ReadingWatch& watch_;
  std::int64_t rows_ = 0;
};

class Preparation {
 public:
  Preparation(const Resource& resource, const ImportTarget& target, const ReadingWatch& watch)
      : resource_(resource),
        target_(target),
        watch_(watch),
        prepared_(resource.id, input_hash_of(resource), target.tables) {}

  Result<PreparedTables> run() {
    if (!may_be_tabular(resource_)) return refused(format_refusal(resource_));
    auto fd = target_.blobs.open(resource_.blob);
    if (!fd) return tl::unexpected(std::move(fd).error());
    const Descriptor descriptor(*fd);
    tabular::ReadOptions options;
    options.file_name = file_name_of(resource_);
    options.declared = resource_.columns;
    options.statistics = false;  // the store makes its own
    auto file = tabular::open_tabular_file(descriptor.path(), options);
    auto written = file ? write_all(**file) : Result<void>(tl::unexpected(file.error()));
    if (written) return std::move(prepared_);
    if (is_files_fault(written.error())) return refused(std::move(written).error());
    return tl::unexpected(std::move(written).error());
  }

 private:
  PreparedTables refused(core::Error error) {
    prepared_.refuse(std::move(error));
    return std::move(prepared_);
  }

  Result<void> write_all(tabular::TabularFile& file) {
    for (const tabular::TableReport& table : file.report().tables) {
      const auto cells =
          static_cast<double>(table.schema.rows) * static_cast<double>(table.schema.columns.size());
      if (table.reject_count > kRejectsAlwaysTolerated &&
          static_cast<double>(table.reject_count) > kMaxRejectShare * cells) {
        return tl::unexpected(reject_refusal(table));
      }
    }
    for (std::size_t i = 0; i < file.report().tables.size(); ++i) {
      if (auto written = write_table(file, i); !written) return written;
    }
    return {};
  }

  Result<std::int64_t> next_version(const std::string& table_id) {
    auto reader = target_.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto versions = (*reader)->table_versions(table_id);
    if (!versions) return tl::unexpected(std::move(versions).error());
    return target_.tables.free_version(table_id,
                                       versions->empty() ? 1 : versions->front().version + 1);
  }

  Result<void> write_table(tabular::TabularFile& file, std::size_t place) {
    const std::string id = table_id_of(resource_.id, static_cast<std::int64_t>(place) + 1);
    for (int left = kNumberTries;; --left) {
      auto number = next_version(id);
      if (!number) return tl::unexpected(std::move(number).error());
      auto done = write_version(file, place, {id, *number});
      if (done || done.error().id != "table-version-taken" || left == 0) return done;
    }
  }

  Result<void> write_version(tabular::TabularFile& file, std::size_t place,
                             const storage::TableKey& key) {
    const tabular::TableReport& report = file.report().tables[place];
    auto writer = target_.tables.create(key, report.schema);
    if (!writer) return tl::unexpected(std::move(writer).error());
    RowsIntoStore sink(**writer, watch_);
    if (auto read = file.read_rows(place, sink); !read) return tl::unexpected(read.error());
    PreparedTable table;
    table.notes = {file.report().findings, report.rejects, report.reject_count, 0, 0, 0};
    if (!report.header_rows.empty()) {
      table.notes.header_first = report.header_rows.front();
      table.notes.header_last = report.header_rows.back();
    }
    table.notes.first_data = report.first_data_row;
    auto& findings = table.notes.findings;
    findings.insert(findings.end(), report.findings.begin(), report.findings.end());
    auto schema = (*writer)->finish(table.notes);
    if (!schema) return tl::unexpected(std::move(schema).error());
    table.schema = *std::move(schema);
    describe(table, file.report(), key);
    table.version.part = static_cast<std::int64_t>(place) + 1;
    table.version.name = report.name;
    prepared_.add(std::move(table));
    return {};
  }

  void describe(PreparedTable& table, const tabular::FileReport& file,
                const storage::TableKey& key) const {
    TableVersion& version = table.version;
    version.table_id = key.table_id;
    version.version = key.version;
    version.resource_id = resource_.id;
    version.created = target_.clock.now();
    version.blob = resource_.blob;
    version.input_hash = prepared_.input_hash();
    version.bytes = resource_.size.value_or(0);
    version.file_name = file_name_of(resource_);
    version.rows = table.schema.rows;
    version.columns = static_cast<std::int64_t>(table.schema.columns.size());
    version.findings = static_cast<std::int64_t>(table.notes.findings.size());
    version.rejects = table.notes.reject_count;
    version.container = file.container;
    version.encoding = file.encoding;
  }

  const Resource& resource_;
  const ImportTarget& target_;
  const ReadingWatch& watch_;
  PreparedTables prepared_;
};

}  // namespace

PreparedTables::~PreparedTables() { remove_drafts(); }

PreparedTables::PreparedTables(PreparedTables&& other) noexcept
    : resource_id_(std::move(other.resource_id_)),
      input_hash_(std::move(other.input_hash_)),
      tables_(std::move(other.tables_)),
      refusal_(std::move(other.refusal_)),
      store_(std::exchange(other.store_, nullptr)) {}

void PreparedTables::refuse(core::Error error) {
  remove_drafts();
  tables_.clear();
  refusal_ = std::move(error);
}

void PreparedTables::remove_drafts() {
  if (store_ == nullptr) return;
  for (const PreparedTable& table : tables_) {
    // What was written and not published is nobody's; a leftover is only disk space.
    (void)store_->remove({table.version.table_id, table.version.version});
  }
}

Result<PreparedTables> prepare_tables(const Resource& resource, const ImportTarget& target,
                                      const ReadingWatch& watch) {
  return Preparation(resource, target, watch).run();
}

Result<void> publish_tables(storage::CatalogWriter& writer, const PreparedTables& prepared,
                            core::Timestamp now) {
  if (const auto& error = prepared.refusal()) {
    return writer.put_table_refusal({prepared.resource_id(), prepared.input_hash(), now, error->id,
                                     error->message, error->hint});
  }
  std::vector<TableVersion> versions;
  for (const PreparedTable& table : prepared.tables()) versions.push_back(table.version);
  return writer.publish_tables(prepared.resource_id(), versions);
}

std::string input_hash_of(const Resource& resource) {
  std::string input = resource.blob;
  for (const core::Column& column : resource.columns) {
    for (const std::string* text :
         {&column.name, &column.title, &column.type, &column.unit, &column.description}) {
      input += '\0';
      input += *text;
    }
  }
  return core::sha256_hex(input);
}

std::string table_id_of(std::string_view resource_id, std::int64_t part) {
  return std::string(resource_id) + (part == 1 ? "" : "." + std::to_string(part));
}

}  // namespace minato::service
