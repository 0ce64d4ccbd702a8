// docs/findings.md explains every id that the sources give, and no other.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace minato::tabular {
namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void collect(const std::string& text, const std::string& pattern, std::set<std::string>& ids) {
  const std::regex regex(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    ids.insert((*at)[1]);
  }
}

TEST(FindingDocs, ExplainEveryIdAndNoOther) {
  const std::filesystem::path root(MINATO_SOURCE_DIR);
  std::set<std::string> used;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "src/tabular")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string text = content_of(entry.path());
    collect(text, R"re(\b(?:finding|Finding)\s*[({]\s*"([a-z_]+)")re", used);
    collect(text, R"re(push_back\(\s*\{"([a-z]+(?:_[a-z]+)+)",)re", used);
    collect(text, R"re(\.(?:id|reason) = "([a-z_]+)")re", used);
    if (entry.path().filename() == "finding_texts.cc" ||
        entry.path().filename() == "cell_reader.cc") {
      collect(text, R"re(\{"([a-z]+(?:_[a-z]+)*)",\s*[{"])re", used);
    }
  }
  EXPECT_GT(used.size(), 30u);
  std::set<std::string> explained;
  collect(content_of(root / "docs/findings.md"), R"re(\n### `([a-z_]+)`)re", explained);
  EXPECT_EQ(used, explained);
}

}  // namespace
}  // namespace minato::tabular
