#include "harvest/sources/page/table_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/table_grid.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

bool is_edition_only(std::string_view text) {
  const EditionSplit split = split_edition(text);
  return !split.edition.empty() && split.rest.empty();
}

class TableReader {
 public:
  TableReader(const TableContext& context, NodeId table)
      : context_(context), grid_(table_grid(context.document, table)) {}

  TableReading read() {
    if (grid_.has_tables || grid_.width == 0) return std::move(reading_);
    first_row_ = find_header();
    if (first_row_ == 0 && is_field_table()) {
      reading_.kind = TableReading::Kind::kFields;
      return std::move(reading_);
    }
    title_column_ = find_title_column();
    if (title_column_ != kNone) read_rows();
    if (reading_.kind == TableReading::Kind::kOther) label_links();
    return std::move(reading_);
  }

 private:
  [[nodiscard]] const TableCell* cell(std::size_t row, std::size_t column) const {
    const std::size_t index = grid_.rows[row][column];
    return index == TableGrid::kNoCell ? nullptr : &grid_.cells[index];
  }
  [[nodiscard]] const std::string& text(const TableCell& cell) {
    const auto [known, is_new] = texts_.try_emplace(cell.node);
    if (is_new) known->second = text_of(context_.document, cell.node, {&context_.skip, false});
    return known->second;
  }
  [[nodiscard]] std::string text(std::size_t row, std::size_t column) {
    const TableCell* found = cell(row, column);
    return found == nullptr ? std::string() : text(*found);
  }
  [[nodiscard]] std::vector<NodeId> links(const TableCell& cell) const {
    std::vector<NodeId> out;
    const NodeId end = context_.document.node(cell.node).end;
    for (auto at = context_.files.lower_bound(cell.node);
         at != context_.files.end() && at->first < end; ++at) {
      out.push_back(at->first);
    }
    return out;
  }
  [[nodiscard]] bool row_has_links(std::size_t row) const {
    for (std::size_t c = 0; c < grid_.width; ++c) {
      const TableCell* found = cell(row, c);
      if (found != nullptr && found->row == row && !links(*found).empty()) return true;
    }
    return false;
  }
  // One cell over the whole width: a title of the rows below.
  [[nodiscard]] bool is_banner(std::size_t row) const {
    const TableCell* first = cell(row, 0);
    return grid_.width > 1 && first != nullptr && first->row == row &&
           first->columns >= grid_.width && links(*first).empty();
  }

  // The number of rows that make up the header; roles_ and headers_ by column.
  std::size_t find_header() {
    roles_.assign(grid_.width, FieldRole::kNone);
    headers_.assign(grid_.width, std::string());
    std::size_t row = 0;
    while (row < grid_.rows.size() && is_banner(row)) ++row;
    const std::size_t banners = row;
    for (; row < std::min(grid_.rows.size(), banners + 2); ++row) {
      if (row_has_links(row) || is_banner(row) || !is_header(row, row > banners)) break;
      for (std::size_t c = 0; c < grid_.width; ++c) {
        const std::string label = text(row, c);
        if (label.empty()) continue;
        headers_[c] = label;
        const FieldRole role = field_role(read_link_text(label).name.empty() && !label.empty()
                                              ? std::string_view("ファイル")
                                              : std::string_view(label));
        if (role != FieldRole::kNone) roles_[c] = role;
      }
    }
    return row == banners ? 0 : row;
  }

  [[nodiscard]] bool is_header(std::size_t row, bool second) {
    std::size_t filled = 0;
    std::size_t heads = 0;
    std::size_t known = 0;
    for (std::size_t c = 0; c < grid_.width; ++c) {
      const TableCell* found = cell(row, c);
      if (found == nullptr) continue;
      const std::string label = text(*found);
      if (label.empty()) continue;
      ++filled;
      heads += found->header ? 1U : 0U;
      const bool form = read_link_text(label).name.empty() && label.size() < 40;
      known += form || field_role(label) != FieldRole::kNone ? 1U : 0U;
    }
    if (filled < 2 && grid_.width > 1) return false;
    if (second) return heads == filled;
    return heads == filled || known >= 2;
  }

