// The shapes of /api/v1. Keys are snake_case and are always present unless marked; what is not
// given is null (texts, objects) or empty (lists). Times are RFC 3339 in UTC:
// "2024-04-01T00:00:00Z".
//
// Dataset:
//   { "id", "name", "title", "title_kana"?, "title_en"?: string|null, "description",
//   "description_en",
//     "url": page of the dataset in this catalogue, "landing_page": page at the publisher,
//     "version", "author", "author_email", "maintainer", "maintainer_email": string|null,
//     "organization": {"name","title"} | null,        name is the 6-digit municipality code
//     "license": License | null,
//     "themes": [{"code":"13","title":"行財政"}],      e-Stat fields
//     "tags": ["..."], "groups": [{"name","title"}],
//     "frequency": {"code":"monthly","title":"毎月","duration":"P1M"|null} | null,
//     "language": "ja"|null,
//     "temporal": {"start":"2022-04-01"|null,"end":null} | null,
//     "spatial": [{"code":"140007","title":"神奈川県"|null}],
//     "contact": {"name","email","url","phone"} | null,
//     "state": "active"|"draft"|"deleted", "private": bool,
//     "publish_at": when a draft becomes active | null, "created", "modified",
//     "extras": {"key":"value"}, "resources": [Resource],
//     "links": {"self": this document, "html": the page, "ckan": package_show of it} }
// License:   { "id", "title", "url": string|null, "open": bool, "credit": string|null }
//            A licence we don't know: {"id": raw text, "title": raw text, "url": null, "open":
//            false,...}.
// Resource:
//   { "id", "dataset_id", "name", "description", "url": where the bytes are, "format", "mimetype",
//     "size": bytes|null, "sha256": hex|null (files kept here), "created", "modified": time|null,
//     "license": License | null (only when it differs from the dataset's),
//     "columns": [{"name","title","type","unit","description"}],
//     "table": its table in this API | null, "extras": {"key":"value"} }
// Organization (and group, without the geographic keys):
//   { "id", "name", "title", "title_kana", "title_en", "description", "image_url", "homepage",
//     "kind": "市"|null, "county", "latitude": number|null, "longitude", "parent": name|null,
//     "dataset_count": integer, "created", "extras": {}, "links": {"self","html","datasets"} }
// Envelope:
//   { "data": ..., "meta": {"count":{"value":24,"relation":"eq"},"returned":10,
//                           "facets":{"organization":[{"value","title","count"}]}},
//     "links": {"self","next","prev","first"} }   next/prev: null at the ends
//   A single value has "meta": {} and "links": {"self"}.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/harvest_status.h"
#include "core/search.h"
#include "formats/ckan_json.h"
#include "formats/json.h"

namespace minato::formats {

// Titles of vocabularies follow `language`.
struct ApiContext {
  CkanContext catalogue;  // site_url and lookups
  core::Language language = core::Language::kJa;
};

void write_api_dataset(JsonWriter& json, const core::Dataset& dataset, const ApiContext& context);
// With the member "provenance": null for datasets that were not harvested.
void write_api_dataset(JsonWriter& json, const core::Dataset& dataset, const ApiContext& context,
                       const std::optional<core::Provenance>& provenance);
// One resource of the dataset by itself.
void write_api_resource(JsonWriter& json, const core::Dataset& dataset,
                        const core::Resource& resource, const ApiContext& context);
void write_api_organization(JsonWriter& json, const core::Group& organization,
                            std::int64_t dataset_count, const ApiContext& context);

struct ListMeta {
  std::int64_t count = 0;
  std::int64_t returned = 0;
  const std::vector<core::Facet>* facets = nullptr;  // "facets" is left out when nullptr
};
struct ListLinks {
  std::string self;
  std::string first;
  std::string next;  // empty: null
  std::string prev;
};

// `data` is a finished JSON array of the list's values.
std::string write_list_envelope(std::string_view data, const ListMeta& meta,
                                const ListLinks& links);
// `data` is one finished JSON value.
std::string write_envelope(std::string_view data, std::string_view self);

// RFC 9457 application/problem+json.
//   { "type": <type_base>#<error id>, "title", "status", "detail", "code": <error id>, "hint"?,
//     "errors"?: [{"param","message","position"?,"expected"?,"got"?,"hint"?}], "request_id" }
struct ProblemContext {
  int status = 500;
  std::string type_base;  // URL of the page that documents the errors
  std::string request_id;
  core::Language language = core::Language::kJa;
};
std::string write_problem(const core::Error& error, const ProblemContext& context);

}  // namespace minato::formats
