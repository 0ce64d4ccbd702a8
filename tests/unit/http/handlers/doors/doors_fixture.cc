#include "doors_fixture.h"

#include <stdexcept>

#include "cli/routes.h"

namespace minato::http {
namespace {

template <typename T>
T need(core::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().id + ": " + result.error().internal);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

core::Caller user(const std::string& name) {
  core::Caller caller;
  caller.user_id = name;
  caller.user_name = name;
  return caller;
}

core::Caller user_in(const std::string& name, const std::string& organization, core::Role role) {
  core::Caller caller = user(name);
  caller.roles[organization] = role;
  return caller;
}

core::Group group(core::GroupKind kind, const std::string& name, const std::string& title) {
  core::Group made;
  made.id = name + "-id";
  made.kind = kind;
  made.name = name;
  made.title = title;
  made.created = support::at("2024-01-01T00:00:00Z");
  return made;
}

core::Dataset make_dataset(const std::string& name) {
  core::Dataset made;
  made.id = name + "-id";
  made.name = name;
  made.title = word_of(name) + " 一覧";
  made.notes = word_of(name);
  made.owner_org = "141003-id";
  made.creator_user_id = "creator";
  made.license_id = "cc-by";
  made.groups = {"bosai-id"};
  made.tags = {{"", word_of(name), ""}};
  made.created = made.modified = support::at("2024-05-01T00:00:00Z");
  made.extras = {{"note", word_of(name)}};
  core::Resource file;
  file.id = name + "-r1";
  file.dataset_id = made.id;
  file.name = word_of(name);
  file.format = word_of(name);
  file.url = word_of(name) + ".csv";
  file.url_type = "upload";
  file.mimetype = "text/csv";
  file.created = file.metadata_modified = made.created;
  made.resources = {file};
  return made;
}

service::CatalogOptions site() {
  service::CatalogOptions options;
  options.site_url = "https://data.example.jp";
  return options;
}

}  // namespace

std::string word_of(std::string_view dataset) { return "zq" + std::string(dataset) + "qz"; }

const std::vector<Looker>& lookers() {
  using core::Role;
  static const std::vector<Looker> all = [] {
    core::Caller sysadmin = user("sysadmin");
    sysadmin.sysadmin = true;
    return std::vector<Looker>{{"anonymous", {}},
                               {"stranger", user("stranger")},
                               {"neighbour", user_in("neighbour", "142042-id", Role::kAdmin)},
                               {"member", user_in("member", "141003-id", Role::kMember)},
                               {"editor", user_in("editor", "141003-id", Role::kEditor)},
                               {"creator", user("creator")},
                               {"sysadmin", sysadmin}};
  }();
  return all;
}

std::set<std::string> readable(std::string_view who) {
  if (who == "member") return {"open", "veiled"};
  if (who == "creator") return {"open", "sketch"};
  if (who == "editor" || who == "sysadmin") return {"open", "veiled", "sketch", "gone"};
  return {"open"};
}

Doors::Doors() : storage_(need(storage::sqlite::open_storage(folder_.path() + "/data", {}))) {
  catalog_ = std::make_unique<service::Catalog>(*storage_.catalog, *storage_.blobs, clock_, site());
  tables_ = std::make_unique<service::Tables>(*catalog_, *storage_.catalog, *storage_.tables,
                                              service::TablesOptions{});
  harvest_ = std::make_unique<service::HarvestStatus>(*storage_.harvest, *storage_.catalog, clock_);
  writing_ = std::make_unique<cli::WritingServices>(storage_, clock_, cli::Settings{},
                                                    folder_.path() + "/data", "secret");
  table_.emplace(RouteTable::make(cli::all_routes({.catalog = *catalog_,
                                                   .tables = *tables_,
                                                   .harvest = *harvest_,
                                                   .store = writing_->store,
                                                   .accounts = writing_->accounts,
                                                   .datasets = writing_->datasets,
                                                   .groups = writing_->groups,
                                                   .uploads = writing_->uploads,
                                                   .imports = writing_->imports,
                                                   .rows = writing_->rows,
                                                   .secret = "secret",
                                                   .spool_directory = folder_.path()},
                                                  {.ready = {}, .render_metrics = {}}))
                     .value());
  fill();
}

void Doors::put(const core::Dataset& dataset) {
  need(storage_.catalog->write(
      [&](storage::CatalogWriter& writer) { return writer.put_dataset(dataset); }));
}

core::Dataset Doors::dataset(const std::string& name) {
  auto view = need(storage_.catalog->read(core::Deadline::max()));
  return need(view->dataset(name)).value();
}

void Doors::fill() {
  need(storage_.catalog->write([&](storage::CatalogWriter& writer) -> core::Result<void> {
    using core::GroupKind;
    for (const core::Group& one : {group(GroupKind::kOrganization, "141003", "横浜市"),
                                   group(GroupKind::kOrganization, "142042", "鎌倉市"),
                                   group(GroupKind::kGroup, "bosai", "防災")}) {
      if (auto done = writer.put_group(one); !done) return done;
    }
    return {};
  }));
  for (const std::string_view name : kDatasets) {
    core::Dataset made = make_dataset(std::string(name));
    const std::string bytes = "列\n" + word_of(name) + "\n";
    made.resources[0].blob = made.resources[0].hash = need(storage_.blobs->put_bytes(bytes)).sha256;
    made.resources[0].size = static_cast<std::int64_t>(bytes.size());
    made.is_private = name == "veiled";
    if (name == "sketch") made.state = core::State::kDraft;
    if (name == "gone") made.state = core::State::kDeleted;
    put(made);
    publish_table(made);
  }
  add_harvest_objects();
}

void Doors::publish_table(const core::Dataset& dataset) {
  core::TableSchema schema;
  schema.columns.resize(1);
  schema.columns[0].name = "列";
  schema.columns[0].type = core::ColumnType::kString;
  storage::TableVersion version;
  version.table_id = version.resource_id = dataset.resources[0].id;
  version.version = 1;
  version.created = dataset.created;
  version.blob = version.input_hash = dataset.resources[0].blob;
  version.file_name = dataset.resources[0].url;
  version.rows = version.columns = 1;
  auto writer = need(storage_.tables->create({version.table_id, 1}, schema));
  const core::Value cell = word_of(dataset.name);
  const std::vector<core::ValueView> row{core::to_view(cell)};
  need(writer->append(row));
  need(writer->finish({}));
  need(storage_.catalog->write([&](storage::CatalogWriter& catalog) {
    return catalog.publish_tables(version.resource_id, {version});
  }));
}

void Doors::add_harvest_objects() {
  core::HarvestSource source;
  source.id = source.name = "source";
  source.title = "収集元";
  source.organization = "141003";
  source.url = "https://source.example.jp/";
  need(storage_.harvest->put_source(source));
  const auto job =
      need(storage_.harvest->create_job("source", "manual", support::at("2024-06-10T00:00:00Z")));
  std::vector<storage::HarvestObject> objects;
  std::vector<storage::HarvestRecord> records;
  for (const std::string_view name : kDatasets) {
    storage::HarvestObject object;
    object.id = "object-" + std::string(name);
    object.remote_id = word_of(name);
    object.source_id = "source";
    object.job_id = job.id;
    object.dataset_id = std::string(name) + "-id";
    object.content = "{}";
    object.state = storage::HarvestObject::State::kComplete;
    storage::HarvestRecord record;
    record.source_id = "source";
    record.remote_id = object.remote_id;
    record.dataset_id = object.dataset_id;
    record.object_id = object.id;
    record.last_job = job.id;
    objects.push_back(std::move(object));
    records.push_back(std::move(record));
  }
  need(storage_.harvest->add_objects(job.id, objects));
  need(storage_.harvest->save_objects(objects));
  need(storage_.harvest->put_records(records));
}

support::RouteReply Doors::get(const std::string& target, const core::Caller& caller) {
  support::RouteCall call;
  call.target = target;
  call.caller = caller;
  return support::call_route(*table_, call);
}

std::set<std::string> Doors::shown(const std::string& target, const core::Caller& caller) {
  const support::RouteReply reply = get(target, caller);
  if (reply.status != 200) return {std::to_string(reply.status)};
  std::set<std::string> seen;
  for (const std::string_view name : kDatasets) {
    if (reply.body.find(word_of(name)) != std::string::npos) seen.insert(std::string(name));
  }
  return seen;
}

}  // namespace minato::http
