// The form with which a dataset is made and changed.
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "web/manage/dataset_values.h"
#include "web/manage/form_fields.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

struct DatasetForm {
  FormValues values;
  FormFaults faults;
  // "public", "draft", "private"; empty: the form does not ask (it is changed elsewhere).
  std::string visibility;
};

// What somebody left out that the catalogue would only miss in words of its own.
FormFaults missing_values(const FormValues& values, const Texts& texts);

// Organizations whose datasets the visitor may change, by title.
core::Result<std::vector<core::Group>> own_organizations(const StaffVisit& staff);

// "sections": the fields in groups, each with its heading.
void put_dataset_form(const StaffVisit& staff, const DatasetForm& form,
                      const std::vector<core::Group>& organizations, View& view);

// What a field is called on the form.
std::string field_label(std::string_view field, const Texts& texts);
// A value as people read it: names for codes.
std::string field_words(const std::string& field, const std::string& value,
                        const StaffVisit& staff);

}  // namespace minato::web
