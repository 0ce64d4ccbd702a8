#include "http/handlers/ckan/writes/validation_error.h"

#include <gtest/gtest.h>

namespace minato::http::ckan {
namespace {

core::Error error(std::vector<std::pair<std::string, std::string>> details) {
  core::Error made;
  made.code = core::ErrorCode::kInvalidArgument;
  made.message = {"誤り", "Wrong"};
  for (auto& [param, text] : details) {
    core::ErrorDetail detail;
    detail.param = param;
    detail.message = {"ja", text};
    detail.hint = {"ja", "hint"};
    made.details.push_back(std::move(detail));
  }
  return made;
}

std::string shape(const core::Error& made, std::optional<std::size_t> resource = std::nullopt) {
  const auto response = encode_ckan_envelope(validation_error(made, resource), {});
  const std::string body = std::get<std::string>(response.body);
  EXPECT_EQ(response.status, 409);
  const auto begin = body.find(R"("error":)") + 8;
  return body.substr(begin, body.size() - begin - 1);
}

TEST(ValidationError, ScalarsAreListsOfMessages) {
  EXPECT_EQ(shape(error({{"/name", "a"}, {"/title", "b"}, {"/name", "c"}, {"/name", "a"}})),
            R"({"__type":"Validation Error","name":["a","c"],"title":["b"]})");
}

TEST(ValidationError, ResourcesArePositional) {
  EXPECT_EQ(shape(error({{"/resources/2/size", "s"}, {"/resources/0/url", "u"}})),
            R"({"__type":"Validation Error","resources":[{"url":["u"]},{},{"size":["s"]}]})");
  EXPECT_EQ(shape(error({{"/resources", "too many"}})),
            R"({"__type":"Validation Error","resources":["too many"]})");
}

TEST(ValidationError, ActionsOnOneResourceAreNotNested) {
  EXPECT_EQ(shape(error({{"/resources/3/size", "s"}, {"/resources/1/url", "u"}}), 3),
            R"({"__type":"Validation Error","size":["s"],"resources":[{},{"url":["u"]}]})");
}

TEST(ValidationError, TagsAreFlat) {
  EXPECT_EQ(shape(error({{"/tags/4", "a"}, {"/tags/0", "c"}, {"/tags/4", "b"}})),
            R"({"__type":"Validation Error","tags":["c","a, b"]})");
}

TEST(ValidationError, ExtrasArePositionalButForDuplicates) {
  EXPECT_EQ(shape(error({{"/extras/1/key", "Missing value"}})),
            R"({"__type":"Validation Error","extras":[{},{"key":["Missing value"]}]})");
  EXPECT_EQ(shape(error({{"/extras/1/key", "Duplicate key \"k\""}})),
            R"({"__type":"Validation Error","extras_validation":["Duplicate key \"k\""]})");
}

TEST(ValidationError, FieldsOfOursHaveTheNamesOfTheirExtras) {
  EXPECT_EQ(shape(error({{"/contact/email", "e"}, {"/temporal/end", "t"}, {"/spatial/0", "s"}})),
            R"({"__type":"Validation Error","contact_email":["e"],"temporal_end":["t"],)"
            R"("spatial_codes":["s"]})");
}

TEST(ValidationError, WithoutDetailsItIsAMessage) {
  EXPECT_EQ(shape(error({})), R"({"__type":"Validation Error","message":"Wrong"})");
  EXPECT_EQ(shape(error({{"", "whole"}})), R"({"__type":"Validation Error","message":"whole"})");
}

TEST(ValidationError, OtherErrorsKeepTheirKind) {
  const auto kind = [](core::ErrorCode code) {
    core::Error made;
    made.code = code;
    made.message = {"ja", "en"};
    const auto failure = write_failed(made);
    if (const auto* ckan = std::get_if<CkanError>(&failure.value())) return ckan->status;
    return status_of(std::get<core::Error>(failure.value()).code);
  };
  EXPECT_EQ(kind(core::ErrorCode::kInvalidArgument), 409);
  EXPECT_EQ(kind(core::ErrorCode::kConflict), 409);
  EXPECT_EQ(kind(core::ErrorCode::kTooLarge), 409);
  EXPECT_EQ(kind(core::ErrorCode::kNotFound), 404);
  EXPECT_EQ(kind(core::ErrorCode::kPermissionDenied), 403);
  EXPECT_EQ(kind(core::ErrorCode::kUnauthenticated), 403);
  EXPECT_EQ(kind(core::ErrorCode::kPreconditionFailed), 412);
  EXPECT_EQ(kind(core::ErrorCode::kInsufficientStorage), 507);
}

}  // namespace
}  // namespace minato::http::ckan
