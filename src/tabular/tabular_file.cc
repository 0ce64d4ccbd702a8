#include "tabular/tabular_file.h"

#include <utility>

#include "tabular/input/container.h"
#include "tabular/input/delimited_file.h"
#include "tabular/opened_file.h"
#include "tabular/workbook/workbook.h"

namespace minato::tabular {
namespace {

using Opened = core::Result<std::unique_ptr<OpenedFile>>;

Opened open_text(const std::string& path, const ReadOptions& options) {
  auto file = open_delimited(path, options.limits);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  FileReport report;
  report.container = file->container;
  report.encoding = text::encoding_name(file->encoding);
  report.bom = file->bom;
  report.repaired = file->repaired;
  report.replaced_bytes = file->replaced_bytes;
  report.delimiter = file->delimiter;
  std::vector<NamedSource> sources;
  sources.push_back({"", std::move(file->records)});
  return std::make_unique<OpenedFile>(std::move(sources), std::move(report), options);
}

Opened open_sheets(const std::string& path, const ReadOptions& options) {
  auto workbook = open_workbook(path, options.limits);
  if (!workbook) {
    return tl::unexpected(std::move(workbook.error()));
  }
  FileReport report;
  report.container = (*workbook)->kind() == WorkbookKind::kXlsx ? "xlsx" : "xls";
  report.findings = (*workbook)->findings();
  std::vector<NamedSource> sources;
  const std::vector<SheetInfo>& sheets = (*workbook)->sheets();
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (!sheets[i].visible) {
      continue;
    }
    auto records = (*workbook)->sheet(i);
    if (!records) {
      return tl::unexpected(std::move(records.error()));
    }
    sources.push_back({sheets[i].name, std::move(*records)});
  }
  return std::make_unique<OpenedFile>(std::move(sources), std::move(report), options);
}

}  // namespace

core::Result<std::unique_ptr<TabularFile>> open_tabular_file(const std::string& path,
                                                             const ReadOptions& options) {
  auto head = read_head(path);
  if (!head) {
    return tl::unexpected(std::move(head.error()));
  }
  const Container container = sniff_container(*head);
  const bool workbook = container == Container::kXlsx || container == Container::kXls;
  Opened file = workbook ? open_sheets(path, options) : open_text(path, options);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  if (auto done = (*file)->examine(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return std::unique_ptr<TabularFile>(std::move(*file));
}

}  // namespace minato::tabular
