// Datasets and organizations that had another name, and datasets that were deleted.
#include "doors_fixture.h"

namespace minato::http {
namespace {

class FormerDoors : public Doors {
 protected:
  void write(const std::function<core::Result<void>(storage::CatalogWriter&)>& change) {
    const auto done = storage_.catalog->write(change);
    ASSERT_TRUE(done) << done.error().id << done.error().internal;
  }
  std::string location(const std::string& target) {
    const auto reply = get(target);
    return std::to_string(reply.status) + " " + reply.headers.joined("Location");
  }
  void delete_with_reason(const std::string& name, const std::string& reason) {
    core::Dataset gone = dataset(name);
    storage::Activity news;
    news.id = "news-" + name;
    news.time = support::at("2024-06-01T00:00:00Z");
    news.object_id = gone.id;
    news.type = "deleted package";
    news.data = "{}";
    news.is_public = gone.state == core::State::kActive && !gone.is_private;
    gone.state = core::State::kDeleted;
    write([&](storage::CatalogWriter& writer) -> core::Result<void> {
      if (auto done = writer.put_dataset(gone); !done) return done;
      if (auto done = writer.history().put_activity(news); !done) return done;
      return writer.history().put_tombstone(
          {gone.id, reason, "editor", support::at("2024-06-01T00:00:00Z")});
    });
  }
};

TEST_F(FormerDoors, DatasetsAreFoundUnderFormerNames) {
  write([](storage::CatalogWriter& writer) {
    return writer.history().put_former_dataset_name("before", "open-id");
  });
  EXPECT_EQ(location("/dataset/before"), "301 /dataset/open");
  EXPECT_EQ(location("/en/dataset/before"), "301 /en/dataset/open");
  EXPECT_EQ(location("/dataset/before/resource/open-r1"), "301 /dataset/open/resource/open-r1");
  EXPECT_EQ(get("/dataset/before/resource/open-r1/download").status, 200);
  EXPECT_EQ(get("/dataset/veiled/resource/open-r1/download").status, 404);
  EXPECT_EQ(get("/dataset/never/resource/open-r1").status, 404);
  EXPECT_EQ(shown("/api/v1/datasets/before"), std::set<std::string>{"open"});
  EXPECT_EQ(shown("/api/3/action/package_show?id=before"), std::set<std::string>{"open"});
  EXPECT_EQ(get("/api/v1/datasets/never").status, 404);
}

TEST_F(FormerDoors, FormerNamesOpenNothing) {
  write([](storage::CatalogWriter& writer) {
    return writer.history().put_former_dataset_name("before", "veiled-id");
  });
  for (const std::string target :
       {"/dataset/before", "/api/v1/datasets/before", "/api/3/action/package_show?id=before"}) {
    EXPECT_EQ(get(target).status, 403) << target;
    EXPECT_EQ(get(target).body.find("veiled"), std::string::npos) << target;
  }
}

TEST_F(FormerDoors, OrganizationsAreFoundUnderFormerNames) {
  write([](storage::CatalogWriter& writer) {
    return writer.history().put_former_group_name("14100", "141003-id");
  });
  EXPECT_EQ(location("/organization/14100"), "301 /organization/141003");
  EXPECT_EQ(location("/en/organization/14100"), "301 /en/organization/141003");
  EXPECT_EQ(get("/api/v1/organizations/14100").status, 200);
  EXPECT_EQ(get("/api/3/action/organization_show?id=14100").status, 200);
  EXPECT_EQ(get("/organization/14100/opendata_list.csv").status, 200);
  EXPECT_EQ(get("/group/14100").status, 404);
}

TEST_F(FormerDoors, ADeletedDatasetLeavesItsReason) {
  delete_with_reason("open", "個人情報が<含まれて>いたため");
  const auto page = get("/dataset/open");
  EXPECT_EQ(page.status, 410);
  EXPECT_THAT(page.body, testing::HasSubstr("個人情報が&lt;含まれて&gt;いたため"));
  EXPECT_THAT(page.body, testing::HasSubstr("2024年6月1日"));
  EXPECT_THAT(page.body, testing::HasSubstr("href=\"/organization/141003\""));
  EXPECT_THAT(page.body, testing::HasSubstr("noindex"));
  EXPECT_THAT(get("/en/dataset/open-id").body, testing::HasSubstr("This dataset was removed"));
  const auto api = get("/api/v1/datasets/open");
  EXPECT_EQ(api.status, 410);
  EXPECT_THAT(api.body, testing::HasSubstr("\"code\":\"dataset-deleted\""));
  EXPECT_THAT(api.body, testing::HasSubstr("個人情報が<含まれて>いたため"));
  EXPECT_EQ(get("/api/3/action/package_show?id=open").status, 404);
  EXPECT_EQ(get("/api/v1/datasets/open", lookers()[4].caller).status, 200);
  EXPECT_EQ(get("/dataset/open/resource/open-r1/download").status, 404);
}

TEST_F(FormerDoors, ADeletedDatasetThatWasHiddenLeavesNothing) {
  delete_with_reason("veiled", "秘密の理由");
  delete_with_reason("sketch", "秘密の理由");
  for (const std::string target : {"/dataset/veiled", "/api/v1/datasets/veiled", "/dataset/sketch",
                                   "/api/v1/datasets/sketch"}) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_THAT(reply.body, testing::Not(testing::HasSubstr("秘密の理由")));
  }
}

TEST_F(FormerDoors, WithoutAReasonThePageSaysSo) {
  delete_with_reason("open", "");
  EXPECT_THAT(get("/dataset/open").body, testing::HasSubstr("理由は記されていません"));
}

}  // namespace
}  // namespace minato::http
