#include "support/pretend_prefecture/table_files.h"

#include <iconv.h>

#include <array>
#include <stdexcept>

#include "support/pretend_prefecture/dice.h"
#include "support/workbook_builder.h"

namespace minato::pretend {
namespace {

enum class Layout { kPlaces, kPopulation, kEvents };

struct Topic {
  std::string_view title;
  std::string_view word;
  Layout layout;
  std::string_view unit;  // ending of the places' names
};

constexpr std::array<Topic, 16> kTopics = {{
    {"AED設置箇所一覧", "aed", Layout::kPlaces, "体育館"},
    {"公共施設一覧", "public_facility", Layout::kPlaces, "公民館"},
    {"指定緊急避難場所一覧", "evacuation_space", Layout::kPlaces, "小学校"},
    {"地域・年齢別人口", "population", Layout::kPopulation, ""},
    {"公衆トイレ一覧", "public_toilet", Layout::kPlaces, "公園トイレ"},
    {"観光施設一覧", "tourism", Layout::kPlaces, "展望台"},
    {"イベント一覧", "event", Layout::kEvents, ""},
    {"文化財一覧", "cultural_property", Layout::kPlaces, "神社"},
    {"子育て施設一覧", "preschool", Layout::kPlaces, "保育園"},
    {"医療機関一覧", "hospital", Layout::kPlaces, "医院"},
    {"消防水利施設一覧", "fire_hydrant", Layout::kPlaces, "防火水槽"},
    {"公衆無線LANアクセスポイント一覧", "public_wireless_lan", Layout::kPlaces, "市民ホール"},
    {"町丁別世帯数", "setai", Layout::kPopulation, ""},
    {"公園一覧", "park", Layout::kPlaces, "公園"},
    {"投票所一覧", "polling_place", Layout::kPlaces, "投票所"},
    {"介護サービス事業所一覧", "care_service", Layout::kPlaces, "ケアセンター"},
}};

constexpr std::array<std::string_view, 12> kTowns = {"本町",   "栄町",   "旭町",   "緑が丘",
                                                     "中央",   "泉",     "若葉町", "浜町",
                                                     "桜木町", "富士見", "北原",   "南台"};

std::string town(Dice& dice) { return std::string(dice.pick(kTowns)); }

std::vector<std::string> place_row(const TableWish& wish, std::size_t number, Dice& dice) {
  const std::string area = town(dice);
  const std::string house =
      std::to_string(1 + dice.below(9)) + "-" + std::to_string(dice.below(30));
  return {wish.code,
          std::to_string(10'000 + number),
          "神奈川県",
          wish.city,
          area + std::to_string(number) + std::string(kTopics[wish.topic].unit),
          wish.city + area + house,
          "35." + std::to_string(300'000 + dice.below(200'000)),
          "139." + std::to_string(300'000 + dice.below(300'000)),
          "045-" + std::to_string(200 + dice.below(700)) + "-" +
              std::to_string(1'000 + dice.below(9'000)),
          dice.below(2) == 0 ? "有" : "無"};
}

