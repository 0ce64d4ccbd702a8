// Who publishes what, and how: the 34 of Kanagawa.
#pragma once

#include <span>

#include "support/pretend_prefecture/documents.h"
#include "support/pretend_prefecture/site.h"

namespace minato::pretend {

enum class Show { kCkan, kSharedCkan, kTurtle, kJsonLd, kList, kPages, kEditions };

struct Publisher {
  const char* code;
  const char* city;
  Show show;
  std::size_t datasets = 5;
  Naming naming = Naming::kPlain;
  Form form = Form::kUtf8;
  Validators validators = Validators::kBoth;
  Layout layout = Layout::kHeadings;  // kPages
  const char* encoding = "UTF-8";     // kPages
  bool says_encoding = true;          // kPages
  ListEdition list = ListEdition::kFirstCp932;
  const char* options = "{}";  // JSON
};

std::span<const Publisher> publishers();

}  // namespace minato::pretend
