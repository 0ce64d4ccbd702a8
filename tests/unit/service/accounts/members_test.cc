#include "accounts_fixture.h"

namespace minato::service {
namespace {

using core::Role;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Members : public AccountsTest {
 protected:
  Members() {
    add_user("boss");
    give("boss", "141003", Role::kAdmin);
    add_user("taro");
  }
  core::Result<storage::Membership> put(const core::Caller& caller, const char* group,
                                        const char* user, Role role) {
    return accounts_.put_member(group, user, role, by(caller));
  }
};

TEST_F(Members, AreMadeByAdminsOfTheOrganization) {
  const core::Caller boss = caller("boss");
  EXPECT_THAT(actions_of([&] {
                const auto member = value_of(put(boss, "141003", "taro", Role::kEditor));
                EXPECT_EQ(member.group_id, "city-id");
                EXPECT_EQ(member.role, Role::kEditor);
                EXPECT_EQ(member.since, clock_.time);
              }),
              ElementsAre("member.put"));
  const core::AuditEntry entry = log().back();
  EXPECT_EQ(entry.user_name, "boss");
  EXPECT_EQ(entry.subject_kind, "member");
  EXPECT_EQ(entry.subject_name, "taro");
  EXPECT_EQ(entry.organization_id, "city-id");
  EXPECT_EQ(caller("taro").role_in("city-id"), Role::kEditor);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Members, AreNotMadeByAnybodyElse) {
  EXPECT_EQ(error_of(put({}, "141003", "taro", Role::kMember)), "authentication-required");
  for (const Role role : {Role::kMember, Role::kEditor}) {
    give("taro", "141003", role);
    EXPECT_EQ(error_of(put(caller("taro"), "141003", "taro", Role::kAdmin)), "permission-denied");
    EXPECT_EQ(error_of(put(caller("taro"), "141003", "boss", Role::kMember)), "permission-denied");
  }
  EXPECT_EQ(error_of(put(caller("boss"), "143847", "boss", Role::kMember)), "permission-denied")
      << "an admin elsewhere";
  EXPECT_EQ(error_of(put(caller("boss", {"datasets"}), "141003", "taro", Role::kMember)),
            "token-scope");
  EXPECT_TRUE(put(operator_caller(), "143847", "taro", Role::kAdmin));
}

TEST_F(Members, ThatStayTheSameLeaveNothingInTheLog) {
  give("taro", "141003", Role::kEditor);
  clock_.time.us += kDayUs;
  EXPECT_THAT(actions_of([&] {
                EXPECT_EQ(value_of(put(operator_caller(), "city-id", "taro", Role::kEditor)).since,
                          core::Timestamp{clock_.time.us - kDayUs});
              }),
              IsEmpty());
  EXPECT_THAT(actions_of([&] { give("taro", "141003", Role::kMember); }),
              ElementsAre("member.put"));
  EXPECT_NE(log().back().before_hash, "");
}

TEST_F(Members, OfGroupsAreNoEditors) {
  const auto refused = put(operator_caller(), "disaster", "taro", Role::kEditor);
  EXPECT_EQ(error_of(refused), "role-invalid");
  EXPECT_EQ(refused.error().code, core::ErrorCode::kInvalidArgument);
  EXPECT_TRUE(put(operator_caller(), "disaster", "taro", Role::kAdmin));
  EXPECT_TRUE(put(caller("taro"), "disaster", "boss", Role::kMember));
}

TEST_F(Members, NeedAnOrganizationAndAUserThatExist) {
  EXPECT_EQ(error_of(put(operator_caller(), "999999", "taro", Role::kMember)),
            "organization-not-found");
  EXPECT_EQ(error_of(put(operator_caller(), "141003", "nobody", Role::kMember)), "user-not-found");
  value_of(accounts_.delete_user("taro", by_operator()));
  EXPECT_EQ(error_of(put(operator_caller(), "141003", "taro", Role::kMember)), "user-not-found");
}

TEST_F(Members, AreRemovedByAdmins) {
  give("taro", "141003", Role::kEditor);
  EXPECT_EQ(error_of(accounts_.remove_member("141003", "boss", by(caller("taro")))),
            "permission-denied");
  EXPECT_EQ(error_of(accounts_.remove_member("141003", "boss", {})), "authentication-required");
  const core::Caller boss = caller("boss");
  EXPECT_THAT(actions_of([&] { value_of(accounts_.remove_member("141003", "taro", by(boss))); }),
              ElementsAre("member.remove"));
  EXPECT_EQ(log().back().after_hash, "");
  EXPECT_EQ(caller("taro").role_in("city-id"), std::nullopt);
  EXPECT_THAT(actions_of([&] { value_of(accounts_.remove_member("141003", "taro", by(boss))); }),
              IsEmpty());
}

TEST_F(Members, AreListedForMembersOfTheOrganization) {
  EXPECT_EQ(error_of(accounts_.members("141003", {})), "authentication-required");
  EXPECT_EQ(error_of(accounts_.members("141003", caller("taro"))), "permission-denied");
  give("taro", "141003", Role::kMember);
  EXPECT_THAT(value_of(accounts_.members("141003", caller("taro"))), SizeIs(2));
  EXPECT_THAT(value_of(accounts_.members("143847", operator_caller())), IsEmpty());
  EXPECT_EQ(error_of(accounts_.members("999999", operator_caller())), "organization-not-found");
}

}  // namespace
}  // namespace minato::service
