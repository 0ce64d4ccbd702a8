#include "web/table/reading_view.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/frame/display.h"
#include "web/table/cell_html.h"

namespace minato::web {
namespace {

constexpr std::size_t kMaxRejects = 100;
constexpr std::size_t kMaxFindings = 200;
constexpr std::size_t kMaxNamedColumns = 50;
constexpr std::size_t kMaxVersions = 50;
constexpr std::size_t kTextCharacters = 200;

// "csv" as people write it; "zip:csv": packed.
std::string container_words(const std::string& container, const Texts& texts) {
  const std::size_t colon = container.find(':');
  std::string name = colon == std::string::npos ? container : container.substr(colon + 1);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (colon == std::string::npos) return name;
  return texts.with("table_packed", {{"format", name}, {"packing", container.substr(0, colon)}});
}

std::string encoding_words(std::string_view encoding, const Texts& texts) {
  if (encoding == "utf-8") return "UTF-8";
  if (encoding == "cp932") return texts["table_encoding_cp932"];
  if (encoding == "euc-jp") return "EUC-JP";
  if (encoding == "iso-2022-jp") return texts["table_encoding_jis"];
  if (encoding == "utf-16le" || encoding == "utf-16be") return "UTF-16";
  return std::string(encoding);
}

// What an encoding is to somebody who made the file with a spreadsheet; empty: nothing to add.
std::string encoding_help(std::string_view encoding, const Texts& texts) {
  if (encoding == "utf-8") return texts["table_encoding_help_utf8"];
  if (encoding == "cp932") return texts["table_encoding_help_cp932"];
  if (encoding.empty()) return "";
  return texts["table_encoding_help_other"];
}

// Which records of the file are the header and where the data begins.
std::string header_words(const storage::ReadingNotes& notes, const Texts& texts) {
  if (notes.header_first == 0) {
    return notes.first_data == 0 ? "" : texts["table_header_none"];
  }
  const std::string first = display_count(notes.header_first);
  if (notes.header_last == notes.header_first) {
    return texts.with("table_header_row", {{"row", first}});
  }
  return texts.with("table_header_rows",
                    {{"first", first}, {"last", display_count(notes.header_last)}});
}

// The same said of several columns is said once.
struct SharedFinding {
  const core::Finding* first;
  std::vector<std::string> columns;
  bool is_of_one = true;
};

std::vector<SharedFinding> shared_findings(const std::vector<core::Finding>& findings,
                                           core::Language language) {
  std::vector<SharedFinding> shared;
  for (const core::Finding& finding : findings) {
    auto same = std::find_if(shared.begin(), shared.end(), [&](const SharedFinding& one) {
      return one.first->message.in(language) == finding.message.in(language);
    });
    if (same == shared.end()) {
      if (shared.size() == kMaxFindings) break;
      shared.push_back({&finding, {}, true});
      same = shared.end() - 1;
    } else {
      same->is_of_one = false;
    }
    if (finding.column.empty() || same->columns.size() == kMaxNamedColumns) continue;
    same->columns.push_back(first_characters(finding.column, kTextCharacters).text);
  }
  return shared;
}

View finding_item(const SharedFinding& shared, const TableVisit& visit) {
  View item = object();
  const core::Language language = visit.visit.language;
  const core::Finding& finding = *shared.first;
  put(item, "message", finding.message.in(language));
  put(item, "hint", finding.hint.in(language));
  std::string columns;
  for (const std::string& column : shared.columns) {
    columns += (columns.empty() ? "" : visit.texts()["table_list_comma"]) + column;
  }
  put(item, "column", columns);
  put(item, "row",
      finding.row > 0 && shared.is_of_one
          ? visit.texts().with("table_record", {{"row", display_count(finding.row)}})
          : std::string());
  put(item, "id", finding.id);
  return item;
}

View reject_item(const core::Reject& reject, const TableVisit& visit) {
  View item = object();
  // As a spreadsheet numbers it; line breaks within cells do not count there.
  put(item, "line", display_count(reject.row > 0 ? reject.row : reject.line));
  put(item, "column", first_characters(reject.column, kTextCharacters).text);
  put(item, "text", first_characters(reject.text, kTextCharacters).text);
  put(item, "message", reject.message.in(visit.visit.language));
  put(item, "hint", reject.hint.in(visit.visit.language));
  return item;
}

void put_notes(View& view, const storage::ReadingNotes& notes, const TableVisit& visit) {
  View findings = list();
  for (const SharedFinding& shared : shared_findings(notes.findings, visit.visit.language)) {
    findings.push_back(finding_item(shared, visit));
  }
  put(view, "has_findings", !notes.findings.empty());
  view["findings"] = std::move(findings);
  View rejects = list();
  for (std::size_t i = 0; i < notes.rejects.size() && i < kMaxRejects; ++i) {
    rejects.push_back(reject_item(notes.rejects[i], visit));
  }
  put(view, "has_rejects", !notes.rejects.empty());
  view["rejects"] = std::move(rejects);
  put(view, "rejects_caption",
      visit.texts().with("table_rejects_caption", {{"count", display_count(notes.reject_count)}}));
  const bool more = notes.reject_count > static_cast<std::int64_t>(kMaxRejects);
  put(view, "more_rejects", more ? visit.data("") : "");
}

View version_item(const storage::TableVersion& version, bool is_current, const TableVisit& visit) {
  View item = object();
  put(item, "number", std::to_string(version.version));
  put(item, "is_current", is_current);
  put(item, "is_shown", version.version == visit.table.version.version);
  put(item, "created", display_day(version.created, visit.visit.language));
  put(item, "created_iso", core::to_rfc3339(version.created));
  put(item, "rows", display_count(version.rows));
  put(item, "columns", display_count(version.columns));
  put(item, "findings", display_count(version.findings));
  put(item, "rejects", display_count(version.rejects));
  put(item, "href",
      visit.link(TableState()
                     .with("part", visit.state.value("part"))
                     .with("version", is_current ? "" : std::to_string(version.version))));
  put(item, "file",
      version.blob.empty() ? std::string()
                           : visit.data("versions/" + std::to_string(version.version) + "/file"));
  put(item, "size", version.bytes > 0 ? display_size(version.bytes) : "");
  return item;
}

}  // namespace

core::Result<ViewPart> reading_view(const TableVisit& visit) {
  service::Tables& tables = visit.visit.sources.tables;
  const auto notes = tables.notes(visit.table);
  if (!notes) return tl::unexpected(notes.error());
  const storage::TableVersion& shown = visit.table.version;
  const auto versions = tables.versions(shown.table_id, visit.visit.request.caller);
  if (!versions) return tl::unexpected(versions.error());
  ViewPart part;
  put(part.view, "container", container_words(shown.container, visit.texts()));
  put(part.view, "encoding", encoding_words(shown.encoding, visit.texts()));
  put(part.view, "encoding_help", encoding_help(shown.encoding, visit.texts()));
  put(part.view, "header", header_words(*notes, visit.texts()));
  put(part.view, "first_data",
      notes->first_data == 0
          ? std::string()
          : visit.texts().with("table_data_from", {{"row", display_count(notes->first_data)}}));
  put(part.view, "file_name", shown.file_name);
  put(part.view, "sheet", shown.name);
  put(part.view, "rows", display_count(visit.schema().rows));
  put(part.view, "columns",
      display_count(static_cast<std::int64_t>(visit.schema().columns.size())));
  put(part.view, "rejected", display_count(notes->reject_count));
  put_notes(part.view, *notes, visit);
  View items = list();
  for (std::size_t i = 0; i < versions->all.size() && i < kMaxVersions; ++i) {
    const storage::TableVersion& version = versions->all[i];
    items.push_back(version_item(version, version.version == versions->current, visit));
  }
  part.view["versions"] = std::move(items);
  put(part.view, "versions_href", visit.data("versions"));
  return part;
}

}  // namespace minato::web
