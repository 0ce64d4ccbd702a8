#include <algorithm>
#include <charconv>
#include <filesystem>
#include <regex>
#include <set>

#include "support/program_fixture.h"
#include "web/site/error_catalogue.h"

namespace minato {
namespace {

namespace fs = std::filesystem;

// All sources of the program, by path.
std::map<std::string, std::string> sources() {
  std::map<std::string, std::string> files;
  const fs::path root = fs::path(MINATO_SOURCE_DIR) / "src";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
    const std::string path = fs::relative(entry.path(), MINATO_SOURCE_DIR).string();
    files[path] = project_file(path);
  }
  return files;
}

void collect(const std::string& text, const std::regex& pattern, std::set<std::string>& found) {
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) {
    found.insert((*it)[1]);
  }
}

// Ids stand behind an ErrorCode, or are handed to a function of the same file that takes an `id`.
std::set<std::string> ids_in(const std::string& text) {
  static const std::regex direct("ErrorCode::k[A-Za-z]+,\\s*\"([a-z]+(?:-[a-z0-9]+)*)\"");
  static const std::regex maker(
      "Error> (\\w+)\\((?:[\\w:]+ \\w+,\\s*)?(?:const char\\*|std::string_view|std::string|const "
      "std::string&) id\\b");
  std::set<std::string> ids;
  collect(text, direct, ids);
  std::set<std::string> makers;
  collect(text, maker, makers);
  for (const std::string& name : makers) {
    collect(text, std::regex("\\b" + name + "\\(\\s*\"([a-z]+(?:-[a-z0-9]+)*)\""), ids);
  }
  return ids;
}

std::vector<web::DocumentedError> documented() {
  return web::parse_error_catalogue(project_file("api/errors.md"));
}

TEST(ErrorDocument, ListsEveryErrorOfTheSource) {
  std::set<std::string> known;
  for (const auto& error : documented()) known.insert(error.id);
  std::size_t used = 0;
  for (const auto& [path, text] : sources()) {
    for (const std::string& id : ids_in(text)) {
      EXPECT_TRUE(known.contains(id)) << id << " of " << path << " is not in api/errors.md";
      ++used;
    }
  }
  EXPECT_GT(used, 50U);
}

TEST(ErrorDocument, ListsNoErrorThatTheSourceLacks) {
  const auto files = sources();
  for (const auto& error : documented()) {
    const bool used = std::any_of(files.begin(), files.end(), [&](const auto& file) {
      return file.second.find('"' + error.id + '"') != std::string::npos;
    });
    EXPECT_TRUE(used) << error.id << " is nowhere in src/";
  }
}

TEST(ErrorDocument, IsSortedCompleteAndInBothLanguages) {
  std::string previous;
  for (const auto& error : documented()) {
    EXPECT_LT(previous, error.id);
    previous = error.id;
    int status = 0;
    std::from_chars(error.status.data(), error.status.data() + error.status.size(), status);
    EXPECT_TRUE(status >= 400 && status < 600) << error.id;
    for (const std::string& text :
         {error.meaning.ja, error.meaning.en, error.cure.ja, error.cure.en}) {
      EXPECT_FALSE(text.empty()) << error.id;
    }
    const auto ascii = [](unsigned char c) { return c < 0x80; };
    EXPECT_FALSE(std::all_of(error.meaning.ja.begin(), error.meaning.ja.end(), ascii)) << error.id;
  }
}

}  // namespace
}  // namespace minato
