#include "web/manage/dataset_form.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/vocabularies.h"
#include "web/manage/dataset_choices.h"

namespace minato::web {
namespace {

struct FieldRow {
  std::string_view name;
  FieldKind kind;
  std::string_view label;
  std::string_view help;
  bool required = false;
  std::string_view type = "text";
  std::string_view autocomplete = "off";
};

struct FieldGroup {
  std::string_view heading;
  std::vector<FieldRow> rows;
};

const std::vector<FieldGroup>& sections() {
  using enum FieldKind;
  static const std::vector<FieldGroup> list = {
      {"manage_part_basic",
       {{"title", kText, "manage_field_title", "manage_help_title", true},
        {"notes", kArea, "manage_field_notes", "manage_help_notes"},
        {"organization", kSelect, "manage_field_organization", "manage_help_organization", true},
        {"license", kSelect, "manage_field_license", "manage_help_license"}}},
      {"manage_part_finding",
       {{"themes", kChecks, "manage_field_themes", "manage_help_themes"},
        {"tags", kText, "manage_field_tags", "manage_help_tags"}}},
      {"manage_part_time",
       {{"frequency", kSelect, "manage_field_frequency", "manage_help_frequency"},
        {"period_start", kText, "manage_field_period_start", "manage_help_period"},
        {"period_end", kText, "manage_field_period_end", "manage_help_period"}}},
      {"manage_part_contact",
       {{"contact_name", kText, "manage_field_contact_name", "manage_help_contact_name"},
        {"contact_email", kText, "manage_field_contact_email", "manage_help_contact_email", false,
         "email"},
        {"contact_phone", kText, "manage_field_contact_phone", "", false, "tel"},
        {"contact_url", kText, "manage_field_contact_url", "", false, "url"}}},
      {"manage_part_address", {{"name", kText, "manage_field_name", "manage_help_name"}}},
  };
  return list;
}

std::string text_or_none(const Texts& texts, std::string_view key) {
  return key.empty() ? std::string() : texts[key];
}

FormField field_from(const FieldRow& row, const FormValues& values, const Texts& texts) {
  FormField field;
  field.kind = row.kind;
  field.name = row.name;
  field.label = texts[row.label];
  field.help = text_or_none(texts, row.help);
  const auto value = values.find(row.name);
  if (value != values.end()) field.value = value->second;
  field.required = row.required;
  field.type = row.type;
  field.autocomplete = row.autocomplete;
  return field;
}

FormField visibility_field(const std::string& chosen, const Texts& texts) {
  FormField field;
  field.kind = FieldKind::kRadios;
  field.name = "visibility";
  field.label = texts["manage_field_visibility"];
  field.groups = {{"",
                   {{"draft", texts["manage_visibility_draft"],
                     texts["manage_visibility_draft_help"], chosen == "draft"},
                    {"public", texts["manage_visibility_public"],
                     texts["manage_visibility_public_help"], chosen == "public"},
                    {"private", texts["manage_visibility_private"],
                     texts["manage_visibility_private_help"], chosen == "private"}}}};
  return field;
}

// Empty: the field is no choice.
ChoiceGroups choices_for(const FormField& field, const std::vector<core::Group>& organizations,
                         const StaffVisit& staff) {
  const Texts& texts = staff.texts();
  const core::Language language = staff.visit.language;
  if (field.name == "organization") return organization_choices(organizations, field.value, texts);
  if (field.name == "license") return license_choices(field.value, texts, language);
  if (field.name == "themes") return theme_choices(field.value, language);
  if (field.name == "frequency") return frequency_choices(field.value, texts, language);
  return {};
}

View section_view(const std::string& heading, const std::vector<FormField>& fields,
                  const FormFaults& faults) {
  View section = object();
  put(section, "section_heading", heading);
  View items = list();
  for (const FormField& field : fields) items.push_back(field_view(field, faults));
  put(section, "fields", items);
  return section;
}

}  // namespace

FormFaults missing_values(const FormValues& values, const Texts& texts) {
  FormFaults faults;
  if (values.at("title").empty()) faults.push_back({"title", texts["manage_title_missing"]});
  if (values.at("organization").empty()) {
    faults.push_back({"organization", texts["manage_organization_missing"]});
  }
  return faults;
}

core::Result<std::vector<core::Group>> own_organizations(const StaffVisit& staff) {
  const auto directory = staff.visit.catalog.directory();
  if (!directory) return tl::unexpected(directory.error());
  std::vector<core::Group> own;
  for (const core::Group& group : (*directory)->groups(core::GroupKind::kOrganization)) {
    if (staff.may_change(group.id)) own.push_back(group);
  }
  return own;
}

void put_dataset_form(const StaffVisit& staff, const DatasetForm& form,
                      const std::vector<core::Group>& organizations, View& view) {
  const Texts& texts = staff.texts();
  View parts = list();
  for (const FieldGroup& group : sections()) {
    std::vector<FormField> fields;
    for (const FieldRow& row : group.rows) {
      FormField& field = fields.emplace_back(field_from(row, form.values, texts));
      field.groups = choices_for(field, organizations, staff);
    }
    parts.push_back(section_view(texts[group.heading], fields, form.faults));
  }
  if (!form.visibility.empty()) {
    parts.push_back(section_view(texts["manage_part_visibility"],
                                 {visibility_field(form.visibility, texts)}, form.faults));
  }
  put(view, "sections", parts);
  put_faults(form.faults, view);
}

std::string field_label(std::string_view name, const Texts& texts) {
  for (const FieldGroup& section : sections()) {
    for (const FieldRow& row : section.rows) {
      if (row.name == name) return texts[row.label];
    }
  }
  return std::string(name);
}

std::string field_words(const std::string& field, const std::string& value,
                        const StaffVisit& staff) {
  const core::Language language = staff.visit.language;
  if (value.empty()) return staff.texts()["manage_empty_value"];
  if (field == "license") {
    const core::License* license = core::find_license(value);
    return license == nullptr ? value : license->title.in(language);
  }
  if (field == "frequency") {
    const core::Frequency* frequency = core::find_frequency(value);
    return frequency == nullptr ? value : frequency->name.in(language);
  }
  if (field == "themes") return theme_words(value, language);
  if (field != "organization") return value;
  const auto directory = staff.visit.catalog.directory();
  const core::Group* group =
      directory ? (*directory)->find(core::GroupKind::kOrganization, value) : nullptr;
  return group == nullptr ? value : group->title;
}

}  // namespace minato::web
