#include "formats/rows/xlsx_workbook.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/utf8.h"
#include "formats/query/query_fault.h"
#include "formats/rows/xlsx_cells.h"

namespace minato::formats {
namespace {

constexpr std::int64_t kMaxDataRows = 1'048'575;  // and the header
constexpr std::size_t kMaxColumns = 16'384;

const core::LocalizedText kUseCsv = {
    "CSV（rows.csv、export.csv）で取得するか、where や select で絞り込んでください。",
    "Take CSV (export.csv), or narrow it down with where and select."};

tl::unexpected<core::Error> fail_rows() {
  return core::fail(core::ErrorCode::kInvalidArgument, "xlsx-too-many-rows",
                    {"Excel のシートに入るのは見出しを除いて 1,048,575 行までです。",
                     "An Excel sheet holds at most 1,048,575 rows besides the header."},
                    kUseCsv);
}

tl::unexpected<core::Error> fail_columns() {
  return core::fail(core::ErrorCode::kInvalidArgument, "xlsx-too-many-columns",
                    {"Excel のシートに入るのは 16,384 列までです。",
                     "An Excel sheet holds at most 16,384 columns."},
                    kUseCsv);
}

tl::unexpected<core::Error> fail_cell(std::int64_t row, std::string_view column) {
  const std::string at = std::to_string(row);
  const std::string name = shown_input(column);
  return core::fail(
      core::ErrorCode::kInvalidArgument, "xlsx-cell-too-long",
      {at + " 行目の列「" + name + "」は 32,767 文字を超えるため、Excel のセルに入りません。",
       "Row " + at + ", column \"" + name + "\": an Excel cell holds at most 32,767 characters."},
      kUseCsv);
}

// The open workbook and its file, which goes again unless closing succeeded.
class Workbook {
 public:
  explicit Workbook(const std::string& path) : path_(path) {
    folder_ = std::filesystem::path(path).parent_path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.empty() ? nullptr : folder_.data();
    options.use_zip64 = LXW_TRUE;
    book_ = workbook_new_opt(path.c_str(), &options);
  }
  ~Workbook() {
    if (book_ == nullptr) return;
    workbook_close(book_);
    remove_file();
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  [[nodiscard]] lxw_workbook* get() const { return book_; }

  core::Result<void> close() {
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error == LXW_NO_ERROR) return {};
    remove_file();
    return core::fail_internal("xlsx: " + std::string(lxw_strerror(error)));
  }

 private:
  void remove_file() {
    std::error_code ignored;  // there may be none
    std::filesystem::remove(path_, ignored);
  }

  std::string path_;
  std::string folder_;
  lxw_workbook* book_ = nullptr;
};

lxw_format* number_format(lxw_workbook* book, const char* format) {
  lxw_format* made = workbook_add_format(book);
  format_set_num_format(made, format);
  return made;
}

XlsxFormats make_formats(lxw_workbook* book) {
  XlsxFormats formats;
  formats.bold = workbook_add_format(book);
  format_set_bold(formats.bold);
  formats.date = number_format(book, "yyyy-mm-dd");
  formats.datetime = number_format(book, "yyyy-mm-dd hh:mm:ss");
  formats.time = number_format(book, "hh:mm:ss");
  return formats;
}

// Japanese letters take two places.
double width_of(const core::TableColumn& column) {
  constexpr double kNarrowest = 10;
  constexpr double kWidest = 40;
  const std::size_t letters = core::count_code_points(column.name);
  const auto places =
      static_cast<double>(letters + (column.name.size() - letters) / 2) + 3;  // the filter's arrow
  const double least = column.type == core::ColumnType::kDatetime ? 20 : kNarrowest;
  return std::clamp(places, least, kWidest);
}

class Writing {
 public:
  Writing(lxw_workbook* book, const XlsxContent& content)
      : book_(book), content_(content), formats_(make_formats(book)), cells_(formats_) {}

  core::Result<void> run(const NextRow& next) {
    lxw_worksheet* rows = workbook_add_worksheet(book_, "データ");
    lxw_worksheet* dictionary = workbook_add_worksheet(book_, "データ項目定義");
    lxw_worksheet* source = workbook_add_worksheet(book_, "出典");
    if (rows == nullptr || dictionary == nullptr || source == nullptr) {
      return core::fail_internal("xlsx: no sheet can be added");
    }
    if (auto written = write_rows(rows, next); !written) return written;
    write_dictionary(dictionary);
    write_source(source);
    if (failed_) return core::fail_internal("xlsx: a cell cannot be written");
    return {};
  }

