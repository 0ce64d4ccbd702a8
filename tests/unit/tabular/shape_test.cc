#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/record_list.h"
#include "tabular/shape/block_reader.h"

namespace minato::tabular {
namespace {

using test_support::RecordList;
using testing::ElementsAre;
using testing::IsEmpty;

struct Block {
  BlockHead head;
  std::vector<std::int64_t> rows;
  std::vector<ShapeNote> notes;
  std::int64_t blanks = 0;
  [[nodiscard]] std::vector<std::int64_t> noted(NoteKind kind) const {
    std::vector<std::int64_t> found;
    for (const ShapeNote& note : notes) {
      if (note.kind == kind) found.push_back(note.row);
    }
    return found;
  }
};

std::vector<Block> read(RecordList records) {
  std::vector<Block> blocks;
  BlockReader reader(records);
  BlockHead head;
  while (reader.next_block(head).value()) {
    Block& block = blocks.emplace_back();
    block.head = head;
    while (const RawRecord* row = reader.next_row().value()) {
      block.rows.push_back(row->number);
    }
    block.notes = reader.notes();
    block.blanks = reader.blank_records();
  }
  return blocks;
}

Block read_one(std::string_view text) {
  const std::vector<Block> blocks = read(RecordList(text));
  EXPECT_EQ(blocks.size(), 1u);
  return blocks.empty() ? Block() : blocks[0];
}

TEST(Shape, HeaderInTheFirstRow) {
  const Block block = read_one("名称|住所|緯度\n本庁舎|日本大通1|35.44\n分庁舎|日本大通2|35.45");
  EXPECT_THAT(block.head.names, ElementsAre("名称", "住所", "緯度"));
  EXPECT_THAT(block.head.header_rows, ElementsAre(1));
  EXPECT_THAT(block.rows, ElementsAre(2, 3));
}

TEST(Shape, TitleAndNotesAboveTheHeader) {
  const Block block = read_one(
      "公共施設一覧|||\n|||令和6年4月1日現在\n\nNO|名称|住所|電話\n1|本庁舎|横浜|045-210-1111\n"
      "2|分庁舎|川崎|044-210-1111");
  EXPECT_EQ(block.head.title, "公共施設一覧");
  EXPECT_THAT(block.head.header_rows, ElementsAre(4));
  EXPECT_THAT(block.noted(NoteKind::kAbove), ElementsAre(1, 2));
  EXPECT_THAT(block.rows, ElementsAre(5, 6));
}

TEST(Shape, TitleWithItsDateAtTheRightInTheSameRecord) {
  const Block block =
      read_one("人口の推移||||単位：人\n年|総数|男|女|世帯\n2020|10|4|6|3\n2021|11|5|6|3");
  EXPECT_EQ(block.head.title, "人口の推移");
  EXPECT_THAT(block.head.header_rows, ElementsAre(2));
}

TEST(Shape, MetadataPairsAboveTheHeader) {
  const Block block = read_one(
      "データ名|施設一覧\n作成|総務課\n\nNO|名称|住所|電話|備考\n1|a|b|045-1|c\n2|d|e|045-2|f");
  EXPECT_THAT(block.head.header_rows, ElementsAre(4));
  EXPECT_THAT(block.rows, ElementsAre(5, 6));
}

TEST(Shape, LinkDataPreamble) {
  const Block block = read_one(
      "#LINK\n#lang|ja\n#license|http://example.jp/\n#property|name|count\n#object_type_xsd|string|"
      "integer\n#property_context|Assertion|Assertion\n1|本庁舎|3\n2|分庁舎|4");
  EXPECT_THAT(block.head.names, ElementsAre("#property", "name", "count"));
  EXPECT_THAT(block.head.header_rows, ElementsAre(4));
  EXPECT_THAT(block.rows, ElementsAre(7, 8));
}

TEST(Shape, TwoHeaderRowsAreJoinedAndFilledRight) {
  const Block block =
      read_one("年度|総数||内科|\n|入院|外来|入院|外来\n2020|1|2|3|4\n2021|1|2|3|4");
  EXPECT_THAT(block.head.names,
              ElementsAre("年度", "総数_入院", "総数_外来", "内科_入院", "内科_外来"));
  EXPECT_THAT(block.head.header_rows, ElementsAre(1, 2));
}

TEST(Shape, ThreeHeaderRowsWhoseGroupsEndWhereAHigherOneBegins) {
  const Block block = read_one(
      "質問|全体|年代||||性\n||若年|高齢|||男\n|||前期|後期|計|\n回答|9|1|2|3|5|4\n無回答|9|1|2|3|"
      "5|4");
  EXPECT_THAT(block.head.names, ElementsAre("質問", "全体", "年代_若年", "年代_高齢_前期",
                                            "年代_高齢_後期", "年代_高齢_計", "性_男"));
}

TEST(Shape, HeaderWithTheFirstLabelInItsLastRow) {
  const Block block = read_one(
      "|総数|設備がある|||ない\n|||手すり|段差|\n住宅||総数|||\n専用|5|4|3|2|1\n併用|5|4|3|2|1");
  EXPECT_THAT(block.head.header_rows, ElementsAre(1, 2, 3));
  EXPECT_EQ(block.head.names[0], "住宅");
}

TEST(Shape, GroupLabelsOverYears) {
  const Block block = read_one("区分|男||女|\n|2019|2020|2019|2020\n横浜|1|2|3|4\n川崎|1|2|3|4");
  EXPECT_THAT(block.head.names, ElementsAre("区分", "男_2019", "男_2020", "女_2019", "女_2020"));
}

TEST(Shape, MergedHeaderCellsCountOnce) {
  const Block block = read_one("年|人口|^人口|世帯数\n^年|男|女|^世帯数\n2020|1|2|3\n2021|1|2|3");
  EXPECT_THAT(block.head.names, ElementsAre("年", "人口_男", "人口_女", "世帯数"));
}

TEST(Shape, MergedTitleIsATitle) {
  const Block block = read_one("推移|^推移|^推移|^推移\n年|男|女|計\n2020|1|2|3\n2021|1|2|3");
  EXPECT_EQ(block.head.title, "推移");
  EXPECT_THAT(block.head.header_rows, ElementsAre(2));
}

TEST(Shape, LabelsLoseLayoutBlanks) {
  const Block block = read_one("件　　名|Open Data|面 積 m2|名称\n議案|1|2|a\n議案|1|2|b");
  EXPECT_THAT(block.head.names, ElementsAre("件名", "Open Data", "面積m2", "名称"));
}

TEST(Shape, TextOnlyTablesHaveOneHeaderRow) {
  const Block block =
      read_one("名称|区分|担当\n本庁舎|公共|総務課\n|公共|管財課\n公園|公共|緑地課");
  EXPECT_THAT(block.head.header_rows, ElementsAre(1));
  EXPECT_THAT(block.rows, ElementsAre(2, 3, 4));
}

TEST(Shape, EmptyHeaderCellAboveDataIsNoSecondHeaderRow) {
  const Block block =
      read_one("名称||担当\n本庁舎|公共|総務課\n分庁舎|公共|管財課\n公園|公共|緑地課");
  EXPECT_THAT(block.head.header_rows, ElementsAre(1));
  EXPECT_EQ(block.rows.size(), 3u);
}

TEST(Shape, UnitRowIsNeitherHeaderNorData) {
  const Block block =
      read_one("市町村|人口|面積\n|(人)|(㎢)\n横浜市|3770000|437.7\n川崎市|1540000|143.0");
  EXPECT_THAT(block.head.header_rows, ElementsAre(1));
  EXPECT_THAT(block.head.units, ElementsAre("", "人", "㎢"));
  EXPECT_THAT(block.rows, ElementsAre(3, 4));
}

TEST(Shape, NoHeaderAtAll) {
  for (const std::string_view text :
       {"1|2|3\n4|5|6\n7|8|9",
        "141003|横浜市|3770000\n141305|川崎市|1540000\n142018|横須賀市|380000",
        "本庁舎|神奈川県|045-210-1111\n分庁舎|神奈川県|045-210-2222\n西庁舎|神奈川県|045-210-"
        "3333"}) {
    const Block block = read_one(text);
    EXPECT_TRUE(block.head.no_header) << text;
    EXPECT_THAT(block.rows, ElementsAre(1, 2, 3)) << text;
  }
}

TEST(Shape, YearsAcrossTheTopAreAHeader) {
  const Block block = read_one("|2019|2020|2021\n横浜|10|11|12\n川崎|20|21|22");
  EXPECT_FALSE(block.head.no_header);
  EXPECT_FALSE(read_one("区|2019|2020|2021\n西|2018|2011|1912\n東|20|21|22").head.no_header);
}

TEST(Shape, BlankRecordBelowTheHeaderDoesNotEndTheTable) {
  const Block block = read_one("年|総数|男|女\n\n2020|3|1|2\n2021|3|1|2");
  EXPECT_TRUE(block.head.gap_below);
  EXPECT_THAT(block.rows, ElementsAre(3, 4));
}

TEST(Shape, BlankRecordsBetweenRowsAreCountedOnly) {
  const Block block = read_one("\n\nNO|名称|数\n1|a|3\n\n　| |\n2|b|4\n\n\n");
  EXPECT_THAT(block.rows, ElementsAre(4, 7));
  EXPECT_THAT(block.noted(NoteKind::kSectionHeading), IsEmpty());
  EXPECT_EQ(block.blanks, 4);
}

TEST(Shape, SectionHeadingsAndFootnotesAreNoRows) {
  const Block block = read_one(
      "区分|総数|男|女\n(その1 住宅)|||\n専用|3|1|2\n\n(その2 "
      "時期)|||\n昭和|3|1|2\n　資料　統計課|||\n"
      "　　注）1　概数|||");
  EXPECT_THAT(block.rows, ElementsAre(3, 6));
  EXPECT_THAT(block.noted(NoteKind::kSectionHeading), ElementsAre(2, 5));
  EXPECT_THAT(block.noted(NoteKind::kFootnote), ElementsAre(7, 8));
}

TEST(Shape, ARowWithItsCodeOnlyStaysARow) {
  const Block block = read_one("コード|名称|住所|電話\n001|a|b|1\n002|||\n003|c|d|2");
  EXPECT_THAT(block.rows, ElementsAre(2, 3, 4));
}

TEST(Shape, SeveralNamesAloneInARowAreRows) {
  const Block block = read_one(
      "名称|住所|電話|人数\n本庁舎|a|1|1\n公園\n緑地\n広場\n分庁舎|b|2|2\n池\n西庁舎|c|3|3");
  EXPECT_THAT(block.rows, ElementsAre(2, 3, 4, 5, 6, 7, 8));
}

TEST(Shape, ManyNamesAloneCostNoMemory) {
  std::string text = "名称|住所|電話|人数\n本庁舎|a|1|1\n";
  for (int i = 0; i < 1000; ++i) {
    text += "公園\n";
  }
  EXPECT_EQ(read_one(text + "分庁舎|b|2|2").rows.size(), 1002u);
}

TEST(Shape, NamesInTwoLanguages) {
  const Block block = read_one(
      "name|address|lat|lng\n名称|住所|緯度|経度\na|b|35.1|139.1\nc|d|35.2|139.2\ne|f|35.3|139.3");
  EXPECT_THAT(block.head.names, ElementsAre("name_名称", "address_住所", "lat_緯度", "lng_経度"));
  EXPECT_THAT(block.rows, ElementsAre(3, 4, 5));
}

TEST(Shape, HeaderThatNamesOneColumnOfTwo) {
  const Block block = read_one("名称|\n本庁舎|1\n分庁舎|2\n西庁舎|3");
  EXPECT_THAT(block.rows, ElementsAre(2, 3, 4));
}

TEST(Shape, NarrowTablesKeepIncompleteRows) {
  const Block block = read_one("名称|備考\n本庁舎|休館\n分庁舎|\n西庁舎|");
  EXPECT_THAT(block.rows, ElementsAre(2, 3, 4));
}

TEST(Shape, FinalTotalIsNoRowButOthersAre) {
  const Block block = read_one("区|人口\n総数|30\n西区|10\n計|10\n東区|20\n合　計|30");
  EXPECT_THAT(block.rows, ElementsAre(2, 3, 4, 5));
  EXPECT_THAT(block.noted(NoteKind::kTotalRow), ElementsAre(6));
  EXPECT_THAT(read_one("区|人口|世帯|面積\n西区|10|1|2\n計|10|1|2\n資料：統計課").rows,
              ElementsAre(2));
  EXPECT_THAT(read_one("区|人口\n合計|30").rows, ElementsAre(2));
}

TEST(Shape, RepeatedHeaderIsPassedOver) {
  const Block block = read_one("NO|名称|数\n1|a|3\n\nNO|名称|数\n2|b|4");
  EXPECT_THAT(block.rows, ElementsAre(2, 5));
  EXPECT_THAT(block.noted(NoteKind::kRepeatedHeader), ElementsAre(4));
}

TEST(Shape, DashesAloneCountAsBlank) {
  const Block block = read_one("名称|標高|数\na|3|1\n|―|\n―|―|―");
  EXPECT_THAT(block.rows, ElementsAre(2));
  EXPECT_THAT(block.noted(NoteKind::kOnlyDashes), ElementsAre(3, 4));
}

TEST(Shape, BlocksWithTheirOwnHeadersAreTables) {
  const std::vector<Block> blocks = read(RecordList(
      "（1）国指定|||\n年|総数|建造物|絵画\n平成18年|7|2|5\n平成19年|8|2|6\n\n（2）県指定|||\n"
      "年|総数|建造物|絵画\n平成18年|18|2|16\n\n区分|男性|女性|\n横浜|1|2|\n資料：総務課|||"));
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[0].head.title, "（1）国指定");
  EXPECT_EQ(blocks[1].head.title, "（2）県指定");
  EXPECT_EQ(blocks[2].head.title, "");
  EXPECT_THAT(blocks[1].head.header_rows, ElementsAre(7));
  EXPECT_THAT(blocks[2].rows, ElementsAre(11));
  EXPECT_THAT(blocks[0].noted(NoteKind::kFootnote), IsEmpty());
}

TEST(Shape, WordsForMissingValuesBelowABlankRecordBeginNoTable) {
  const Block block = read_one("名称|数|量\na|1|2\nb|3|4\n\nc|不明|なし\nd|5|6");
  EXPECT_THAT(block.rows, ElementsAre(2, 3, 5, 6));
}

TEST(Shape, TableThatBeginsInAnotherColumn) {
  const Block block = read_one("|施設一覧||\n|NO|名称|数\n|1|a|3\n|2|b|4");
  EXPECT_EQ(block.head.title, "施設一覧");
  EXPECT_THAT(block.head.names, ElementsAre("", "NO", "名称", "数"));
}

TEST(Shape, SingleColumn) {
  EXPECT_THAT(read_one("名称\n本庁舎\n分庁舎\n-\n西庁舎").rows, ElementsAre(2, 3, 4, 5));
  const Block titled = read_one("庁舎の一覧\n\n名称\n本庁舎\n分庁舎");
  EXPECT_EQ(titled.head.title, "庁舎の一覧");
  EXPECT_THAT(titled.rows, ElementsAre(4, 5));
}

TEST(Shape, ARemarkInBracketsBelowTheTitleIsNotTheTitle) {
  const Block block =
      read_one("施設利用状況||\n（令和6年4月1日現在）||\n施設名|所在地|人数\n図書館|横浜市|1\n公民館|川崎市|2");
  EXPECT_EQ(block.head.title, "施設利用状況");
}

TEST(Shape, NothingInNothingOut) {
  EXPECT_THAT(read(RecordList("")), IsEmpty());
  EXPECT_THAT(read(RecordList("\n\n　|\n")), IsEmpty());
}

TEST(Shape, TwoPassesAgree) {
  RecordList records(
      "題名|||\nNO|名称|数|量\n1|a|3|4\n見出し|||\n2|b|4|5\n計||7|9\n3|c|1|1\n合計||8|10");
  std::vector<std::vector<std::int64_t>> passes;
  for (int pass = 0; pass < 2; ++pass) {
    BlockReader reader(records);
    BlockHead head;
    ASSERT_TRUE(reader.next_block(head).value());
    passes.emplace_back();
    while (const RawRecord* row = reader.next_row().value()) {
      passes.back().push_back(row->number);
    }
    ASSERT_TRUE(records.rewind());
  }
  EXPECT_EQ(passes[0], passes[1]);
  EXPECT_THAT(passes[0], ElementsAre(3, 5, 6, 7));
}

}  // namespace
}  // namespace minato::tabular
