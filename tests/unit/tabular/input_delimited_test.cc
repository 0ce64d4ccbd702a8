#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "support/temp_dir.h"
#include "tabular/input/delimited_file.h"
#include "text/encoding.h"

namespace minato::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Records = std::vector<std::vector<std::string>>;

class DelimitedFileTest : public ::testing::Test {
 protected:
  core::Result<DelimitedFile> open(std::string_view bytes, const ReadLimits& limits = {}) {
    const std::string path = folder_.path() + "/file";
    std::ofstream(path, std::ios::binary) << bytes;
    return open_delimited(path, limits);
  }
  Records records(std::string_view bytes) {
    auto file = open(bytes);
    if (!file) {
      ADD_FAILURE() << file.error().id;
      return {};
    }
    Records all = rest(*file->records);
    EXPECT_TRUE(file->records->rewind());
    EXPECT_EQ(rest(*file->records), all) << "after rewind";
    findings_.clear();
    for (const auto& finding : file->records->findings()) findings_.push_back(finding.id);
    return all;
  }
  Records rest(RecordSource& source) {
    Records all;
    lines_.clear();
    RawRecord record;
    while (true) {
      const auto more = source.next(record);
      if (!more) ADD_FAILURE() << more.error().id;
      if (!more || !*more) return all;
      lines_.push_back(record.line);
      auto& cells = all.emplace_back();
      for (const RawCell& cell : record.cells) cells.emplace_back(cell.text);
    }
  }

  test::TempDir folder_;
  std::vector<std::string> findings_;
  std::vector<std::int64_t> lines_;
};

TEST_F(DelimitedFileTest, ReadsQuotesNewlinesAndRaggedRows) {
  EXPECT_EQ(records("a,\"b,\"\"c\"\"\",\r\n\"x\ny\",z\r\n\r\n1\r\n"),
            (Records{{"a", "b,\"c\"", ""}, {"x\ny", "z"}, {""}, {"1"}}));
  EXPECT_THAT(lines_, ElementsAre(1, 2, 4, 5));
  EXPECT_THAT(findings_, IsEmpty());
}

TEST_F(DelimitedFileTest, KeepsALoneCrInItsCellAndSaysSo) {
  EXPECT_EQ(records("a,b\n1\r2,\"x\ry\"\n"), (Records{{"a", "b"}, {"1\r2", "x\ry"}}));
  EXPECT_THAT(findings_, ElementsAre("lone_cr"));
}

TEST_F(DelimitedFileTest, EndsRecordsWithCrsWhenThereIsNothingElse) {
  EXPECT_EQ(records("a,b\r1,\"x\ny\"\r2,3"), (Records{{"a", "b"}, {"1", "x\ny"}, {"2", "3"}}));
  EXPECT_THAT(findings_, IsEmpty());
}

TEST_F(DelimitedFileTest, NoticesMixedLineEnds) {
  EXPECT_EQ(records("a,b\r\n1,2\n3,4\r\r\n"), (Records{{"a", "b"}, {"1", "2"}, {"3", "4"}}));
  EXPECT_THAT(findings_, ElementsAre("mixed_line_ends"));
}

TEST_F(DelimitedFileTest, TakesAQuoteInsideACellAsItIs) {
  EXPECT_EQ(records("a,5\" pipe\n1, \"x\"\n"), (Records{{"a", "5\" pipe"}, {"1", " \"x\""}}));
  EXPECT_THAT(findings_, IsEmpty());
}

TEST_F(DelimitedFileTest, AppendsTextBehindAClosingQuote) {
  EXPECT_EQ(records("\"a\"b,\"c\" \n"), (Records{{"ab", "c "}}));
  EXPECT_THAT(findings_, ElementsAre("text_after_quote"));
}

TEST_F(DelimitedFileTest, RecoversFromAQuoteThatIsNeverClosed) {
  EXPECT_EQ(records("a,b\n\"1,2\n3,4\n"), (Records{{"a", "b"}, {"\"1", "2"}, {"3", "4"}}));
  EXPECT_THAT(findings_, ElementsAre("unclosed_quote"));
  EXPECT_EQ(records("a,b\n\"1,2\n\"3\",4\n"), (Records{{"a", "b"}, {"\"1", "2"}, {"3", "4"}}));
  EXPECT_THAT(findings_, ElementsAre("unclosed_quote"));
}

TEST_F(DelimitedFileTest, TakesCodesOutOfTheFormulasThatKeepTheirZeros) {
  EXPECT_EQ(records("a,b\r\n=\"00123\",1\r\n\"=\"\"00456\"\"\",=1+2\r\n"),
            (Records{{"a", "b"}, {"00123", "1"}, {"00456", "=1+2"}}));
  EXPECT_THAT(findings_, ElementsAre("formula_texts"));
  EXPECT_EQ(records("a\n=\"1\"&\"2\"\n"), (Records{{"a"}, {"=\"1\"&\"2\""}}));
}

