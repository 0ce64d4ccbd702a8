// A form that came when its session was over, or from a page that is older than the session: what
// somebody wrote is carried along until it can be sent again.
#pragma once

#include <optional>
#include <string>

#include "http/message.h"
#include "web/frame/page.h"
#include "web/manage/form_body.h"

namespace minato::web {

struct KeptForm {
  std::string action;   // where it was sent to
  http::Params fields;  // what was filled in; not the session's mark
};

// As it came to that address.
KeptForm keep_form(const std::string& action, const FormBody& form);
// As the sign-in form brings it back (templates/manage_kept.mustache); empty: it has none.
std::optional<KeptForm> carried_form(const FormBody& form, core::Language language);
// "kept_action" and "kept" for that template. Without one: nothing is shown.
void put_kept_form(const std::optional<KeptForm>& kept, View& view);

// The page with one button that sends it again. `lede`: why that is needed.
Page resend_page(const Visit& visit, const KeptForm& kept, const std::string& form_token,
                 std::string_view lede);

}  // namespace minato::web
