// Dataset folders that are wrong, or want to read what is not theirs.
#include <gmock/gmock.h>

#include "unit/service/shipped_fixture.h"

namespace minato::service {
namespace {

class HostileFolders : public ShippedFixture {
 protected:
  // The one error of a run over the libraries folder with this document.
  ShippedError error_of(const std::string& text) {
    write_libraries();
    write("libraries/dataset.json", text);
    return only_error();
  }
  ShippedError only_error() {
    const ShippedReport report = load();
    if (report.errors.size() != 1) throw std::runtime_error("not one error");
    EXPECT_FALSE(report.errors[0].error.message.ja.empty());
    EXPECT_FALSE(report.errors[0].error.hint.en.empty());
    return report.errors[0];
  }
  static std::string pointers(const ShippedError& error) {
    std::string all;
    for (const core::ErrorDetail& detail : error.error.details) all += detail.param + " ";
    return all;
  }
};

TEST_F(HostileFolders, PointToEveryWrongField) {
  std::string text = replaced(document, R"("title": "図書館の入館者数")", R"("title": 5)");
  text = replaced(text, R"("themes": ["12"])", R"("themes": ["12", "77"])");
  text = replaced(text, R"("format": "CSV")", R"("format": "")");
  const ShippedError error = error_of(text);
  EXPECT_EQ(error.error.id, "metadata-invalid");
  EXPECT_EQ(error.file, "dataset.json");
  EXPECT_THAT(pointers(error), testing::HasSubstr("/title "));
  EXPECT_THAT(pointers(error), testing::HasSubstr("/themes/1"));
  EXPECT_THAT(pointers(error), testing::HasSubstr("/resources/0/format"));
}

TEST_F(HostileFolders, RefuseUnknownAndMissingFields) {
  EXPECT_EQ(error_of(replaced(document, "\"notes\"", "\"note\"")).error.id, "metadata-invalid");
}

TEST_F(HostileFolders, RefuseANameThatIsNotTheFolders) {
  const ShippedError error = error_of(replaced(document, R"("libraries")", R"("museums")"));
  EXPECT_EQ(pointers(error), "/name ");
}

TEST_F(HostileFolders, SuggestTheLicenceThatWasMeant) {
  const ShippedError error = error_of(replaced(document, "notspecified", "cc-by-40-intl"));
  ASSERT_EQ(pointers(error), "/license_id ");
  EXPECT_THAT(error.error.details[0].hint.en, testing::HasSubstr("CC-BY-4.0"));
}

TEST_F(HostileFolders, RefuseWrongCheckDigits) {
  EXPECT_THAT(pointers(error_of(
                  replaced(document, R"("spatial": ["140007"])", R"("spatial": ["140008"])"))),
              testing::HasSubstr("/spatial/0"));
}

TEST_F(HostileFolders, RefuseOrganizationsTheCatalogueLacks) {
  const ShippedError error =
      error_of(replaced(document, R"("owner_org": "140007")", R"("owner_org": "141003")"));
  EXPECT_EQ(error.error.id, "shipped-unknown-group");
}

TEST_F(HostileFolders, RefuseTagsThatCkanWouldRefuse) {
  EXPECT_THAT(pointers(error_of(replaced(document, R"(["図書館")", R"(["a,b")"))),
              testing::HasSubstr("/tags/0"));
}

TEST_F(HostileFolders, NeverReadOutsideTheFolder) {
  write("secret.csv", "a\r\n1\r\n");
  for (const std::string path : {"../secret.csv", "a/../../secret.csv", "./data.csv"}) {
    const ShippedError error =
        error_of(replaced(document, R"("path": "data.csv")", "\"path\": \"" + path + "\""));
    EXPECT_EQ(error.error.id, "shipped-file-path") << path;
    EXPECT_EQ(error.file, path);
  }
  EXPECT_EQ(
      error_of(replaced(document, R"("path": "data.csv")", R"("path": "/etc/passwd")")).error.id,
      "metadata-invalid");
}

TEST_F(HostileFolders, NeverFollowLinksOutOfTheFolder) {
  write_libraries();
  write("secret.csv", "a\r\n1\r\n");
  std::filesystem::remove(root() / "libraries/data.csv");
  std::filesystem::create_symlink(root() / "secret.csv", root() / "libraries/data.csv");
  EXPECT_EQ(only_error().error.id, "shipped-file-path");
}

TEST_F(HostileFolders, RefuseFoldersThatAreLinksElsewhere) {
  const test::TempDir elsewhere;
  std::filesystem::create_directory_symlink(elsewhere.path(), root() / "linked");
  EXPECT_EQ(only_error().error.id, "shipped-folder-link");
}

TEST_F(HostileFolders, TellOfMissingFiles) {
  write_libraries();
  std::filesystem::remove(root() / "libraries/data.csv");
  ShippedError error = only_error();
  EXPECT_EQ(error.error.id, "shipped-file-missing");
  EXPECT_EQ(error.file, "data.csv");
  std::filesystem::remove(root() / "libraries/dataset.json");
  EXPECT_EQ(only_error().file, "dataset.json");
}

TEST_F(HostileFolders, RefuseDirectoriesInPlaceOfFiles) {
  write_libraries();
  std::filesystem::remove(root() / "libraries/data.csv");
  std::filesystem::create_directory(root() / "libraries/data.csv");
  EXPECT_EQ(only_error().error.id, "shipped-file-missing");
}

TEST_F(HostileFolders, RefuseDocumentsAboveOneMegabyte) {
  const std::string padding(1024 * 1024, ' ');
  EXPECT_EQ(error_of(document + padding).error.id, "shipped-file-too-large");
}

TEST_F(HostileFolders, RefuseDataFilesAboveTwoGigabytesWithoutReadingThem) {
  write_libraries();
  std::filesystem::resize_file(root() / "libraries/data.csv",
                               std::uintmax_t{2} * 1024 * 1024 * 1024 + 1);
  EXPECT_EQ(only_error().error.id, "shipped-file-too-large");
}

TEST_F(HostileFolders, RefuseDocumentsThatAreNotUtf8) {
  EXPECT_EQ(error_of(replaced(document, "Library", "\x83\x89")).error.id, "json-syntax");
}

TEST_F(HostileFolders, RefuseDataThatIsNotWhatItsEncodingSays) {
  write_libraries();
  write("libraries/data.csv", std::string(70'000, 'a') + "\x83\x89\x8c\r\n");
  EXPECT_EQ(only_error().error.id, "shipped-file-encoding");
}

TEST_F(HostileFolders, TakeCharactersThatAreCutBetweenTwoReads) {
  write_libraries();
  std::string text = "a";
  for (int i = 0; i < 50'000; ++i) text += "県";
  write("libraries/data.csv", text);
  EXPECT_TRUE(load().errors.empty());
}

TEST_F(HostileFolders, RefuseABrokenTableSchema) {
  write_libraries();
  write("libraries/tableschema.json", R"({"fields":[{"title":"no name"}]})");
  const ShippedError error = only_error();
  EXPECT_EQ(error.file, "tableschema.json");
  EXPECT_EQ(error.error.id, "table-schema");
}

TEST_F(HostileFolders, RefuseTheSameFileTwice) {
  const std::string resource = R"({"name":"a","path":"data.csv","format":"CSV"},)";
  const ShippedError error =
      error_of(replaced(document, R"("resources": [)", R"("resources": [)" + resource));
  EXPECT_EQ(pointers(error), "/resources/1 ");
}

TEST_F(HostileFolders, SurviveDeepAndHugeDocuments) {
  EXPECT_EQ(error_of(std::string(100'000, '[')).error.code, core::ErrorCode::kInvalidArgument);
  EXPECT_EQ(error_of(replaced(document, "libraries", std::string(900'000, 'a'))).error.id,
            "metadata-invalid");
}

}  // namespace
}  // namespace minato::service
