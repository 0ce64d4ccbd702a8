// A dataset as the fields of its form, and back.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "web/manage/form_body.h"

namespace minato::web {

// By name of the field. What a field may choose several of is one text: codes with blanks between,
// tags with "、".
using FormValues = std::map<std::string, std::string, std::less<>>;

// title, notes, organization, license, themes, tags, frequency, period_start, period_end,
// contact_name, contact_email, contact_phone, contact_url, name; in the order of the form.
const std::vector<std::string>& dataset_fields();

FormValues values_of(const core::Dataset& dataset);
FormValues values_of(const FormBody& form);
// Puts them into the dataset. What the form does not show (tags of vocabularies, themes of other
// lists) stays.
void apply_values(const FormValues& values, core::Dataset& dataset);

// "防災、避難所" -> {"防災", "避難所"}: also at ",", "，", ";" and line ends.
std::vector<std::string> split_tags(std::string_view text);

// The field of the form that a detail of DatasetWrites is about ("/temporal/start":
// "period_start"); empty: none.
std::string field_of(std::string_view pointer);

}  // namespace minato::web