std::vector<std::string> population_row(const TableWish& wish, std::size_t number, Dice& dice) {
  const std::size_t men = 100 + dice.below(5'000);
  const std::size_t women = 100 + dice.below(5'000);
  return {wish.code,
          wish.city,
          town(dice) + std::to_string(number) + "丁目",
          "2026-04-01",
          std::to_string(men + women),
          std::to_string(men),
          std::to_string(women),
          std::to_string(50 + dice.below(3'000))};
}

std::vector<std::string> event_row(const TableWish& wish, std::size_t number, Dice& dice) {
  const std::string day =
      "2026-0" + std::to_string(1 + dice.below(9)) + "-" + std::to_string(10 + dice.below(18));
  return {wish.code,    std::to_string(number),
          wish.city,    "第" + std::to_string(number) + "回" + town(dice) + "まつり",
          day,          "10:00",
          "雨天, 中止",  // a comma within a cell
          "0"};
}

const std::vector<std::string>& header_of(Layout layout) {
  static const std::vector<std::string> places = {"都道府県コード又は市区町村コード",
                                                  "NO",
                                                  "都道府県名",
                                                  "市区町村名",
                                                  "名称",
                                                  "住所",
                                                  "緯度",
                                                  "経度",
                                                  "電話番号",
                                                  "駐車場有無"};
  static const std::vector<std::string> population = {"全国地方公共団体コード",
                                                      "地方公共団体名",
                                                      "地域名",
                                                      "調査年月日",
                                                      "総人口",
                                                      "男性",
                                                      "女性",
                                                      "世帯数"};
  static const std::vector<std::string> events = {"全国地方公共団体コード",
                                                  "ID",
                                                  "地方公共団体名",
                                                  "イベント名",
                                                  "開始日",
                                                  "開始時間",
                                                  "備考",
                                                  "参加費"};
  return layout == Layout::kPlaces ? places : layout == Layout::kEvents ? events : population;
}

std::string column_letters(std::size_t column) {
  const std::string last(1, static_cast<char>('A' + column % 26));
  return column < 26 ? last : static_cast<char>('A' + column / 26 - 1) + last;
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  }
  return out;
}

}  // namespace

std::size_t topic_count() { return kTopics.size(); }
std::string_view topic_title(std::size_t topic) { return kTopics.at(topic).title; }
std::string_view topic_word(std::size_t topic) { return kTopics.at(topic).word; }

Rows make_table(const TableWish& wish) {
  const Layout layout = kTopics.at(wish.topic).layout;
  Dice dice(wish.code + "/" + wish.seed);
  Rows rows = {header_of(layout)};
  for (std::size_t i = 1; i <= wish.rows; ++i) {
    rows.push_back(layout == Layout::kPlaces   ? place_row(wish, i, dice)
                   : layout == Layout::kEvents ? event_row(wish, i, dice)
                                               : population_row(wish, i, dice));
  }
  return rows;
}

std::string csv_text(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool quoted = row[i].find_first_of(",\"\n") != std::string::npos;
      text += (i == 0 ? "" : ",") + (quoted ? "\"" + row[i] + "\"" : row[i]);
    }
    text += "\r\n";
  }
  return text;
}

std::string xlsx_bytes(const Rows& rows) {
  test::XlsxBuilder workbook;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    workbook.rows += "<row r=\"" + number + "\">";
    for (std::size_t k = 0; k < rows[i].size(); ++k) {
      workbook.rows += "<c r=\"" + column_letters(k) + number + "\" t=\"inlineStr\"><is><t>" +
                       xml_escaped(rows[i][k]) + "</t></is></c>";
    }
    workbook.rows += "</row>";
  }
  return workbook.bytes();
}

std::string encoded(std::string_view utf8, const char* encoding) {
  const iconv_t converter = ::iconv_open(encoding, "UTF-8");
  // iconv_open() tells of failure by this value.
  if (converter == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error("iconv: no encoding");
  std::string input(utf8);
  std::string out(utf8.size() * 2 + 16, '\0');
  char* from = input.data();
  char* to = out.data();
  std::size_t left = input.size();
  std::size_t room = out.size();
  const std::size_t done = ::iconv(converter, &from, &left, &to, &room);
  ::iconv_close(converter);
  if (done == static_cast<std::size_t>(-1)) {
    throw std::runtime_error("cannot be encoded: " +
                             std::string(from, std::min<std::size_t>(left, 30)));
  }
  out.resize(out.size() - room);
  return out;
}

File table_file(const Rows& rows, Form form, const std::string& modified) {
  File file;
  file.modified = modified;
  file.rows = static_cast<std::int64_t>(rows.size()) - 1;
  file.content_type = "text/csv";
  switch (form) {
    case Form::kUtf8:
      file.bytes = csv_text(rows);
      break;
    case Form::kBom:
      file.bytes = "\xEF\xBB\xBF" + csv_text(rows);
      break;
    case Form::kCp932:
      file.bytes = encoded(csv_text(rows), "CP932");
      break;
    case Form::kXlsx:
      file.bytes = xlsx_bytes(rows);
      file.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      break;
  }
  return file;
}

}  // namespace minato::pretend
