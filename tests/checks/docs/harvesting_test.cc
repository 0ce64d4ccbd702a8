#include <algorithm>
#include <sstream>

#include "formats/remote/source_options.h"
#include "support/program_fixture.h"

namespace minato {
namespace {

TEST(HarvestingDocument, DescribesEveryOptionOfASource) {
  const std::string text = project_file("docs/harvesting.md");
  const auto keys = formats::source_option_keys();
  EXPECT_GT(keys.size(), 30U);
  for (const std::string_view key : keys) {
    EXPECT_NE(text.find("`" + std::string(key) + "`"), std::string::npos) << key;
  }
}

TEST(HarvestingDocument, NamesNoOptionThatIsUnknown) {
  const std::string text = project_file("docs/harvesting.md");
  const auto keys = formats::source_option_keys();
  const std::size_t table = text.find("| 項目 / key |");
  ASSERT_NE(table, std::string::npos);
  const std::size_t end = text.find("\n\n", table);
  std::istringstream rows(text.substr(table, end - table));
  std::size_t named = 0;
  for (std::string row; std::getline(rows, row);) {
    std::istringstream cell(row.substr(1, row.find('|', 1) - 1));
    for (std::string word; cell >> word;) {
      if (!word.starts_with('`')) continue;
      const std::string key = word.substr(1, word.size() - 2);
      EXPECT_NE(std::find(keys.begin(), keys.end(), key), keys.end()) << key;
      ++named;
    }
  }
  EXPECT_EQ(named, keys.size());
}

}  // namespace
}  // namespace minato
