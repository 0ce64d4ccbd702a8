#include "service/harvest/difference.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "service/harvest/extras.h"
#include "service/harvest/text.h"

namespace minato::service {

namespace {

using Fields = std::map<std::string, std::string>;  // by pointer

constexpr std::size_t kMaxShown = 200;

std::string shown(const std::string& text) {
  const std::string_view cut = first_code_points(text, kMaxShown);
  return cut.size() == text.size() ? text : std::string(cut) + "…";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

void add(Fields& fields, const std::string& pointer, const std::string& text) {
  if (!text.empty()) fields[pointer] = text;
}

void add_extras(Fields& fields, const std::string& pointer,
                const std::vector<core::Extra>& extras) {
  for (const core::Extra& extra : extras) {
    if (!is_provenance_key(extra.key)) add(fields, pointer + "/extras/" + extra.key, extra.value);
  }
}

void add_resource(Fields& fields, const core::Resource& resource) {
  const std::string pointer = "/resources/" + resource.id;
  add(fields, pointer + "/name", resource.name);
  add(fields, pointer + "/description", resource.description);
  add(fields, pointer + "/url", resource.url);
  add(fields, pointer + "/format", resource.format);
  add(fields, pointer + "/mimetype", resource.mimetype);
  add(fields, pointer + "/resource_type", resource.resource_type);
  add(fields, pointer + "/license_id", resource.license_id);
  add(fields, pointer + "/hash", resource.hash);
  if (resource.size) add(fields, pointer + "/size", std::to_string(*resource.size));
  if (resource.last_modified) {
    add(fields, pointer + "/last_modified", core::to_ckan_time(*resource.last_modified));
  }
  add_extras(fields, pointer, resource.extras);
}

Fields fields_of(const core::Dataset& d) {
  Fields fields;
  for (const auto& [name, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
           {"/name", d.name},
           {"/title", d.title},
           {"/title_kana", d.title_kana},
           {"/title_en", d.title_en},
           {"/notes", d.notes},
           {"/notes_en", d.notes_en},
           {"/url", d.url},
           {"/version", d.version},
           {"/author", d.author},
           {"/author_email", d.author_email},
           {"/maintainer", d.maintainer},
           {"/maintainer_email", d.maintainer_email},
           {"/license_id", d.license_id},
           {"/owner_org", d.owner_org},
           {"/frequency", d.frequency},
           {"/language", d.language},
           {"/temporal/start", d.temporal.start},
           {"/temporal/end", d.temporal.end},
           {"/contact/name", d.contact.name},
           {"/contact/email", d.contact.email},
           {"/contact/url", d.contact.url},
           {"/contact/phone", d.contact.phone}}) {
    add(fields, name, text);
  }
  add(fields, "/themes", joined(d.themes));
  add(fields, "/spatial", joined(d.spatial));
  add(fields, "/groups", joined(d.groups));
  std::vector<std::string> tags;
  for (const core::Tag& tag : d.tags) tags.push_back(tag.name);
  add(fields, "/tags", joined(tags));
  if (d.state == core::State::kDeleted) add(fields, "/state", "deleted");
  add_extras(fields, "", d.extras);
  for (const core::Resource& resource : d.resources) add_resource(fields, resource);
  return fields;
}

}  // namespace

std::vector<FieldDifference> field_differences(const core::Dataset& before,
                                               const core::Dataset& after) {
  Fields was = fields_of(before);
  Fields is = fields_of(after);
  std::set<std::string> pointers;
  for (const Fields* fields : {&was, &is}) {
    for (const auto& field : *fields) pointers.insert(field.first);
  }
  std::vector<FieldDifference> differences;
  for (const std::string& pointer : pointers) {
    if (was[pointer] != is[pointer]) {
      differences.push_back({pointer, shown(was[pointer]), shown(is[pointer])});
    }
  }
  return differences;
}

}  // namespace minato::service
