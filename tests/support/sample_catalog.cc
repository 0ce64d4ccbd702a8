#include "support/sample_catalog.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace minato::support {
namespace {

core::Group group(core::GroupKind kind, const std::string& name, const std::string& title) {
  core::Group made;
  made.id = name + "-id";
  made.kind = kind;
  made.name = name;
  made.title = title;
  made.created = at("2023-04-01T00:00:00Z");
  return made;
}

core::Resource resource(const std::string& dataset, int number, const std::string& format) {
  core::Resource made;
  made.id = dataset + "-r" + std::to_string(number);
  made.dataset_id = dataset + "-id";
  made.position = number - 1;
  made.name = dataset + " " + format;
  made.format = format;
  made.url = "https://files.example.jp/" + dataset + "." + format;
  made.created = at("2024-01-01T00:00:00Z");
  made.metadata_modified = made.created;
  return made;
}

core::Dataset dataset(const std::string& name, const std::string& title,
                      const std::string& modified) {
  core::Dataset made;
  made.id = name + "-id";
  made.name = name;
  made.title = title;
  made.owner_org = "141003-id";
  made.license_id = "cc-by";
  made.created = at("2024-01-01T00:00:00Z");
  made.modified = at(modified);
  return made;
}

core::Tag tag(const std::string& name) { return {"tag-" + name, name, ""}; }

core::Dataset population() {
  core::Dataset made = dataset("population", "人口統計 令和5年度", "2024-05-01T09:30:00Z");
  made.owner_org = "140007-id";
  made.notes = "県内の人口と世帯数。";
  made.license_id = "pdl-1.0";
  made.themes = {"2"};
  made.tags = {tag("人口"), tag("統計")};
  made.extras = {{"source", "国勢調査"}};
  core::Resource file = resource("population", 1, "CSV");
  file.url = "人口.csv";
  file.url_type = "upload";
  file.mimetype = "text/csv";
  file.hash = std::string(64, 'a');
  file.blob = file.hash;
  file.size = 12;
  made.resources = {file};
  return made;
}

core::Dataset shelters() {
  core::Dataset made = dataset("shelters", "避難所一覧", "2024-04-01T00:00:00Z");
  made.groups = {"bosai-id"};
  made.tags = {tag("避難所"), tag("防災")};
  made.resources = {resource("shelters", 1, "CSV"), resource("shelters", 2, "GeoJSON")};
  return made;
}

core::Dataset aed() {
  core::Dataset made = dataset("aed", "AED設置場所", "2024-03-01T00:00:00Z");
  made.tags = {tag("防災"), {"tag-tsurumi", "鶴見区", "wards-id"}};
  made.resources = {resource("aed", 1, "XLSX")};
  return made;
}

void fill_hidden(FakeCatalogStore& store) {
  core::Dataset secret = dataset("secret", "非公開", "2024-05-02T00:00:00Z");
  secret.is_private = true;
  secret.resources = {resource("secret", 1, "CSV")};
  store.put(secret);
  core::Dataset draft = dataset("draft-one", "下書き", "2024-05-03T00:00:00Z");
  draft.state = core::State::kDraft;
  draft.creator_user_id = "user-1";
  store.put(draft);
  core::Dataset gone = dataset("gone", "削除済み", "2024-05-04T00:00:00Z");
  gone.state = core::State::kDeleted;
  store.put(gone);
}

}  // namespace

core::Timestamp StoppedClock::now() const { return at("2024-06-15T12:00:00Z"); }

core::Timestamp at(std::string_view iso8601) {
  const auto time = core::parse_iso8601(iso8601);
  if (!time) throw std::invalid_argument("not a time: " + std::string(iso8601));
  return *time;
}

void fill_sample_catalog(FakeCatalogStore& store) {
  core::Group prefecture = group(core::GroupKind::kOrganization, "140007", "神奈川県");
  prefecture.title_en = "Kanagawa Prefecture";
  store.put(prefecture);
  core::Group city = group(core::GroupKind::kOrganization, "141003", "横浜市");
  city.parent = prefecture.id;
  store.put(city);
  core::Group closed = group(core::GroupKind::kOrganization, "149999", "廃止された町");
  closed.state = core::State::kDeleted;
  store.put(closed);
  store.put(group(core::GroupKind::kGroup, "bosai", "防災"));
  store.put(core::Vocabulary{"wards-id", "wards"});
  store.put(population());
  store.put(shelters());
  store.put(aed());
  fill_hidden(store);
}

}  // namespace minato::support
