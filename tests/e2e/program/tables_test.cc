#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "e2e/program/running_program.h"
#include "support/temp_dir.h"
#include "support/workbook_builder.h"

// Files as town halls make them: from the file to the answer.
namespace minato::test {
namespace {

namespace fs = std::filesystem;

// CP932: a title row, a header of two rows, full-width digits, triangles for minus.
//   令和6年度 施設の利用状況,,,
//   施設,利用者数,,増減
//   ,男,女,
//   図書館,１２３,４５６,△5
//   公民館,789,12,10
//   体育館,20,34,▲1
constexpr std::string_view kDirtyCsv =
    "\x97\xDF\x98"
    "a6\x94N\x93x \x8E{\x90\xDD\x82\xCC\x97\x98\x97p\x8F\xF3\x8B\xB5,,,\r\n"
    "\x8E{\x90\xDD,\x97\x98\x97p\x8E\xD2\x90\x94,,\x91\x9D\x8C\xB8\r\n"
    ",\x92j,\x8F\x97,\r\n"
    "\x90}\x8F\x91\x8A\xD9,\x82P\x82Q\x82R,\x82S\x82T\x82U,\x81\xA2"
    "5\r\n"
    "\x8C\xF6\x96\xAF\x8A\xD9,789,12,10\r\n"
    "\x91\xCC\x88\xE7\x8A\xD9,20,34,\x81\xA3"
    "1\r\n";

void write(const std::string& path, std::string_view bytes) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

struct Inspected {
  int status;
  std::string out;
  std::string err;
};

Inspected inspect(const std::string& file) {
  ChildProcess process({MINATO_PROGRAM, "inspect", file},
                       {{"LANG", "en_US.UTF-8"}, {"LC_ALL", ""}});
  const int status = process.wait(std::chrono::seconds(60));
  return {status, process.out(), process.err()};
}

std::string workbook() {
  const auto cell = [](const std::string& place, const std::string& text) {
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  };
  XlsxBuilder builder;
  builder.rows = "<row r=\"1\">" + cell("A1", "コード") + cell("B1", "名称") + "</row>" +
                 "<row r=\"2\">" + cell("A2", "0012") + cell("B2", "本館") + "</row>" +
                 "<row r=\"3\">" + cell("A3", "0034") + cell("B3", "分館") + "</row>";
  return builder.bytes();
}

std::string after(const std::string& text, const std::string& mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) throw std::runtime_error("no " + mark + " in " + text);
  return text.substr(at + mark.size());
}

// A folder of one dataset whose resources are the CSV and a workbook.
class DirtyDataset : public testing::Test {
 protected:
  DirtyDataset() {
    fs::create_directories(datasets());
    fs::copy(MINATO_SOURCE_DIR "/datasets/publishers.csv", datasets() + "/publishers.csv");
    write(datasets() + "/usage/data.csv", kDirtyCsv);
    write(datasets() + "/usage/branches.xlsx", workbook());
    write(datasets() + "/usage/dataset.json", R"({
      "name": "usage", "title": "施設の利用", "notes": "利用状況です。", "owner_org": "141003",
      "license_id": "cc-by", "tags": ["施設"], "themes": ["12"],
      "resources": [
        {"name": "利用", "description": "見本", "path": "data.csv", "format": "CSV",
         "mimetype": "text/csv", "encoding": "CP932"},
        {"name": "館", "description": "見本", "path": "branches.xlsx", "format": "XLSX",
         "mimetype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}]})");
  }
  [[nodiscard]] std::string datasets() const { return dir_.path() + "/datasets"; }
  [[nodiscard]] std::string data() const { return dir_.path() + "/data"; }

  // The id of a resource by its place in the dataset.
  static std::string resource_id(const RunningProgram& minato, int place) {
    std::string text = after(minato.get("/api/v1/datasets/usage").body, "\"resources\":");
    for (int i = 0; i <= place; ++i) text = after(text, "\"dataset_id\"");
    return after(text, "/resource/").substr(0, 36);
  }
  // Tables are made after the start: the reply as soon as it is a 200.
  static HttpReply when_ready(const RunningProgram& minato, const std::string& target) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (true) {
      HttpReply reply = minato.get(target);
      if (reply.status == 200 || std::chrono::steady_clock::now() > end) return reply;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

 private:
  TempDir dir_;
};

TEST(Inspect, TellsWhatADirtyFileHolds) {
  const TempDir dir;
  write(dir.path() + "/dirty.csv", kDirtyCsv);
  const Inspected found = inspect(dir.path() + "/dirty.csv");
  EXPECT_EQ(found.status, 0) << found.err;
  EXPECT_EQ(std::count(found.out.begin(), found.out.end(), '\n'), 1);
  for (const char* part :
       {R"("encoding":"cp932")", R"("container":"csv")", R"("header_rows":[2,3])",
        R"("first_data_row":4)", R"("name":"利用者数_男","type":"integer")",
        R"("examples":[-5,10,-1])", R"("rows":3)", R"("rejects":0)",
        R"("id":"header_of_several_rows")", R"("id":"lines_above_header")"}) {
    EXPECT_NE(found.out.find(part), std::string::npos) << part << '\n' << found.out;
  }
}

TEST(Inspect, RefusesWhatIsNoTableInOneLine) {
  const TempDir dir;
  write(dir.path() + "/table.csv", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n");
  for (const std::string file : {"/table.csv", "/no-such.csv"}) {
    const Inspected found = inspect(dir.path() + file);
    EXPECT_EQ(found.status, 1);
    EXPECT_EQ(found.out, "");
    EXPECT_TRUE(found.err.starts_with("minato: ")) << found.err;
    EXPECT_EQ(std::count(found.err.begin(), found.err.end(), '\n'), 1) << found.err;
  }
  EXPECT_NE(inspect(dir.path() + "/table.csv").err.find("PDF"), std::string::npos);
}

TEST_F(DirtyDataset, IsServedAsTables) {
  const RunningProgram minato(data(), {}, datasets());
  const std::string table = "/api/v1/tables/" + resource_id(minato, 0);
  const HttpReply rows = when_ready(minato, table + "/rows?c4__lt=0&sort=c4");
  EXPECT_EQ(rows.status, 200) << rows.body;
  EXPECT_NE(rows.body.find(R"({"施設":"図書館","利用者数_男":123,"利用者数_女":456,"増減":-5})"),
            std::string::npos)
      << rows.body;
  EXPECT_NE(rows.body.find(R"("value":2,"relation":"eq")"), std::string::npos) << rows.body;
  EXPECT_EQ(minato.get(table + "/versions/1/file").body, kDirtyCsv);
  EXPECT_EQ(minato.get(table + "/export.csv?select=c1,c4&encoding=cp932&limit=1").body,
            "c1,c4\r\n\x90}\x8F\x91\x8A\xD9,-5\r\n");
}

TEST_F(DirtyDataset, KeepsLeadingZerosOfWorkbooks) {
  const RunningProgram minato(data(), {}, datasets());
  const std::string id = resource_id(minato, 1);
  const HttpReply rows = when_ready(minato, "/api/v1/tables/" + id + "/rows?c1=0012");
  EXPECT_NE(rows.body.find(R"([{"コード":"0012","名称":"本館"}])"), std::string::npos) << rows.body;
}

TEST_F(DirtyDataset, AnswersTheDatastore) {
  const RunningProgram minato(data(), {}, datasets());
  const std::string id = resource_id(minato, 0);
  when_ready(minato, "/api/v1/tables/" + id);
  const HttpReply found = minato.get("/api/3/action/datastore_search?resource_id=" + id +
                                     "&filters=%7B%22_id%22:2%7D&include_total=true");
  EXPECT_EQ(found.status, 200);
  EXPECT_NE(found.body.find(R"("_id":2,"施設":"公民館")"), std::string::npos) << found.body;
  EXPECT_NE(found.body.find(R"("total":1)"), std::string::npos) << found.body;
  EXPECT_TRUE(minato.get("/datastore/dump/" + id).body.starts_with("_id,施設,利用者数_男"));
}

}  // namespace
}  // namespace minato::test
