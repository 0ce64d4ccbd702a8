// Users, tokens and roles: what every CatalogStore must keep.
#include <gmock/gmock.h>

#include "unit/storage/store_suite.h"

namespace minato::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

storage::User user(const std::string& name) {
  storage::User user;
  user.id = core::stable_uuid("user", name);
  user.name = name;
  user.full_name = "氏名 " + name;
  user.email = name + "@example.jp";
  user.about = "紹介";
  user.image_url = "https://example.jp/" + name + ".png";
  user.created = at(10);
  return user;
}

storage::ApiToken token(const std::string& name, const std::string& user_name) {
  storage::ApiToken token;
  token.id = core::stable_uuid("token", name);
  token.user_id = user(user_name).id;
  token.name = name;
  token.hash = "hash of " + name;
  token.scopes = {"read", "datasets"};
  token.created = at(20);
  token.expires = at(30);
  return token;
}

class AccountSuite : public StoreSuite {
 protected:
  core::Result<void> put_user(const storage::User& user) {
    return store_->write([&](storage::CatalogWriter& w) { return w.accounts().put_user(user); });
  }
  core::Result<void> put_token(const storage::ApiToken& token) {
    return store_->write([&](storage::CatalogWriter& w) { return w.accounts().put_token(token); });
  }
  core::Result<void> put_role(const storage::Membership& membership) {
    return store_->write(
        [&](storage::CatalogWriter& w) { return w.accounts().put_membership(membership); });
  }
  std::vector<std::string> names(const storage::UserListRequest& request) {
    std::vector<std::string> names;
    const auto users = reader()->accounts().users(request);
    for (const auto& found : *users) names.push_back(found.name);
    return names;
  }
};

TEST_P(AccountSuite, AUserIsFoundByIdAndByName) {
  storage::User hanako = user("hanako");
  hanako.sysadmin = true;
  ASSERT_TRUE(put_user(hanako).has_value());
  EXPECT_EQ(**reader()->accounts().user(hanako.id), hanako);
  EXPECT_EQ(**reader()->accounts().user("hanako"), hanako);
  EXPECT_FALSE(reader()->accounts().user("nobody")->has_value());
}

TEST_P(AccountSuite, APutReplacesTheWholeUser) {
  ASSERT_TRUE(put_user(user("hanako")).has_value());
  storage::User changed;
  changed.id = user("hanako").id;
  changed.name = "hana";
  changed.state = core::State::kDeleted;
  ASSERT_TRUE(put_user(changed).has_value());
  EXPECT_EQ(**reader()->accounts().user(changed.id), changed);
  EXPECT_FALSE(reader()->accounts().user("hanako")->has_value());
}

TEST_P(AccountSuite, ANameStaysWithADeletedUser) {
  storage::User gone = user("taro");
  gone.state = core::State::kDeleted;
  ASSERT_TRUE(put_user(gone).has_value());
  storage::User other = user("jiro");
  other.name = "taro";
  const auto refused = put_user(other);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kConflict);
  EXPECT_EQ(refused.error().id, "user-name-taken");
  EXPECT_FALSE(reader()->accounts().user(other.id)->has_value());
}

TEST_P(AccountSuite, AListIsSortedCutAndSearchedWithoutCase) {
  for (const char* name : {"saburo", "hanako", "taro", "jiro"}) {
    ASSERT_TRUE(put_user(user(name)).has_value());
  }
  storage::User gone = user("goro");
  gone.state = core::State::kDeleted;
  ASSERT_TRUE(put_user(gone).has_value());
  storage::UserListRequest request;
  EXPECT_THAT(names(request), ElementsAre("hanako", "jiro", "saburo", "taro"));
  request.include_deleted = true;
  request.offset = 1;
  request.limit = 2;
  EXPECT_THAT(names(request), ElementsAre("hanako", "jiro"));
  storage::UserListRequest search;
  search.query = "ARO";
  EXPECT_THAT(names(search), ElementsAre("taro"));
  search.query = "氏名 h";
  EXPECT_THAT(names(search), ElementsAre("hanako"));
  search.query = "Jiro@EXAMPLE";
  EXPECT_THAT(names(search), ElementsAre("jiro"));
  search.query = "%";
  EXPECT_THAT(names(search), IsEmpty());
}

