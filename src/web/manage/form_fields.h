// Fields of forms as templates/manage_field.mustache shows them, and what is wrong with them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "web/frame/texts.h"
#include "web/frame/view.h"
#include "web/manage/dataset_values.h"

namespace minato::web {

struct FormFault {
  std::string field;  // empty: the whole form
  std::string message;
};
using FormFaults = std::vector<FormFault>;

enum class FieldKind { kText, kArea, kSelect, kChecks, kRadios };

struct FieldChoice {
  std::string value;
  std::string text;
  std::string help = {};
  bool chosen = false;
};

// Of a select; one without a label stands before the others.
struct ChoiceGroup {
  std::string label;
  std::vector<FieldChoice> choices;
};

struct FormField {
  FieldKind kind = FieldKind::kText;
  std::string name;
  std::string label;
  std::string help = {};
  std::string value = {};
  bool required = false;
  std::string type = "text";      // of an input
  std::string autocomplete = {};  // ditto
  std::vector<ChoiceGroup> groups = {};
};

// One field with the fault it has, as an item for manage_field.
View field_view(const FormField& field, const FormFaults& faults);
// "faults": what is wrong, with links to the fields; the page's title says so too.
void put_faults(const FormFaults& faults, View& view);
// The faults in the details of an "-invalid" error, else the error as a whole. Empty: the error is
// not about what was filled in.
FormFaults faults_of(const core::Error& error, core::Language language, const Texts& texts);

}  // namespace minato::web