TEST_F(DelimitedFileTest, BelievesTheLineThatTellsExcelTheDelimiter) {
  EXPECT_EQ(records("sep=;\r\na;b,c\r\n1;2,3\r\n"), (Records{{"a", "b,c"}, {"1", "2,3"}}));
  EXPECT_EQ(records("sep=,\na,b\n1,2\n"), (Records{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(records("sep=ab,c\n1,2\n"), (Records{{"sep=ab", "c"}, {"1", "2"}}));
}

TEST_F(DelimitedFileTest, FindsTheDelimiter) {
  EXPECT_EQ(open("a\tb,c\td\n1,0\t2\t3\n")->delimiter, '\t');
  EXPECT_EQ(open("a\tb\n")->container, "tsv");
  EXPECT_EQ(open("a;b;c\n1,5;2,5;3\n2;3,1;4\n")->delimiter, ';');
  EXPECT_EQ(open("表題\n\na,b\n\"x;y\",2\n")->delimiter, ',');
  EXPECT_EQ(open("only\none\n")->delimiter, ',');
}

TEST_F(DelimitedFileTest, SkipsLongBlankRunsAndCountsOn) {
  std::string text = "a,b\r\n";
  for (int i = 0; i < 200'000; ++i) text += ",\r\n";
  auto file = open(text + "x,y\r\n");
  ASSERT_TRUE(file);
  RawRecord record;
  std::size_t delivered = 0;
  while (*file->records->next(record)) ++delivered;
  EXPECT_LT(delivered, 1000U);
  EXPECT_EQ(record.number, 200'002);
  EXPECT_EQ(record.line, 200'002);
  EXPECT_EQ(record.cells.at(1).text, "y");
}

TEST_F(DelimitedFileTest, ReadsRecordsAcrossChunks) {
  std::string text;
  Records expected;
  for (int i = 0; i < 40'000; ++i) {
    const std::string number = std::to_string(i);
    text += number + ",\"公園\"\"" + number + "\",横浜\n";
    expected.push_back({number, "公園\"" + number, "横浜"});
  }
  EXPECT_EQ(records(text), expected);
  std::string cp932;
  text::encode_cp932(text, cp932);
  EXPECT_EQ(records(cp932), expected);
}

TEST_F(DelimitedFileTest, CountsReplacedBytesAndNuls) {
  const auto file = open("名称,値\n公\xFF園,1\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->replaced_bytes, 1);
  EXPECT_EQ(records("名称,値\n公\xFF園,1\n").at(1).at(0), "公\uFFFD園");
  EXPECT_THAT(findings_, ElementsAre("replaced_bytes"));
  records(std::string("a,b\n1\0,2\n", 9));
  EXPECT_THAT(findings_, ElementsAre("nul_bytes"));
}

TEST_F(DelimitedFileTest, RefusesByNameWhatIsNoTable) {
  for (const std::string_view bytes :
       {"%PDF-1.7", "<!DOCTYPE html><html>", "{\"a\": 1}", "\x89PNG\r\n\x1A\n", ""}) {
    const auto file = open(bytes);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().id, "file-not-tabular");
  }
  EXPECT_THAT(open("7z\xBC\xAF\x27\x1C").error().message.en, ::testing::HasSubstr("7z archive"));
  EXPECT_EQ(open_delimited(folder_.path() + "/none", {}).error().id, "file-missing");
}

TEST_F(DelimitedFileTest, KeepsItsLimits) {
  ReadLimits limits;
  limits.max_columns = 3;
  limits.max_rows = 2;
  limits.max_cell_bytes = 100;
  RawRecord record;
  auto trailing = open("a,b,c,,,,\n", limits);
  ASSERT_TRUE(trailing->records->next(record));
  EXPECT_EQ(record.cells.size(), 3U);
  EXPECT_EQ(open("a,b,c,,d\n", limits)->records->next(record).error().id, "too-many-columns");
  EXPECT_EQ(open(std::string(200, 'x'), limits)->records->next(record).error().id,
            "record-too-large");
  auto rows = open("1\n2\n3\n", limits);
  EXPECT_TRUE(rows->records->next(record) && rows->records->next(record));
  EXPECT_EQ(rows->records->next(record).error().id, "too-many-rows");
  limits.max_bytes = 3;
  EXPECT_EQ(open("1234", limits).error().id, "file-too-large");
}

}  // namespace
}  // namespace minato::tabular
