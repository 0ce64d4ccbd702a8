#include "service/table_import.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
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

// What the catalogue knows of the tables of a resource so far.
struct Known {
  std::vector<TableVersion> current;
  std::optional<storage::TableRefusal> refusal;
};

class RowsIntoStore final : public tabular::RowSink {
 public:
  explicit RowsIntoStore(storage::TableWriter& writer) : writer_(writer) {}
  Result<void> row(std::span<const core::ValueView> values) override {
    return writer_.append(values);
  }

 private:
  storage::TableWriter& writer_;
};

class Import {
 public:
  Import(const Resource& resource, const ImportTarget& target)
      : resource_(resource), target_(target), input_hash_(input_hash_of(resource)) {}

  Result<ImportOutcome> run() {
    if (resource_.blob.empty()) return ImportOutcome{};
    auto known = load_known();
    if (!known) return tl::unexpected(std::move(known).error());
    if (is_done(*known)) {
      return ImportOutcome{ImportOutcome::Kind::kUnchanged, std::move(known->current), {}};
    }
    if (!may_be_tabular(resource_)) return refuse(format_refusal(resource_));
    auto fd = target_.blobs.open(resource_.blob);
    if (!fd) return tl::unexpected(std::move(fd).error());
    const Descriptor descriptor(*fd);
    tabular::ReadOptions options;
    options.file_name = file_name_of(resource_);
    options.declared = resource_.columns;
    options.statistics = false;  // the store makes its own
    auto file = tabular::open_tabular_file(descriptor.path(), options);
    if (!file) return refuse_or_fail(std::move(file).error());
    return write_and_publish(**file);
  }

 private:
  Result<std::unique_ptr<storage::CatalogReader>> read() {
    return target_.catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  }

  Result<Known> load_known() {
    auto reader = read();
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto current = (*reader)->tables_of(resource_.id);
    if (!current) return tl::unexpected(std::move(current).error());
    auto refusal = (*reader)->table_refusal(resource_.id);
    if (!refusal) return tl::unexpected(std::move(refusal).error());
    return Known{*std::move(current), *std::move(refusal)};
  }

  [[nodiscard]] bool is_done(const Known& known) const {
    if (known.refusal && known.refusal->input_hash == input_hash_) return true;
    return !known.current.empty() &&
           std::all_of(known.current.begin(), known.current.end(),
                       [this](const auto& table) { return table.input_hash == input_hash_; });
  }

  // What the file is to blame for is remembered; faults of the machine are tried again.
  Result<ImportOutcome> refuse_or_fail(core::Error error) {
    switch (error.code) {
      case ErrorCode::kInvalidArgument:
      case ErrorCode::kUnsupportedMedia:
      case ErrorCode::kTooLarge:
        return refuse(std::move(error));
      default:
        return tl::unexpected(std::move(error));
    }
  }

  Result<ImportOutcome> refuse(core::Error error) {
    storage::TableRefusal refusal{resource_.id, input_hash_,   target_.clock.now(),
                                  error.id,     error.message, error.hint};
    auto written = target_.catalog.write(
        [&](storage::CatalogWriter& writer) { return writer.put_table_refusal(refusal); });
    if (!written) return tl::unexpected(std::move(written).error());
    return ImportOutcome{ImportOutcome::Kind::kRefused, {}, std::move(error)};
  }

  Result<ImportOutcome> write_and_publish(tabular::TabularFile& file) {
    for (const tabular::TableReport& table : file.report().tables) {
      const auto cells =
          static_cast<double>(table.schema.rows) * static_cast<double>(table.schema.columns.size());
      if (table.reject_count > kRejectsAlwaysTolerated &&
          static_cast<double>(table.reject_count) > kMaxRejectShare * cells) {
        return refuse(reject_refusal(table));
      }
    }
    ImportOutcome outcome{ImportOutcome::Kind::kImported, {}, {}};
    auto done = write_all(file, outcome.tables);
    if (done) {
      done = target_.catalog.write([&](storage::CatalogWriter& writer) {
        return writer.publish_tables(resource_.id, outcome.tables);
      });
    }
    if (done) return outcome;
    for (const TableVersion& table : outcome.tables) {
      // What was written and not published is nobody's; a leftover is only disk space.
      (void)target_.tables.remove({table.table_id, table.version});
    }
    return refuse_or_fail(std::move(done).error());
  }

