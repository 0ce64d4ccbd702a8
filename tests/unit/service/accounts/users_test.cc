#include "accounts_fixture.h"

namespace minato::service {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using Users = AccountsTest;

std::vector<std::string> names_of(const std::vector<storage::User>& users) {
  std::vector<std::string> names;
  for (const storage::User& user : users) names.push_back(user.name);
  return names;
}

std::vector<std::string> wrong_params(const core::Error& error) {
  std::vector<std::string> params;
  for (const core::ErrorDetail& detail : error.details) params.push_back(detail.param);
  return params;
}

UserChange change(const std::function<void(UserChange&)>& fill) {
  UserChange wanted;
  fill(wanted);
  return wanted;
}

TEST_F(Users, AreMadeByTheOperatorAndAudited) {
  const auto actions = actions_of([&] {
    UserChange wanted;
    wanted.name = "hanako";
    wanted.full_name = "神奈川 花子";
    wanted.email = "hanako@example.jp";
    const storage::User user = value_of(accounts_.create_user(wanted, by_operator()));
    EXPECT_EQ(user.created, clock_.time);
    const UserProfile profile = value_of(accounts_.user("hanako"));
    EXPECT_EQ(profile.user, user);
    EXPECT_EQ(value_of(accounts_.user(user.id)).user.full_name, "神奈川 花子");
    EXPECT_EQ(profile.datasets, 0);
    EXPECT_FALSE(profile.last_active);
  });
  EXPECT_THAT(actions, ElementsAre("user.create"));
  const core::AuditEntry entry = log().back();
  EXPECT_EQ(entry.user_name, "operator");
  EXPECT_EQ(entry.subject_kind, "user");
  EXPECT_EQ(entry.subject_name, "hanako");
  EXPECT_EQ(entry.before_hash, "");
  EXPECT_THAT(entry.after_hash, SizeIs(64));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Users, OfTheWrongShapeAreRefusedWithEachField) {
  UserChange wanted;
  wanted.name = "花子";
  wanted.full_name = std::string("a\0b", 3);
  wanted.email = "nobody";
  wanted.image_url = "javascript:alert(1)";
  wanted.about = std::string(300'000, 'x');
  const auto refused = accounts_.create_user(wanted, by_operator());
  ASSERT_EQ(error_of(refused), "user-invalid");
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(wrong_params(refused.error()),
              ElementsAre("name", "fullname", "email", "about", "image_url"));
  EXPECT_EQ(refused.error().details[0].message.en,
            "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_");
  const auto nameless = accounts_.create_user({}, by_operator());
  ASSERT_EQ(error_of(nameless), "user-invalid");
  EXPECT_EQ(nameless.error().details[0].message.en, "Missing value");
  const auto draft = accounts_.create_user(change([](UserChange& user) {
                                             user.name = "taro";
                                             user.state = core::State::kDraft;
                                           }),
                                           by_operator());
  EXPECT_EQ(error_of(draft), "user-invalid");
}

TEST_F(Users, HaveNamesOfTheirOwnAlsoBesideDeletedOnes) {
  add_user("hanako");
  value_of(accounts_.delete_user("hanako", by_operator()));
  const auto taken =
      accounts_.create_user(change([](UserChange& u) { u.name = "hanako"; }), by_operator());
  EXPECT_EQ(error_of(taken), "user-name-taken");
  EXPECT_EQ(taken.error().code, ErrorCode::kConflict);
}

TEST_F(Users, AreMadeBySysadminsOnly) {
  const UserChange wanted = change([](UserChange& user) { user.name = "taro"; });
  EXPECT_EQ(error_of(accounts_.create_user(wanted, {})), "authentication-required");
  EXPECT_EQ(error_of(accounts_.create_user(wanted, by(editor("hanako")))), "permission-denied");
  add_user("root", true);
  EXPECT_EQ(error_of(accounts_.create_user(wanted, by(caller("root", {"datasets"})))),
            "token-scope");
  EXPECT_TRUE(accounts_.create_user(wanted, by(caller("root"))));
}

TEST_F(Users, AreMadeOnceUnderOneKey) {
  WriteContext context = by_operator();
  context.idempotency_key = "key";
  context.request_hash = "hash";
  const UserChange wanted = change([](UserChange& user) { user.name = "taro"; });
  const storage::User first = value_of(accounts_.create_user(wanted, context));
  EXPECT_EQ(value_of(accounts_.create_user(wanted, context)).id, first.id);
}

TEST_F(Users, ChangeTheirOwnProfileButNotTheirRank) {
  const core::Caller hanako = editor("hanako");
  const auto email = change([](UserChange& user) { user.email = "h@example.jp"; });
  EXPECT_THAT(actions_of([&] {
                EXPECT_EQ(value_of(accounts_.change_user("hanako", email, by(hanako))).email,
                          "h@example.jp");
              }),
              ElementsAre("user.update"));
  for (const UserChange& rank :
       {change([](UserChange& user) { user.sysadmin = true; }),
        change([](UserChange& user) { user.name = "hanae"; }),
        change([](UserChange& user) { user.state = core::State::kDeleted; })}) {
    EXPECT_EQ(error_of(accounts_.change_user("hanako", rank, by(hanako))), "permission-denied");
  }
  EXPECT_EQ(error_of(accounts_.delete_user("hanako", by(hanako))), "permission-denied");
  add_user("taro");
  EXPECT_EQ(error_of(accounts_.change_user("taro", email, by(hanako))), "permission-denied");
  EXPECT_EQ(error_of(accounts_.change_user("hanako", email, {})), "authentication-required");
  EXPECT_EQ(error_of(accounts_.change_user("nobody", email, by_operator())), "user-not-found");
}

TEST_F(Users, ThatDidNotChangeLeaveNothingInTheLog) {
  const storage::User hanako = add_user("hanako");
  EXPECT_THAT(actions_of([&] {
                const UserChange same = change([](UserChange& user) { user.name = "hanako"; });
                EXPECT_EQ(value_of(accounts_.change_user("hanako", same, by_operator())), hanako);
              }),
              IsEmpty());
}

TEST_F(Users, KeepOneSysadminAmongThem) {
  add_user("root", true);
  const auto demotion = change([](UserChange& user) { user.sysadmin = false; });
  const auto refused = accounts_.delete_user("root", by_operator());
  EXPECT_EQ(error_of(refused), "last-sysadmin");
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_EQ(error_of(accounts_.change_user("root", demotion, by_operator())), "last-sysadmin");
  EXPECT_TRUE(value_of(accounts_.user("root")).user.sysadmin);
  add_user("second", true);
  EXPECT_TRUE(accounts_.change_user("root", demotion, by_operator()));
  EXPECT_EQ(error_of(accounts_.delete_user("second", by_operator())), "last-sysadmin");
  // One who is deleted does not count.
  add_user("third", true);
  EXPECT_TRUE(accounts_.delete_user("third", by_operator()));
  EXPECT_EQ(error_of(accounts_.delete_user("second", by_operator())), "last-sysadmin");
}

TEST_F(Users, LoseRolesAndTokensWhenDeletedInOneEntry) {
  const core::Caller hanako = editor("hanako");
  EXPECT_THAT(actions_of([&] { value_of(accounts_.delete_user("hanako", by_operator())); }),
              ElementsAre("user.delete"));
  const core::AuditEntry entry = log().back();
  EXPECT_THAT(entry.detail, HasSubstr("\"roles_removed\":{\"city-id\":\"editor\"}"));
  EXPECT_THAT(entry.detail, HasSubstr(hanako.token_id));
  const UserProfile gone = value_of(accounts_.user("hanako"));
  EXPECT_EQ(gone.user.state, core::State::kDeleted);
  EXPECT_THAT(gone.roles, IsEmpty());
  EXPECT_THAT(actions_of([&] { value_of(accounts_.delete_user("hanako", by_operator())); }),
              IsEmpty());
}

TEST_F(Users, AreListedForThoseWhoAreKnown) {
  const core::Caller hanako = editor("hanako");
  add_user("taro");
  add_user("jiro");
  value_of(accounts_.delete_user("jiro", by_operator()));
  EXPECT_EQ(error_of(accounts_.users({}, {})), "authentication-required");
  storage::UserListRequest all;
  all.include_deleted = true;
  EXPECT_THAT(names_of(value_of(accounts_.users(all, hanako))), ElementsAre("hanako", "taro"));
  EXPECT_THAT(names_of(value_of(accounts_.users(all, operator_caller()))),
              ElementsAre("hanako", "jiro", "taro"));
}

TEST_F(Users, AreFoundByTheirEMailBySysadminsOnly) {
  const core::Caller hanako = editor("hanako");
  UserChange wanted;
  wanted.name = "taro";
  wanted.full_name = "Taro Yamada";
  wanted.email = "secret@example.jp";
  value_of(accounts_.create_user(wanted, by_operator()));
  storage::UserListRequest request;
  request.query = "secret";
  EXPECT_THAT(value_of(accounts_.users(request, hanako)), IsEmpty());
  EXPECT_THAT(value_of(accounts_.users(request, operator_caller())), SizeIs(1));
  request.query = "YAMADA";
  EXPECT_THAT(names_of(value_of(accounts_.users(request, hanako))), ElementsAre("taro"));
  request.offset = 1;
  EXPECT_THAT(value_of(accounts_.users(request, hanako)), IsEmpty());
}

TEST_F(Users, TellHowManyDatasetsTheyMadeAndWhenTheyWereLastSeen) {
  const storage::User hanako = add_user("hanako");
  core::Dataset dataset;
  dataset.id = "dataset-id";
  dataset.name = "population";
  dataset.title = "人口";
  dataset.creator_user_id = hanako.id;
  core::Dataset hidden = dataset;
  hidden.id = "hidden-id";
  hidden.name = "hidden";
  hidden.owner_org = "city-id";
  hidden.is_private = true;
  value_of(storage_.catalog->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto done = writer.put_dataset(dataset); !done) return done;
    return writer.put_dataset(hidden);
  }));
  give("hanako", "141003", core::Role::kMember);
  const UserProfile profile = value_of(accounts_.user("hanako"));
  EXPECT_EQ(profile.datasets, 1);
  EXPECT_THAT(profile.roles, SizeIs(1));
  EXPECT_EQ(error_of(accounts_.user("nobody")), "user-not-found");
}

}  // namespace
}  // namespace minato::service
