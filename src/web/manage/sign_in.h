// Signing in to the staff corner with a token, and out again.
#pragma once

#include <optional>

#include "core/error.h"
#include "http/message.h"
#include "web/frame/page.h"
#include "web/manage/session.h"
#include "web/manage/staff_visit.h"

namespace minato::web {

// The form; `?to=` says where to go afterwards. Who is signed in goes there at once.
core::Result<http::Response> show_sign_in(const Visit& visit, const Sessions& sessions);
// Takes the token. What is wrong is said beside its field; 400, or 403 when another site sent it.
// With a form that was kept: 200, the page that sends it again.
core::Result<http::Response> sign_in(const Visit& visit, const Sessions& sessions);
// Ends the session in the browser and here.
core::Result<http::Response> sign_out(const StaffVisit& staff, const FormBody& form);

// The session of who is signed in. Who comes with a token in the request instead has the API.
std::optional<Session> session_of(const Visit& visit, const Sessions& sessions);
// 303 to the form, and back to this address afterwards.
http::Response to_sign_in(const Visit& visit);
// For a form that came without a session: 401, the form for the token with all that was filled in,
// so that nothing is lost; from another site: as to_sign_in().
core::Result<http::Response> sign_in_first(const Visit& visit);

}  // namespace minato::web
