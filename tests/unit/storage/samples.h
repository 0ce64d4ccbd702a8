// Values for the storage tests; in the full ones every field differs.
#pragma once

#include <string>

#include "core/dataset.h"
#include "core/uuid.h"

namespace minato::test {

inline core::Timestamp at(std::int64_t seconds) { return {seconds * 1'000'000 + 123}; }

inline core::Dataset small_dataset(const std::string& name) {
  core::Dataset dataset;
  dataset.id = core::stable_uuid("dataset", name);
  dataset.name = name;
  dataset.title = "題名 " + name;
  dataset.created = at(1);
  dataset.modified = at(2);
  return dataset;
}

inline core::Group small_group(core::GroupKind kind, const std::string& name,
                               const std::string& title) {
  core::Group group;
  group.id = core::stable_uuid("group", name);
  group.kind = kind;
  group.name = name;
  group.title = title;
  group.created = at(3);
  return group;
}

inline core::Group full_organization() {
  core::Group group = small_group(core::GroupKind::kOrganization, "140007", "神奈川県");
  group.title_kana = "かながわけん";
  group.title_en = "Kanagawa Prefecture";
  group.description = "県の説明";
  group.image_url = "https://example.jp/logo.png";
  group.homepage = "https://example.jp/";
  group.parent = "parent-id";
  group.municipality_kind = "都道府県";
  group.county = "郡";
  group.latitude = 35.4475;
  group.longitude = 139.6425;
  group.extras = {{"publishes_by", "ckan"}, {"site", "https://example.jp/data"}};
  return group;
}

inline core::Resource full_resource(const std::string& dataset_id) {
  core::Resource resource;
  resource.id = core::stable_uuid("resource", dataset_id + "/0");
  resource.dataset_id = dataset_id;
  resource.name = "施設一覧";
  resource.description = "施設の説明";
  resource.url = "shisetsu.csv";
  resource.url_type = "upload";
  resource.format = "CSV";
  resource.mimetype = "text/csv";
  resource.mimetype_inner = "text/plain";
  resource.size = 12345;
  resource.hash = "h1";
  resource.resource_type = "file";
  resource.cache_url = "https://example.jp/cache";
  resource.cache_last_updated = at(4);
  resource.created = at(5);
  resource.last_modified = at(6);
  resource.metadata_modified = at(7);
  resource.license_id = "cc-by-4.0";
  resource.blob = "b1";
  resource.columns = {{"name", "名称", "string", "", "施設の名称"},
                      {"lat", "緯度", "number", "度", "世界測地系"}};
  resource.extras = {{"datastore_active", "true"}, {"encoding", "UTF-8"}};
  return resource;
}

// Belongs to full_organization() and to the group "kosodate"; its tags have no ids.
inline core::Dataset full_dataset() {
  core::Dataset dataset = small_dataset("public-facility");
  dataset.title = "公共施設一覧";
  dataset.title_kana = "こうきょうしせついちらん";
  dataset.title_en = "Public facilities";
  dataset.notes = "県内の公共施設です。";
  dataset.notes_en = "Facilities of the prefecture.";
  dataset.url = "https://example.jp/facility";
  dataset.version = "1.2";
  dataset.author = "情報公開課";
  dataset.author_email = "author@example.jp";
  dataset.maintainer = "デジタル戦略課";
  dataset.maintainer_email = "maintainer@example.jp";
  dataset.license_id = "pdl-1.0";
  dataset.owner_org = full_organization().id;
  dataset.creator_user_id = "user-1";
  dataset.themes = {"16", "3"};
  dataset.frequency = "monthly";
  dataset.language = "ja";
  dataset.temporal = {"2024-04-01", "2025-03-31"};
  dataset.spatial = {"140007", "141003"};
  dataset.contact = {"窓口", "contact@example.jp", "https://example.jp/contact", "045-000-0000"};
  dataset.resources = {full_resource(dataset.id), core::Resource{}};
  core::Resource& second = dataset.resources[1];
  second.id = core::stable_uuid("resource", dataset.id + "/1");
  second.dataset_id = dataset.id;
  second.position = 1;
  second.format = "PDF";
  second.created = at(8);
  second.metadata_modified = at(9);
  dataset.tags = {{"", "公共施設", ""}, {"", "地図", ""}};
  dataset.groups = {core::stable_uuid("group", "kosodate")};
  dataset.extras = {{"issued", "2024-05-01"}, {"standard", "public_facility"}};
  return dataset;
}

inline core::Dataset without_tag_ids(core::Dataset dataset) {
  for (core::Tag& tag : dataset.tags) tag.id.clear();
  return dataset;
}

}  // namespace minato::test