TEST_P(AccountSuite, ATokenIsFoundByItsHashAndItsId) {
  ASSERT_TRUE(put_user(user("hanako")).has_value());
  const storage::ApiToken script = token("script", "hanako");
  storage::ApiToken newer = token("newer", "hanako");
  newer.created = at(25);
  newer.scopes.clear();
  newer.expires.reset();
  newer.revoked = at(26);
  ASSERT_TRUE(put_token(script).has_value());
  ASSERT_TRUE(put_token(newer).has_value());
  EXPECT_EQ(**reader()->accounts().token_by_hash(script.hash), script);
  EXPECT_EQ(**reader()->accounts().token(newer.id), newer);
  EXPECT_THAT(*reader()->accounts().tokens_of(script.user_id), ElementsAre(newer, script));
  EXPECT_FALSE(reader()->accounts().token_by_hash("other")->has_value());
  EXPECT_FALSE(reader()->accounts().token("other")->has_value());
  EXPECT_THAT(*reader()->accounts().tokens_of("other"), IsEmpty());
}

TEST_P(AccountSuite, ATokenOfNobodyIsRefused) {
  const auto refused = put_token(token("script", "hanako"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().id, "user-not-found");
}

TEST_P(AccountSuite, RolesAreReplacedAndRemoved) {
  put_surroundings();
  ASSERT_TRUE(put_user(user("hanako")).has_value());
  const std::string organization = full_organization().id;
  const std::string group = core::stable_uuid("group", "kosodate");
  const std::string hanako = user("hanako").id;
  ASSERT_TRUE(put_role({organization, hanako, core::Role::kMember, at(40)}).has_value());
  const storage::Membership admin{organization, hanako, core::Role::kAdmin, at(41)};
  const storage::Membership editor{group, hanako, core::Role::kEditor, at(42)};
  ASSERT_TRUE(put_role(admin).has_value());
  ASSERT_TRUE(put_role(editor).has_value());
  EXPECT_THAT(*reader()->accounts().memberships_of_user(hanako),
              ::testing::UnorderedElementsAre(admin, editor));
  EXPECT_THAT(*reader()->accounts().memberships_of_group(organization), ElementsAre(admin));
  const auto remove = [&](storage::CatalogWriter& w) {
    return w.accounts().remove_membership(organization, hanako);
  };
  ASSERT_TRUE(store_->write(remove).has_value());
  ASSERT_TRUE(store_->write(remove).has_value());
  EXPECT_THAT(*reader()->accounts().memberships_of_user(hanako), ElementsAre(editor));
}

TEST_P(AccountSuite, ARoleNeedsAUserAndAGroup) {
  put_surroundings();
  const std::string organization = full_organization().id;
  const auto nobody = put_role({organization, "nobody", core::Role::kAdmin, at(1)});
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(nobody.error().id, "user-not-found");
  ASSERT_TRUE(put_user(user("hanako")).has_value());
  const auto nowhere = put_role({"nowhere", user("hanako").id, core::Role::kAdmin, at(1)});
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error().id, "group-not-found");
  EXPECT_EQ(nowhere.error().code, core::ErrorCode::kNotFound);
}

TEST_P(AccountSuite, AWriteToAccountsMakesANewRevision) {
  const auto before = store_->revision();
  ASSERT_TRUE(put_user(user("hanako")).has_value());
  EXPECT_GT(store_->revision(), before);
}

TEST_P(AccountSuite, AFailedChangeLeavesNoUser) {
  const auto failed = store_->write([&](storage::CatalogWriter& w) -> core::Result<void> {
    if (auto put = w.accounts().put_user(user("hanako")); !put) return put;
    EXPECT_TRUE(w.reader().accounts().user("hanako")->has_value());
    return core::fail(core::ErrorCode::kConflict, "other", {});
  });
  EXPECT_FALSE(failed.has_value());
  EXPECT_FALSE(reader()->accounts().user("hanako")->has_value());
}

INSTANTIATE_TEST_SUITE_P(Stores, AccountSuite, ::testing::ValuesIn(all_stores()), factory_name);

}  // namespace
}  // namespace minato::test
