// One dataset with every field set, its organization and its group. Every value is different.
#pragma once

#include "core/dataset.h"
#include "formats/ckan_json.h"

namespace minato::formats {

inline core::Timestamp at(std::string_view time) { return *core::parse_iso8601(time); }

inline core::Group sample_organization() {
  core::Group group;
  group.id = "org-id";
  group.kind = core::GroupKind::kOrganization;
  group.name = "140007";
  group.title = "神奈川県";
  group.title_kana = "カナガワケン";
  group.title_en = "Kanagawa Prefecture";
  group.description = "県のデータ";
  group.image_url = "https://example.jp/ken.png";
  group.homepage = "https://www.pref.kanagawa.jp/";
  group.municipality_kind = "都道府県";
  group.latitude = 35.447734;
  group.longitude = 139.642537;
  group.created = at("2024-01-02T03:04:05.000006Z");
  return group;
}

inline core::Group sample_group() {
  core::Group group;
  group.id = "group-id";
  group.name = "kanko";
  group.title = "観光";
  group.description = "観光のデータ";
  group.created = at("2024-01-03");
  return group;
}

inline core::Resource sample_resource() {
  core::Resource resource;
  resource.id = "res-1";
  resource.dataset_id = "ds-id";
  resource.name = "人口（CSV）";
  resource.description = "2列";
  resource.url = "人口 2024.csv";
  resource.url_type = "upload";
  resource.format = "CSV";
  resource.mimetype = "text/csv";
  resource.size = 1234;
  resource.hash = "abc123";
  resource.blob = "abc123";
  resource.created = at("2024-02-01T00:00:00Z");
  resource.last_modified = at("2024-02-02T00:00:00.5Z");
  resource.metadata_modified = at("2024-02-03T00:00:00Z");
  resource.columns = {{"year", "年度", "integer", "年", "会計年度"}};
  resource.extras = {{"encoding", "UTF-8"}, {"schema", "tableschema.json"}};
  return resource;
}

inline core::Dataset sample_dataset() {
  core::Dataset dataset;
  dataset.id = "ds-id";
  dataset.name = "jinko";
  dataset.title = "人口";
  dataset.title_kana = "ジンコウ";
  dataset.title_en = "Population";
  dataset.notes = "県の\"人口\"\n年度別";
  dataset.notes_en = "Population by year";
  dataset.url = "https://www.pref.kanagawa.jp/jinko";
  dataset.version = "1.0";
  dataset.author = "統計課";
  dataset.author_email = "a@example.jp";
  dataset.maintainer = "運用者";
  dataset.maintainer_email = "m@example.jp";
  dataset.license_id = "CC-BY-4.0";
  dataset.owner_org = "org-id";
  dataset.creator_user_id = "user-id";
  dataset.created = at("2024-01-01T00:00:00Z");
  dataset.modified = at("2024-03-01T12:00:00.000123Z");
  dataset.themes = {"2"};
  dataset.frequency = "annual";
  dataset.language = "ja";
  dataset.temporal = {"2022-04-01", "2023-03-31"};
  dataset.spatial = {"140007", "999999"};
  dataset.contact = {"窓口", "c@example.jp", "https://example.jp/c", "045-210-1111"};
  dataset.tags = {{"tag-1", "人口", ""}, {"tag-2", "統計", "vocab-1"}};
  dataset.groups = {"group-id"};
  dataset.extras = {{"source", "[]"}};
  core::Resource link;
  link.id = "res-2";
  link.dataset_id = "ds-id";
  link.position = 1;
  link.url = "example.jp/a.pdf";
  link.format = "PDF";
  link.license_id = "cc-zero";
  dataset.resources = {sample_resource(), link};
  return dataset;
}

inline CkanContext sample_context() {
  static const core::Group organization = sample_organization();
  static const core::Group group = sample_group();
  CkanContext context;
  context.site_url = "https://data.example.jp";
  context.organization = [](std::string_view key) {
    return key == "org-id" || key == "140007" ? &organization : nullptr;
  };
  context.group = [](std::string_view key) { return key == "group-id" ? &group : nullptr; };
  context.has_table = [](std::string_view resource_id) { return resource_id == "res-1"; };
  return context;
}

}  // namespace minato::formats