 private:
  core::Result<void> write_rows(lxw_worksheet* sheet, const NextRow& next) {
    const auto last = static_cast<lxw_col_t>(std::max<std::size_t>(content_.columns.size(), 1) - 1);
    for (std::size_t i = 0; i < content_.columns.size(); ++i) {
      const auto place = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet, place, place, width_of(content_.columns[i]), nullptr);
      note(cells_.write_text({sheet, 0, place}, content_.columns[i].name, formats_.bold));
    }
    worksheet_freeze_panes(sheet, 1, 0);
    lxw_row_t row = 0;
    while (true) {
      const auto values = next();
      if (!values) return tl::unexpected(values.error());
      if (values->empty()) break;
      if (row == kMaxDataRows) return fail_rows();
      if (auto written = write_row(sheet, ++row, *values); !written) return written;
    }
    worksheet_autofilter(sheet, 0, 0, row, last);
    return {};
  }

  core::Result<void> write_row(lxw_worksheet* sheet, lxw_row_t row,
                               std::span<const core::ValueView> values) {
    const std::size_t count = std::min(values.size(), content_.columns.size());
    for (std::size_t i = 0; i < count; ++i) {
      const core::TableColumn& column = content_.columns[i];
      const auto written =
          cells_.write({sheet, row, static_cast<lxw_col_t>(i)}, values[i], column.type);
      if (written == XlsxWritten::kTooLong) return fail_cell(row, column.name);
      if (written == XlsxWritten::kFailed) return core::fail_internal("xlsx: the disk is full");
    }
    return {};
  }

  void write_dictionary(lxw_worksheet* sheet) {
    constexpr const char* kHeader[] = {"項目名", "型", "単位", "説明", "空の件数", "値の種類数"};
    constexpr double kWidth = 24;
    constexpr core::ColumnType kText = core::ColumnType::kString;
    worksheet_set_column(sheet, 0, 3, kWidth, nullptr);
    for (lxw_col_t i = 0; i < std::size(kHeader); ++i) {
      note(cells_.write_text({sheet, 0, i}, kHeader[i], formats_.bold));
    }
    lxw_row_t row = 0;
    for (const core::TableColumn& column : content_.columns) {
      ++row;
      const std::string& about = column.description.empty() ? column.title : column.description;
      note(cells_.write_text({sheet, row, 0}, column.name));
      note(cells_.write_text({sheet, row, 1}, core::column_type_name(column.type)));
      note(cells_.write_text({sheet, row, 2}, column.unit));
      note(cells_.write_text({sheet, row, 3}, about));
      note(cells_.write({sheet, row, 4}, column.statistics.nulls, kText));
      note(cells_.write({sheet, row, 5}, column.statistics.distinct, kText));
    }
    worksheet_freeze_panes(sheet, 1, 0);
  }

  void write_source(lxw_worksheet* sheet) {
    const XlsxSource& source = content_.source;
    const std::pair<const char*, const std::string*> lines[] = {
        {"タイトル", &source.title},
        {"公開者", &source.publisher},
        {"ライセンス", &source.license},
        {"ライセンスの URL", &source.license_url},
        {"URL", &source.url},
        {"日付", &source.date}};
    worksheet_set_column(sheet, 0, 0, 20, nullptr);
    worksheet_set_column(sheet, 1, 1, 80, nullptr);
    lxw_row_t row = 0;
    for (const auto& [label, text] : lines) {
      note(cells_.write_text({sheet, row, 0}, label, formats_.bold));
      note(cells_.write_text({sheet, row, 1}, *text));
      ++row;
    }
  }

  // Descriptions beyond a cell's size are left out; failures are told at the end.
  void note(XlsxWritten written) { failed_ = failed_ || written == XlsxWritten::kFailed; }

  lxw_workbook* book_;
  const XlsxContent& content_;
  XlsxFormats formats_;
  XlsxCells cells_;
  bool failed_ = false;
};

}  // namespace

core::Result<void> write_xlsx(const std::string& path, const XlsxContent& content,
                              const NextRow& next) {
  if (content.columns.size() > kMaxColumns) return fail_columns();
  if (content.rows > kMaxDataRows) return fail_rows();
  Workbook book(path);
  if (book.get() == nullptr) return core::fail_internal("xlsx: cannot create " + path);
  // The same rows become the same bytes: a strong ETag rests on that.
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(content.created);
  workbook_set_properties(book.get(), &properties);
  if (auto written = Writing(book.get(), content).run(next); !written) return written;
  return book.close();
}

}  // namespace minato::formats
