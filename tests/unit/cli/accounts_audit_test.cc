#include <rapidjson/document.h>
#include <sqlite3.h>

#include "accounts_fixture.h"
#include "formats/json.h"

namespace minato::cli {
namespace {

using testing::HasSubstr;

// Somebody with the file in his hands, who knows SQL but not the server's secret.
class AuditProgram : public AccountsProgram {
 protected:
  AuditProgram() {
    for (const char* name : {"hanako", "taro", "jiro", "saburo"}) done({"user", "add", name});
  }
  void tamper(const std::string& sql) const {
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open((data() + "/catalog.db").c_str(), &file), SQLITE_OK);
    // The triggers keep honest programs out, not him.
    std::string all;
    for (const char* trigger :
         {"audit_entry_follows", "audit_entry_unchanged", "audit_entry_kept"}) {
      all += std::string("DROP TRIGGER IF EXISTS ") + trigger + ";";
    }
    char* why = nullptr;
    EXPECT_EQ(sqlite3_exec(file, (all + sql).c_str(), nullptr, nullptr, &why), SQLITE_OK)
        << (why == nullptr ? "" : why);
    sqlite3_free(why);
    sqlite3_close(file);
  }
  std::string head() const {
    const std::string line = done({"audit", "verify"});
    return line.substr(line.size() - 65, 64);
  }
  // What `audit verify` says on standard error.
  std::string faults() const {
    const Finished finished = minato({"audit", "verify"});
    EXPECT_EQ(finished.status, 1);
    EXPECT_EQ(finished.out, "");
    return finished.err;
  }
};

TEST_F(AuditProgram, VerifiesAnUntouchedLogInOneLine) {
  const std::string line = done({"audit", "verify"});
  EXPECT_EQ(lines_of(line), 1U);
  EXPECT_THAT(line, testing::StartsWith("ok 4 entries, head "));
  EXPECT_EQ(head().find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST_F(AuditProgram, FindsAChangedEntry) {
  tamper("UPDATE audit_entry SET user_name = 'somebody' WHERE number = 2");
  EXPECT_THAT(faults(), HasSubstr("監査ログ 2: "));
  EXPECT_EQ(lines_of(faults()), 1U);
}

TEST_F(AuditProgram, FindsMissingEntries) {
  tamper("DELETE FROM audit_entry WHERE number = 2");
  EXPECT_THAT(faults(), HasSubstr("監査ログ 2: "));
}

TEST_F(AuditProgram, FindsEntriesMissingAtTheEnd) {
  tamper("DELETE FROM audit_entry WHERE number = 4");
  EXPECT_THAT(faults(), HasSubstr("監査ログ 4: "));
}

TEST_F(AuditProgram, FindsReorderedEntries) {
  tamper(
      "UPDATE audit_entry SET number = 99 WHERE number = 2;"
      "UPDATE audit_entry SET number = 2 WHERE number = 3;"
      "UPDATE audit_entry SET number = 3 WHERE number = 99");
  EXPECT_THAT(faults(), HasSubstr("監査ログ 2: "));
  EXPECT_THAT(faults(), HasSubstr("監査ログ 3: "));
}

TEST_F(AuditProgram, TellsOfAtMostTwentyFaults) {
  for (int i = 0; i < 21; ++i) {
    done({"user", "set", "hanako", "--about", std::to_string(i)});
  }
  tamper("UPDATE audit_entry SET address = 'x'");
  EXPECT_EQ(lines_of(faults()), 21U);
}

TEST_F(AuditProgram, ExpectsAHeadThatWasNotedBefore) {
  const std::string noted = head();
  done({"user", "add", "shiro"});
  EXPECT_THAT(done({"audit", "verify", "--expect", noted}), HasSubstr("ok 5 entries"));
  EXPECT_THAT(done({"audit", "verify", "--expect", head()}), HasSubstr("ok 5 entries"));
  const std::string strange(64, '0');
  EXPECT_THAT(complaint({"audit", "verify", "--expect", strange}), HasSubstr("--expect"));
  EXPECT_THAT(complaint({"audit", "verify", "--expect", "abc"}), HasSubstr("--expect"));
}

TEST_F(AuditProgram, ExportsNdjsonFromANumberOn) {
  const std::string all = done({"audit", "export"});
  EXPECT_EQ(lines_of(all), 4U);
  const std::string some = done({"audit", "export", "--from", "3"});
  EXPECT_EQ(lines_of(some), 2U);
  const auto first = value_of(formats::parse_json(some.substr(0, some.find('\n'))));
  EXPECT_EQ(first["number"].GetInt64(), 3);
  EXPECT_STREQ(first["action"].GetString(), "user.create");
  EXPECT_STREQ(first["subject_name"].GetString(), "jiro");
  EXPECT_TRUE(first["before_hash"].IsNull());
  EXPECT_EQ(std::string(first["hash"].GetString()).size(), 64U);
  EXPECT_EQ(done({"audit", "export", "--from", "5"}), "");
  complaint({"audit", "export", "--from", "0"}, 2);
}

}  // namespace
}  // namespace minato::cli
