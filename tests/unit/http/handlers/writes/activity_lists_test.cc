#include "writes_fixture.h"

namespace minato::http {
namespace {

class ActivityLists : public WritesTest {
 protected:
  ActivityLists() {
    EXPECT_EQ(create("open-one").status, 200);
    EXPECT_EQ(call("package_patch", R"({"id":"open-one","notes":"新"})").status, 200);
    EXPECT_EQ(create("secret", R"(,"private":true)").status, 200);
  }
  std::string types(std::string_view query, std::string_view user) {
    const auto reply = show(query, user);
    EXPECT_EQ(reply.status, 200) << reply.body;
    std::string all;
    for (const auto& item : reply.json["result"].GetArray()) {
      if (!all.empty()) all += ", ";
      all += item["activity_type"].GetString();
    }
    return all;
  }
};

TEST_F(ActivityLists, TellWhatHappenedToADataset) {
  const auto reply = show("package_activity_list?id=open-one", "");
  ASSERT_EQ(reply.json["result"].Size(), 2U);
  EXPECT_EQ(reply.text("/result/0/activity_type"), "changed package");
  EXPECT_EQ(reply.text("/result/1/activity_type"), "new package");
  EXPECT_EQ(reply.text("/result/0/user_id"), "hanako-id");
  EXPECT_EQ(reply.text("/result/0/object_id"), id_of("open-one"));
  EXPECT_EQ(reply.text("/result/0/data/package/name"), "open-one");
  EXPECT_EQ(reply.at("/result/0/permission_labels"), R"(["public","member-141003-id"])");
  EXPECT_EQ(show("activity_show?id=" + reply.text("/result/0/id"), "").at("/result"),
            reply.at("/result/0"));
}

TEST_F(ActivityLists, PagesAndFilters) {
  EXPECT_EQ(types("package_activity_list?id=open-one&limit=1", ""), "changed package");
  EXPECT_EQ(types("package_activity_list?id=open-one&offset=1", ""), "new package");
  EXPECT_EQ(types("package_activity_list?id=open-one&activity_types=new%20package", ""),
            "new package");
  EXPECT_EQ(types("package_activity_list?id=open-one&exclude_activity_types=new%20package", ""),
            "changed package");
  EXPECT_EQ(types("package_activity_list?id=open-one&before=1700000000.5", ""), "");
  EXPECT_EQ(types("package_activity_list?id=open-one&after=1700000000.5", ""),
            "changed package, new package");
  EXPECT_EQ(show("package_activity_list?id=open-one&before=x").at("/error/before"),
            R"(["Invalid float"])");
  EXPECT_EQ(show("package_activity_list?id=open-one&limit=-1").at("/error/limit"),
            R"(["Must be a natural number"])");
  EXPECT_EQ(show("package_activity_list").at("/error/id"), R"(["Missing value"])");
}

TEST_F(ActivityLists, PrivateDatasetsAreToldToTheirOrganizationOnly) {
  for (const char* user : {"hanako", "member", "root"}) {
    EXPECT_EQ(types("package_activity_list?id=secret", user), "new package") << user;
    EXPECT_EQ(types("organization_activity_list?id=141003", user),
              "new package, changed package, new package")
        << user;
  }
  for (const char* user : {"", "jiro"}) {
    EXPECT_EQ(show("package_activity_list?id=secret", user).status, 403) << user;
    EXPECT_EQ(types("organization_activity_list?id=141003", user), "changed package, new package")
        << user;
    EXPECT_EQ(types("user_activity_list?id=hanako", user), "changed package, new package") << user;
    EXPECT_EQ(types("recently_changed_packages_activity_list", user),
              "changed package, new package")
        << user;
  }
  EXPECT_EQ(types("user_activity_list?id=hanako", "hanako"),
            "new package, changed package, new package");
  EXPECT_EQ(types("recently_changed_packages_activity_list", "root"),
            "new package, changed package, new package");
  const std::string id = show("package_activity_list?id=secret").text("/result/0/id");
  EXPECT_EQ(show("activity_show?id=" + id, "jiro").status, 403);
  EXPECT_EQ(show("activity_show?id=" + id, "member").status, 200);
  EXPECT_EQ(show("activity_show?id=nope", "root").status, 404);
  EXPECT_EQ(show("user_activity_list?id=nope", "root").status, 404);
  EXPECT_EQ(show("organization_activity_list?id=bosai", "root").status, 404);
  EXPECT_EQ(show("group_activity_list?id=bosai", "root").status, 200);
}

}  // namespace
}  // namespace minato::http
