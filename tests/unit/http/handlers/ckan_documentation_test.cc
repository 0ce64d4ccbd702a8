// api/ckan.md says what the program does.
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "ckan_fixture.h"
#include "http/handlers/ckan/action_table.h"
#include "http/handlers/ckan/writes/write_action.h"

namespace minato::http {
namespace {

struct DocumentedAction {
  std::string state;
  std::string answers;
  std::string note;
};

// The table "| `action` | state | answers | note |".
std::map<std::string, DocumentedAction> documented_actions() {
  std::ifstream file(MINATO_SOURCE_DIR "/api/ckan.md");
  std::map<std::string, DocumentedAction> actions;
  bool in_list = false;
  for (std::string line; std::getline(file, line);) {
    in_list |= line == "## Actions";
    if (!in_list || !line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    std::istringstream cells_of(line);
    for (std::string cell; std::getline(cells_of, cell, '|');) {
      const auto begin = cell.find_first_not_of(" `");
      const auto end = cell.find_last_not_of(" `");
      cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
    }
    if (cells.size() < 4) {
      ADD_FAILURE() << "malformed row: " << line;
      continue;
    }
    cells.resize(5);
    EXPECT_TRUE(actions.emplace(cells[1], DocumentedAction{cells[2], cells[3], cells[4]}).second)
        << cells[1] << " is listed twice";
  }
  return actions;
}

using CkanDocumentation = CkanTest;

TEST_F(CkanDocumentation, ListsTheActionsWeHaveAsDone) {
  std::set<std::string> done;
  for (const auto& [name, action] : documented_actions()) {
    if (action.state == "done") done.insert(name);
  }
  std::set<std::string> present;
  for (const auto& action : ckan::read_actions()) present.insert(std::string(action.name));
  for (const auto& action : ckan::write_actions()) present.insert(std::string(action.name));
  EXPECT_EQ(done, present);
}

TEST_F(CkanDocumentation, ListsTheHarvestWritesAsRefused) {
  std::set<std::string> refused;
  for (const auto& [name, action] : documented_actions()) {
    if (action.state != "done" && action.answers == "403") refused.insert(name);
  }
  const auto& names = ckan::harvest_writes();
  EXPECT_EQ(refused, std::set<std::string>(names.begin(), names.end()));
}

TEST_F(CkanDocumentation, EverythingElseIsUnknownAndSaysWhy) {
  const auto actions = documented_actions();
  EXPECT_GT(actions.size(), 150u);
  for (const auto& [name, action] : actions) {
    EXPECT_TRUE(action.state == "done" || action.state == "later" || action.state == "not") << name;
    if (action.answers != "400") continue;
    EXPECT_EQ(post("/api/3/action/" + name, "{}").body,
              "\"Bad request: Action name not known: " + name + "\"");
    EXPECT_FALSE(action.note.empty()) << name;
  }
}

}  // namespace
}  // namespace minato::http