  Result<void> write_all(tabular::TabularFile& file, std::vector<TableVersion>& versions) {
    for (std::size_t i = 0; i < file.report().tables.size(); ++i) {
      auto version = write_table(file, i);
      if (!version) return tl::unexpected(std::move(version).error());
      versions.push_back(*std::move(version));
    }
    return {};
  }

  Result<std::int64_t> next_version(const std::string& table_id) {
    auto reader = read();
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto versions = (*reader)->table_versions(table_id);
    if (!versions) return tl::unexpected(std::move(versions).error());
    return versions->empty() ? 1 : versions->front().version + 1;
  }

  Result<TableVersion> write_table(tabular::TabularFile& file, std::size_t place) {
    const tabular::TableReport& report = file.report().tables[place];
    TableVersion version;
    version.part = static_cast<std::int64_t>(place) + 1;
    version.table_id = table_id_of(resource_.id, version.part);
    auto number = next_version(version.table_id);
    if (!number) return tl::unexpected(std::move(number).error());
    version.version = *number;
    auto writer = target_.tables.create({version.table_id, version.version}, report.schema);
    if (!writer) return tl::unexpected(std::move(writer).error());
    RowsIntoStore sink(**writer);
    if (auto read = file.read_rows(place, sink); !read) return tl::unexpected(read.error());
    storage::ReadingNotes notes{file.report().findings, report.rejects, report.reject_count};
    notes.findings.insert(notes.findings.end(), report.findings.begin(), report.findings.end());
    auto schema = (*writer)->finish(notes);
    if (!schema) return tl::unexpected(std::move(schema).error());
    describe(version, file.report(), *schema);
    version.name = report.name;
    version.findings = static_cast<std::int64_t>(notes.findings.size());
    version.rejects = report.reject_count;
    return version;
  }

  void describe(TableVersion& version, const tabular::FileReport& file,
                const core::TableSchema& schema) const {
    version.resource_id = resource_.id;
    version.created = target_.clock.now();
    version.blob = resource_.blob;
    version.input_hash = input_hash_;
    version.bytes = resource_.size.value_or(0);
    version.file_name = file_name_of(resource_);
    version.rows = schema.rows;
    version.columns = static_cast<std::int64_t>(schema.columns.size());
    version.container = file.container;
    version.encoding = file.encoding;
  }

  const Resource& resource_;
  const ImportTarget& target_;
  std::string input_hash_;
};

Result<std::vector<Resource>> resources_with_file(const std::vector<std::string>& names,
                                                  storage::CatalogStore& catalog) {
  auto reader = catalog.read(std::chrono::steady_clock::now() + kReadTimeout);
  if (!reader) return tl::unexpected(std::move(reader).error());
  std::vector<Resource> resources;
  for (const std::string& name : names) {
    auto dataset = (*reader)->dataset(name);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    if (!*dataset) continue;
    for (Resource& resource : (*dataset)->resources) {
      if (!resource.blob.empty() && resource.state == core::State::kActive) {
        resources.push_back(std::move(resource));
      }
    }
  }
  return resources;
}

}  // namespace

std::string table_id_of(std::string_view resource_id, std::int64_t part) {
  return std::string(resource_id) + (part == 1 ? "" : "." + std::to_string(part));
}

Result<ImportOutcome> import_resource(const Resource& resource, const ImportTarget& target) {
  return Import(resource, target).run();
}

Result<ImportSummary> import_datasets(
    const std::vector<std::string>& names, const ImportTarget& target,
    const std::function<void(const Resource&, const Result<ImportOutcome>&)>& note) {
  auto resources = resources_with_file(names, target.catalog);
  if (!resources) return tl::unexpected(std::move(resources).error());
  ImportSummary summary;
  for (const Resource& resource : *resources) {
    const auto outcome = import_resource(resource, target);
    if (outcome) {
      for (const TableVersion& table : outcome->tables) {
        summary.tables.push_back({table.table_id, table.version});
      }
    }
    if (!outcome) {
      ++summary.failed;
    } else if (outcome->kind == ImportOutcome::Kind::kImported) {
      summary.imported += static_cast<std::int64_t>(outcome->tables.size());
    } else if (outcome->kind == ImportOutcome::Kind::kRefused) {
      ++summary.refused;
    } else {
      continue;
    }
    note(resource, outcome);
  }
  return summary;
}

}  // namespace minato::service
