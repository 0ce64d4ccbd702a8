#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "support/temp_dir.h"
#include "tabular/input/delimited_file.h"

namespace minato::tabular {
namespace {

class UnpackedTest : public ::testing::Test {
 protected:
  using Files = std::vector<std::pair<std::string, std::string>>;

  std::string zip(const Files& files) { return pack(files, false); }
  std::string gzip(const std::string& text) { return pack({{"file", text}}, true); }

  std::string first_cell(const std::string& path, const ReadLimits& limits = {}) {
    auto file = open_delimited(path, limits);
    if (!file) return file.error().id;
    container_ = file->container;
    RawRecord record;
    std::string cell;
    for (int i = 0; i < 2; ++i) {  // the second time after a rewind
      const auto more = file->records->next(record);
      if (!more) return more.error().id;
      cell = record.cells.at(0).text;
      if (!file->records->rewind()) return "rewind";
    }
    return cell;
  }

  std::string container_;
  test::TempDir folder_;

 private:
  std::string pack(const Files& files, bool raw) {
    const std::string path = folder_.path() + "/packed";
    archive* writer = archive_write_new();
    if (raw) {
      archive_write_add_filter_gzip(writer);
      archive_write_set_format_raw(writer);
    } else {
      archive_write_set_format_zip(writer);
    }
    archive_write_open_filename(writer, path.c_str());
    for (const auto& [name, text] : files) {
      archive_entry* entry = archive_entry_new();
      archive_entry_set_pathname(entry, name.c_str());
      archive_entry_set_filetype(entry, AE_IFREG);
      archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
      archive_write_header(writer, entry);
      archive_write_data(writer, text.data(), text.size());
      archive_entry_free(entry);
    }
    archive_write_free(writer);
    return path;
  }
};

TEST_F(UnpackedTest, ReadsGzip) {
  EXPECT_EQ(first_cell(gzip("名称\t値\n公園\t1\n")), "名称");
  EXPECT_EQ(container_, "gzip:tsv");
}

TEST_F(UnpackedTest, ReadsTheOneTableOfAZip) {
  EXPECT_EQ(
      first_cell(zip({{"__MACOSX/._a.csv", "x"}, {"readme.pdf", "%PDF-"}, {"a.CSV", "q,1\n"}})),
      "q");
  EXPECT_EQ(container_, "zip:csv");
}

TEST_F(UnpackedTest, RefusesAZipWithSeveralTablesOrNone) {
  EXPECT_EQ(first_cell(zip({{"a.csv", "a\n"}, {"b.csv", "b\n"}})), "archive-several-files");
  EXPECT_EQ(first_cell(zip({{"a.shp", "a\n"}, {"a.dbf", "b\n"}})), "archive-no-table");
}

TEST_F(UnpackedTest, RefusesBombsAndDamage) {
  const std::string zeros(std::size_t{30} << 20, '0');
  EXPECT_EQ(first_cell(gzip(zeros)), "archive-bomb");
  EXPECT_EQ(first_cell(zip({{"a.csv", zeros}})), "archive-bomb");
  ReadLimits limits;
  limits.max_unpacked_bytes = 5;
  EXPECT_EQ(first_cell(gzip("a,b,c,d\n"), limits), "archive-bomb");
  const std::string path = gzip("name,place\n1,2\n");
  EXPECT_EQ(::truncate(path.c_str(), 20), 0);
  EXPECT_EQ(first_cell(path), "archive-damaged");
}

TEST_F(UnpackedTest, RefusesWhatIsPackedTwice) {
  EXPECT_EQ(first_cell(zip({{"a.csv", "PK\x03\x04 again and again and again"}})),
            "file-not-tabular");
}

}  // namespace
}  // namespace minato::tabular
