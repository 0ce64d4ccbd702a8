// `minato user` and `minato organization`.
#include "accounts_fixture.h"

namespace minato::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

using UserProgram = AccountsProgram;
using OrganizationProgram = AccountsProgram;

TEST_F(UserProgram, AddsListsChangesAndRemoves) {
  done({"user", "add", "hanako", "--full-name", "神奈川 花子", "--email", "hanako@example.jp"});
  std::string list = done({"user", "list"});
  EXPECT_EQ(lines_of(list), 2U);
  EXPECT_THAT(list, HasSubstr("神奈川 花子"));
  done({"user", "set", "hanako", "--name", "hanae", "--sysadmin"});
  list = done({"user", "list", "--json"});
  EXPECT_THAT(list, HasSubstr("\"name\":\"hanae\""));
  EXPECT_THAT(list, HasSubstr("\"sysadmin\":true"));
  EXPECT_THAT(list, HasSubstr("\"email\":\"hanako@example.jp\""));
  EXPECT_THAT(complaint({"user", "remove", "hanae"}), HasSubstr("最後のシステム管理者"));
  EXPECT_THAT(complaint({"user", "set", "hanae", "--no-sysadmin"}),
              HasSubstr("最後のシステム管理者"));
  done({"user", "add", "root", "--sysadmin"});
  done({"user", "remove", "hanae"});
  EXPECT_EQ(lines_of(done({"user", "list"})), 2U);
  EXPECT_EQ(lines_of(done({"user", "list", "--all"})), 3U);
}

TEST_F(UserProgram, ShowsRolesByTheCodeOfTheOrganization) {
  token({"--user", "hanako", "--organization", "142018", "--role", "editor"});
  EXPECT_THAT(done({"user", "list"}), HasSubstr("142018:editor"));
  EXPECT_THAT(done({"user", "list", "--json"}), HasSubstr("\"roles\":{\"142018\":\"editor\"}"));
}

TEST_F(UserProgram, RefusesBadFieldsInOneLine) {
  EXPECT_THAT(complaint({"user", "add", "花子"}), HasSubstr("[name"));
  EXPECT_THAT(complaint({"user", "add", "hanako", "--email", "nobody"}), HasSubstr("[email"));
  done({"user", "add", "hanako"});
  EXPECT_NE(complaint({"user", "add", "hanako"}), "");
  EXPECT_THAT(complaint({"user", "set", "nobody", "--email", "a@example.jp"}), HasSubstr("利用者"));
  complaint({"user", "set", "hanako", "--state", "frozen"}, 2);
  complaint({"user"}, 2);
}

TEST_F(UserProgram, SaysInTheLogWhichAccountOfTheMachineItWas) {
  done({"user", "add", "hanako"});
  EXPECT_THAT(done({"audit", "export"}), HasSubstr("\"user_name\":\"operator:"));
}

TEST_F(OrganizationProgram, AddsAMunicipalityByItsCodeAlone) {
  EXPECT_THAT(done({"organization", "add", "142018"}), HasSubstr("横須賀市"));
  EXPECT_THAT(organization("142018")->title_kana, HasSubstr("ヨコスカ"));
  EXPECT_THAT(done({"organization", "list"}), HasSubstr("横須賀市"));
  EXPECT_NE(complaint({"organization", "add", "142018"}), "");
}

TEST_F(OrganizationProgram, AddsChangesAndRemovesOthers) {
  done({"organization", "add", "142018"});
  done({"organization", "add", "131016", "--title", "千代田区", "--parent", "140007"});
  EXPECT_EQ(organization("131016")->title, "千代田区");
  EXPECT_EQ(organization("131016")->parent, organization("140007")->id);
  done({"organization", "set", "131016", "--title-en", "Chiyoda City", "--parent", ""});
  EXPECT_EQ(organization("131016")->title_en, "Chiyoda City");
  EXPECT_EQ(organization("131016")->title, "千代田区");
  EXPECT_EQ(organization("131016")->parent, "");
  EXPECT_THAT(complaint({"organization", "set", "131016", "--parent", "999999"}),
              HasSubstr("組織"));
  done({"organization", "remove", "131016"});
  EXPECT_THAT(done({"organization", "list", "--json"}), Not(HasSubstr("131016")));
  EXPECT_NE(complaint({"organization", "remove", "999999"}), "");
  done({"organization", "remove", "131016", "--purge"});
  EXPECT_FALSE(organization("131016"));
  EXPECT_EQ(done({"audit", "verify"}).substr(0, 3), "ok ");
}

TEST_F(OrganizationProgram, GivesAndTakesRoles) {
  done({"user", "add", "hanako", "--full-name", "花子"});
  done({"organization", "add-member", "142018", "hanako", "--role", "editor"});
  EXPECT_THAT(done({"organization", "members", "142018"}), HasSubstr("editor"));
  EXPECT_THAT(done({"organization", "members", "142018", "--json"}),
              HasSubstr("\"user\":\"hanako\",\"full_name\":\"花子\",\"role\":\"editor\""));
  EXPECT_THAT(done({"organization", "list", "--json"}), HasSubstr("\"members\":1"));
  done({"organization", "remove-member", "142018", "hanako"});
  EXPECT_EQ(done({"organization", "members", "142018", "--json"}), "[]\n");
  EXPECT_THAT(complaint({"organization", "add-member", "142018", "nobody", "--role", "editor"}),
              HasSubstr("利用者"));
  EXPECT_THAT(complaint({"organization", "members", "999999"}), HasSubstr("組織"));
  complaint({"organization", "add-member", "142018", "hanako"}, 2);
  complaint({"organization", "add-member", "142018", "hanako", "--role", "owner"}, 2);
}

TEST(AccountHelp, IsThereForEachCommand) {
  for (const std::vector<std::string>& command : {std::vector<std::string>{"user"},
                                                  {"user", "list"},
                                                  {"user", "add"},
                                                  {"user", "set"},
                                                  {"user", "remove"},
                                                  {"token"},
                                                  {"token", "create"},
                                                  {"token", "list"},
                                                  {"token", "revoke"},
                                                  {"organization"},
                                                  {"organization", "list"},
                                                  {"organization", "add"},
                                                  {"organization", "set"},
                                                  {"organization", "remove"},
                                                  {"organization", "members"},
                                                  {"organization", "add-member"},
                                                  {"organization", "remove-member"},
                                                  {"audit"},
                                                  {"audit", "verify"},
                                                  {"audit", "export"}}) {
    std::vector<std::string> arguments = command;
    arguments.push_back("--help");
    const Finished help = run(arguments);
    EXPECT_EQ(help.status, 0) << command.back();
    EXPECT_EQ(help.err, "");
    EXPECT_EQ(help.out.find("--data") != std::string::npos, command.size() == 2) << help.out;
  }
}

}  // namespace
}  // namespace minato::cli
