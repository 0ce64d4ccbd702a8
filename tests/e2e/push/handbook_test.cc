// docs/publishing.md does what it says: its bash and Python examples are run, one after the other,
// as a clerk would.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "e2e/push/push_house.h"

namespace minato::test {
namespace {

std::string handbook() {
  std::ifstream file(MINATO_SOURCE_DIR "/docs/publishing.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The examples as one script; Python ones are handed to the interpreter.
std::string script_of(const std::string& document) {
  std::string script = "set -euo pipefail\n";
  std::istringstream lines(document);
  std::string line;
  std::string language;
  while (std::getline(lines, line)) {
    if (line.starts_with("```")) {
      const std::string opened = line.substr(3);
      if (language == "python") script += "END_OF_EXAMPLE\n";
      language = language.empty() ? opened : "";
      if (language == "python") script += "python3 - <<'END_OF_EXAMPLE'\n";
    } else if (language == "bash" || language == "python") {
      script += line + "\n";
    }
  }
  return script;
}

class Handbook : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(desk_.path() + "/" + name, std::ios::binary) << content;
  }

  PushHouse house_;
  TempDir desk_;
};

TEST_F(Handbook, ExamplesWorkInTheOrderTheyAreTold) {
  house_.start();
  const std::string token = house_.token("yamada", "141003");
  write("避難所一覧.csv",
        "避難所一覧,,,\r\n名称,所在地,収容人数,緯度\r\n"
        "本町小学校,横浜市中区花咲町,320,35.449\r\n元街小学校,横浜市中区山手町,280,35.437\r\n");
  write("handbook.sh", script_of(handbook()));
  ChildProcess clerk({"/bin/bash", "-c", "cd '" + desk_.path() + "' && bash handbook.sh"},
                     {{"MINATO_URL", "http://127.0.0.1:" + std::to_string(house_.program().port())},
                      {"MINATO_TOKEN", token},
                      {"PATH", "/usr/bin:/bin"}});
  ASSERT_EQ(clerk.wait(std::chrono::seconds(120)), 0) << clerk.out() << clerk.err();

  const PushClient anybody = house_.client("");
  const auto shown = anybody.send("GET", "/api/3/action/package_show?id=yokohama-hinanjo");
  ASSERT_EQ(shown->status, 200) << shown->body;
  const auto dataset = result_of(shown);
  EXPECT_STREQ(dataset["state"].GetString(), "active");
  EXPECT_EQ(dataset["resources"].Size(), 4U);
  const auto rows = anybody.send(
      "GET", "/api/v1/tables/" + std::string(dataset["resources"][0]["id"].GetString()) + "/rows");
  ASSERT_EQ(rows->status, 200) << rows->body;
  EXPECT_THAT(rows->body, testing::HasSubstr("元街小学校"));
  EXPECT_NO_THROW(house_.run({"audit", "verify"}));
}

TEST_F(Handbook, HasExamplesOfEveryTool) {
  const std::string text = handbook();
  for (const char* language : {"```bash", "```python", "```powershell", "```powerquery"}) {
    EXPECT_THAT(text, testing::HasSubstr(language));
  }
}

}  // namespace
}  // namespace minato::test