  // | 概要 | ... |, | 更新日 | ... |: labels in the first column, one dataset.
  bool is_field_table() {
    std::vector<PageField> fields;
    std::size_t rows = 0;
    for (std::size_t row = 0; row < grid_.rows.size(); ++row) {
      const TableCell* label = cell(row, 0);
      if (label == nullptr || label->row != row || grid_.width < 2) continue;
      ++rows;
      const std::string words = text(*label);
      const FieldRole role = links(*label).empty() ? field_role(words) : FieldRole::kNone;
      if (role == FieldRole::kNone) continue;
      std::string value;
      for (std::size_t c = label->columns; c < grid_.width; ++c) {
        const TableCell* found = cell(row, c);
        if (found == nullptr || found->column != c) continue;
        if (!value.empty()) value += ' ';
        value += text(*found);
      }
      fields.push_back({role, words, value});
    }
    if (fields.size() < 2 || fields.size() * 2 < rows) return false;
    reading_.fields = std::move(fields);
    return true;
  }

  [[nodiscard]] std::size_t column_of(FieldRole role) const {
    const auto found = std::find(roles_.begin(), roles_.end(), role);
    return found == roles_.end() ? kNone : static_cast<std::size_t>(found - roles_.begin());
  }

  std::size_t find_title_column() {
    if (first_row_ > 0) {
      if (const auto column = column_of(FieldRole::kTitle); column != kNone) return column;
      const std::size_t told =
          static_cast<std::size_t>(std::count_if(roles_.begin(), roles_.end(), [](FieldRole role) {
            return role == FieldRole::kUpdated || role == FieldRole::kFormat ||
                   role == FieldRole::kDepartment || role == FieldRole::kFrequency ||
                   role == FieldRole::kPublished || role == FieldRole::kLicense;
          }));
      if (column_of(FieldRole::kEdition) == 0) return kNone;
      if (const auto column = column_of(FieldRole::kDescription); column != kNone && told > 0) {
        roles_[column] = FieldRole::kTitle;
        return column;
      }
      if (told == 0 && !context_.rows_are_datasets) return kNone;
    } else if (!context_.rows_are_datasets && !rows_have_headers()) {
      return kNone;
    }
    for (std::size_t c = 0; c < grid_.width; ++c) {
      if (roles_[c] == FieldRole::kNone && column_names_rows(c)) return c;
    }
    // | ファイル | 更新日 | 担当課 |: the links themselves are the names.
    const auto files = column_of(FieldRole::kFormat);
    const bool described = column_of(FieldRole::kUpdated) != kNone ||
                           column_of(FieldRole::kDepartment) != kNone ||
                           column_of(FieldRole::kFrequency) != kNone;
    return files != kNone && (described || context_.rows_are_datasets) && column_names_rows(files)
               ? files
               : kNone;
  }

  // <th> at the beginning of each row that has links.
  [[nodiscard]] bool rows_have_headers() const {
    std::size_t rows = 0;
    for (std::size_t row = 0; row < grid_.rows.size(); ++row) {
      if (!row_has_links(row)) continue;
      const TableCell* first = cell(row, 0);
      if (first == nullptr || !first->header) return false;
      ++rows;
    }
    return rows >= 2;
  }

  // More than half of the rows with links have a name there that is no mere date or number.
  [[nodiscard]] bool column_names_rows(std::size_t column) {
    std::size_t rows = 0;
    std::size_t named = 0;
    for (std::size_t row = first_row_; row < grid_.rows.size(); ++row) {
      if (!row_has_links(row)) continue;
      ++rows;
      const std::string name = read_link_text(text(row, column)).name;
      const bool number = name.find_first_not_of("0123456789.-") == std::string::npos;
      if (!name.empty() && !number && !is_edition_only(name) && name.size() < 300) ++named;
    }
    return rows > 0 && named * 2 > rows;
  }

  void read_rows() {
    std::vector<FoundDataset> rows;
    std::string banner;
    for (std::size_t row = first_row_; row < grid_.rows.size(); ++row) {
      if (is_banner(row)) {
        banner = text(row, 0);
        continue;
      }
      FoundDataset found = read_row(row);
      if (!banner.empty()) found.context.push_back(banner);
      if (found.links.empty()) continue;
      rows.push_back(std::move(found));
    }
    merge(std::move(rows));
  }

