// A source that is one オープンデータ一覧: fetched as a file, read as a table.
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/url.h"
#include "formats/remote/raw_dataset.h"
#include "harvest/sources/file_name.h"
#include "harvest/sources/list_datasets.h"
#include "harvest/sources/list_table.h"
#include "harvest/sources/source.h"

namespace minato::harvest {
namespace {

using core::ErrorCode;
using core::Result;

// Removes the file when the reading is over, however it ends.
class ScratchFile {
 public:
  explicit ScratchFile(std::string path) : path_(std::move(path)) {}
  ~ScratchFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class ListSource final : public Source {
 public:
  explicit ListSource(const SourceContext& context) : context_(context) {}

  Result<void> gather(GatherSink& sink) override {
    const ScratchFile file(context_.work_directory + "/list");
    FetchRequest request = request_of(context_, context_.source.url);
    request.to_file = file.path();
    request.max_bytes = kMaxListBytes;
    const auto reply = context_.fetcher.fetch(request);
    if (!reply) return tl::unexpected(reply.error());
    const std::string& base = reply->final_url.empty() ? context_.source.url : reply->final_url;
    const std::string name = reply->file_name.empty() ? file_name_of_url(base) : reply->file_name;
    const auto tables = read_list_tables(file.path(), name, context_.options.sheet);
    if (!tables) return tl::unexpected(tables.error());
    return hand_over(read_listed_datasets(*tables, {base, context_.source.organization}), sink);
  }

  Result<std::string> fetch(const GatheredRecord& record) override {
    return core::fail_internal("record " + record.remote_id + " of a list has its content");
  }

  Result<core::Dataset> read(const GatheredRecord& record) override {
    auto dataset = formats::read_raw_dataset(record.content);
    if (!dataset) return dataset;
    if (auto fault = fault_of_listed(*dataset)) return tl::unexpected(*std::move(fault));
    return dataset;
  }

 private:
  Result<void> hand_over(ListedDatasets listed, GatherSink& sink) const {
    for (const ListFault& fault : listed.faults) {
      auto told = sink.fault("row " + std::to_string(fault.row), fault.url, fault.error, true);
      if (!told) return told;
    }
    if (listed.datasets.empty()) {
      return core::fail(ErrorCode::kUpstream, "harvest-list-empty",
                        {"オープンデータ一覧に 1 件もデータセットがありません。",
                         "The dataset list holds not a single dataset."},
                        {"一覧のファイルを確かめてください。これまでのデータセットは残します。",
                         "Look at the file of the list. The datasets known so far stay."});
    }
    for (ListedDataset& one : listed.datasets) {
      GatheredRecord record;
      record.remote_id = std::move(one.remote_id);
      record.remote_modified = std::move(one.remote_modified);
      record.url = one.dataset.url;
      record.content = formats::write_raw_dataset(one.dataset);
      if (auto done = sink.record(std::move(record)); !done) return done;
    }
    return {};
  }

  SourceContext context_;
};

}  // namespace

Result<std::unique_ptr<Source>> make_list_source(const SourceContext& context) {
  if (!core::parse_url(context.source.url)) {
    return core::fail(ErrorCode::kInvalidArgument, "harvest-source-url",
                      {"収集元の URL「" + context.source.url +
                           "」は http または https の URL では"
                           "ありません。",
                       "The source's URL \"" + context.source.url + "\" is no http or https URL."},
                      {"オープンデータ一覧のファイルの URL を登録してください。",
                       "Register the URL of the file with the dataset list."});
  }
  return std::make_unique<ListSource>(context);
}

}  // namespace minato::harvest
