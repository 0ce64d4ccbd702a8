// The audit log's own protection: whoever opens the file cannot change what was written.
#include "unit/storage/sqlite_fixture.h"

namespace minato::test {
namespace {

class AuditLog : public SqliteFile {
 protected:
  void SetUp() override {
    const auto store = opened();
    for (std::int64_t number = 1; number <= 3; ++number) {
      core::AuditEntry entry;
      entry.number = number;
      entry.hash = "hash " + std::to_string(number);
      ASSERT_TRUE(store
                      ->write([&](storage::CatalogWriter& w) {
                        return w.history().append_audit(entry, {number, entry.hash, "seal"});
                      })
                      .has_value());
    }
  }
  // What the engine says to it; empty: it was done.
  [[nodiscard]] std::string refusal(const std::string& sql) const {
    try {
      ForeignProgram(path()).run(sql);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
  [[nodiscard]] std::vector<std::string> hashes() const {
    std::vector<std::string> hashes;
    const auto store = opened();
    static_cast<void>(
        read(*store)->history().each_audit_entry(0, [&](const core::AuditEntry& entry) {
          hashes.push_back(entry.hash);
          return true;
        }));
    return hashes;
  }
};

TEST_F(AuditLog, RefusesChangesOfItsEntries) {
  const auto before = hashes();
  ASSERT_EQ(before.size(), 3U);
  EXPECT_NE(refusal("UPDATE audit_entry SET user_name = 'x' WHERE number = 2").find("changed"),
            std::string::npos);
  EXPECT_NE(refusal("DELETE FROM audit_entry WHERE number = 2").find("deleted"), std::string::npos);
  EXPECT_NE(refusal("DELETE FROM audit_entry").find("deleted"), std::string::npos);
  EXPECT_NE(
      refusal("REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 3").find("follow"),
      std::string::npos);
  EXPECT_NE(refusal("INSERT INTO audit_entry SELECT 7, time, user_id, user_name, token_id, address,"
                    " request_id, action, subject_kind, subject_id, subject_name, organization_id,"
                    " before_hash, after_hash, detail, previous, hash FROM audit_entry"
                    " WHERE number = 3")
                .find("follow"),
            std::string::npos);
  EXPECT_EQ(hashes(), before);
}

}  // namespace
}  // namespace minato::test