  FoundDataset read_row(std::size_t row) {
    FoundDataset found;
    found.node = grid_.row_nodes[row];
    std::set<NodeId> seen;
    for (std::size_t c = 0; c < grid_.width; ++c) {
      const TableCell* here = cell(row, c);
      if (here == nullptr || here->column != c) continue;
      const std::string value = text(*here);
      if (c == title_column_) {
        found.title = read_link_text(value).name;
      } else if (roles_[c] == FieldRole::kCategory) {
        if (!value.empty()) found.context.push_back(value);
      } else if (roles_[c] != FieldRole::kNone && roles_[c] != FieldRole::kFormat &&
                 !value.empty()) {
        found.fields.push_back({roles_[c], headers_[c], value});
      }
      if (here->row != row && c != title_column_) continue;
      for (const NodeId id : links(*here)) {
        if (here->row != row || !seen.insert(id).second) continue;
        found.links.push_back(context_.files.at(id));
        claim(found.links.back(), headers_[c]);
      }
    }
    if (found.title.empty() && !found.links.empty()) found.title = found.links[0].text.name;
    found.description = field_value(found.fields, FieldRole::kDescription);
    return found;
  }

  // The column's header may say of what form its files are: | CSV(UTF-8) | CSV(Shift_JIS) |.
  static void claim(FileLink& link, const std::string& header) {
    const LinkText said = read_link_text(header);
    if (!said.name.empty()) return;
    if (link.format.empty()) link.format = said.format;
    if (link.text.encoding.empty() && (said.format.empty() || said.format == link.format)) {
      link.text.encoding = said.encoding;
    }
  }

  // Rows that are editions of the same thing go together; a table of nothing else is no list.
  void merge(std::vector<FoundDataset> rows) {
    std::map<std::string, std::size_t> places;
    std::vector<FoundDataset> merged;
    for (FoundDataset& row : rows) {
      std::string key = title_key(row.title);
      if (key.empty()) {
        if (merged.empty()) return;
        key = title_key(merged.back().title);
      }
      for (FileLink& link : row.links) link.label = row.title;
      std::string place = key;
      for (const std::string& above : row.context) place += '\n' + above;
      const auto [found, is_new] = places.emplace(place, merged.size());
      if (is_new) {
        merged.push_back(std::move(row));
        continue;
      }
      FoundDataset& first = merged[found->second];
      if (const std::string rest = split_edition(first.title).rest; !rest.empty()) {
        first.title = rest;
      }
      std::move(row.links.begin(), row.links.end(), std::back_inserter(first.links));
    }
    if (merged.empty() || (merged.size() == 1 && rows.size() > 1)) return;
    if (merged.size() == 1 && column_of(FieldRole::kTitle) == kNone &&
        !context_.rows_are_datasets) {
      return;
    }
    reading_.kind = TableReading::Kind::kRows;
    reading_.datasets = std::move(merged);
  }

  void label_links() {
    for (std::size_t row = first_row_; row < grid_.rows.size(); ++row) {
      std::string row_label;
      for (std::size_t c = 0; c < grid_.width; ++c) {
        const TableCell* here = cell(row, c);
        if (here == nullptr || here->column != c) continue;
        const bool names = roles_[c] == FieldRole::kNone || roles_[c] == FieldRole::kTitle ||
                           roles_[c] == FieldRole::kEdition || roles_[c] == FieldRole::kCategory;
        const auto files = links(*here);
        if (files.empty()) {
          if (names && row_label.size() < 200) {
            const std::string words = read_link_text(text(*here)).name;
            if (!words.empty() && !row_label.empty()) row_label += ' ';
            row_label += words;
          }
          continue;
        }
        if (here->row != row) continue;
        const LinkText header = read_link_text(headers_[c]);
        std::string label = row_label;
        if (!header.name.empty() && field_role(headers_[c]) == FieldRole::kNone) {
          label += (label.empty() ? "" : " ") + header.name;
        }
        for (const NodeId id : files) {
          reading_.labels[id] = label;
          reading_.claims[id] = header;
        }
      }
    }
  }

  const TableContext& context_;
  TableGrid grid_;
  TableReading reading_;
  std::map<NodeId, std::string> texts_;
  std::vector<FieldRole> roles_;
  std::vector<std::string> headers_;
  std::size_t first_row_ = 0;
  std::size_t title_column_ = kNone;
};

}  // namespace

TableReading read_table(const TableContext& context, NodeId table) {
  return TableReader(context, table).read();
}

}  // namespace minato::harvest
